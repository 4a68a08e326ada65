/* SPDX-License-Identifier: MIT */
/* At most ten lines on top: what is broken, what changed, how sure we are. */

#include "story.h"

#include <string.h>

#include "diagnose.h"
#include "names.h"

#define FINDINGS_MOST 3
#define NAMES_MOST    3

/* "critical: cas10-02: no KB3140410 (19 users). Install .." */
/* Without the command that follows where there is room. */
static void
put_step(struct out *out, rpclog_slice text)
{
	const bool leads = text.len && text.ptr[text.len - 1] == ':';

	out_bytes(out, text.ptr, text.len - leads);
	if (leads)
		out_char(out, '.');
}

static void
tell_finding(struct page *page, const struct finding *f, size_t more)
{
	struct out out;

	text_begin(&out);
	out_format(&out, "%s: ", severity_text(f->severity));
	put_name(&out, f->subject);
	out_format(&out, ": %s", f->title);
	if (f->users) {
		out_str(&out, " (");
		put_count(&out, f->users, "user");
		out_char(&out, ')');
	}
	out_str(&out, ". ");
	put_step(&out, f->remedy);
	if (more) {
		out_str(&out, " And ");
		put_count(&out, more, "more finding");
		out_char(&out, '.');
	}
	text_item(page, f->severity >= RPCLOG_HIGH ? TONE_BAD : TONE_PLAIN,
		  &out);
}

static void
tell_worst_findings(struct page *page)
{
	const struct findings *all = page->report->findings;
	const size_t count = all ? findings_count(all) : 0;
	const size_t most = count < FINDINGS_MOST ? count : FINDINGS_MOST;

	for (size_t i = 0; i < most; i++)
		tell_finding(page, findings_at(all, i),
			     i + 1 == most ? count - most : 0);
}

/* ---- what changed -----------------------------------------------------------
 */

/* "3 users (2 never before), class x, target y" of what is new, or gone. */
static bool
put_news(struct out *out, const struct report *r, bool gone)
{
	static const char *const words[] = { "class", "target", "user" };
	bool any = false;

	for (int kind = NEWS_CLASS; kind < NEWS_KINDS; kind++) {
		uint64_t count = 0, first = 0;
		size_t at = 0;

		for (size_t i = 0; i < r->news_count; i++) {
			const struct report_news *n = &r->news[i];

			if ((int)n->kind != kind || n->gone != gone)
				continue;
			if (!count++)
				at = i;
			first += n->is_first;
		}
		if (!count)
			continue;
		out_str(out, any ? ", " : "");
		any = true;
		if (count == 1) {
			out_format(out, "%s ", words[kind]);
			put_name(out, r->news[at].name);
		} else {
			put_count(out, count, words[kind]);
		}
		if (first && first < count)
			out_format(out, " (%llu never before)",
				   (unsigned long long)first);
		else if (first)
			out_str(out, " (never before)");
	}
	return any;
}

static void
tell_side(struct page *page, bool gone)
{
	const struct report *r = page->report;
	struct out out;

	text_begin(&out);
	out_format(&out, "%s since %s: ", gone ? "Gone" : "New",
		   r->sums[SPAN_BEFORE].label);
	if (!put_news(&out, r, gone))
		out_str(&out, "nothing");
	out_char(&out, '.');
	text_item(page, TONE_PLAIN, &out);
}

static void
tell_changes(struct page *page)
{
	const struct report *r = page->report;
	const struct report_sums *before = &r->sums[SPAN_BEFORE];
	struct out out;

	if (before->known && r->news_count) {
		tell_side(page, false);
		tell_side(page, true);
		return;
	}
	text_begin(&out);
	if (before->known)
		out_format(&out, "Neither new failures nor gone ones since %s.",
			   before->label);
	else
		out_format(&out,
			   "No logs of %s were read: what is new can't be "
			   "told.",
			   before->label);
	text_item(page, TONE_MUTED, &out);
}

/* ---- where, who, when -------------------------------------------------------
 */

static void
tell_worst_target(struct page *page)
{
	const struct report *r = page->report;
	const struct report_machine *m = worst_target(r);
	struct out out;

	if (!m)
		return;
	text_begin(&out);
	out_str(&out, "Worst target: ");
	put_name(&out, m->name);
	out_format(&out, ", %llu of ", (unsigned long long)m->users[SPAN_NOW]);
	put_count(&out, r->sums[SPAN_NOW].users, "user");
	out_str(&out, ", ");
	put_count(&out, m->failures[SPAN_NOW], "failed request");
	out_format(&out, ", %llu answered.",
		   (unsigned long long)m->worked[SPAN_NOW]);
	text_item(page, TONE_PLAIN, &out);
}

static void
tell_worst_users(struct page *page)
{
	const struct report *r = page->report;
	size_t told = 0;
	struct out out;

	if (!r->sums[SPAN_NOW].users)
		return;
	text_begin(&out);
	out_str(&out, "Most hours: ");
	for (size_t i = 0; i < r->user_count && told < NAMES_MOST; i++) {
		const struct report_user *u = &r->users[i];

		if (u->is_source)
			continue;
		out_str(&out, told++ ? ", " : "");
		put_name(&out, u->name);
		out_str(&out, " (");
		put_count(&out, u->hours, "hour");
		out_str(&out, ", ");
		put_count(&out, u->prompts, "prompt");
		out_char(&out, ')');
	}
	out_char(&out, '.');
	text_item(page, TONE_PLAIN, &out);
}

static void
tell_worst_hour(struct page *page)
{
	const struct report *r = page->report;
	const struct report_bucket *worst = NULL;
	struct out out;

	for (size_t i = 0; i < r->bucket_count; i++)
		if (!worst || r->buckets[i].users > worst->users)
			worst = &r->buckets[i];
	if (!worst || !worst->users || r->bucket_count < 2)
		return;
	text_begin(&out);
	out_format(&out, "Worst %s: %s%s with ", r->by_day ? "day" : "hour",
		   worst->label, r->by_day ? "" : ":00");
	put_count(&out, worst->users, "user");
	out_char(&out, '.');
	text_item(page, TONE_PLAIN, &out);
}

static void
tell_sources(struct page *page)
{
	const struct report_sums *now = &page->report->sums[SPAN_NOW];
	struct out out;

	if (!now->sources || !now->users)
		return;
	text_begin(&out);
	out_str(&out, "Besides: ");
	put_count(&out, now->sources, "client");
	out_str(&out, " that gave no user name, ");
	put_count(&out, now->source_prompts, "prompt");
	out_char(&out, '.');
	text_item(page, TONE_PLAIN, &out);
}

/* ---- how sure we are --------------------------------------------------------
 */

static void
tell_data(struct page *page)
{
	const struct report *r = page->report;
	const size_t missing = servers_missing(r);
	size_t damaged = 0;
	struct out out;

	for (size_t i = 0; i < r->log_count; i++)
		damaged += r->logs[i].damaged;
	text_begin(&out);
	out_str(&out, "Data: ");
	put_count(&out, r->logs_read, "log");
	if (damaged) {
		out_str(&out, ", ");
		out_format(&out, "%zu damaged", damaged);
	}
	if (missing) {
		out_str(&out, "; hours are missing of ");
		put_count(&out, missing, "server");
	}
	if (!damaged && !missing)
		out_str(&out, ", all of them read, no hour missing");
	out_char(&out, '.');
	text_item(page, damaged || missing ? TONE_BAD : TONE_MUTED, &out);
}

/* How far behind is what is read? */
static void
tell_newest(struct page *page)
{
	const int64_t newest_us = page->report->newest_us;
	struct out out;

	text_begin(&out);
	if (newest_us == INT64_MIN) {
		out_str(&out, "There is no HttpProxy log at all.");
	} else {
		out_str(&out, "The newest row is of ");
		put_minute(&out, newest_us);
		out_str(&out, ": are the logs still collected?");
	}
	text_item(page, TONE_PLAIN, &out);
}

void
tell_top(struct page *page)
{
	if (page->report->sums[SPAN_NOW].known) {
		tell_worst_findings(page);
		tell_changes(page);
		tell_worst_target(page);
		tell_worst_users(page);
		tell_worst_hour(page);
		tell_sources(page);
		tell_data(page);
	} else {
		tell_newest(page);
	}
}
