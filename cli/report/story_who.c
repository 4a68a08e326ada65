/* SPDX-License-Identifier: MIT */
/* Who, what is new, since when, and how sure we are. */

#include "story.h"

#include <string.h>

#define USERS_MOST  20
#define USERS_BRIEF 10
#define NEWS_MOST   8 /* of each kind */
#define FIRSTS_MOST 20
#define LOGS_MOST   10

void
tell_users(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "user", GRID_TEXT },
		{ "hours", GRID_BAR },
		{ "prompts", GRID_NUMBER },
		{ "failed", GRID_NUMBER },
		{ "first", GRID_TIME },
		{ "last", GRID_TIME },
		{ "mostly of class", GRID_TEXT },
		{ "mostly at", GRID_TEXT },
		{ "new", GRID_TEXT },
	};
	static const char who[] =
		"The second command tells what one of them did: write "
		"the name in place of NAME.";
	const struct report *r = page->report;
	const size_t most = page->brief ? USERS_BRIEF : USERS_MOST;
	const bool compared = r->sums[SPAN_BEFORE].known;
	size_t i;
	struct grid_maker grid;

	if (!r->user_count)
		return;
	page->to->heading(page, "users", "Users");
	if (page->to->chart)
		page->to->chart(page, CHART_PEOPLE);
	grid_begin(&grid,
		   "Users who were asked for a password, most hours first",
		   columns, compared ? 9 : 8);
	for (i = 0; i < r->user_count && i < most; i++) {
		const struct report_user *u = &r->users[i];

		grid_name(&grid, u->name);
		grid_number(&grid, u->hours);
		grid_number(&grid, u->prompts);
		grid_number(&grid, u->failures);
		grid_minute(&grid, u->first_us);
		grid_minute(&grid, u->last_us);
		grid_name(&grid, u->class_name);
		grid_name(&grid, u->target);
		if (compared)
			grid_words(&grid, u->is_first ? "never before"
					  : u->is_new ? "new"
						      : "");
	}
	grid_put(&grid, page, r->user_count - i, "users");
	page->to->paragraph(page, TONE_MUTED,
			    (rpclog_slice){ who, sizeof(who) - 1 });
	page->to->command(page, r->commands[COMMAND_USERS]);
	page->to->command(page, r->commands[COMMAND_WHO]);
}

/* ---- new and gone -----------------------------------------------------------
 */

static void
put_news_row(struct grid_maker *grid, const struct report_news *n)
{
	static const char *const kinds[] = { "class", "target", "user" };

	grid_words(grid, n->gone       ? "gone"
			 : n->is_first ? "never before"
				       : "new");
	grid_words(grid, kinds[n->kind]);
	grid_name(grid, n->name);
	grid_minute(grid, n->us);
	grid_number(grid, n->failures);
}

void
tell_news(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "change", GRID_TEXT },   { "kind", GRID_TEXT },
		{ "name", GRID_TEXT },	   { "began, or ended", GRID_TIME },
		{ "failed", GRID_NUMBER },
	};
	const struct report *r = page->report;
	size_t told = 0, alike = 0;
	struct grid_maker grid;
	struct out caption;

	if (!r->news_count)
		return;
	page->to->heading(page, "news", "New and gone");
	out_memory(&caption);
	out_format(&caption, "What is new and what is gone %s %s",
		   r->is_day ? "since" : "against", r->sums[SPAN_BEFORE].label);
	out_char(&caption, '\0');
	grid_begin(&grid, caption.data, columns, 5);
	for (size_t i = 0; i < r->news_count; i++) {
		const struct report_news *n = &r->news[i];
		const bool next =
			i && n->kind == n[-1].kind && n->gone == n[-1].gone;

		alike = next ? alike + 1 : 0;
		if (alike >= NEWS_MOST)
			continue;
		put_news_row(&grid, n);
		told++;
	}
	grid_put(&grid, page, r->news_count - told, "changes");
	out_free(&caption);
}

void
tell_firsts(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "first seen", GRID_TIME },
		{ "class", GRID_TEXT },
		{ "target", GRID_TEXT },
		{ "", GRID_TEXT },
	};
	const struct report *r = page->report;
	/* Where nothing is known of before, nothing is new. */
	const bool older =
		r->sums[SPAN_BEFORE].known || r->sums[SPAN_WEEK].known;
	const size_t from =
		r->first_count > FIRSTS_MOST ? r->first_count - FIRSTS_MOST : 0;
	struct grid_maker grid;

	if (!r->first_count)
		return;
	page->to->heading(page, "firsts", "Since when");
	if (page->to->chart)
		page->to->chart(page, CHART_FIRSTS);
	grid_begin(&grid, "When each class was first seen at a target", columns,
		   4);
	/* The newest tell most. */
	for (size_t i = from; i < r->first_count; i++) {
		const struct report_first *f = &r->firsts[i];

		grid_minute(&grid, f->us);
		grid_name(&grid, f->class_name);
		grid_name(&grid, f->target);
		grid_words(&grid, f->inside && older ? "new" : "");
	}
	grid_put(&grid, page, from, "that are older");
	page->to->command(page, r->commands[COMMAND_FIRSTS]);
}

/* ---- how sure we are --------------------------------------------------------
 */

void
put_missing(struct out *out, const struct report *r,
	    const struct report_machine *m)
{
	bool any = false;

	for (size_t i = 0; i < r->bucket_count; i++) {
		size_t to = i;

		if (!m->missing_by[i])
			continue;
		while (to + 1 < r->bucket_count && m->missing_by[to + 1])
			to++;
		out_str(out, any ? ", " : "");
		any = true;
		out_str(out, r->buckets[i].label);
		if (to > i)
			out_format(out, " to %s", r->buckets[to].label);
		i = to;
	}
}

static void
tell_missing(struct page *page)
{
	const struct report *r = page->report;
	size_t told = 0;

	for (size_t i = 0; i < r->server_count && told < LOGS_MOST; i++) {
		const struct report_machine *m = &r->servers[i];
		struct out out;

		if (!m->missing)
			continue;
		text_begin(&out);
		put_name(&out, m->name);
		if (m->missing == r->bucket_count) {
			out_str(&out, ": no log at all.");
		} else {
			out_format(
				&out, ": no row in %zu of %zu %s: ", m->missing,
				r->bucket_count, r->by_day ? "days" : "hours");
			put_missing(&out, r, m);
			out_char(&out, '.');
		}
		text_item(page, TONE_BAD, &out);
		told++;
	}
}

static void
tell_logs(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "log", GRID_TEXT },
		{ "what is wrong", GRID_TEXT },
	};
	const struct report *r = page->report;
	struct grid_maker grid;
	size_t i;

	grid_begin(&grid, "Logs that are not whole", columns, 2);
	for (i = 0; i < r->log_count && i < LOGS_MOST; i++) {
		page_mark(grid_cell(&grid), r->logs[i].path);
		grid_end_cell(&grid, 0);
		grid_words(&grid, r->logs[i].why);
	}
	grid_put(&grid, page, r->log_count - i, "logs");
}

void
tell_quality(struct page *page)
{
	const struct report *r = page->report;
	struct out out;

	page->to->heading(page, "data", "What this rests on");
	text_begin(&out);
	if (r->logs_read) {
		put_count(&out, r->logs_read, "log");
		out_str(&out, r->logs_read == 1 ? " has" : " have");
		out_format(&out, " rows of this %s",
			   r->is_day ? "day" : "time");
		if (r->log_count)
			out_format(&out, ", %zu of them not whole",
				   r->log_count);
	} else {
		out_format(&out, "No log has rows of this %s",
			   r->is_day ? "day" : "time");
	}
	if (r->newest_us != INT64_MIN) {
		out_str(&out, "; the newest row of all is of ");
		put_minute(&out, r->newest_us);
	}
	out_format(&out, ". Times are in %s.", r->zone);
	if (report_outcome(r) == OUTCOME_PROMPTED)
		out_str(&out, " A prompt is a run of failed requests without "
			      "a pause of more than 120 seconds; a user-hour "
			      "is an hour in which a user had one.");
	text_paragraph(page, TONE_PLAIN, &out);
	tell_missing(page);
	tell_logs(page);
	page->to->command(page, r->commands[COMMAND_FILES]);
}
