/* SPDX-License-Identifier: MIT */
/* Which prompts of now go on with which of before. */

#include "heirs.h"

#include <stdlib.h>

static int
order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The one that ends before the other begins is less; 0: time in common. */
static int
in_time(const struct heir *a, const struct heir *b)
{
	if (a->last_us < b->first_us)
		return -1;
	return b->last_us < a->first_us;
}

static int
same_prompt(const struct heir *a, const struct heir *b)
{
	int by = order(a->client, b->client);

	if (!by)
		by = order(a->actor, b->actor);
	return by ? by : order(a->first_us, b->first_us);
}

static int
same_actor(const struct heir *a, const struct heir *b)
{
	int by = order(a->client, b->client);

	if (!by)
		by = order(a->actor, b->actor);
	return by ? by : in_time(a, b);
}

static int
same_row(const struct heir *a, const struct heir *b)
{
	const int64_t x[] = { a->client, a->first_us, a->class_id, a->target,
			      a->server };
	const int64_t y[] = { b->client, b->first_us, b->class_id, b->target,
			      b->server };
	int by = 0;

	for (int i = 0; !by && i < 5; i++)
		by = order(x[i], y[i]);
	return by;
}

static int
same_client(const struct heir *a, const struct heir *b)
{
	int by = order(a->client, b->client);

	return by ? by : in_time(a, b);
}

/* Total: equals are the same in all that is told. */
static int
by_actor(const void *x, const void *y)
{
	const struct heir *a = x, *b = y;
	int by = same_prompt(a, b);

	if (!by)
		by = same_row(a, b);
	if (!by)
		by = order(a->last_us, b->last_us);
	return by ? by : order(a->id, b->id);
}

static int
by_row(const void *x, const void *y)
{
	const struct heir *a = x, *b = y;
	int by = same_row(a, b);

	return by ? by : by_actor(a, b);
}

static void
sort(struct heir *all, size_t count, int (*by)(const void *, const void *))
{
	if (count > 1)
		qsort(all, count, sizeof(*all), by);
}

/* Walks both in their order and joins what is alike. */
static void
join(struct heir *before, size_t before_count, struct heir *now,
     size_t now_count, int (*alike)(const struct heir *, const struct heir *))
{
	size_t i = 0, k = 0;

	while (i < before_count && k < now_count) {
		int by = before[i].joined ? -1
			 : now[k].joined  ? 1
					  : alike(&before[i], &now[k]);

		if (by == 0) {
			before[i].joined = now[k].joined = 1;
			now[k].id = before[i].id;
		}
		i += by <= 0;
		k += by >= 0;
	}
}

void
heirs_find(struct heir *before, size_t before_count, struct heir *now,
	   size_t now_count)
{
	for (size_t i = 0; i < before_count; i++)
		before[i].joined = 0;
	for (size_t i = 0; i < now_count; i++)
		now[i].joined = 0;
	sort(before, before_count, by_actor);
	sort(now, now_count, by_actor);
	join(before, before_count, now, now_count, same_prompt);
	join(before, before_count, now, now_count, same_actor);
	sort(before, before_count, by_row);
	sort(now, now_count, by_row);
	join(before, before_count, now, now_count, same_row);
	join(before, before_count, now, now_count, same_client);
}
