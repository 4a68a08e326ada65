/* SPDX-License-Identifier: MIT */
/*
 * All ways to inflate do alike, damaged or not, in chunks of any size: the same
 * bytes, the same error in the same words, as many bytes taken.  zlib's own
 * gzip mode is the judge.
 */

#include "check_inflate.h"
#include "check_pack.h"
#include "check_source.h"

/* Every way, with every step of a list that ends with SIZE_MAX. */
static void
check_ways(const char *name, size_t at, rpclog_slice data, const size_t *steps)
{
	struct end want;

	/* What has failed so often need not be seen again. */
	if (check_failures() >= 20)
		return;
	inflate_judge(&want, data);
	for (size_t i = 0; inflate_way(i); i++) {
		for (size_t s = 0; steps[s] != SIZE_MAX; s++) {
			char version[48];

			inflate_way(i)->version(version, sizeof(version));
			check_casef("%s at %zu, %s, step %zu", name, at,
				    version, steps[s]);
			check_inflate(inflate_way(i), data, steps[s], &want);
		}
	}
	end_clear(&want);
}

static const size_t all_steps[] = { 0, 1, 2, 3, 7, 65536, 999, SIZE_MAX };
static const size_t large_steps[] = { 0, 3001, 65536, SIZE_MAX };
static const size_t few_steps[] = { 0, 5, SIZE_MAX };

static void
test_whole(void)
{
	const size_t most = check_stride() > 1 ? 200000 : 800000;
	struct check_text text = { 0 };

	lines_add(&text, most / 8 * 7, 1);
	/* The second member begins 99 bytes on. */
	noise_add(&text, most / 8 + 99);
	for (size_t i = 0; i < PACK_COUNT; i++) {
		const size_t lens[] = { 0, 1, 300, 33000, 66000, 99000, most };

		for (size_t k = 0; k < ARRAY_LEN(lens); k++) {
			struct check_text packed = { 0 };

			pack(&packed, &packings[i],
			     slice_of(text.ptr, lens[k]));
			pack(&packed, &packings[PACK_USUAL],
			     slice_of(text.ptr + 99, lens[k]));
			check_ways(packings[i].name, lens[k],
				   check_text_slice(&packed),
				   lens[k] < 1000 ? all_steps : large_steps);
			check_text_free(&packed);
		}
	}
	check_text_free(&text);
}

static void
test_cut(void)
{
	struct check_text packed = { 0 };

	members_add(&packed);
	for (size_t len = 3; len <= packed.len; len += check_stride())
		check_ways("members, cut", len, slice_of(packed.ptr, len),
			   all_steps);
	check_text_free(&packed);
}

static void
flip(struct check_text *text, size_t bit)
{
	text->ptr[bit / 8] =
		(char)((unsigned char)text->ptr[bit / 8] ^ 1U << bit % 8);
}

static void
test_flips(void)
{
	struct check_text packed = { 0 };

	members_add(&packed);
	check_text_bytes(&packed, "\0\0", 2);
	for (size_t bit = 24; bit < packed.len * 8; bit += check_stride()) {
		flip(&packed, bit);
		check_ways("members, bit", bit, check_text_slice(&packed),
			   bit % 16 == 3 ? all_steps : few_steps);
		flip(&packed, bit);
	}
	check_text_free(&packed);
}

/* Damage deep inside, where ISA-L has long been under way. */
static void
test_deep(void)
{
	uint64_t x = 99;
	struct check_text text = { 0 };

	lines_add(&text, 150000, 3);
	for (size_t i = 0; i < PACK_COUNT; i++) {
		struct check_text packed = { 0 };

		pack(&packed, &packings[i], check_text_slice(&text));
		for (size_t n = 0; n < 60; n += check_stride()) {
			size_t bit =
				24 + random_next(&x) % (packed.len * 8 - 24);
			size_t steps[] = { 0, 1 + random_next(&x) % 5000,
					   SIZE_MAX };

			flip(&packed, bit);
			check_ways(packings[i].name, bit,
				   check_text_slice(&packed), steps);
			flip(&packed, bit);
			bit = random_next(&x) % packed.len;
			check_ways("cut", bit + 3,
				   slice_of(packed.ptr, bit + 3 < packed.len
								? bit + 3
								: packed.len),
				   steps);
		}
		check_text_free(&packed);
	}
	check_text_free(&text);
}

/*
 * Blocks that fill a buffer more than once, so that turns end within a match;
 * fixed codes, since only they have symbols that mean nothing.
 */
static void
test_wide(void)
{
	uint64_t x = 31;
	struct check_text period = { 0 }, text = { 0 }, packed = { 0 };

	noise_add(&period, 1003);
	while (text.len < 900000) {
		check_text_bytes(&text, period.ptr, period.len);
		text.ptr[text.len - random_next(&x) % 1000 - 1] = '.';
	}
	pack(&packed, &packings[PACK_FIXED], check_text_slice(&text));
	for (size_t n = 0; n < 600; n += check_stride()) {
		size_t bit = 24 + random_next(&x) % (packed.len * 8 - 24);

		flip(&packed, bit);
		check_ways("wide", bit, check_text_slice(&packed), few_steps);
		flip(&packed, bit);
	}
	check_text_free(&packed);
	check_text_free(&text);
	check_text_free(&period);
}

/* Every bit of the headers of blocks, which say what the codes are. */
static void
test_block_headers(void)
{
	struct check_text text = { 0 };

	lines_add(&text, 3000, 5);
	for (size_t i = 1; i < 5; i++) {
		struct check_text packed = { 0 };

		pack(&packed, &packings[i], check_text_slice(&text));
		for (size_t bit = 80; bit < 80 + 900; bit += check_stride()) {
			flip(&packed, bit);
			check_ways("header, bit", bit,
				   check_text_slice(&packed), few_steps);
			flip(&packed, bit);
		}
		check_text_free(&packed);
	}
	check_text_free(&text);
}

/* Bytes by chance, as a member's body. */
static void
test_noise(void)
{
	uint64_t x = 4711;

	for (size_t n = 0; n < 4000; n += check_stride()) {
		struct check_text packed = { 0 };

		check_text_bytes(&packed, "\x1f\x8b\x08\0\0\0\0\0\0\3", 10);
		for (size_t i = 0; i < 200; i++) {
			char c = (char)random_next(&x);

			/* A third of all are blocks with their own codes. */
			if (i == 0 && n % 3 == 0)
				c = (char)((c & ~6) | 4);
			check_text_bytes(&packed, &c, 1);
		}
		check_ways("noise", n, check_text_slice(&packed), few_steps);
		check_text_free(&packed);
	}
}

int
main(void)
{
	test_whole();
	test_cut();
	test_flips();
	test_deep();
	test_wide();
	test_block_headers();
	test_noise();
	return check_report();
}
