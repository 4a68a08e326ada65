/* SPDX-License-Identifier: MIT */
/* Crowds: how many users, and who, nearly. */

#include "check.h"
#include "crowd.h"

static void
add(struct crowd *crowd, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct check_text name = { 0 };

		check_text_add(&name, "CONTOSO\\user%zu", i);
		crowd_set(crowd, crowd_place(check_text_slice(&name)));
		check_text_free(&name);
	}
}

static void
test_size(void)
{
	/* So many, and how far off at most. */
	static const struct {
		size_t users;
		uint32_t off;
	} sizes[] = { { 0, 0 },	    { 1, 0 },	   { 2, 0 },
		      { 10, 1 },    { 100, 5 },	   { 300, 20 },
		      { 1000, 60 }, { 2000, 150 }, { 3000, 400 } };

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct crowd crowd = { { 0 } };
		size_t users = sizes[i].users, got;

		check_casef("%zu users", users);
		add(&crowd, 0, users);
		/* Again: nobody is counted twice. */
		add(&crowd, 0, users / 2);
		got = crowd_size(&crowd);
		CHECK(got + sizes[i].off >= users);
		CHECK(got <= users + sizes[i].off);
	}
}

static void
test_join(void)
{
	struct crowd all = { { 0 } }, some = { { 0 } }, rest = { { 0 } };

	CHECK_CASE("join");
	add(&all, 0, 50);
	add(&some, 0, 30);
	add(&rest, 20, 50);
	crowd_join(&some, &rest);
	CHECK(memcmp(&some, &all, sizeof(all)) == 0);
}

static void
test_has(void)
{
	struct crowd crowd = { { 0 } };
	size_t others = 0;

	CHECK_CASE("who is in it");
	add(&crowd, 0, 50);
	CHECK(crowd_has(&crowd, SLICE("CONTOSO\\user7")));
	CHECK(crowd_has(&crowd, SLICE("contoso\\USER49")));
	for (size_t i = 50; i < 1050; i++) {
		struct check_text name = { 0 };

		check_text_add(&name, "CONTOSO\\user%zu", i);
		others += crowd_has(&crowd, check_text_slice(&name));
		check_text_free(&name);
	}
	CHECK(others < 100);
}

int
main(void)
{
	test_size();
	test_join();
	test_has();
	return check_report();
}
