/* SPDX-License-Identifier: MIT */
/* How sure we are: what was read, and what there was to read. */

#include "story.h"

#define NAMES_MOST 3

static void
put_servers_missing(struct out *out, const struct report *r)
{
	size_t told = 0, count = servers_missing(r);

	out_str(out, " Logs are missing of ");
	for (size_t i = 0; i < r->server_count && told < NAMES_MOST; i++) {
		const struct report_machine *m = &r->servers[i];

		if (!m->missing)
			continue;
		out_str(out, told++ ? ", " : "");
		put_name(out, m->name);
		out_str(out, " (");
		if (m->missing < r->bucket_count)
			put_count(out, m->missing, r->by_day ? "day" : "hour");
		else
			out_str(out, "all");
		out_char(out, ')');
	}
	if (count > told) {
		out_str(out, " and ");
		put_count(out, count - told, "more server");
	}
	out_str(out, ": figures may be too low.");
}

/* Percent of the hours of all servers of which there is no row. */
static uint64_t
percent_missing(const struct report_sums *s)
{
	return s->units ? s->units_missing * 100 / s->units : 0;
}

/* Where more is missing, fewer failures are no good news. */
#define PERCENT_UNEVEN 5

static void
put_uneven(struct out *out, const struct report *r)
{
	for (int span = SPAN_BEFORE; span < SPANS; span++) {
		const struct report_sums *s = &r->sums[span];

		if (!s->known || percent_missing(s) < PERCENT_UNEVEN)
			continue;
		out_format(out,
			   " Compare with care: of %s, logs of %llu %% of the "
			   "%s are missing.",
			   s->label, (unsigned long long)percent_missing(s),
			   r->by_day ? "days" : "hours");
	}
}

void
tell_data(struct page *page)
{
	const struct report *r = page->report;
	size_t damaged = 0;
	struct out out;

	for (size_t i = 0; i < r->log_count; i++)
		damaged += r->logs[i].damaged;
	text_begin(&out);
	out_str(&out, "Data: ");
	put_count(&out, r->logs_read, "log");
	if (damaged)
		out_format(&out, ", %zu damaged.", damaged);
	else if (servers_missing(r))
		out_char(&out, '.');
	else
		out_str(&out, ", all readable, no hour missing.");
	if (servers_missing(r))
		put_servers_missing(&out, r);
	put_uneven(&out, r);
	text_item(page, has_gaps(r) ? TONE_BAD : TONE_MUTED, &out);
}

/* How far behind is what is read? */
void
tell_newest(struct page *page)
{
	const int64_t newest_us = page->report->newest_us;
	const struct report_sums *now = &page->report->sums[SPAN_NOW];
	struct out out;

	text_begin(&out);
	if (newest_us == INT64_MIN) {
		out_str(&out,
			"There is no row of any HttpProxy log: see whether "
			"logs are collected, and where.");
	} else {
		out_str(&out, "The newest row of all is of ");
		put_minute(&out, newest_us);
		out_str(&out, newest_us < now->since_us
				      ? ": see whether logs are still "
					"collected, and loaded."
				      : ".");
	}
	text_item(page, TONE_PLAIN, &out);
}
