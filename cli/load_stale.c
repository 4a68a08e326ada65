/* SPDX-License-Identifier: MIT */
/* Which 401 legs may have become something else. */

#include "load_stale.h"

#include <stdlib.h>

static void
add_stale(struct stales *stales, int64_t session, int64_t since_us)
{
	stales->keys = xgrow(stales->keys, stales->count, &stales->room,
			     sizeof(*stales->keys));
	stales->keys[stales->count++] = (struct stale){ session, since_us };
}

/* Keys that facts came for, and those that wait for a newer row. */
static void
find_all(struct load *load, struct stales *stales)
{
	struct statement *st = db_prepare(
		load->db, "SELECT session, min(start_us) FROM event WHERE "
			  "session IS NOT NULL AND leg >= 2 GROUP BY session");

	while (statement_step(st))
		add_stale(stales, column_int(st, 0), column_int(st, 1));
	statement_free(st);
	for (size_t i = 0; !load->fresh && i < whos_count(load->whos); i++) {
		const struct who *who = whos_at(load->whos, i);

		if (who->stored && who->since_us != INT64_MAX)
			add_stale(stales, who->id, who->since_us);
	}
}

static int
stale_order(const void *a, const void *b)
{
	const struct stale *x = a, *y = b;

	if (x->session != y->session)
		return x->session < y->session ? -1 : 1;
	return (x->since_us > y->since_us) - (x->since_us < y->since_us);
}

/*
 * Back from 'since_us' to where nobody tried for long: what was before has no
 * say in what comes after, nor the other way round.
 */
static int64_t
independent_from(struct statement *before, int64_t session, int64_t since_us)
{
	int64_t from = since_us - LEG_REACH_US;

	bind_int(before, 1, session);
	bind_int(before, 2, from);
	while (statement_step(before)) {
		int64_t start_us = column_int(before, 0);

		if (from - start_us > 2 * LEG_REACH_US)
			break;
		from = start_us;
	}
	statement_reset(before);
	return from;
}

void
stales_find(struct load *load, struct stales *stales)
{
	struct statement *before = db_prepare(
		load->db, "SELECT start_us FROM event WHERE session = ? AND "
			  "start_us < ? ORDER BY start_us DESC");
	size_t kept = 0;

	*stales = (struct stales){ NULL, 0, 0 };
	find_all(load, stales);
	if (stales->count)
		qsort(stales->keys, stales->count, sizeof(*stales->keys),
		      stale_order);
	for (size_t i = 0; i < stales->count; i++) {
		struct stale stale = stales->keys[i];

		/* The first of a key's has the earliest time. */
		if (kept && stales->keys[kept - 1].session == stale.session)
			continue;
		stale.since_us =
			independent_from(before, stale.session, stale.since_us);
		stales->keys[kept++] = stale;
	}
	stales->count = kept;
	statement_free(before);
}

void
stales_free(struct stales *stales)
{
	free(stales->keys);
}
