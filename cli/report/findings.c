/* SPDX-License-Identifier: MIT */
/* Findings of the span: the engine of diagnose, fed from the database. */

#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "cells.h"
#include "diagnose.h"
#include "facts.h"
#include "when.h"

static int64_t
floor_to(int64_t us, int64_t unit)
{
	return (us / unit - (us % unit < 0)) * unit;
}

/* ---- what failed: row by row ------------------------------------------------
 */

static const char events_sql[] =
	"SELECT e.start_us, who.actor, e.client, e.server, e.target, "
	"e.protocol, e.class, k.mailbox, e.software, e.windows, "
	"CASE WHEN m.text LIKE 'RPC\\_IN%' ESCAPE '\\' THEN 1 "
	"WHEN m.text LIKE 'RPC\\_%' ESCAPE '\\' THEN 2 ELSE 0 END, "
	"e.log, e.line, who.user <> 0, "
	"class.popup IN ('yes', 'likely'), class.popup, e.session "
	"FROM event AS e CROSS JOIN who ON who.id = e.who "
	"CROSS JOIN class ON class.id = e.class "
	"LEFT JOIN who AS k ON k.id = e.\"key\" "
	"LEFT JOIN name AS m ON m.id = e.method "
	"WHERE e.start_us >= ? AND e.start_us < ? AND class.name <> "
	"'fe_auth_leg'";

static void
take_event(struct cell_heap *h, struct statement *st)
{
	const int64_t start_us = column_int(st, 0);
	const bool is_leg = column_type(st, 16) != DB_NULL;
	const bool prompts = column_int(st, 14) != 0;
	const uint64_t tag =
		heap_tag(h, column_int(st, 11), column_int(st, 12));
	const struct cell_sum one = { 1, start_us, start_us, tag, tag };
	struct cell cell = { 0 };

	/* Who, after sessions. */
	cell.at_us = floor_to(start_us, WHEN_QUARTER);
	cell.server = heap_name(h, column_int(st, 3));
	cell.target = heap_name(h, column_int(st, 4));
	cell.class_id = heap_class(h, column_int(st, 6));
	cell.protocol = heap_name(h, column_int(st, 5));
	if (prompts) {
		struct cell fail = cell;

		fail.actor = heap_name(h, column_int(st, 1));
		fail.client = heap_name(h, column_int(st, 2));
		heap_add(h, TABLE_FAIL, &fail, &one);
	}
	/* What, before them. */
	if (is_leg)
		cell.class_id = heap_leg(h);
	heap_flow(h, &cell, &one);
	if (is_leg || (!column_int(st, 13) && !prompts))
		return;
	cell.at_us = 0;
	cell.server = 0;
	cell.actor = heap_name(h, column_int(st, 1));
	cell.client = heap_name(h, column_int(st, 2));
	cell.mailbox = heap_name(h, column_int(st, 7));
	cell.software = heap_name(h, column_int(st, 8));
	cell.windows = heap_name(h, column_int(st, 9));
	cell.half = (uint8_t)column_int(st, 10);
	heap_add(h, TABLE_USE, &cell, &one);
}

/* ---- what did not fail: by quarter and hour ---------------------------------
 */

/* Classes that are no events. */
#define NO_EVENTS                                                              \
	"class.name IN ('ok', 'handshake', 'anonymous_challenge', "            \
	"'oauth_challenge')"

static const char traffic_sql[] =
	"SELECT t.quarter, t.server, t.target, t.protocol, t.class, "
	"t.requests, t.ordinary, class.name = 'handshake', t.first_us, "
	"t.last_us "
	"FROM traffic AS t CROSS JOIN class ON class.id = t.class "
	"WHERE t.quarter >= ? AND t.quarter < ? AND " NO_EVENTS;

static void
take_traffic_row(struct cell_heap *h, struct statement *st)
{
	const int64_t at_us = column_int(st, 0) * WHEN_QUARTER;
	/* Older versions only knew the quarter. */
	const bool told = column_type(st, 8) != DB_NULL;
	const struct cell_sum sum = {
		(uint64_t)column_int(st, 5),
		told ? column_int(st, 8) : at_us,
		told ? column_int(st, 9) : at_us + WHEN_QUARTER - 1,
		0,
		0,
	};
	struct cell cell = { 0 };

	cell.at_us = at_us;
	cell.server = heap_name(h, column_int(st, 1));
	cell.target = heap_name(h, column_int(st, 2));
	cell.protocol = heap_name(h, column_int(st, 3));
	cell.class_id = column_int(st, 7) ? heap_leg(h)
					  : heap_class(h, column_int(st, 4));
	heap_flow(h, &cell, &sum);
	heap_ordinary(h, &cell, (uint64_t)column_int(st, 6));
}

static const char slow_sql[] =
	"SELECT quarter, target, protocol, phase, requests, first_us, last_us "
	"FROM slow WHERE quarter >= ? AND quarter < ?";

static void
take_slow_row(struct cell_heap *h, struct statement *st)
{
	const struct cell_sum sum = { (uint64_t)column_int(st, 4),
				      column_int(st, 5), column_int(st, 6), 0,
				      0 };
	struct cell cell = { 0 };

	cell.at_us = column_int(st, 0) * WHEN_QUARTER;
	cell.target = heap_name(h, column_int(st, 1));
	cell.protocol = heap_name(h, column_int(st, 2));
	cell.class_id = heap_ok(h);
	heap_slow(h, &cell, (size_t)column_int(st, 3), &sum);
}

static const char usage_sql[] =
	"SELECT u.hour, u.server, u.protocol, who.actor, u.software, "
	"u.windows, u.class, k.mailbox, k.client, u.target, u.kind, "
	"u.requests, who.user, u.\"key\", class.name = 'ok' "
	"FROM usage AS u CROSS JOIN who ON who.id = u.who "
	"CROSS JOIN class ON class.id = u.class "
	"LEFT JOIN who AS k ON k.id = u.\"key\" "
	"WHERE u.hour >= ? AND u.hour < ? AND class.name <> 'probe' "
	"AND class.name <> 'activity' AND class.name <> 'handshake'";

/* Whoever got in: also he whose request failed behind the front end. */
static void
take_pulse(struct cell_heap *h, struct statement *st,
	   const struct cell_sum *sum, int64_t at_us)
{
	struct cell cell = { 0 };

	cell.at_us = at_us;
	cell.server = heap_name(h, column_int(st, 1));
	heap_add(h, TABLE_PULSE, &cell, sum);
	heap_person(h, &cell, column_int(st, 12));
}

static void
take_usage_row(struct cell_heap *h, struct statement *st)
{
	const int64_t at_us = column_int(st, 0) * WHEN_HOUR;
	const int64_t kind = column_int(st, 10);
	const struct cell_sum sum = { (uint64_t)column_int(st, 11), at_us,
				      at_us + WHEN_HOUR - 1, 0, 0 };
	struct cell cell = { 0 };

	if (!column_int(st, 12))
		return;
	if (kind & FACT_GOT_IN)
		take_pulse(h, st, &sum, at_us);
	/* Events have told what failed. */
	if (!column_int(st, 14))
		return;
	cell.protocol = heap_name(h, column_int(st, 2));
	cell.actor = heap_name(h, column_int(st, 3));
	cell.software = heap_name(h, column_int(st, 4));
	cell.windows = heap_name(h, column_int(st, 5));
	cell.class_id = heap_class(h, column_int(st, 6));
	cell.mailbox = heap_name(h, column_int(st, 7));
	cell.client = heap_name(h, column_int(st, 8));
	cell.target = heap_name(h, column_int(st, 9));
	cell.half = kind & (FACT_GOT_IN - 1);
	heap_used(h, &cell, &sum, column_int(st, 13));
}

/* ---- channels and odd rows --------------------------------------------------
 */

static const char channel_sql[] =
	"SELECT c.hour, who.actor, c.client, c.target, c.kind, c.requests, "
	"c.first_us, c.last_us FROM channel AS c "
	"CROSS JOIN who ON who.id = c.who WHERE c.hour >= ? AND c.hour < ?";

static void
take_channel_row(struct cell_heap *h, struct statement *st)
{
	const struct cell_sum sum = { (uint64_t)column_int(st, 5),
				      column_int(st, 6), column_int(st, 7), 0,
				      0 };
	struct cell cell = { 0 };

	cell.actor = heap_name(h, column_int(st, 1));
	cell.target = heap_name(h, column_int(st, 3));
	cell.kind = (uint8_t)column_int(st, 4);
	heap_add(h, TABLE_END, &cell, &sum);
	cell.kind = 0;
	cell.at_us = column_int(st, 0) * WHEN_HOUR;
	cell.client = heap_name(h, column_int(st, 2));
	heap_add(h, TABLE_SHORT, &cell, &sum);
}

static const char odd_sql[] =
	"SELECT start_us, client, kind, log, line FROM odd "
	"WHERE start_us >= ? AND start_us < ?";

static void
take_odd_row(struct cell_heap *h, struct statement *st)
{
	const int64_t start_us = column_int(st, 0);
	const uint64_t tag = heap_tag(h, column_int(st, 3), column_int(st, 4));
	const struct cell_sum one = { 1, start_us, start_us, tag, tag };
	struct cell cell = { 0 };

	cell.client = heap_name(h, column_int(st, 1));
	cell.kind = (uint8_t)column_int(st, 2);
	heap_add(h, TABLE_ODD, &cell, &one);
}

/* ---- all of it --------------------------------------------------------------
 */

/* Units of a table that begin in the span. */
static int64_t
first_from(int64_t us, int64_t unit)
{
	return floor_to(us + unit - 1, unit) / unit;
}

static void
take_all(struct cell_heap *h, const struct report_inside *in)
{
	static const struct {
		const char *sql;
		int64_t unit;
		void (*take)(struct cell_heap *h, struct statement *st);
	} all[] = {
		{ events_sql, 1, take_event },
		{ traffic_sql, WHEN_QUARTER, take_traffic_row },
		{ slow_sql, WHEN_QUARTER, take_slow_row },
		{ usage_sql, WHEN_HOUR, take_usage_row },
		{ channel_sql, WHEN_HOUR, take_channel_row },
		{ odd_sql, 1, take_odd_row },
	};
	const struct report_sums *now = &in->report->sums[SPAN_NOW];

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct statement *st = db_prepare(in->db, all[i].sql);

		bind_int(st, 1, first_from(now->since_us, all[i].unit));
		bind_int(st, 2, first_from(now->until_us, all[i].unit));
		while (statement_step(st))
			all[i].take(h, st);
		statement_free(st);
	}
}

static void
print_time(char text[64], int64_t us)
{
	when_time(text, us);
}

/*
 * Logs that an older version loaded lack what findings rest on; those found
 * without it would be false alarms.
 */
static bool
is_old(const struct report_inside *in)
{
	const struct report_sums *now = &in->report->sums[SPAN_NOW];
	struct statement *st = db_prepare(
		in->db, "SELECT 1 FROM traffic AS t "
			"CROSS JOIN class ON class.id = t.class "
			"WHERE t.quarter >= ? AND t.quarter < ? "
			"AND class.name = 'ok' AND t.first_us IS NULL LIMIT 1");
	bool old;

	bind_int(st, 1, first_from(now->since_us, WHEN_QUARTER));
	bind_int(st, 2, first_from(now->until_us, WHEN_QUARTER));
	old = statement_step(st);
	statement_free(st);
	return old;
}

void
take_findings(struct report_inside *in, const char *paths)
{
	const struct findings_options options = { .paths = paths,
						  .print_time = print_time };
	struct report *r = in->report;
	struct gathered *gathered = NULL;
	struct cell_heap *h;

	if (!r->sums[SPAN_NOW].known || db_error(in->db))
		return;
	r->findings_old = is_old(in);
	if (r->findings_old)
		return;
	h = heap_new(in);
	take_all(h, in);
	heap_end(h, &gathered);
	if (gathered &&
	    findings_of(&r->findings, gathered, &options) != RPCLOG_OK)
		xno_memory();
}
