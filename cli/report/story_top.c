/* SPDX-License-Identifier: MIT */
/* At most ten lines on top: what is broken, what changed, how sure we are. */

#include "story.h"

#include <string.h>

#define NAMES_MOST 3

/* ---- what changed -----------------------------------------------------------
 */

/* How many of a kind are new, or gone; '*one' is one of them. */
static size_t
count_news(const struct report *r, enum report_kind kind, bool gone,
	   const struct report_news **one, size_t *first)
{
	size_t count = 0;

	*first = 0;
	for (size_t i = 0; i < r->news_count; i++) {
		const struct report_news *n = &r->news[i];

		if (n->kind != kind || n->gone != gone)
			continue;
		*one = n;
		*first += n->is_first;
		count++;
	}
	return count;
}

/* Did it get well, or did nobody try? */
static void
put_gone_target(struct out *out, const struct report *r, rpclog_slice name)
{
	uint64_t worked = 0;

	for (size_t i = 0; i < r->target_count; i++) {
		const struct report_machine *m = &r->targets[i];

		if (m->name.len == name.len &&
		    memcmp(m->name.ptr, name.ptr, name.len) == 0)
			worked = m->worked[SPAN_NOW];
	}
	if (worked) {
		out_str(out, " (");
		put_count(out, worked, "request");
		out_str(out, " worked)");
	} else {
		out_str(out, " (but no request to it worked)");
	}
}

/* "target y, class x, 3 users (2 never before)" of what is new, or gone. */
static bool
put_news(struct out *out, const struct report *r, bool gone)
{
	static const char *const words[] = { "class", "target", "user" };
	const struct report_news *one = NULL;
	bool any = false;

	for (int kind = NEWS_CLASS; kind < NEWS_KINDS; kind++) {
		size_t first;
		const size_t count = count_news(r, (enum report_kind)kind, gone,
						&one, &first);

		if (!count)
			continue;
		out_str(out, any ? ", " : "");
		any = true;
		if (count == 1) {
			out_format(out, "%s ", words[kind]);
			put_name(out, one->name);
		} else {
			put_count(out, count, words[kind]);
		}
		if (count == 1 && gone && kind == NEWS_TARGET)
			put_gone_target(out, r, one->name);
		if (first && first < count)
			out_format(out, " (%zu never before)", first);
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
	out_format(&out, "%s %s %s: ", gone ? "Gone" : "New",
		   r->is_day ? "since" : "against", r->sums[SPAN_BEFORE].label);
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
	const bool quiet = report_outcome(r) == OUTCOME_QUIET;
	struct out out;

	if (before->known && r->news_count) {
		if (!quiet)
			tell_side(page, false);
		tell_side(page, true);
		return;
	}
	text_begin(&out);
	if (before->known)
		out_format(&out, "Nothing new and nothing gone %s %s.",
			   r->is_day ? "since" : "against", before->label);
	else
		out_format(&out,
			   "No logs of %s were read: what is new can't be "
			   "told.",
			   before->label);
	text_item(page, TONE_MUTED, &out);
}

/* ---- where, who, when -------------------------------------------------------
 */

/* Where most users failed; it may be that no target was asked at all. */
static void
tell_worst_target(struct page *page)
{
	const struct report *r = page->report;
	const struct report_machine *m = r->targets;
	struct out out;

	if (!r->target_count || !m->users[SPAN_NOW])
		return;
	text_begin(&out);
	if (m->name.len) {
		out_str(&out, "Worst target: ");
		put_name(&out, m->name);
	} else {
		out_str(&out, "Most failures name no target");
	}
	out_format(&out, ": %llu of ", (unsigned long long)m->users[SPAN_NOW]);
	put_count(&out, r->sums[SPAN_NOW].users, "user");
	out_str(&out, ", ");
	put_count(&out, m->failures[SPAN_NOW], "failed request");
	if (m->name.len)
		out_format(&out, ", %llu worked",
			   (unsigned long long)m->worked[SPAN_NOW]);
	out_char(&out, '.');
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
	out_str(&out, "Worst hit: ");
	for (size_t i = 0; i < r->user_count && told < NAMES_MOST; i++) {
		const struct report_user *u = &r->users[i];

		if (u->is_source)
			continue;
		out_str(&out, told++ ? ", " : "");
		put_name(&out, u->name);
		out_str(&out, " (");
		put_count(&out, u->prompts, "prompt");
		out_str(&out, " in ");
		put_count(&out, u->hours, "hour");
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
	if (!worst || worst->users < 2 || r->bucket_count < 2)
		return;
	text_begin(&out);
	out_format(&out, "Worst %s: %s%s with ", r->by_day ? "day" : "hour",
		   worst->label, r->by_day ? "" : ":00");
	put_count(&out, worst->users, "user");
	out_char(&out, '.');
	text_item(page, TONE_PLAIN, &out);
}

/* They are not among the users above, but in the tables below. */
static void
tell_sources(struct page *page)
{
	const struct report_sums *now = &page->report->sums[SPAN_NOW];
	struct out out;

	if (!now->sources || !now->users)
		return;
	text_begin(&out);
	out_str(&out, "Not counted above: ");
	put_count(&out, now->sources, "client");
	out_str(&out, " without a user name, ");
	put_count(&out, now->source_prompts, "prompt");
	out_str(&out, ", ");
	put_count(&out, now->source_failures, "failed request");
	out_char(&out, '.');
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
