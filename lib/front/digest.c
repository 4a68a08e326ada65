/* SPDX-License-Identifier: MIT */
/* Digests of streams: NH of blocks, and a polynomial over these. */

#include "digest.h"

#include "../base.h"

/*
 * What the words of a digest are.  Before them lies the block that is not yet
 * full, as bytes.
 */
enum {
	BLOCK_WORDS = 16,
	LENGTH = BLOCK_WORDS, /* in bytes, of all that was added */
	SUMS,		      /* values of the polynomial so far */
	PLACES = SUMS + 2,    /* where it is evaluated */
	SECRET = PLACES + 2   /* what keys are made from */
};

/* Which key is for what: those of NH come first. */
enum { PLACE_KEYS = BLOCK_WORDS, MASK_KEYS = PLACE_KEYS + 2 };

#define BLOCK_LEN  ((size_t)8 * BLOCK_WORDS)
#define PRIME_BITS 61
#define PRIME	   ((UINT64_C(1) << PRIME_BITS) - 1)

/* One to one, and each bit of it depends on all bits of 'x'. */
static inline uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static inline uint64_t
key(const rpclog_digest *digest, uint64_t number)
{
	return mix(digest->words[SECRET] +
		   (number + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

/* Compilers know it as one load where words are little-endian. */
static inline uint64_t
load(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	       (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}

static inline struct wide
block_sum(const unsigned char *p, const uint64_t keys[BLOCK_WORDS])
{
	struct wide sum = { 0, 0 };

	for (size_t i = 0; i < BLOCK_WORDS; i += 2) {
		struct wide product =
			mul_wide(load(p + 8 * i) + keys[i],
				 load(p + 8 * i + 8) + keys[i + 1]);

		sum.low += product.low;
		sum.high += product.high + (sum.low < product.low);
	}
	return sum;
}

/* The same modulo the prime, and less than 2^61 + 8. */
static inline uint64_t
fold(uint64_t x)
{
	return (x & PRIME) + (x >> PRIME_BITS);
}

/*
 * (sum + term) * place modulo the prime.  What is below 2^61 + 8, 2^60 and
 * 2^61 has a product below 2^123, of which no bit is lost.
 */
static inline uint64_t
step(uint64_t sum, uint64_t term, uint64_t place)
{
	struct wide product = mul_wide(sum + term, place);

	return fold((product.low & PRIME) +
		    (product.high << 3 | product.low >> PRIME_BITS));
}

static void
add_blocks(rpclog_digest *digest, const unsigned char *p, size_t count)
{
	uint64_t *const words = digest->words;
	const uint64_t place0 = words[PLACES], place1 = words[PLACES + 1];
	uint64_t sum0 = words[SUMS], sum1 = words[SUMS + 1];
	uint64_t keys[BLOCK_WORDS];

	for (size_t i = 0; i < BLOCK_WORDS; i++)
		keys[i] = key(digest, i);
	for (; count > 0; count--, p += BLOCK_LEN) {
		const struct wide sum = block_sum(p, keys);
		/* All bits of it, in parts that are less than the prime. */
		const uint64_t a = sum.high >> 4, b = sum.low >> 4;
		const uint64_t c = (sum.high & 15) << 4 | (sum.low & 15);

		sum0 = step(step(step(sum0, a, place0), b, place0), c, place0);
		sum1 = step(step(step(sum1, a, place1), b, place1), c, place1);
	}
	words[SUMS] = sum0;
	words[SUMS + 1] = sum1;
}

void
rpclog_digest_init(rpclog_digest *digest, uint64_t seed)
{
	memset(digest, 0, sizeof(*digest));
	digest->words[SECRET] = mix(seed ^ UINT64_C(0x243f6a8885a308d3));
	for (size_t i = 0; i < 2; i++)
		digest->words[PLACES + i] = key(digest, PLACE_KEYS + i) & PRIME;
}

void
rpclog_digest_add(rpclog_digest *digest, rpclog_slice bytes)
{
	unsigned char *const block = (unsigned char *)digest->words;
	const size_t held = (size_t)(digest->words[LENGTH] % BLOCK_LEN);
	size_t len = bytes.len;
	const unsigned char *p = (const unsigned char *)bytes.ptr;

	if (len == 0)
		return;
	digest->words[LENGTH] += len;
	if (len < BLOCK_LEN - held) {
		memcpy(block + held, p, len);
		return;
	}
	if (held > 0) {
		memcpy(block + held, p, BLOCK_LEN - held);
		add_blocks(digest, block, 1);
		p += BLOCK_LEN - held;
		len -= BLOCK_LEN - held;
	}
	if (len >= BLOCK_LEN) {
		add_blocks(digest, p, len / BLOCK_LEN);
		p += len / BLOCK_LEN * BLOCK_LEN;
		len %= BLOCK_LEN;
	}
	memcpy(block, p, len);
}

void
rpclog_digest_get(const rpclog_digest *digest, uint8_t result[DIGEST_LEN])
{
	rpclog_digest last = *digest;
	unsigned char *const block = (unsigned char *)last.words;
	const uint64_t len = last.words[LENGTH];
	const size_t held = (size_t)(len % BLOCK_LEN);

	if (held > 0) {
		memset(block + held, 0, BLOCK_LEN - held);
		add_blocks(&last, block, 1);
	}
	for (size_t i = 0; i < 2; i++) {
		/* The mask, so that no sum is all zero under every seed. */
		const uint64_t sum = fold(step(last.words[SUMS + i], len,
					       last.words[PLACES + i]) +
					  (key(&last, MASK_KEYS + i) & PRIME));
		const uint64_t value = sum < PRIME ? sum : sum - PRIME;

		for (size_t j = 0; j < 8; j++)
			result[8 * i + j] = (uint8_t)(value >> 8 * j);
	}
}
