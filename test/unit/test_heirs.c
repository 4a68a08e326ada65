/* SPDX-License-Identifier: MIT */
/* Prompts made anew: which goes on with which. */

#include "check.h"
#include "heirs.h"

#define MOST 4

/* actor, client, first, last; of each of now the id it must get, 0: none. */
struct one {
	int64_t actor, client, first_us, last_us, id;
	int64_t class_id;
};

static const struct {
	const char *name;
	struct one before[MOST], now[MOST]; /* id 0 and no actor: the end */
} cases[] = {
	{ "began", { { 0 } }, { { 7, 1, 10, 20, 0, 0 } } },
	{ "withdrawn", { { 7, 1, 10, 20, 1, 0 } }, { { 0 } } },
	{ "the same", { { 7, 1, 10, 20, 1, 0 } }, { { 7, 1, 10, 20, 1, 0 } } },
	{ "grew", { { 7, 1, 10, 20, 1, 0 } }, { { 7, 1, 10, 30, 1, 0 } } },
	{ "a late row before it",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 7, 1, 5, 20, 1, 0 } } },
	{ "its first row went",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 7, 1, 20, 20, 1, 0 } } },
	{ "two become one",
	  { { 7, 1, 10, 20, 1, 0 }, { 7, 1, 40, 50, 2, 0 } },
	  { { 7, 1, 10, 50, 1, 0 } } },
	{ "two become one that begins earlier",
	  { { 7, 1, 10, 20, 1, 0 }, { 7, 1, 40, 50, 2, 0 } },
	  { { 7, 1, 5, 50, 1, 0 } } },
	{ "one becomes two",
	  { { 7, 1, 10, 50, 1, 0 } },
	  { { 7, 1, 10, 20, 1, 0 }, { 7, 1, 40, 50, 0, 0 } } },
	{ "one becomes two, later",
	  { { 7, 1, 10, 50, 1, 0 } },
	  { { 7, 1, 15, 20, 1, 0 }, { 7, 1, 40, 50, 0, 0 } } },
	{ "another name",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 8, 1, 10, 20, 1, 0 } } },
	{ "another name and a late row",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 8, 1, 5, 30, 1, 0 } } },
	{ "another name that has a prompt already",
	  { { 7, 1, 10, 20, 1, 0 }, { 8, 1, 15, 30, 2, 0 } },
	  { { 8, 1, 10, 30, 2, 0 } } },
	{ "the same name before the same time",
	  { { 7, 1, 10, 20, 1, 0 }, { 8, 1, 12, 30, 2, 0 } },
	  { { 7, 1, 12, 30, 1, 0 }, { 9, 1, 10, 20, 2, 0 } } },
	{ "two names change, by their first rows",
	  { { 7, 1, 10, 20, 1, 5 }, { 8, 1, 10, 20, 2, 6 } },
	  { { 9, 1, 10, 20, 2, 6 }, { 10, 1, 10, 20, 1, 5 } } },
	{ "another client is another prompt",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 7, 2, 10, 20, 0, 0 } } },
	{ "no time in common",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 7, 1, 21, 30, 0, 0 } } },
	{ "another name, no time in common",
	  { { 7, 1, 10, 20, 1, 0 } },
	  { { 8, 1, 21, 30, 0, 0 } } },
	{ "the ends of time",
	  { { 7, 1, INT64_MIN, 0, 1, 0 }, { 7, 1, 1, INT64_MAX, 2, 0 } },
	  { { 7, 1, INT64_MIN, INT64_MAX, 1, 0 } } },
};

static size_t
fill(struct heir *to, const struct one *from, int with_ids)
{
	size_t count = 0;

	while (count < MOST && from[count].actor) {
		const struct one *one = &from[count];

		to[count++] = (struct heir){ .actor = one->actor,
					     .client = one->client,
					     .first_us = one->first_us,
					     .last_us = one->last_us,
					     .class_id = one->class_id,
					     .id = with_ids ? one->id : 0 };
	}
	return count;
}

/* The id that 'wanted' gives to this one. */
static int64_t
id_in(const struct one *wanted, const struct heir *heir)
{
	for (size_t i = 0; i < MOST && wanted[i].actor; i++) {
		if (wanted[i].actor == heir->actor &&
		    wanted[i].client == heir->client &&
		    wanted[i].first_us == heir->first_us)
			return wanted[i].id;
	}
	return -1;
}

/* Whatever the order they come in. */
static void
check_one(size_t number, int turned)
{
	struct heir before[MOST], now[MOST], other;
	size_t before_count = fill(before, cases[number].before, 1);
	size_t now_count = fill(now, cases[number].now, 0);

	if (turned && before_count == 2) {
		other = before[0];
		before[0] = before[1];
		before[1] = other;
	}
	if (turned && now_count == 2) {
		other = now[0];
		now[0] = now[1];
		now[1] = other;
	}
	heirs_find(before, before_count, now, now_count);
	for (size_t i = 0; i < now_count; i++) {
		const int64_t id = id_in(cases[number].now, &now[i]);

		CHECK_INT(now[i].id, id);
		CHECK_INT(now[i].joined, id != 0);
	}
	for (size_t i = 0; i < before_count; i++) {
		int64_t heirs = 0;

		for (size_t k = 0; k < now_count; k++)
			heirs += now[k].id == before[i].id;
		CHECK_INT(heirs, before[i].joined);
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_CASE(cases[i].name);
		check_one(i, 0);
		check_one(i, 1);
	}
	heirs_find(NULL, 0, NULL, 0);
	return check_report();
}
