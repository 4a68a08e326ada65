/* SPDX-License-Identifier: MIT */
/*
 * The table of usage, by far the longest: many rows at a time and in the order
 * of its key, so that most go where the one before them went.
 */

#include "load_usage.h"

#include <stdlib.h>
#include <string.h>

#include "radix.h"

/* Rows that wait, at 120 bytes each. */
#define ROWS_MOST ((size_t)1 << 16)

struct usage {
	struct usage_row *rows;
	size_t count, room;
	struct radix_item *order, *spare;
	struct statement *add;
};

struct usage *
usage_new(struct db *db)
{
	struct usage *u = xcalloc(1, sizeof(*u));

	u->add = db_prepare(
		db, "INSERT INTO usage (hour, who, server, protocol, software, "
		    "windows, class, \"key\", target, kind, requests) "
		    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 "
		    "FROM given "
		    "WHERE true ON CONFLICT DO UPDATE SET "
		    "requests = requests + excluded.requests");
	return u;
}

void
usage_add(struct usage *u, const struct usage_row *row)
{
	if (u->count == ROWS_MOST)
		usage_flush(u);
	u->rows = xgrow(u->rows, u->count, &u->room, sizeof(*u->rows));
	u->rows[u->count++] = *row;
}

/* By key: the last column first, since the sort is stable. */
static void
sort(struct usage *u)
{
	u->order = xrealloc(u->order, u->room, sizeof(*u->order));
	u->spare = xrealloc(u->spare, u->room, sizeof(*u->spare));
	for (size_t i = 0; i < u->count; i++)
		u->order[i].value = i;
	for (int column = USAGE_KEYS; column-- > 0;) {
		for (size_t i = 0; i < u->count; i++) {
			const struct usage_row *row =
				&u->rows[u->order[i].value];

			u->order[i].key = radix_signed(row->cells[column]);
		}
		radix_sort(u->order, u->spare, u->count, 0);
	}
}

/* Rows with the same key into one; answers how many are left in 'order'. */
static size_t
join(struct usage *u)
{
	size_t kept = 0;

	for (size_t i = 0; i < u->count; i++) {
		const struct usage_row *row = &u->rows[u->order[i].value];
		struct usage_row *last =
			kept ? &u->rows[u->order[kept - 1].value] : NULL;

		if (last && memcmp(last->cells, row->cells,
				   USAGE_KEYS * sizeof(row->cells[0])) == 0)
			last->cells[USAGE_REQUESTS] +=
				row->cells[USAGE_REQUESTS];
		else
			u->order[kept++] = u->order[i];
	}
	return kept;
}

static void
cell(const void *ctx, size_t i, int column, struct db_value *value)
{
	const struct usage *u = ctx;

	value->type = DB_INT;
	value->number = u->rows[u->order[i].value].cells[column];
}

void
usage_flush(struct usage *u)
{
	struct db_rows rows = { 0, u, cell };

	if (!u->count)
		return;
	sort(u);
	rows.count = join(u);
	statement_run_rows(u->add, &rows);
	u->count = 0;
}

void
usage_free(struct usage *u)
{
	free(u->rows);
	free(u->order);
	free(u->spare);
	free(u);
}
