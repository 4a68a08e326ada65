/* SPDX-License-Identifier: MIT */
/*
 * Joins while memory runs out: each allocation fails in turn.  Then they say
 * so and leave nothing behind.  And joins with nothing to ask for.
 */

#include "check_join.h"

static struct check_rows rows;

static void
sweep(bool fail_on)
{
	static const struct check_log logs[] = {
		{ join_iis, HEAD LINE(01, 443, WRONG) LINE(02, 443, FIRST),
		  false },
		{ join_rpchttp,
		  MODULE("00:01", OPENED, "CONTOSO\\alice", "01", "192.0.2.1"),
		  false },
		{ join_iis, HEAD LINE(03, 443, LOCKED), false },
		{ NULL, NULL, false },
	};
	struct check_way way = { .workers = 2, .joiners = 2, .chunk = 40 };
	rpclog_status status = RPCLOG_ERR_NOMEM;
	struct check_text want = { 0 };
	uint64_t fails = 0;

	check_rows_clear(&rows);
	check_rows_add(&rows, LEGS "0 leg m=2 x=RPC_IN_DATA c=2;"
				   "3 basic id=" ID(03));
	CHECK_STATUS(check_joined(&want, &rows, logs, &way), RPCLOG_OK);
	for (uint64_t at = 1; status != RPCLOG_OK; at += check_stride()) {
		struct check_text got = { 0 };
		struct check_memory memory;
		rpclog_options options;

		check_casef("allocation %u fails%s", (unsigned)at,
			    fail_on ? ", and all later ones" : "");
		check_memory_init(&memory, at);
		memory.fail_on = fail_on;
		options = check_memory_options(&memory);
		way.options = &options;
		status = check_joined(&got, &rows, logs, &way);
		if (status == RPCLOG_OK) {
			CHECK_STR(got.ptr, want.ptr);
		} else {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			fails++;
		}
		check_text_free(&got);
		CHECK_INT(memory.live, 0);
	}
	CHECK(fails > 50 / check_stride());
	check_text_free(&want);
}

/* Nothing was refused: nobody has to read other logs. */
static void
test_empty(void)
{
	static const char *const texts[] = { "", "0 ok", "0 leg; 1 ok",
					     "0 leg; 300 clock",
					     "0 basic id=" ID(01) };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct joins *joins = NULL;
		struct check_gather g;

		check_casef("empty: %s", texts[i]);
		check_rows_clear(&rows);
		check_rows_add(&rows, texts[i]);
		CHECK_STATUS(check_gather_new(&g, rows.rules, NULL, NULL),
			     RPCLOG_OK);
		CHECK_STATUS(check_gather_rows(&g, &rows, 0, rows.count),
			     RPCLOG_OK);
		CHECK_STATUS(check_gather_close(&g), RPCLOG_OK);
		join_prepare(g.tracker);
		CHECK_STATUS(rpclog_tracker_finish(g.tracker), RPCLOG_OK);
		if (CHECK_STATUS(joins_new(&joins, g.gather, g.tracker, NULL),
				 RPCLOG_OK))
			CHECK_INT(joins_empty(joins), i < 3);
		joins_free(joins);
		check_gather_free(&g);
	}
	joins_free(NULL);
	joiner_free(NULL);
}

int
main(void)
{
	check_rows_init(&rows);
	test_empty();
	sweep(false);
	sweep(true);
	check_rows_free(&rows);
	return check_report();
}
