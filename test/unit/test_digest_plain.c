/* SPDX-License-Identifier: MIT */
/* Digests against their plain definition: adding, doubling and comparing. */

#include "check.h"
#include "digest.h"

#define LONGEST 600
#define PRIME	((UINT64_C(1) << 61) - 1)

/* a * b modulo the prime, both below it. */
static uint64_t
plain_product(uint64_t a, uint64_t b)
{
	uint64_t product = 0;

	for (; b > 0; b >>= 1) {
		if (b & 1)
			product = (product + a) % PRIME;
		a = (a + a) % PRIME;
	}
	return product;
}

/* Adds a * b to '*sum'. */
static void
plain_add(struct wide *sum, uint64_t a, uint64_t b)
{
	struct wide shifted = { 0, a };

	for (; b > 0; b >>= 1) {
		if (b & 1) {
			sum->low += shifted.low;
			sum->high += shifted.high + (sum->low < shifted.low);
		}
		shifted.high = shifted.high << 1 | shifted.low >> 63;
		shifted.low <<= 1;
	}
}

static uint64_t
plain_mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint64_t
plain_key(uint64_t seed, uint64_t number)
{
	return plain_mix(plain_mix(seed ^ UINT64_C(0x243f6a8885a308d3)) +
			 (number + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

/* A word of a text that zeros follow. */
static uint64_t
plain_word(rpclog_slice text, size_t at)
{
	uint64_t word = 0;

	for (size_t i = 0; i < 8 && at + i < text.len; i++)
		word |= (uint64_t)(unsigned char)text.ptr[at + i] << 8 * i;
	return word;
}

static uint64_t
plain_sum(uint64_t seed, rpclog_slice text, uint64_t which)
{
	const uint64_t place = plain_key(seed, 16 + which) % (PRIME + 1);
	uint64_t value = 0;

	for (size_t at = 0; at < text.len; at += 128) {
		struct wide sum = { 0, 0 };

		for (size_t i = 0; i < 16; i += 2)
			plain_add(&sum,
				  plain_word(text, at + 8 * i) +
					  plain_key(seed, i),
				  plain_word(text, at + 8 * i + 8) +
					  plain_key(seed, i + 1));

		const uint64_t parts[] = { sum.high / 16, sum.low / 16,
					   sum.high % 16 * 16 + sum.low % 16 };

		for (size_t i = 0; i < ARRAY_LEN(parts); i++)
			value = plain_product((value + parts[i]) % PRIME,
					      place);
	}
	value = plain_product((value + text.len) % PRIME, place);
	return (value + plain_key(seed, 18 + which) % (PRIME + 1)) % PRIME;
}

static void
test_wide(void)
{
	static const uint64_t operands[] = { 0,
					     1,
					     UINT32_MAX,
					     UINT64_C(1) << 32,
					     UINT64_MAX,
					     UINT64_MAX - 1,
					     UINT64_C(0xffffffff00000001),
					     PRIME };

	for (size_t i = 0; i < ARRAY_LEN(operands); i++)
		for (size_t j = 0; j < ARRAY_LEN(operands); j++) {
			struct wide want = { 0, 0 };
			struct wide got = mul_wide(operands[i], operands[j]);

			check_casef("wide product of %zu and %zu", i, j);
			plain_add(&want, operands[i], operands[j]);
			CHECK(got.high == want.high && got.low == want.low);
		}
}

static void
check_plain(uint64_t seed, rpclog_slice text)
{
	uint8_t got[DIGEST_LEN];
	rpclog_digest digest;

	rpclog_digest_init(&digest, seed);
	rpclog_digest_add(&digest, text);
	rpclog_digest_get(&digest, got);
	for (size_t i = 0; i < 2; i++)
		CHECK(plain_word(slice_of((const char *)got, DIGEST_LEN),
				 8 * i) == plain_sum(seed, text, i));
}

static void
test_plain(void)
{
	uint64_t seed = 1;
	char text[LONGEST];

	for (unsigned round = 0; round < 2000; round++) {
		const size_t len = check_random(&seed, LONGEST);
		/* All ones carry everywhere that anything can carry. */
		const bool ones = round % 4 == 0;

		for (size_t i = 0; i < len; i++)
			text[i] = (char)(ones ? 255 : check_random(&seed, 256));
		check_casef("definition, round %u", round);
		check_plain(plain_mix(round), slice_of(text, len));
	}
}

int
main(void)
{
	test_wide();
	test_plain();
	return check_report();
}
