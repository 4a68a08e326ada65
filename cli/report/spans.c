/* SPDX-License-Identifier: MIT */
/* The time that a report is about, what it is held against, and its hours. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "civil.h"
#include "inside.h"
#include "when.h"

#define HOURS_MOST 48
#define DAYS_MOST  3660

static rpclog_slice
text_of(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

int
report_span_of(const struct options *options, int64_t *since_us,
	       int64_t *until_us)
{
	int64_t day;

	*since_us = options->since_us;
	*until_us = options->until_us;
	if (*since_us != INT64_MIN || *until_us != INT64_MAX) {
		if (options->day)
			return usage_error(options, "--day is one day: -S and "
						    "-U are for other spans");
		if (*since_us == INT64_MIN)
			return usage_error(options,
					   "report: -U needs -S: where "
					   "does the span begin?");
		if (*until_us == INT64_MAX)
			*until_us = when_now();
		if (*until_us <= *since_us)
			return usage_error(options, "report: the span ends "
						    "before it begins");
		if (*until_us - *since_us > DAYS_MOST * WHEN_DAY)
			return usage_error(options, "report: the span is "
						    "longer than ten years");
		return EXIT_DONE;
	}
	if (!options->day) {
		day = when_day_of(when_now()) - 1;
	} else {
		int64_t us;

		if (!when_parse(NULL, text_of(options->day), &us))
			return usage_error(options,
					   "--day %s: not a day "
					   "(2026-11-20, yesterday, 3d)",
					   options->day);
		day = when_day_of(us);
	}
	*since_us = when_day_begin(day);
	*until_us = when_day_begin(day + 1);
	return EXIT_DONE;
}

/* ---- words ------------------------------------------------------------------
 */

/* "Sunday 2026-11-22" */
static void
put_day(char label[REPORT_LABEL], int64_t us)
{
	static const char *const names[] = { "Thursday", "Friday", "Saturday",
					     "Sunday",	 "Monday", "Tuesday",
					     "Wednesday" };
	const int64_t day = when_day_of(us);
	char text[WHEN_SIZE];

	when_day(text, day);
	snprintf(label, REPORT_LABEL, "%s %s", names[((day % 7) + 7) % 7],
		 text);
}

/* "2026-11-22 08:00"; the time only if it is not midnight. */
static void
put_moment(char text[WHEN_SIZE], int64_t us, bool clock)
{
	when_time(text, us);
	text[10] = clock ? ' ' : '\0';
	text[16] = '\0';
}

static bool
is_midnight(int64_t us)
{
	return when_day_begin(when_day_of(us)) == us;
}

static void
put_span(char label[REPORT_LABEL], int64_t since_us, int64_t until_us)
{
	const bool days = is_midnight(since_us) && is_midnight(until_us);
	char since[WHEN_SIZE], until[WHEN_SIZE];

	put_moment(since, since_us, !days);
	put_moment(until, days ? until_us - 1 : until_us, !days);
	/* Within a day its date is said once. */
	snprintf(label, REPORT_LABEL, "%s to %s", since,
		 !days && !strncmp(since, until, 10) ? until + 11 : until);
}

/* ---- spans ------------------------------------------------------------------
 */

static void
set_span(struct report *r, enum report_span span, int64_t since_us,
	 int64_t until_us)
{
	struct report_sums *s = &r->sums[span];

	s->since_us = since_us;
	s->until_us = until_us;
	if (r->is_day)
		put_day(s->label, since_us);
	else
		put_span(s->label, since_us, until_us);
}

/* The same clock so many days earlier; a day may begin at 01:00, too. */
static int64_t
days_before(int64_t us, int64_t days)
{
	if (is_midnight(us))
		return when_day_begin(when_day_of(us) - days);
	return when_from_local(us + when_offset(us) - days * WHEN_DAY);
}

/* A span of no time: nothing is known of it. */
static void
no_span(struct report_sums *s)
{
	s->since_us = s->until_us = INT64_MIN;
}

static void
take_buckets(struct report *r)
{
	const struct report_sums *now = &r->sums[SPAN_NOW];
	size_t room = 0;

	r->by_day = now->until_us - now->since_us > HOURS_MOST * WHEN_HOUR;
	for (int64_t at = now->since_us; at < now->until_us;) {
		int64_t next = r->by_day ? when_day_begin(when_day_of(at) + 1)
					 : when_hour_of(at + WHEN_HOUR);
		struct report_bucket *b;
		char text[WHEN_SIZE];

		if (next <= at)
			next = at + WHEN_HOUR;
		if (next > now->until_us)
			next = now->until_us;
		r->buckets = xgrow(r->buckets, r->bucket_count, &room,
				   sizeof(*r->buckets));
		b = &r->buckets[r->bucket_count++];
		memset(b, 0, sizeof(*b));
		b->since_us = at;
		b->until_us = next;
		when_time(text, at);
		text[r->by_day ? 10 : 13] = '\0';
		strcpy(b->label, r->by_day ? text : text + 11);
		b->again = b > r->buckets && !strcmp(b->label, b[-1].label);
		at = next;
	}
}

void
take_spans(struct report_inside *in, int64_t since_us, int64_t until_us)
{
	struct report *r = in->report;
	const int64_t length = until_us - since_us;
	const int64_t days = when_day_of(until_us) - when_day_of(since_us);

	r->is_day = is_midnight(since_us) &&
		    when_day_begin(when_day_of(since_us) + 1) == until_us;
	set_span(r, SPAN_NOW, since_us, until_us);
	if (is_midnight(since_us) && is_midnight(until_us))
		set_span(r, SPAN_BEFORE, days_before(since_us, days), since_us);
	else
		set_span(r, SPAN_BEFORE, since_us - length, since_us);
	if (length < 7 * WHEN_DAY - WHEN_HOUR)
		set_span(r, SPAN_WEEK, days_before(since_us, 7),
			 days_before(until_us, 7));
	else
		no_span(&r->sums[SPAN_WEEK]);
	take_buckets(r);
}

size_t
bucket_of(const struct report *r, int64_t us)
{
	size_t from = 0, to = r->bucket_count;

	while (to - from > 1) {
		size_t middle = from + (to - from) / 2;

		if (r->buckets[middle].since_us <= us)
			from = middle;
		else
			to = middle;
	}
	return from;
}
