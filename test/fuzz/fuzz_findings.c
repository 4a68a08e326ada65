/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a log that findings are looked for in: what they say is the same
 * whether one worker took all rows or several did, holds no control bytes, and
 * marks what came from the log.
 */

#include <stdlib.h>

#include "check_gather.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WORKERS 4

struct run {
	rpclog_rules *rules;
	rpclog_matcher *matcher;
	struct check_gather whole, part[WORKERS];
	uint64_t set, tag;
};

static void
must(rpclog_status status)
{
	if (status != RPCLOG_OK)
		abort();
}

/* Each row to the one that takes all, and to one of the others. */
static void
take_row(struct run *run, const rpclog_row *row)
{
	struct check_gather *part;
	rpclog_verdict verdict;
	uint64_t tag = ++run->tag;

	if (rpclog_matcher_classify(run->matcher, NULL, row, &verdict) < 0)
		abort();
	part = &run->part[tag * 2654435761u / 7 % WORKERS];
	must(gather_row(run->whole.gather, row, &verdict, run->set, tag));
	must(gather_row(part->gather, row, &verdict, run->set, tag));
}

static void
take_log(struct run *run, rpclog_slice text)
{
	rpclog_parser *parser;
	const rpclog_row *row;
	unsigned fed = 0;

	must(rpclog_parser_new(&parser, NULL));
	for (;;) {
		rpclog_status status = rpclog_parser_next(parser, &row);

		if (status == RPCLOG_OK) {
			take_row(run, row);
		} else if (status == RPCLOG_SCHEMA) {
			run->set++;
		} else if (status == RPCLOG_MORE && fed++ == 0) {
			must(rpclog_parser_feed(parser, text.ptr, text.len));
		} else if (status == RPCLOG_MORE) {
			must(rpclog_parser_finish(parser));
		} else if (status != RPCLOG_BAD_ROW) {
			break;
		}
	}
	rpclog_parser_free(parser);
}

static void
look(struct check_text *out, struct check_gather *g, const rpclog_rules *rules)
{
	const struct findings_options options = { .paths = "logs",
						  .print_time =
							  check_print_time };
	struct findings *findings;

	must(rpclog_tracker_finish(g->tracker));
	must(findings_new(&findings, g->gather, g->tracker, rules, &options));
	check_all_said(out, findings);
	findings_free(findings);
	check_gather_free(g);
}

/* The first byte is how often the log is taken, so that few rows are many; the
 * second, who is merged with whom. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run run;
	struct check_text want = { 0 }, got = { 0 };

	if (size < 2)
		return 0;
	if (!run.rules) {
		must(rpclog_rules_builtin(&run.rules, NULL));
		must(rpclog_matcher_new(&run.matcher, run.rules, NULL));
	}
	run.tag = 0;
	must(check_gather_new(&run.whole, run.rules, NULL, NULL));
	for (size_t i = 0; i < WORKERS; i++)
		must(check_gather_new(&run.part[i], run.rules, NULL, NULL));
	for (unsigned i = 0; i <= data[0] % 16u; i++)
		take_log(&run, slice_of((const char *)data + 2, size - 2));
	must(check_gather_close(&run.whole));
	for (size_t i = 0; i < WORKERS; i++)
		must(check_gather_close(&run.part[i]));

	size_t first = data[1] % WORKERS;

	for (size_t i = 1; i < WORKERS; i++)
		must(check_gather_merge(
			&run.part[first],
			&run.part[(first + (data[1] & 4 ? i : WORKERS - i)) %
				  WORKERS]));
	look(&want, &run.whole, run.rules);
	look(&got, &run.part[first], run.rules);
	CHECK_STR(got.ptr, want.ptr);
	check_text_free(&want);
	check_text_free(&got);
	if (check_failures() > 0)
		abort();
	return 0;
}
