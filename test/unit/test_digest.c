/* SPDX-License-Identifier: MIT */
/* Digests: known ones, the plain definition, every cut, and no collision. */

#include "check.h"
#include "digest.h"

#include <stdio.h>
#include <stdlib.h>

#define LONGEST 600

struct value {
	uint8_t bytes[DIGEST_LEN];
};

static bool
same(struct value a, struct value b)
{
	return !memcmp(a.bytes, b.bytes, DIGEST_LEN);
}

static struct value
value_of(const rpclog_digest *digest)
{
	struct value value;

	rpclog_digest_get(digest, value.bytes);
	return value;
}

static struct value
digest_of(uint64_t seed, rpclog_slice text)
{
	rpclog_digest digest;

	rpclog_digest_init(&digest, seed);
	rpclog_digest_add(&digest, text);
	return value_of(&digest);
}

/* Bytes of which no two blocks are alike. */
static void
fill(char *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = (char)(1 + i * 7 + i / 256);
}

/* ---- the plain definition: numbers are added, doubled and compared ---- */

#define PRIME ((UINT64_C(1) << 61) - 1)

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
test_plain(void)
{
	static const uint64_t operands[] = { 0,
					     1,
					     UINT32_MAX,
					     UINT64_C(1) << 32,
					     UINT64_MAX,
					     UINT64_MAX - 1,
					     UINT64_C(0xffffffff00000001),
					     PRIME };
	uint64_t seed = 1;
	char text[LONGEST];

	CHECK_CASE("wide products");
	for (size_t i = 0; i < ARRAY_LEN(operands); i++)
		for (size_t j = 0; j < ARRAY_LEN(operands); j++) {
			struct wide want = { 0, 0 };
			struct wide got = mul_wide(operands[i], operands[j]);

			plain_add(&want, operands[i], operands[j]);
			CHECK(got.high == want.high && got.low == want.low);
		}

	for (unsigned round = 0; round < 2000; round++) {
		size_t len = check_random(&seed, LONGEST);
		/* All ones carry everywhere that anything can carry. */
		const bool ones = round % 4 == 0;
		const uint64_t key = plain_mix(round);
		struct value got;

		for (size_t i = 0; i < len; i++)
			text[i] = (char)(ones ? 255 : check_random(&seed, 256));
		check_casef("definition, round %u", round);
		got = digest_of(key, slice_of(text, len));
		for (uint64_t which = 0; which < 2; which++) {
			rpclog_slice half = slice_of(
				(const char *)got.bytes + 8 * which, 8);

			CHECK(plain_word(half, 0) ==
			      plain_sum(key, slice_of(text, len), which));
		}
	}
}

/* ---- the format: others store these ---- */

static void
check_known(const char *name, uint64_t seed, rpclog_slice text,
	    const char *want)
{
	struct value value = digest_of(seed, text);
	char got[2 * DIGEST_LEN + 1];

	for (size_t i = 0; i < DIGEST_LEN; i++)
		snprintf(got + 2 * i, 3, "%02x", value.bytes[i]);
	CHECK_CASE(name);
	CHECK_STR(got, want);
}

static void
test_known(void)
{
	char text[4096];

	check_known("nothing", 0, slice_of(NULL, 0),
		    "f55002218f0be4146c8cfe4a8dc75918");
	check_known("nothing, another seed", 1, slice_of(NULL, 0),
		    "f0a7aa6a1925fa1174e06b61030d2f02");
	check_known("a", 0, SLICE("a"), "cb1e8e0f604cfd110be94b45755c6812");
	check_known("a, last seed", UINT64_MAX, SLICE("a"),
		    "abb4d9d59d152e0128c89538b25c1d12");
	check_known("a header", UINT64_C(0x0123456789abcdef),
		    SLICE("DateTime,RequestId\r\n"),
		    "c50c46455d185b146adba36df6b0610e");
	memset(text, 0, 128);
	check_known("zeros", 7, slice_of(text, 128),
		    "9628d3eb0a5e64124fd8f699a6826907");
	memset(text, 255, 1000);
	check_known("a block of ones", 7, slice_of(text, 128),
		    "4057eb51254afc161c6a242d334e1c14");
	check_known("1000 ones", 7, slice_of(text, 1000),
		    "57e27dca6a4d65189f62ec5196f41116");
	fill(text, sizeof(text));
	check_known("4096 bytes", 42, slice_of(text, sizeof(text)),
		    "171f80c35ddde114acaaf7b3130e6704");
}

/* ---- cuts ---- */

/* Each in a piece of its own, looked at on the way. */
static void
check_cuts(rpclog_slice text, const size_t *cuts, size_t count)
{
	const struct value want = digest_of(5, text);
	rpclog_digest digest;
	size_t at = 0;

	rpclog_digest_init(&digest, 5);
	for (size_t i = 0; i < count; at = cuts[i++]) {
		rpclog_digest_add(&digest, slice_cut(text, at, cuts[i]));
		CHECK(same(value_of(&digest),
			   digest_of(5, slice_cut(text, 0, cuts[i]))));
	}
	rpclog_digest_add(&digest, slice_cut(text, at, text.len));
	CHECK(same(value_of(&digest), want));
	CHECK(same(value_of(&digest), want));
}

static void
test_cuts(void)
{
	char text[LONGEST];

	fill(text, LONGEST);
	for (size_t len = 0; len <= LONGEST; len += check_stride()) {
		struct check_guard guard;
		rpclog_slice whole =
			check_guard_end(&guard, slice_of(text, len));

		check_casef("%zu bytes, cut once", len);
		for (size_t cut = 0; cut <= len; cut++)
			check_cuts(whole, &cut, 1);
		check_guard_free(&guard);
	}
}

static void
test_three_cuts(void)
{
	static const size_t at[] = { 0,	  1,   2,   63,	 64,  65,  126, 127,
				     128, 129, 130, 254, 255, 256, 257, 383,
				     384, 385, 511, 512, 513, 598, 599, 600 };
	char text[LONGEST];

	fill(text, LONGEST);
	for (size_t i = 0; i < ARRAY_LEN(at); i++)
		for (size_t j = i; j < ARRAY_LEN(at); j++)
			for (size_t k = j; k < ARRAY_LEN(at); k++) {
				const size_t cuts[] = { at[i], at[j], at[k] };

				check_casef("cut at %zu, %zu, %zu", at[i],
					    at[j], at[k]);
				check_cuts(slice_of(text, LONGEST), cuts, 3);
			}
}

static void
test_copy(void)
{
	char text[LONGEST];
	rpclog_digest digest, copy;

	CHECK_CASE("a copy goes on by itself");
	fill(text, LONGEST);
	rpclog_digest_init(&digest, 3);
	rpclog_digest_add(&digest, slice_of(text, 200));
	copy = digest;
	rpclog_digest_add(&copy, slice_of(text + 200, LONGEST - 200));
	CHECK(same(value_of(&digest), digest_of(3, slice_of(text, 200))));
	CHECK(same(value_of(&copy), digest_of(3, slice_of(text, LONGEST))));
}

/* ---- what differs has digests that differ ---- */

static int
order(const void *a, const void *b)
{
	return memcmp(a, b, DIGEST_LEN);
}

static void
check_distinct(struct value *values, size_t count)
{
	qsort(values, count, sizeof(*values), order);
	for (size_t i = 1; i < count; i++)
		CHECK(!same(values[i - 1], values[i]));
}

static struct value *
room_for(size_t count)
{
	struct value *values = malloc(count * sizeof(*values));

	if (!values)
		abort();
	return values;
}

static void
test_seeds(void)
{
	struct value *values = room_for(3 * 1024);
	size_t count = 0;

	CHECK_CASE("seeds");
	for (uint64_t seed = 0; seed < 1024; seed++) {
		values[count++] = digest_of(seed, SLICE(""));
		values[count++] = digest_of(seed, SLICE("a"));
		/* Steps between the keys of one seed. */
		values[count++] = digest_of(
			(seed + 1) * UINT64_C(0x9e3779b97f4a7c15), SLICE("a"));
	}
	check_distinct(values, count);
	free(values);
}

static void
test_lengths(void)
{
	struct value *values = room_for(3 * (LONGEST + 1));
	char text[LONGEST], zeros[LONGEST] = { 0 };
	size_t count = 0;

	CHECK_CASE("prefixes, and zeros before and behind");
	fill(text, LONGEST);
	for (size_t len = 0; len <= LONGEST; len++) {
		rpclog_digest digest;

		values[count++] = digest_of(9, slice_of(text, len));
		if (len == 0)
			continue;
		values[count++] = digest_of(9, slice_of(zeros, len));
		rpclog_digest_init(&digest, 9);
		rpclog_digest_add(&digest, SLICE("text"));
		rpclog_digest_add(&digest, slice_of(zeros, len));
		values[count++] = value_of(&digest);
	}
	check_distinct(values, count);
	free(values);
}

static void
test_flips(void)
{
	const size_t bits = (size_t)8 * 4096;
	struct value *values = room_for(bits + 1);
	char text[4096];
	size_t count = 0;

	CHECK_CASE("each bit of 4 KiB");
	fill(text, sizeof(text));
	values[count++] = digest_of(11, slice_of(text, sizeof(text)));
	for (size_t bit = 0; bit < bits; bit += check_stride()) {
		text[bit / 8] ^= (char)(1 << bit % 8);
		values[count++] = digest_of(11, slice_of(text, sizeof(text)));
		text[bit / 8] ^= (char)(1 << bit % 8);
	}
	check_distinct(values, count);
	free(values);
}

static void
test_swaps(void)
{
	struct value values[5 * 4 / 2 + 1];
	char text[5 * 128];
	size_t count = 0;

	CHECK_CASE("blocks in another order");
	fill(text, sizeof(text));
	values[count++] = digest_of(13, slice_of(text, sizeof(text)));
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j < i; j++) {
			fill(text, sizeof(text));
			for (size_t k = 0; k < 128; k++) {
				char byte = text[128 * i + k];

				text[128 * i + k] = text[128 * j + k];
				text[128 * j + k] = byte;
			}
			values[count++] =
				digest_of(13, slice_of(text, sizeof(text)));
		}
	check_distinct(values, count);
}

static void
test_short(void)
{
	const size_t many = (size_t)1 << 16;
	struct value *values = room_for(many);
	uint64_t seed = 2;

	CHECK_CASE("many short texts");
	for (size_t i = 0; i < many; i++) {
		char text[40];
		const size_t len = 3 + check_random(&seed, sizeof(text) - 3);

		/* Its number, so that no two are the same. */
		text[0] = (char)(i & 255);
		text[1] = (char)(i >> 8);
		for (size_t j = 2; j < len; j++)
			text[j] = (char)check_random(&seed, 256);
		values[i] = digest_of(17, slice_of(text, len));
	}
	check_distinct(values, many);
	free(values);
}

int
main(void)
{
	test_plain();
	test_known();
	test_cuts();
	test_three_cuts();
	test_copy();
	test_seeds();
	test_lengths();
	test_flips();
	test_swaps();
	test_short();
	return check_report();
}
