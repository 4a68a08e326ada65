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
tell_headline(struct page *page)
{
	const struct report *r = page->report;
	const struct report_sums *now = &r->sums[SPAN_NOW];
	const enum outcome outcome = report_outcome(r);
	struct out out;

	out_memory(&out);
	if (outcome == OUTCOME_NO_DATA) {
		out_format(&out, "No data: no log of %s was read.", now->label);
	} else if (outcome == OUTCOME_QUIET) {
		out_str(&out, "All quiet ");
		put_when(&out, r);
		out_str(&out, ": nobody was asked for a password in ");
		put_count(&out, now->requests, "request");
		out_char(&out, '.');
	} else {
		put_prompted(&out, r);
		out_str(&out, now->users + now->sources == 1
				      ? " was asked for a password "
				      : " were asked for a password ");
		put_when(&out, r);
		if (r->is_day && now->users)
			put_change(&out, now->users, &r->sums[SPAN_BEFORE],
				   r->sums[SPAN_BEFORE].users);
		out_char(&out, '.');
	}
	out_char(&out, '\0');
	page->to->headline(page,
			   outcome == OUTCOME_QUIET ? TONE_GOOD : TONE_BAD,
			   out.data);
	out_free(&out);
}

/* ---- the subject line -------------------------------------------------------
 */

/* "yesterday" if it was that; else the date. */
static void
put_short_when(struct out *out, const struct report *report)
{
	const int64_t yesterday = when_day_of(report->made_us) - 1;
	const int64_t since_us = report->sums[SPAN_NOW].since_us;
	char text[WHEN_SIZE];

	if (!report->is_day) {
		put_when(out, report);
	} else if (when_day_of(since_us) == yesterday) {
		out_str(out, "yesterday");
	} else {
		when_day(text, when_day_of(since_us));
		out_format(out, "on %s", text);
	}
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

void
story_subject(const struct report *report, struct out *out)
{
	const struct report_sums *now = &report->sums[SPAN_NOW];
	const struct report_sums *before = &report->sums[SPAN_BEFORE];
	const struct report_machine *worst = worst_target(report);

	switch (report_outcome(report)) {
	case OUTCOME_NO_DATA: out_str(out, "no data: no logs read "); break;
	case OUTCOME_QUIET: out_str(out, "all quiet "); break;
	case OUTCOME_PROMPTED:
		put_prompted(out, report);
		out_str(out, " prompted ");
		break;
	}
	put_short_when(out, report);
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

static void
tell_figures(struct page *page)
{
	static const struct {
		const char *what;
		size_t offset;
	} all[] = {
		{ "users prompted", offsetof(struct report_sums, users) },
		{ "user-hours", offsetof(struct report_sums, user_hours) },
		{ "prompts", offsetof(struct report_sums, prompts) },
		{ "failed requests", offsetof(struct report_sums, failures) },
	};
	struct figure figures[4];

	for (size_t i = 0; i < 4; i++)
		fill_figure(&figures[i], page->report, all[i].what,
			    all[i].offset);
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
	}
	tell_news(page);
	tell_firsts(page);
	tell_quality(page);
	page->to->end(page);
}
