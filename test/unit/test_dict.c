/* SPDX-License-Identifier: MIT */
/* Dictionaries against a list, by random strings and without memory. */

#include "check_rows.h"
#include "dict.h"

#include <stdlib.h>

#define MANY 3000

/* The naive model: strings in order of arrival. */
struct model {
	struct check_text strings[MANY];
	uint32_t count;
};

static uint32_t
model_find(const struct model *m, rpclog_slice text)
{
	for (uint32_t i = 0; i < m->count; i++) {
		if (slice_eq(check_text_slice(&m->strings[i]), text))
			return i;
	}
	return DICT_NONE;
}

static uint32_t
model_add(struct model *m, rpclog_slice text)
{
	uint32_t id = model_find(m, text);

	if (id != DICT_NONE)
		return id;
	check_text_bytes(&m->strings[m->count], text.ptr, text.len);
	return m->count++;
}

static void
model_free(struct model *m)
{
	for (uint32_t i = 0; i < m->count; i++)
		check_text_free(&m->strings[i]);
	free(m);
}

static size_t
random_text(char *out, size_t room, uint64_t *seed)
{
	size_t len = check_random(seed, 30)
			     ? check_random(seed, 5)
			     : check_random(seed, (uint32_t)room);

	for (size_t i = 0; i < len; i++)
		out[i] = "abcdefg\0\xff,"[check_random(seed, 10)];
	return len;
}

static void
test_random(void)
{
	struct alloc a = alloc_from(NULL);
	struct model *m = calloc(1, sizeof(*m));
	static char text[70000];
	uint64_t seed = 8;
	struct dict d;

	if (!m)
		abort();
	dict_init(&d, &a);
	for (int round = 0; round < 12000 && m->count < MANY; round++) {
		rpclog_slice s = { text,
				   random_text(text,
					       round % 1000 ? 60 : sizeof(text),
					       &seed) };
		uint32_t id = 77;

		check_casef("dict, round %d", round);
		if (check_random(&seed, 3) == 0) {
			CHECK_INT(dict_find(&d, s), model_find(m, s));
			continue;
		}
		CHECK(dict_add(&d, s, &id));
		CHECK_INT(id, model_add(m, s));
	}
	CHECK_CASE("dict, all that is in it");
	CHECK_INT(d.count, m->count);
	for (uint32_t i = 0; i < d.count; i++)
		CHECK_SLICE(dict_at(&d, i), check_text_slice(&m->strings[i]));
	CHECK(m->count > 500);
	dict_free(&d);
	CHECK_INT(d.count, 0);
	model_free(m);
}

/* Strings that stay where they are while the table grows under them. */
static void
test_stable(void)
{
	struct alloc a = alloc_from(NULL);
	const char *places[MANY];
	struct dict d;
	uint32_t id;

	CHECK_CASE("dict, strings stay where they are");
	dict_init(&d, &a);
	for (uint32_t i = 0; i < MANY; i++) {
		CHECK(dict_add(&d, slice_of((const char *)&i, sizeof(i)), &id));
		CHECK_INT(id, i);
		places[i] = dict_at(&d, id).ptr;
	}
	for (uint32_t i = 0; i < MANY; i++) {
		CHECK(dict_at(&d, i).ptr == places[i]);
		/* A string of its own is known, too. */
		CHECK_INT(dict_find(&d, dict_at(&d, i)), i);
	}
	dict_free(&d);
}

static void
test_edges(void)
{
	struct alloc a = alloc_from(NULL);
	struct dict d;
	uint32_t id;

	CHECK_CASE("dict, empty");
	dict_init(&d, &a);
	CHECK_INT(dict_find(&d, SLICE("x")), DICT_NONE);
	CHECK_INT(dict_find(&d, slice_of(NULL, 0)), DICT_NONE);
	CHECK_CASE("dict, the empty string is one");
	CHECK(dict_add(&d, slice_of(NULL, 0), &id));
	CHECK_INT(id, 0);
	CHECK(dict_add(&d, SLICE(""), &id));
	CHECK_INT(id, 0);
	CHECK_INT(dict_find(&d, slice_of(NULL, 0)), 0);
	CHECK_CASE("dict, NULs tell strings apart");
	CHECK(dict_add(&d, slice_of("\0", 1), &id));
	CHECK_INT(id, 1);
	CHECK(dict_add(&d, slice_of("\0\0", 2), &id));
	CHECK_INT(id, 2);
	CHECK_CASE("dict, freed and used again");
	dict_free(&d);
	CHECK_INT(dict_find(&d, SLICE("")), DICT_NONE);
	CHECK(dict_add(&d, SLICE("x"), &id));
	CHECK_INT(id, 0);
	dict_free(&d);
	dict_free(&d);
}

/* A failed call changes nothing: once there is memory it goes on. */
static void
test_no_memory(void)
{
	for (uint64_t n = 1;; n++) {
		struct check_memory memory;
		rpclog_options options;
		uint32_t failures = 0, id;
		struct alloc a;
		struct dict d;

		check_memory_init(&memory, n);
		options = check_memory_options(&memory);
		a = alloc_from(&options);
		check_casef("dict, allocation %u fails", (unsigned)n);
		dict_init(&d, &a);
		for (uint32_t i = 0; i < 500; i++) {
			char text[400] = { 0 };
			rpclog_slice s = slice_of(text, sizeof(text));

			memcpy(text, &i, sizeof(i));
			if (!dict_add(&d, s, &id)) {
				failures++;
				CHECK_INT(d.count, i);
				CHECK_INT(dict_find(&d, s), DICT_NONE);
				CHECK(dict_add(&d, s, &id));
			}
			CHECK_INT(id, i);
		}
		CHECK_INT(d.count, 500);
		dict_free(&d);
		CHECK_INT(memory.live, 0);
		CHECK_INT(failures, memory.calls >= n);
		if (memory.calls < n || n > 1000)
			break;
	}
}

/* Known strings cost no memory. */
static void
test_warm(void)
{
	struct check_memory memory;
	rpclog_options options;
	uint64_t calls = 0;
	uint32_t id;
	struct alloc a;
	struct dict d;

	check_memory_init(&memory, 0);
	options = check_memory_options(&memory);
	a = alloc_from(&options);
	CHECK_CASE("dict, nothing is allocated for a known string");
	dict_init(&d, &a);
	for (uint32_t i = 0; i < 4000; i++) {
		uint32_t key = i % 1000;

		if (i == 1000)
			calls = memory.calls;
		CHECK(dict_add(&d, slice_of((const char *)&key, sizeof(key)),
			       &id));
		CHECK_INT(id, key);
	}
	CHECK_INT(memory.calls, calls);
	dict_free(&d);
}

static void
test_hash(void)
{
	char text[80];

	CHECK_CASE("hash, no byte beyond the text counts");
	for (size_t len = 0; len < 64; len++) {
		uint64_t before, after;

		memset(text, 'x', sizeof(text));
		before = hash_bytes(text, len, 1);
		memset(text + len, 'y', sizeof(text) - len);
		after = hash_bytes(text, len, 1);
		CHECK(before == after);
		CHECK(hash_bytes(text, len, 2) != before);
		CHECK(hash_bytes(text, len + 1, 1) != before);
	}
}

int
main(void)
{
	test_random();
	test_stable();
	test_edges();
	test_no_memory();
	test_warm();
	test_hash();
	return check_report();
}
