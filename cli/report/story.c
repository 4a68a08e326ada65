/* SPDX-License-Identifier: MIT */
/* What a report says, piece by piece, to whatever page it is for. */

#include "story.h"

#include <string.h>

#include "when.h"

enum outcome
report_outcome(const struct report *report)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];

	if (!now->known)
		return OUTCOME_NO_DATA;
	return now->failures || now->source_failures ? OUTCOME_PROMPTED
						     : OUTCOME_QUIET;
}

const char *
outcome_word(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_NO_DATA: return "no_data";
	case OUTCOME_QUIET: return "quiet";
	case OUTCOME_PROMPTED: return "prompted";
	}
	return "";
}

const struct report_machine *
worst_target(const struct report *report)
{
	const struct report_machine *worst = report->targets;

	return report->target_count && worst->failures[SPAN_NOW] &&
			       worst->name.len
		       ? worst
		       : NULL;
}

size_t
servers_missing(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->server_count; i++)
		count += report->servers[i].missing > 0;
	return count;
}

/* "on Friday 2026-11-20", "from 2026-11-20 08:00 to .." */
static void
put_when(struct out *out, const struct report *report)
{
	out_format(out, "%s %s", report->is_day ? "on" : "from",
		   report->sums[SPAN_NOW].label);
}

bool
has_gaps(const struct report *report)
{
	bool damaged = false;

	for (size_t i = 0; i < report->log_count; i++)
		damaged = damaged || report->logs[i].damaged;
	return damaged || servers_missing(report) > 0;
}

/* Users; if there are none, clients that gave no user name. */
static void
put_prompted(struct out *out, const struct report *report)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];

	put_count(out, now->users ? now->users : now->sources,
		  now->users ? "user" : "client");
	if (!now->users)
		out_str(out, " without a user name");
}

static void
put_quiet(struct out *out, const struct report *r)
{
	const struct report_sums *now = &r->sums[SPAN_NOW];
	const struct report_sums *before = &r->sums[SPAN_BEFORE];

	out_str(out, "All quiet ");
	put_when(out, r);
	/* What was not read may have been loud. */
	if (has_gaps(r))
		out_str(out, ", as far as there are logs");
	out_str(out, now->requests ? ": nobody was asked for a password in "
				   : ": nobody sent a request, nobody was "
				     "asked for a password");
	if (now->requests)
		put_count(out, now->requests, "request");
	if (before->known && before->users) {
		out_str(out, "; ");
		put_count(out, before->users, "user");
		out_format(out,
			   before->users == 1 ? " was %s %s" : " were %s %s",
			   r->is_day ? "on" : "from", before->label);
	}
}

/* Days alone: of other spans the figures tell it. */
static void
put_compared(struct out *out, const struct report *r)
{
	const uint64_t users = r->sums[SPAN_NOW].users;
	const struct report_sums *before = &r->sums[SPAN_BEFORE];

	if (!r->is_day || !before->known)
		return;
	if (users) {
		put_change(out, users, before, before->users);
	} else if (before->users) {
		out_str(out, ", and no user, after ");
		put_count(out, before->users, "user");
		out_format(out, " on %s", before->label);
	}
}

static void
tell_headline(struct page *page)
{
	const struct report *r = page->report;
	const struct report_sums *now = &r->sums[SPAN_NOW];
	const enum outcome outcome = report_outcome(r);
	enum tone tone = TONE_BAD;
	struct out out;

	out_memory(&out);
	if (outcome == OUTCOME_NO_DATA) {
		out_format(&out, "No data: no log of %s was read", now->label);
	} else if (outcome == OUTCOME_QUIET) {
		tone = has_gaps(r) ? TONE_PLAIN : TONE_GOOD;
		put_quiet(&out, r);
	} else {
		put_prompted(&out, r);
		out_str(&out, (now->users ? now->users : now->sources) == 1
				      ? " was asked for a password "
				      : " were asked for a password ");
		put_when(&out, r);
		if (now->until_us > r->made_us)
			out_str(&out, " so far");
		put_compared(&out, r);
	}
	out_str(&out, ".");
	out_char(&out, '\0');
	page->to->headline(page, tone, out.data);
	out_free(&out);
}

/* ---- the subject line -------------------------------------------------------
 */

/* "yesterday" if it was that; else the date, as in "on 2026-11-20". */
static void
put_short_when(struct out *out, const struct report *report, const char *on)
{
	const int64_t yesterday = when_day_of(report->made_us) - 1;
	const int64_t since_us = report->sums[SPAN_NOW].since_us;
	char text[WHEN_SIZE];

	out_str(out, on);
	if (!report->is_day) {
		out_str(out, report->sums[SPAN_NOW].label);
	} else if (when_day_of(since_us) == yesterday) {
		out_str(out, "yesterday");
	} else {
		when_day(text, when_day_of(since_us));
		out_str(out, text);
	}
}

static const char *
preposition(const struct report *report)
{
	const int64_t yesterday = when_day_of(report->made_us) - 1;

	if (!report->is_day)
		return "from ";
	return when_day_of(report->sums[SPAN_NOW].since_us) == yesterday
		       ? ""
		       : "on ";
}

/* Not the whole domain: a subject line is short. */
static rpclog_slice
first_label(rpclog_slice name)
{
	const char *dot = name.len ? memchr(name.ptr, '.', name.len) : NULL;

	/* An address is told in full. */
	if (dot && dot > name.ptr &&
	    !(name.ptr[0] >= '0' && name.ptr[0] <= '9'))
		name.len = (size_t)(dot - name.ptr);
	return name;
}

/* A subject that calms must not calm too much. */
static void
put_quiet_rest(struct out *out, const struct report *report)
{
	const struct report_sums *before = &report->sums[SPAN_BEFORE];

	if (report->is_day && before->known && before->users) {
		out_str(out, " (");
		put_count(out, before->users, "user");
		out_str(out, " the day before)");
	}
	if (!report->sums[SPAN_NOW].requests)
		out_str(out, ", no request at all");
	if (has_gaps(report))
		out_str(out, ", but logs are missing or damaged");
}

void
story_subject(const struct report *report, struct out *out)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];
	const struct report_sums *before = &report->sums[SPAN_BEFORE];
	const struct report_machine *worst = worst_target(report);

	switch (report_outcome(report)) {
	case OUTCOME_NO_DATA:
		out_str(out, "no data: no logs ");
		put_short_when(out, report, "of ");
		return;
	case OUTCOME_QUIET: out_str(out, "all quiet "); break;
	case OUTCOME_PROMPTED:
		put_prompted(out, report);
		out_str(out, " prompted ");
		break;
	}
	put_short_when(out, report, preposition(report));
	if (report_outcome(report) == OUTCOME_QUIET)
		put_quiet_rest(out, report);
	if (report_outcome(report) != OUTCOME_PROMPTED)
		return;
	if (before->known && now->users)
		out_format(out, " (%+lld)",
			   (long long)now->users - (long long)before->users);
	if (worst) {
		out_str(out, ", ");
		put_name(out, first_label(worst->name));
	}
}

/* ---- the whole --------------------------------------------------------------
 */

static void
fill_figure(struct figure *figure, const struct report *report,
	    const char *what, size_t offset)
{
	figure->what = what;
	for (int span = SPAN_NOW; span < SPANS; span++) {
		const struct report_sums *sums = &report->sums[span];
		uint64_t value;

		memcpy(&value, (const char *)sums + offset, sizeof(value));
		figure->then[span].known = sums->known;
		figure->then[span].label = sums->label;
		figure->then[span].value = value;
	}
	figure->now = figure->then[SPAN_NOW].value;
}

/* Then figures of users would be zeros below a headline that is none. */
static bool
only_sources(const struct report *r)
{
	bool users = false;

	for (int span = SPAN_NOW; span < SPANS; span++)
		users = users || r->sums[span].users;
	return !users && r->sums[SPAN_NOW].sources;
}

static void
tell_figures(struct page *page)
{
	static const struct {
		const char *what;
		size_t offset;
	} all[][4] = {
		{ { "users prompted", offsetof(struct report_sums, users) },
		  { "user-hours", offsetof(struct report_sums, user_hours) },
		  { "prompts", offsetof(struct report_sums, prompts) },
		  { "failed requests",
		    offsetof(struct report_sums, failures) } },
		{ { "clients prompted", offsetof(struct report_sums, sources) },
		  { "client-hours",
		    offsetof(struct report_sums, source_hours) },
		  { "prompts", offsetof(struct report_sums, source_prompts) },
		  { "failed requests",
		    offsetof(struct report_sums, source_failures) } },
	};
	const bool clients = only_sources(page->report);
	struct figure figures[4];

	for (size_t i = 0; i < 4; i++)
		fill_figure(&figures[i], page->report, all[clients][i].what,
			    all[clients][i].offset);
	page->to->figures(page, figures, 4);
}

void
story_tell(struct page *page)
{
	const struct report *r = page->report;
	const enum outcome outcome = report_outcome(r);

	page->to->begin(page);
	tell_headline(page);
	if (outcome != OUTCOME_NO_DATA)
		tell_figures(page);
	tell_top(page);
	if (outcome != OUTCOME_NO_DATA) {
		tell_findings(page);
		tell_hours(page);
		tell_classes(page);
		tell_targets(page);
		tell_servers(page);
		tell_users(page);
		tell_news(page);
		tell_firsts(page);
	}
	tell_quality(page);
	page->to->end(page);
}
