/* SPDX-License-Identifier: MIT */
/* Tags of rows in tallies: the first and the last, whatever the order. */

#include "check_rows.h"

static struct check_rows rows;

/* Rows have their number, from 1, for a tag. */
static const struct {
	const char *name, *rows;
	uint64_t first_tag, last_tag;
} cases[] = {
	{ "one", "5 fail", 1, 1 },
	{ "the first and the last by start", "5 fail;9 fail;0 fail;7 fail", 3,
	  2 },
	{ "of those that begin at once the least and the greatest",
	  "0 fail;5 fail;0 fail;5 fail;3 fail", 1, 4 },
	{ "all at once", "0 fail;0 fail;0 fail", 1, 3 },
	{ "successes and probes have none", "0 ok;1 fail;2 fail;3 probe", 2,
	  3 },
	{ "legs that are rejected", "0 leg;1 leg;2 leg;300 clock", 1, 3 },
	{ "a leg that is none is not the first",
	  "0 leg;1 ok;30 leg;31 leg;32 leg;300 clock", 3, 5 },
};

/* Drawn rows to drawn trackers; then one takes the other's. */
static rpclog_tracker *
track(uint64_t seed, bool merged)
{
	rpclog_tracker *t[2];
	size_t order[8];

	for (size_t i = 0; i < 2; i++)
		CHECK_STATUS(rpclog_tracker_new(&t[i], rows.rules, NULL),
			     RPCLOG_OK);
	for (size_t i = 0; i < rows.count; i++) {
		size_t at = check_random(&seed, (uint32_t)i + 1);

		order[i] = order[at];
		order[at] = i;
	}
	for (size_t i = 0; i < rows.count; i++) {
		const struct check_row *one = &rows.row[order[i]];
		rpclog_tracker *mine = t[merged ? check_random(&seed, 2) : 0];

		rpclog_tracker_tag(mine, order[i] + 1);
		CHECK_STATUS(rpclog_tracker_add(mine, one->row, &one->verdict),
			     RPCLOG_OK);
	}
	CHECK_STATUS(rpclog_tracker_merge(t[0], t[1]), RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_finish(t[0]), RPCLOG_OK);
	rpclog_tracker_free(t[1]);
	return t[0];
}

int
main(void)
{
	check_rows_init(&rows);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_rows_clear(&rows);
		check_rows_add(&rows, cases[i].rows);
		for (uint64_t seed = 0; seed < 60; seed++) {
			rpclog_tracker *t = track(seed, seed >= 20);
			rpclog_tally tally;

			check_casef("%s, order %d", cases[i].name, (int)seed);
			CHECK_STATUS(rpclog_tracker_next_tally(t, &tally),
				     RPCLOG_OK);
			CHECK_INT(tally.first_tag, cases[i].first_tag);
			CHECK_INT(tally.last_tag, cases[i].last_tag);
			CHECK_STATUS(rpclog_tracker_next_tally(t, &tally),
				     RPCLOG_END);
			rpclog_tracker_free(t);
		}
	}
	check_rows_free(&rows);
	return check_report();
}
