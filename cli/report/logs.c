/* SPDX-License-Identifier: MIT */
/* How sure we can be: logs that could not be read, and logs that are not there.
 */

#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "inside.h"
#include "when.h"

/* Of a span before: how many hours it has, or days. */
static size_t
units_of(const struct report *r, enum report_span span)
{
	const struct report_sums *s = &r->sums[span];
	const int64_t unit = r->by_day ? WHEN_DAY : WHEN_HOUR;

	return (size_t)((s->until_us - s->since_us + unit - 1) / unit);
}

static void
note_logged(const struct report *r, struct report_machine *m, int64_t us,
	    enum report_span span)
{
	const int64_t unit = r->by_day ? WHEN_DAY : WHEN_HOUR;

	if (!m->logged[span])
		m->logged[span] = xcalloc(units_of(r, span) + 1, 1);
	m->logged[span][(us - r->sums[span].since_us) / unit] = 1;
}

void
here(struct report_inside *in, int64_t server, int64_t us,
     enum report_span span)
{
	struct report *r = in->report;
	struct report_machine *m = server_at(in, server);

	if (!m->missing_by) {
		m->missing_by =
			xcalloc(r->bucket_count, sizeof(*m->missing_by));
		for (size_t i = 0; i < r->bucket_count; i++)
			m->missing_by[i] = true;
	}
	if (span == SPAN_NOW)
		m->missing_by[bucket_of(r, us)] = false;
	else
		note_logged(r, m, us, span);
}

/* An hour that is not over yet is not missing. */
static void
count_missing(struct report *r, struct report_machine *m)
{
	for (size_t i = 0; m->missing_by && i < r->bucket_count; i++) {
		if (r->buckets[i].until_us > r->made_us)
			m->missing_by[i] = false;
		m->missing += m->missing_by[i];
	}
}

static void
count_units(struct report *r, const struct report_machine *m)
{
	struct report_sums *now = &r->sums[SPAN_NOW];

	if (!m->missing_by)
		return;
	for (size_t i = 0; i < r->bucket_count; i++)
		now->units += r->buckets[i].until_us <= r->made_us;
	now->units_missing += m->missing;
	for (int span = SPAN_BEFORE; span < SPANS; span++) {
		struct report_sums *s = &r->sums[span];
		const size_t units = units_of(r, (enum report_span)span);
		const uint8_t *logged = m->logged[span];

		if (!s->known)
			continue;
		s->units += units;
		for (size_t i = 0; i < units; i++)
			s->units_missing += !logged || !logged[i];
	}
}

static int
log_order(const void *a, const void *b)
{
	const struct report_log *x = a, *y = b;

	if (x->damaged != y->damaged)
		return x->damaged ? -1 : 1;
	return slice_order(x->path, y->path);
}

static bool
is_word(rpclog_slice text, const char *word)
{
	return text.len == strlen(word) && !memcmp(text.ptr, word, text.len);
}

/* In words: the rest of a cut log weighs more than some rows of it. */
static const char *
why(struct report_inside *in, const struct report_log *log, bool cut)
{
	struct out out;
	rpclog_slice text;

	if (cut)
		return "damaged: not all of it could be read";
	if (!log->rejected)
		return "its last line has no end yet";
	out_memory(&out);
	out_unsigned(&out, log->rejected);
	out_str(&out, log->rejected == 1 ? " row of it could not be read"
					 : " rows of it could not be read");
	text = keep(in, (rpclog_slice){ out.data, out.len });
	out_free(&out);
	return text.ptr;
}

void
take_logs(struct report_inside *in)
{
	struct report *r = in->report;
	const struct report_sums *now = &r->sums[SPAN_NOW];
	struct statement *st =
		db_prepare(in->db, "SELECT path, state, rejected FROM log "
				   "WHERE last_us >= ? AND first_us < ?");
	size_t room = 0;

	bind_int(st, 1, now->since_us);
	bind_int(st, 2, now->until_us);
	while (statement_step(st)) {
		const rpclog_slice state = column_text(st, 1);
		const uint64_t rejected = (uint64_t)column_int(st, 2);
		const bool cut = is_word(state, "damaged");
		struct report_log *log;

		r->logs_read++;
		if (is_word(state, "whole") && !rejected)
			continue;
		r->logs = xgrow(r->logs, r->log_count, &room, sizeof(*r->logs));
		log = &r->logs[r->log_count++];
		log->path = keep(in, column_text(st, 0));
		log->rejected = rejected;
		log->damaged = cut || rejected;
		log->why = why(in, log, cut);
	}
	statement_free(st);
	if (r->log_count)
		qsort(r->logs, r->log_count, sizeof(*r->logs), log_order);
	r->newest_us = db_number(in->db, "SELECT max(newest_us) FROM server",
				 INT64_MIN);
	for (size_t i = 0; i < r->server_count; i++) {
		count_missing(r, &r->servers[i]);
		count_units(r, &r->servers[i]);
	}
}
