/* SPDX-License-Identifier: MIT */
/* What a tracker made of rows, as text; see check_rows.h. */

#include "check_rows.h"

#include <inttypes.h>

#include "settle.h"

/* 2026-03-02T10:00:00Z */
#define BASE_US INT64_C(1772445600000000)

rpclog_status
check_rows_track(const struct check_rows *r, rpclog_tracker *tracker)
{
	for (size_t i = 0; i < r->count; i++) {
		rpclog_status status = rpclog_tracker_add(
			tracker, r->row[i].row, &r->row[i].verdict);

		if (status != RPCLOG_OK)
			return status;
	}
	return rpclog_tracker_finish(tracker);
}

rpclog_tracker *
check_tracked(struct check_rows *r, const char *text,
	      const rpclog_options *options)
{
	rpclog_tracker *tracker;

	check_rows_clear(r);
	check_rows_add(r, text);
	CHECK_STATUS(rpclog_tracker_new(&tracker, r->rules, options),
		     RPCLOG_OK);
	CHECK_STATUS(check_rows_track(r, tracker), RPCLOG_OK);
	return tracker;
}

static void
settle(const struct check_row *one, const rpclog_tracker *tracker,
       rpclog_settled *settled)
{
	rpclog_unsettled unsettled;

	rpclog_unsettled_of(one->row, &one->verdict, &unsettled);
	CHECK_STATUS(rpclog_tracker_settle(tracker, &unsettled, settled),
		     RPCLOG_OK);
}

void
check_settled(struct check_text *out, const struct check_rows *r,
	      const rpclog_tracker *tracker)
{
	check_text_add(out, "%s", "");
	for (size_t i = 0; i < r->count; i++) {
		rpclog_settled settled;

		settle(&r->row[i], tracker, &settled);
		check_text_add(out, "%s%s", i ? " " : "", settled.class_name);
	}
}

void
check_actors(struct check_text *out, const struct check_rows *r,
	     const rpclog_tracker *tracker)
{
	check_text_add(out, "%s", "");
	for (size_t i = 0; i < r->count; i++) {
		rpclog_settled settled;

		settle(&r->row[i], tracker, &settled);
		check_text_add(out, "%s", i ? " " : "");
		check_text_bytes(out, settled.actor.ptr, settled.actor.len);
	}
}

/* "12" or "12.345", after 10:00. */
static void
add_time(struct check_text *out, int64_t us)
{
	int64_t ms = (us - BASE_US) / 1000;

	if (ms < 0)
		check_text_add(out, "-");
	ms = ms < 0 ? -ms : ms;
	check_text_add(out, "%" PRId64, ms / 1000);
	if (ms % 1000)
		check_text_add(out, ".%03d", (int)(ms % 1000));
}

static void
add_span(struct check_text *out, int64_t first_us, int64_t last_us)
{
	add_time(out, first_us);
	check_text_add(out, "..");
	add_time(out, last_us);
}

static void
add_slice(struct check_text *out, rpclog_slice s, const char *behind)
{
	check_text_bytes(out, s.ptr, s.len);
	check_text_add(out, "%s", behind);
}

void
check_prompts(struct check_text *out, rpclog_tracker *tracker)
{
	rpclog_prompt p;
	rpclog_status status;

	check_text_add(out, "%s", "");
	while ((status = rpclog_tracker_next(tracker, &p)) == RPCLOG_OK) {
		add_span(out, p.first_us, p.last_us);
		check_text_add(out, " %" PRIu64 " %u ", p.requests,
			       (unsigned)p.class_id);
		add_slice(out, p.actor, " ");
		add_slice(out, p.client, " ");
		add_slice(out, p.target, " ");
		add_slice(out, p.server, ";");
	}
	CHECK_STATUS(status, RPCLOG_END);
}

void
check_tallies(struct check_text *out, rpclog_tracker *tracker)
{
	rpclog_tally t;
	rpclog_status status;

	check_text_add(out, "%s", "");
	while ((status = rpclog_tracker_next_tally(tracker, &t)) == RPCLOG_OK) {
		add_time(out, t.quarter_us);
		check_text_add(out, " ");
		add_span(out, t.first_us, t.last_us);
		check_text_add(out,
			       " %" PRIu64 " %" PRIu64 " %" PRIu64 "/%" PRIu64
			       "/%" PRIu64 "/%" PRIu64 " %u %u ",
			       t.requests, t.prompts, t.prompts_at[0],
			       t.prompts_at[1], t.prompts_at[2],
			       t.prompts_at[3], (unsigned)t.class_id, t.popup);
		add_slice(out, t.actor, " ");
		add_slice(out, t.client, " ");
		add_slice(out, t.target, " ");
		add_slice(out, t.server, " ");
		add_slice(out, t.protocol, ";");
	}
	CHECK_STATUS(status, RPCLOG_END);
}
