/* SPDX-License-Identifier: MIT */
/*
 * Sums over rows at random, against a plain count of what they were made of:
 * as one batch, as several, in chunks of any size.
 */

#include <inttypes.h>
#include <stdlib.h>

#include "check_facts.h"
#include "check_made.h"
#include "histogram.h"

static rpclog_rules *rules;

/* ---- sums of facts as such lines
 * ------------------------------------------------------
 */

static void
put_name(struct check_text *out, const struct check_facts *f, uint32_t name)
{
	if (name == FACTS_NONE) {
		check_text_add(out, "- ");
		return;
	}

	rpclog_slice text = facts_name(f->facts, name);

	check_text_bytes(out, text.ptr, text.len);
	check_text_add(out, " ");
}

static void
put_fact_who(struct check_text *out, const struct check_facts *f, uint32_t i)
{
	const struct fact_who *who = &f->sets.whos[i];

	if (who->user != FACTS_NONE) {
		put_name(out, f, who->user);
		return;
	}
	check_fact_who(out, f, i);
	check_text_add(out, " ");
}

static void
add_traffic(struct lines *l, const struct check_facts *f,
	    const struct fact_traffic *traffic)
{
	const uint32_t names[] = { traffic->server, traffic->target,
				   traffic->protocol };
	size_t from = traffic->bars_from, to = traffic->bars_to;
	struct check_text *t = line_new(l, traffic->requests, traffic->bytes_in,
					traffic->bytes_out);
	struct check_text key = { 0 };

	check_text_add(&key, "%" PRId64 " ", traffic->quarter);
	for (int k = 0; k < 3; k++)
		put_name(&key, f, names[k]);
	check_text_add(&key, "%u", (unsigned)traffic->class_id);
	check_text_add(t, "traffic %s", key.ptr);
	for (size_t i = from; i < to; i++) {
		const struct histogram_bar *bar = &f->sets.bars[i];

		CHECK(bar->count > 0);
		CHECK(i == from || bar->step > bar[-1].step);
		check_text_add(line_new(l, bar->count, 0, 0), "bar %s step %u",
			       key.ptr, (unsigned)bar->step);
	}
	check_text_free(&key);
}

static void
add_facts(struct lines *l, const struct check_facts *f)
{
	for (size_t i = 0; i < f->sets.usage_count; i++) {
		const struct fact_usage *u = &f->sets.usage[i];
		const uint32_t names[] = { u->server, u->protocol, u->software,
					   u->windows };
		struct check_text *t = line_new(l, u->requests, 0, 0);

		check_text_add(t, "usage %" PRId64 " ", u->hour);
		put_fact_who(t, f, u->who);
		for (int k = 0; k < 4; k++)
			put_name(t, f, names[k]);
		check_text_add(t, "%u", (unsigned)u->class_id);
	}
	for (size_t i = 0; i < f->sets.traffic_count; i++)
		add_traffic(l, f, &f->sets.traffic[i]);
	for (size_t i = 0; i < f->sets.habit_count; i++) {
		const struct fact_habit *h = &f->sets.habits[i];
		struct check_text *t = line_new(l, h->requests, 0, 0);

		check_text_add(t, "habit %" PRId64 " ", h->day);
		put_fact_who(t, f, h->who);
		put_name(t, f, h->target);
		t->ptr[--t->len] = '\0';
	}
	for (size_t i = 0; i < f->sets.legacy_count; i++) {
		struct check_text *t = line_new(l, 0, 0, 0);

		check_text_add(t, "legacy ");
		check_fact_name(t, f->facts, f->sets.legacy[i]);
	}
}

/* ---- a run ------------------------------------------------------------------
 */

/* A batch is closed after so many rows. */
struct taking {
	struct check_facts facts;
	struct lines lines;
	size_t rows, batch;
};

static void
close_batch(struct taking *t)
{
	CHECK_STATUS(facts_close(t->facts.facts, &t->facts.sets), RPCLOG_OK);
	add_facts(&t->lines, &t->facts);
	check_facts_free(&t->facts);
}

static void
take(struct taking *t, rpclog_matcher *matcher, const rpclog_row *row)
{
	rpclog_verdict verdict;

	if (!t->facts.facts)
		CHECK_STATUS(facts_new(&t->facts.facts, rules, NULL),
			     RPCLOG_OK);
	CHECK(rpclog_matcher_classify(matcher, NULL, row, &verdict) >= 0);
	CHECK_STATUS(facts_add(t->facts.facts, row, &verdict, 0, 1), RPCLOG_OK);
	t->rows++;
	if (facts_rows(t->facts.facts) == t->batch)
		close_batch(t);
}

static void
take_log(struct check_text *out, const struct check_text *log, size_t chunk,
	 size_t batch, size_t rows)
{
	struct taking t = { .batch = batch };
	rpclog_matcher *matcher;
	rpclog_parser *parser;
	const rpclog_row *row;

	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&matcher, rules, NULL), RPCLOG_OK);
	for (size_t at = 0; at < log->len; at += chunk) {
		size_t len = log->len - at < chunk ? log->len - at : chunk;
		rpclog_status status;

		CHECK_STATUS(rpclog_parser_feed(parser, log->ptr + at, len),
			     RPCLOG_OK);
		while ((status = rpclog_parser_next(parser, &row)) !=
		       RPCLOG_MORE) {
			if (status == RPCLOG_OK)
				take(&t, matcher, row);
			else if (!CHECK_STATUS(status, RPCLOG_SCHEMA))
				break;
		}
	}
	if (t.facts.facts)
		close_batch(&t);
	CHECK_INT(t.rows, rows);
	lines_end(&t.lines, out);
	rpclog_parser_free(parser);
	rpclog_matcher_free(matcher);
}

static void
test_rows(size_t count, uint64_t seed)
{
	static const size_t chunks[] = { 1, 7, 64, 1000, 65536, SIZE_MAX / 2 };
	const size_t batches[] = { count, count / 2, 17, 1 };
	struct made *rows = made_rows(count, seed);
	struct check_text log = { 0 };

	made_log(&log, rows, count);
	for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
		struct check_text want = { 0 };

		made_count(&want, rows, count, batches[i]);
		CHECK(want.len > 0);
		for (size_t k = 0; k < ARRAY_LEN(chunks); k++) {
			struct check_text got = { 0 };

			check_casef("seed %u: %u rows by %u, chunks of %zu",
				    (unsigned)seed, (unsigned)count,
				    (unsigned)batches[i], chunks[k]);
			take_log(&got, &log, chunks[k], batches[i], count);
			CHECK_SLICE(check_text_slice(&got),
				    check_text_slice(&want));
			check_text_free(&got);
			/* Chunks were seen with the first. */
			if (i > 0)
				break;
		}
		check_text_free(&want);
	}
	check_text_free(&log);
	free(rows);
}

int
main(void)
{
	CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK);
	for (uint64_t seed = 1; seed < 7; seed++)
		test_rows((size_t)(20 * seed * seed) / check_stride() + 2,
			  seed);
	rpclog_rules_free(rules);
	return check_report();
}
