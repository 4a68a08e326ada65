/* SPDX-License-Identifier: MIT */
/*
 * Literal search by each scanner that this machine supports against a byte
 * loop, between unmapped pages.
 */

#include "check.h"
#include "scan.h"

#define TEXT_MAX    512
#define LITERAL_MAX 128

/* Where texts and literals lie, each between unmapped pages. */
static struct {
	char *text, *text_end;
	char *literal, *literal_end;
} room;

static size_t
naive(rpclog_slice text, rpclog_slice literal)
{
	for (size_t at = 0; at + literal.len <= text.len; at++) {
		if (!memcmp(text.ptr + at, literal.ptr, literal.len))
			return at;
	}
	return SIZE_MAX;
}

static void
check_in_place(rpclog_slice text, rpclog_slice literal, size_t want)
{
	const struct scanner *s;

	for (size_t i = 0; (s = scan_table(i)) != NULL; i++) {
		if (s->supported())
			CHECK_INT(s->find(text, literal), want);
	}
	CHECK_INT(scan_find(text, literal), want);
}

/* Both where memory ends, then where it begins. */
static void
check_find(rpclog_slice text, rpclog_slice literal)
{
	size_t want = naive(text, literal);
	char *text_end = room.text_end - text.len;
	char *literal_end = room.literal_end - literal.len;

	memcpy(text_end, text.ptr, text.len);
	memcpy(literal_end, literal.ptr, literal.len);
	check_in_place(slice_of(text_end, text.len),
		       slice_of(literal_end, literal.len), want);
	memcpy(room.text, text.ptr, text.len);
	memcpy(room.literal, literal.ptr, literal.len);
	check_in_place(slice_of(room.text, text.len),
		       slice_of(room.literal, literal.len), want);
}

/* Few letters, so that near misses and hits abound. */
static void
test_random(void)
{
	uint64_t seed = 7;
	char text[400], literal[80];

	for (int round = 0; round < 20000; round++) {
		size_t len = check_random(&seed, sizeof(text));
		size_t part = 1 + check_random(&seed, sizeof(literal));
		unsigned letters = 1 + check_random(&seed, 3);

		for (size_t i = 0; i < len; i++)
			text[i] = (char)('a' + check_random(&seed, letters));
		for (size_t i = 0; i < part; i++)
			literal[i] = (char)('a' + check_random(&seed, letters));
		/* Half of them are there, at a place of their own. */
		if (round % 2 && part <= len)
			memcpy(literal,
			       text + check_random(&seed,
						   (uint32_t)(len - part + 1)),
			       part);
		check_casef("round %d: %zu in %zu", round, part, len);
		check_find(slice_of(text, len), slice_of(literal, part));
	}
}

/* Each literal at every place, the first and the last among them. */
static void
test_places(void)
{
	char text[220];

	for (size_t len = 1; len <= 70; len++) {
		for (size_t at = 0; at + len <= sizeof(text);
		     at += check_stride()) {
			memset(text, 'x', sizeof(text));
			memset(text + at, 'y', len);
			check_casef("%zu at %zu", len, at);
			check_find(slice_of(text, sizeof(text)),
				   slice_of(text + at, len));
		}
	}
}

/* Every length of text, with the literal first, last and cut off. */
static void
test_lengths(void)
{
	char text[300], literal[70];

	memset(literal, 'b', sizeof(literal));
	for (size_t part = 1; part <= sizeof(literal); part++) {
		literal[0] = 'a';
		literal[part - 1] = 'c';
		for (size_t len = 0; len <= sizeof(text);
		     len += check_stride()) {
			rpclog_slice l = slice_of(literal, part);

			check_casef("%zu in %zu", part, len);
			memset(text, 'b', sizeof(text));
			check_find(slice_of(text, len), l);
			if (len < part) {
				memcpy(text, literal, len);
				check_find(slice_of(text, len), l);
				continue;
			}
			memcpy(text + len - part, literal, part);
			check_find(slice_of(text, len), l);
			check_find(slice_of(text, len - 1), l);
			memcpy(text, literal, part);
			check_find(slice_of(text, len), l);
			check_find(slice_of(text + 1, len - 1), l);
		}
		literal[part - 1] = 'b';
	}
}

/* All but one byte are there, everywhere, and once all. */
static void
test_near_misses(void)
{
	char text[280], literal[70];

	for (size_t i = 0; i < sizeof(literal); i++)
		literal[i] = (char)('0' + i);
	for (size_t part = 1; part <= sizeof(literal); part++) {
		rpclog_slice l = slice_of(literal, part);

		for (size_t wrong = 0; wrong < part; wrong++) {
			check_casef("byte %zu of %zu is wrong", wrong, part);
			memset(text, ' ', sizeof(text));
			for (size_t at = 0; at + part <= sizeof(text);
			     at += part) {
				memcpy(text + at, literal, part);
				text[at + wrong] = ' ';
			}
			check_find(slice_of(text, sizeof(text)), l);
			memcpy(text + sizeof(text) - part, literal, part);
			check_find(slice_of(text, sizeof(text)), l);
		}
	}
}

static void
test_empty(void)
{
	CHECK_CASE("an empty literal is at 0");
	CHECK_INT(scan_find(SLICE("text"), SLICE("")), 0);
	CHECK_INT(scan_find(SLICE(""), SLICE("")), 0);
	CHECK_INT(scan_find(slice_of(NULL, 0), SLICE("")), 0);
	check_in_place(slice_of(NULL, 0), SLICE("a"), SIZE_MAX);
}

int
main(void)
{
	struct check_guard text, literal;
	const struct scanner *s;
	size_t size = TEXT_MAX;

	for (size_t i = 0; (s = scan_table(i)) != NULL; i++) {
		check_casef("%s", s->name);
		if (!s->supported())
			check_skip("not on this machine");
	}
	room.text = check_guard_room(&text, &size);
	room.text_end = room.text + size;
	size = LITERAL_MAX;
	room.literal = check_guard_room(&literal, &size);
	room.literal_end = room.literal + size;
	test_random();
	test_places();
	test_lengths();
	test_near_misses();
	test_empty();
	check_guard_free(&text);
	check_guard_free(&literal);
	return check_report();
}
