/* SPDX-License-Identifier: MIT */
/* All requests, from the totals by the quarter of an hour. */

#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "inside.h"

/* What a class is to a report. */
enum role {
	ROLE_PROBE, /* nobody's request, but a sign that there are logs */
	ROLE_WORKED,
	ROLE_HARMLESS, /* neither worked nor failed */
	ROLE_FAILURE,  /* that asks for no password */
	ROLE_PROMPTS   /* counted already, row by row */
};

/* The quarter that an instant is in, or that begins then. */
static int64_t
quarter_at(int64_t us)
{
	return us / WHEN_QUARTER - (us % WHEN_QUARTER < 0);
}

/* Quarters that begin in a span are counted. */
static int64_t
first_quarter(int64_t us)
{
	return quarter_at(us) + (us % WHEN_QUARTER != 0);
}

static struct statement *
rows_of(struct report_inside *in)
{
	return db_prepare(
		in->db,
		"SELECT t.quarter, t.server, t.target, t.class, t.requests, "
		"CASE WHEN class.name = 'probe' THEN 0 "
		"WHEN class.name = 'ok' THEN 1 "
		"WHEN class.popup = 'yes' THEN 4 "
		"WHEN class.severity = 'info' THEN 2 ELSE 3 END, "
		"t.first_us, t.last_us "
		"FROM traffic AS t CROSS JOIN class ON class.id = t.class "
		"WHERE t.quarter >= ? AND t.quarter < ?");
}

static void
take_now(struct report_inside *in, struct statement *st, size_t bucket,
	 enum role role)
{
	const uint64_t requests = (uint64_t)column_int(st, 4);
	struct report *r = in->report;

	r->buckets[bucket].known = true;
	if (role == ROLE_WORKED) {
		server_at(in, column_int(st, 1))->worked_by[bucket] += requests;
		target_at(in, column_int(st, 2))->worked_by[bucket] += requests;
	} else if (role == ROLE_FAILURE) {
		class_at(in, column_int(st, 3))->by_bucket[bucket] += requests;
	}
}

static void
take(struct report_inside *in, struct statement *st, enum report_span span)
{
	struct report_sums *sums = &in->report->sums[span];
	const int64_t us = column_int(st, 0) * WHEN_QUARTER;
	const uint64_t requests = (uint64_t)column_int(st, 4);
	const enum role role = (enum role)column_int(st, 5);

	sums->known = true;
	here(in, column_int(st, 1), us, span);
	if (span == SPAN_NOW)
		take_now(in, st, bucket_of(in->report, us), role);
	if (role == ROLE_PROBE)
		return;
	sums->requests += requests;
	if (role == ROLE_WORKED) {
		server_at(in, column_int(st, 1))->worked[span] += requests;
		target_at(in, column_int(st, 2))->worked[span] += requests;
	} else if (role == ROLE_FAILURE) {
		class_at(in, column_int(st, 3))->requests[span] += requests;
	}
}

/* Of a quarter that begins before the span: is there anything of the span? */
static void
take_edge(struct report_inside *in, struct statement *st, enum report_span span)
{
	struct report_sums *sums = &in->report->sums[span];
	const int64_t last_us = column_int(st, 7);

	if (column_type(st, 7) == DB_NULL || last_us < sums->since_us ||
	    column_int(st, 6) >= sums->until_us)
		return;
	sums->known = true;
	here(in, column_int(st, 1), sums->since_us, span);
	if (span == SPAN_NOW)
		in->report->buckets[0].known = true;
}

static void
take_span(struct report_inside *in, struct statement *st, enum report_span span)
{
	const struct report_sums *sums = &in->report->sums[span];
	const int64_t first = first_quarter(sums->since_us);

	bind_int(st, 1, quarter_at(sums->since_us));
	bind_int(st, 2, first_quarter(sums->until_us));
	while (statement_step(st)) {
		if (column_int(st, 0) < first)
			take_edge(in, st, span);
		else
			take(in, st, span);
	}
}

void
take_traffic(struct report_inside *in)
{
	struct statement *st = rows_of(in);

	for (int span = SPAN_NOW; span < SPANS; span++)
		take_span(in, st, (enum report_span)span);
	statement_free(st);
}

void
take_legacy(struct report_inside *in)
{
	struct statement *st = db_prepare(
		in->db, "SELECT legacy FROM target WHERE target = ?");

	for (size_t i = 0; i < in->report->target_count; i++) {
		bind_int(st, 1, place_id(&in->targets, (uint32_t)i));
		in->report->targets[i].legacy =
			statement_step(st) && column_int(st, 0);
		statement_reset(st);
	}
	statement_free(st);
}
