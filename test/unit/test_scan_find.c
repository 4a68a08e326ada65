/* SPDX-License-Identifier: MIT */
/* Literal search: each way against a byte loop, between guard pages. */

#include <stdio.h>

#include "check.h"

#include "scan.h"

static size_t
naive(rpclog_slice text, rpclog_slice literal)
{
	for (size_t at = 0; at + literal.len <= text.len; at++) {
		if (!memcmp(text.ptr + at, literal.ptr, literal.len))
			return at;
	}
	return SIZE_MAX;
}

/* The text ends at an unmapped page, and so does the literal. */
static void
check_all(rpclog_slice text, rpclog_slice literal)
{
	struct check_guard g = { 0 }, h = { 0 };
	rpclog_slice t = check_guard_end(&g, text);
	rpclog_slice l = check_guard_end(&h, literal);
	size_t want = naive(text, literal);

	CHECK_INT(scan_find_portable(t, l), want);
	CHECK_INT(scan_find(t, l), want);
	if (scan_best() == scan_avx2)
		CHECK_INT(scan_find_avx2(t, l), want);
	check_guard_free(&g);
	check_guard_free(&h);
}

/* A small generator of our own: the same bytes on every machine. */
static uint32_t
next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*state >> 33);
}

/* Few letters, so that near misses and hits abound. */
static void
test_random(void)
{
	uint64_t state = 7;
	char text[400], literal[40];

	for (int round = 0; round < 4000; round++) {
		size_t len = next(&state) % sizeof(text);
		size_t part = 1 + next(&state) % sizeof(literal);
		unsigned letters = 1 + next(&state) % 3;

		for (size_t i = 0; i < len; i++)
			text[i] = (char)('a' + next(&state) % letters);
		for (size_t i = 0; i < part; i++)
			literal[i] = (char)('a' + next(&state) % letters);
		/* Half of them are there, at a place of their own. */
		if (round % 2 && part <= len)
			memcpy(literal, text + next(&state) % (len - part + 1),
			       part);
		check_casef("round %d: %zu in %zu", round, part, len);
		check_all(slice_of(text, len), slice_of(literal, part));
	}
}

/* Every place of a block and a half, the end included. */
static void
test_places(void)
{
	char text[200];

	for (size_t len = 1; len < 40; len++) {
		for (size_t at = 0; at + len <= sizeof(text); at++) {
			memset(text, 'x', sizeof(text));
			memset(text + at, 'y', len);
			check_casef("%zu at %zu", len, at);
			check_all(slice_of(text, sizeof(text)),
				  slice_of(text + at, len));
		}
	}
}

int
main(void)
{
	if (scan_best() != scan_avx2)
		printf("test_scan_find: the portable way alone\n");
	test_random();
	test_places();
	return check_report();
}
