/* SPDX-License-Identifier: MIT */
/* Functions for SQL that SQLite does not have. */

#include "functions.h"

#include "histogram.h"
#include "pattern.h"
#include "when.h"

/* Histograms added up. */
struct heap {
	uint64_t counts[HISTOGRAM_STEPS];
	uint64_t total;
	int64_t percent;
};

static void
add_histogram(void *state, const struct db_value *arguments)
{
	struct heap *heap = state;
	rpclog_slice packed = arguments[0].bytes;
	struct histogram_bar bar = { 0, 0 };

	heap->percent = arguments[1].number;
	if (arguments[0].type != DB_BLOB)
		return;
	while (histogram_next(&packed, &bar)) {
		/* Nobody counts so far: it is no histogram. */
		if (bar.count > UINT32_MAX)
			return;
		heap->counts[bar.step] += bar.count;
		heap->total += bar.count;
	}
}

/* Nearest rank: the value that at least 'percent' of all do not pass. */
static int
percentile(void *state, int64_t *value)
{
	const struct heap *heap = state;
	uint64_t rank, seen = 0;
	uint32_t step = 0;

	if (!heap->total || heap->percent < 0 || heap->percent > 100)
		return 0;
	rank = (heap->total * (uint64_t)heap->percent + 99) / 100;
	for (;; step++) {
		seen += heap->counts[step];
		if (seen && seen >= rank)
			break;
	}
	*value = histogram_value(step);
	return 1;
}

static int
is_user(const struct db_value *arguments)
{
	return arguments[0].type == DB_TEXT &&
	       glob_match_user(arguments[1].bytes, arguments[0].bytes);
}

static size_t
utc(const struct db_value *arguments, char text[DB_TEXT_MAX])
{
	const int64_t us = arguments[0].number;

	/* The years 1 to 9999. */
	if (arguments[0].type != DB_INT || us < INT64_C(-62135596800000000) ||
	    us >= INT64_C(253402300800000000))
		return 0;
	return when_utc(text, us);
}

void
functions_add(struct db *db)
{
	static const struct db_function all[] = {
		{ "percentile", 2, NULL, NULL, sizeof(struct heap),
		  add_histogram, percentile },
		{ "is_user", 2, is_user, NULL, 0, NULL, NULL },
		{ "utc", 1, NULL, utc, 0, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		db_add_function(db, &all[i]);
}
