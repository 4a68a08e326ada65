/* SPDX-License-Identifier: MIT */
/*
 * Facts while memory runs out: each allocation fails in turn.  Then they say
 * so, whatever is asked of them next, and leave nothing behind.
 */

#include <stdlib.h>

#include "check_facts.h"
#include "check_made.h"

static struct check_rows rows;

static const char text[] =
	"0 leg; 1 leg; 2 leg x=RPC_IN_DATA; 3 ok; 4 ok u=B; 5 fail id=long-id;"
	"6 basic m=2 s=CAS02 p=Ews t=-; 7 deny u=\x80 c=9; 8 probe;"
	"9 leg m=- a=other; 30 leg c=8 u=A; 3600 ok u=a; 90 clock s=CAS03";

static void
render(struct check_text *out, const struct check_facts *f)
{
	check_fact_events(out, f);
	check_fact_usage(out, f);
	check_fact_owners(out, f);
	check_fact_users(out, f);
	check_fact_successes(out, f);
	check_fact_servers(out, f);
	check_fact_legacy(out, f);
}

/* One that has failed must not give sums that are not whole. */
static void
ask_again(struct check_facts *f, size_t at)
{
	if (at < rows.count)
		CHECK_STATUS(facts_add(f->facts, rows.row[at].row,
				       &rows.row[at].verdict, 0, 1),
			     RPCLOG_ERR_NOMEM);
	CHECK_STATUS(facts_close(f->facts, &f->sets), RPCLOG_ERR_NOMEM);
}

static rpclog_status
take(struct check_facts *f, const rpclog_options *options)
{
	rpclog_status status = facts_new(&f->facts, rows.rules, options);

	if (status) {
		CHECK(f->facts == NULL);
		return status;
	}
	for (size_t i = 0; i < rows.count; i++) {
		status = check_facts_rows(f->facts, &rows, i, i + 1, 0);
		if (status) {
			ask_again(f, i);
			return status;
		}
	}
	return facts_close(f->facts, &f->sets);
}

static void
sweep(const struct check_text *wanted, bool fail_on)
{
	rpclog_status status = RPCLOG_ERR_NOMEM;
	uint64_t fails = 0;

	for (uint64_t at = 1; status != RPCLOG_OK; at += check_stride()) {
		struct check_facts f = { 0 };
		struct check_text got = { 0 };
		struct check_memory memory;
		rpclog_options options;

		check_casef("allocation %u fails%s", (unsigned)at,
			    fail_on ? ", and all later ones" : "");
		check_memory_init(&memory, at);
		memory.fail_on = fail_on;
		options = check_memory_options(&memory);
		status = take(&f, &options);
		if (status == RPCLOG_OK) {
			render(&got, &f);
			CHECK_STR(got.ptr, wanted->ptr);
			check_text_free(&got);
		} else {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			fails++;
		}
		check_facts_free(&f);
		CHECK_INT(memory.live, 0);
	}
	CHECK(fails > 20 / check_stride());
}

/* Rows at random, so that what fails is more than what comes first. */
static void
test_many(uint64_t seed)
{
	struct made *made = made_rows(60, seed);
	struct check_text log = { 0 };
	rpclog_status status = RPCLOG_ERR_NOMEM;
	uint64_t fails = 0;

	made_log(&log, made, 60);
	for (uint64_t at = 1; status != RPCLOG_OK; at += check_stride()) {
		struct check_facts f = { 0 };
		struct check_memory memory;
		rpclog_options options;
		rpclog_parser *parser;
		const rpclog_row *row;

		check_casef("rows at random, allocation %u fails",
			    (unsigned)at);
		check_memory_init(&memory, at);
		options = check_memory_options(&memory);
		CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
		status = facts_new(&f.facts, rows.rules, &options);
		while (!status && (row = check_next_row(parser, &log))) {
			rpclog_verdict verdict;

			CHECK(rpclog_matcher_classify(rows.matcher, NULL, row,
						      &verdict) >= 0);
			status = facts_add(f.facts, row, &verdict, 0, 1);
		}
		if (f.facts)
			status = facts_close(f.facts, &f.sets);
		CHECK_STATUS(status,
			     memory.calls >= at ? RPCLOG_ERR_NOMEM : RPCLOG_OK);
		fails += status != RPCLOG_OK;
		check_facts_free(&f);
		CHECK_INT(memory.live, 0);
		rpclog_parser_free(parser);
	}
	CHECK(fails > 20 / check_stride());
	check_text_free(&log);
	free(made);
}

int
main(void)
{
	struct check_text wanted = { 0 };
	struct check_facts f;

	check_rows_init(&rows);
	check_facts_of(&f, &rows, text, NULL);
	render(&wanted, &f);
	check_facts_free(&f);
	sweep(&wanted, false);
	sweep(&wanted, true);
	test_many(3);
	check_text_free(&wanted);
	check_rows_free(&rows);
	return check_report();
}
