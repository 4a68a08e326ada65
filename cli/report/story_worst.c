/* SPDX-License-Identifier: MIT */
/* The worst findings, a line each, for the top of a report. */

#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose.h"
#include "names.h"

#define FINDINGS_MOST 3
#define NAMES_MOST    3

/* Without the command that follows where there is room. */
static void
put_step(struct out *out, rpclog_slice text)
{
	const bool leads = text.len && text.ptr[text.len - 1] == ':';

	out_bytes(out, text.ptr, text.len - leads);
	if (leads)
		out_char(out, '.');
}

/* Findings, and what of them was told already. */
struct telling {
	const struct findings *all;
	bool *told; /* in words, or by its subject among others of its kind */
	size_t count, told_count;
};

static bool
same_subject(const struct finding *a, const struct finding *b)
{
	return a->subject.len == b->subject.len &&
	       (!a->subject.len ||
		memcmp(a->subject.ptr, b->subject.ptr, a->subject.len) == 0);
}

/* What is to come, while nothing fails yet. */
static bool
is_outlook(const struct finding *f)
{
	return strcmp(f->id, "tls_old_clients") == 0 ||
	       strcmp(f->id, "mapi_possible") == 0;
}

/* What is grave, what is over, what else fails, what is to come. */
enum turn { TURN_GRAVE, TURN_FIXED, TURN_FAILING, TURN_OUTLOOK, TURNS };

/* TURNS: it harms nobody, and is for below. */
static enum turn
turn_of(const struct finding *f)
{
	if (f->severity >= RPCLOG_HIGH)
		return TURN_GRAVE;
	if (f->trend == TREND_FIXED)
		return TURN_FIXED;
	if (f->severity == RPCLOG_INFO)
		return TURNS;
	return is_outlook(f) ? TURN_OUTLOOK : TURN_FAILING;
}

/*
 * A machine that is told of already has its worst fault told: others mostly
 * follow from that.
 */
static bool
is_for_top(const struct telling *t, size_t i, enum turn turn)
{
	const struct finding *f = findings_at(t->all, i);

	if (t->told[i] || turn_of(f) != turn)
		return false;
	for (size_t k = 0; k < t->count; k++)
		if (t->told[k] && same_subject(findings_at(t->all, k), f))
			return false;
	return true;
}

static void
put_whom(struct out *out, const struct finding *f)
{
	put_name(out, f->subject);
	if (f->users > 1) {
		out_str(out, " (");
		put_count(out, f->users, "user");
		out_char(out, ')');
	}
}

/* All of a kind, by their first few subjects. */
static void
put_subjects(struct out *out, struct telling *t, size_t i)
{
	const struct finding *f = findings_at(t->all, i);
	size_t alike = 0;

	for (size_t k = i; k < t->count; k++) {
		const struct finding *other = findings_at(t->all, k);

		if (t->told[k] || strcmp(other->id, f->id) != 0 ||
		    strcmp(other->title, f->title) != 0)
			continue;
		t->told[k] = true;
		t->told_count++;
		if (alike++ < NAMES_MOST) {
			out_str(out, alike > 1 ? ", " : "");
			put_whom(out, other);
		}
	}
	if (alike > NAMES_MOST)
		out_format(out, " and %zu more", alike - NAMES_MOST);
}

/* "critical: cas10-02 (19 users): no KB3140410.  Install .." */
static void
tell_finding(struct page *page, struct telling *t, size_t i, bool last)
{
	const struct finding *f = findings_at(t->all, i);
	const bool bad = f->severity >= RPCLOG_HIGH;
	struct out out;

	text_begin(&out);
	if (f->trend == TREND_FIXED)
		out_str(&out, "repaired: ");
	else
		out_format(&out, "%s: ", severity_text(f->severity));
	put_subjects(&out, t, i);
	out_format(&out, ": %s", f->title);
	if (f->trend == TREND_FIXED && f->fixed_us != INT64_MIN) {
		out_str(&out, "; it works since ");
		put_minute(&out, f->fixed_us);
	}
	out_str(&out, ". ");
	put_step(&out, f->remedy);
	if (last && t->told_count < t->count) {
		out_str(&out, " Below: ");
		put_count(&out, t->count - t->told_count, "more finding");
		out_char(&out, '.');
	}
	text_item(page, bad ? TONE_BAD : TONE_PLAIN, &out);
}

/* The next one for the top; as many as there are: none. */
static size_t
next_for_top(const struct telling *t)
{
	for (int turn = TURN_GRAVE; turn < TURNS; turn++)
		for (size_t i = 0; i < t->count; i++)
			if (is_for_top(t, i, (enum turn)turn))
				return i;
	return t->count;
}

void
tell_worst_findings(struct page *page)
{
	const struct findings *all = page->report->findings;
	struct telling t = { .all = all,
			     .count = all ? findings_count(all) : 0 };

	t.told = xcalloc(t.count + 1, sizeof(*t.told));
	for (size_t n = 1; n <= FINDINGS_MOST; n++) {
		const size_t i = next_for_top(&t);

		if (i == t.count)
			break;
		tell_finding(page, &t, i, n == FINDINGS_MOST);
	}
	free(t.told);
}
