/* SPDX-License-Identifier: MIT */
/* When, why and where: hours, classes, targets, servers. */

#include "story.h"

#include <string.h>

#define CLASSES_MOST  12
#define MACHINES_MOST 15

/* ---- hours ------------------------------------------------------------------
 */

static bool
not_over(const struct report *r, const struct report_bucket *b)
{
	return b->until_us > r->made_us;
}

void
tell_hours(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "hour", GRID_TIME },
		{ "users", GRID_NUMBER },
		{ "failed requests", GRID_BAR },
	};
	static const struct grid_column days[] = {
		{ "day", GRID_TIME },
		{ "users", GRID_NUMBER },
		{ "failed requests", GRID_BAR },
	};
	const struct report *r = page->report;
	struct grid_maker grid;

	if (report_outcome(r) != OUTCOME_PROMPTED)
		return;
	page->to->heading(page, "hours", r->by_day ? "Days" : "Hours");
	if (page->to->chart)
		page->to->chart(page, CHART_HOURS);
	grid_begin(&grid,
		   r->by_day ? "Failed requests and users by day"
			     : "Failed requests and users by hour",
		   r->by_day ? days : columns, 3);
	for (size_t i = 0; i < r->bucket_count; i++) {
		const struct report_bucket *b = &r->buckets[i];

		out_str(grid_cell(&grid), b->label);
		if (!r->by_day)
			out_str(&grid.text, b->again ? ":00 again" : ":00");
		grid_end_cell(&grid, 0);
		if (b->known)
			grid_number(&grid, b->users);
		else
			grid_words(&grid, not_over(r, b) ? "" : "no logs");
		grid_number_if(&grid, b->known, b->failures);
	}
	grid_put(&grid, page, 0, NULL);
	page->to->command(page, r->commands[COMMAND_HOURS]);
}

/* ---- classes ----------------------------------------------------------------
 */

static bool
is_told(const struct report *r, const struct report_class *c, bool prompts)
{
	if (c->prompts != prompts)
		return false;
	return c->requests[SPAN_NOW] ||
	       (prompts && r->sums[SPAN_BEFORE].known &&
		c->requests[SPAN_BEFORE]);
}

static void
put_class_row(struct grid_maker *grid, const struct report *r,
	      const struct report_class *c)
{
	grid_words(grid, c->severity);
	grid_name(grid, c->name);
	if (c->prompts) {
		grid_number(grid, c->users[SPAN_NOW]);
		grid_number(grid, c->user_hours[SPAN_NOW]);
	}
	for (int span = SPAN_NOW; span < SPANS; span++)
		if (r->sums[span].known)
			grid_number(grid, c->requests[span]);
}

/* Columns for the spans of which logs were read. */
static size_t
span_columns(const struct report *r, struct grid_column *columns,
	     enum report_span from, const char *now)
{
	const char *const then[SPANS] = {
		"", r->is_day ? "day before" : "time before", "week before"
	};
	size_t count = 0;

	for (int span = (int)from; span < SPANS; span++) {
		if (!r->sums[span].known)
			continue;
		columns[count].title = span == SPAN_NOW ? now : then[span];
		columns[count++].kind =
			span == SPAN_NOW ? GRID_BAR : GRID_NUMBER;
	}
	return count;
}

static void
tell_kind(struct page *page, const char *caption, bool prompts)
{
	struct grid_column columns[7] = {
		{ "severity", GRID_TEXT },
		{ "class", GRID_TEXT },
		{ "users", GRID_NUMBER },
		{ "user-hours", GRID_NUMBER },
	};
	const struct report *r = page->report;
	const size_t fixed = prompts ? 4 : 2;
	struct grid_maker grid;
	size_t told = 0, count = 0;

	grid_begin(
		&grid, caption, columns,
		fixed + span_columns(r, columns + fixed, SPAN_NOW, "failed"));
	for (size_t i = 0; i < r->class_count; i++) {
		if (!is_told(r, &r->classes[i], prompts))
			continue;
		if (count++ >= CLASSES_MOST)
			continue;
		put_class_row(&grid, r, &r->classes[i]);
		told++;
	}
	grid_put(&grid, page, count - told, "classes");
}

/* What each of those that prompt is, and what to do first. */
static void
tell_remedies(struct page *page)
{
	const struct report *r = page->report;
	size_t told = 0;

	for (size_t i = 0; i < r->class_count && told < CLASSES_MOST; i++) {
		const struct report_class *c = &r->classes[i];
		struct out out;

		if (!c->prompts || !c->requests[SPAN_NOW])
			continue;
		text_begin(&out);
		put_name(&out, c->name);
		out_str(&out, ": ");
		/* Rules of the user may hold anything. */
		put_prose(&out, c->title);
		if (c->title.len &&
		    !strchr(".?!", c->title.ptr[c->title.len - 1]))
			out_char(&out, '.');
		out_char(&out, ' ');
		put_prose(&out, c->remedy);
		text_item(page, TONE_PLAIN, &out);
		told++;
	}
}

static bool
any_harmless(const struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->class_count; i++)
		any = any || is_told(r, &r->classes[i], false);
	return any;
}

/* They may still be why something is slow, or why it asks later. */
static void
tell_harmless(struct page *page)
{
	static const char lead[] = "Other failures, which ask for no password:";
	if (!any_harmless(page->report))
		return;
	page->to->paragraph(page, TONE_MUTED,
			    (rpclog_slice){ lead, sizeof(lead) - 1 });
	tell_kind(page, "Other failures, which ask for no password", false);
}

void
tell_classes(struct page *page)
{
	const struct report *r = page->report;
	bool any = false;

	for (size_t i = 0; i < r->class_count; i++)
		any = any || is_told(r, &r->classes[i], r->classes[i].prompts);
	/* What is gone is told below. */
	if (report_outcome(r) == OUTCOME_QUIET)
		any = any_harmless(r);
	if (!any)
		return;
	page->to->heading(page, "classes", "Failures by class");
	if (report_outcome(r) == OUTCOME_PROMPTED) {
		tell_kind(page, "Failures that ask for a password", true);
		tell_remedies(page);
	}
	tell_harmless(page);
	page->to->command(page, r->commands[COMMAND_CLASSES]);
}

/* ---- targets and servers ----------------------------------------------------
 */

static void
put_machine_row(struct grid_maker *grid, const struct report *r,
		const struct report_machine *m)
{
	grid_name(grid, m->name);
	grid_number(grid, m->users[SPAN_NOW]);
	for (int span = SPAN_NOW; span < SPANS; span++)
		if (r->sums[span].known)
			grid_number(grid, m->failures[span]);
	grid_number(grid, m->worked[SPAN_NOW]);
	if (m->class_name.len)
		grid_name(grid, m->class_name);
	else
		grid_words(grid, "");
}

/* Those that failed somebody, now or before. */
static void
tell_machines(struct page *page, const char *caption, const char *what,
	      const char *more, const struct report_machine *list, size_t count)
{
	struct grid_column columns[7] = {
		{ what, GRID_TEXT },
		{ "users", GRID_NUMBER },
	};
	const struct report *r = page->report;
	size_t failing = 0, told = 0, width = 2;
	struct grid_maker grid;

	width += span_columns(r, columns + width, SPAN_NOW, "failed");
	columns[width++] = (struct grid_column){ "worked", GRID_NUMBER };
	columns[width++] = (struct grid_column){ "mostly of class", GRID_TEXT };
	grid_begin(&grid, caption, columns, width);
	for (size_t i = 0; i < count; i++) {
		const struct report_machine *m = &list[i];

		if (!m->failures[SPAN_NOW] && !m->failures[SPAN_BEFORE])
			continue;
		if (failing++ >= MACHINES_MOST)
			continue;
		put_machine_row(&grid, r, m);
		told++;
	}
	grid_put(&grid, page, failing - told, more);
}

/* Of those that failed nobody: their number is enough. */
static void
tell_rest(struct page *page, const struct report_machine *list, size_t count,
	  const char *what)
{
	uint64_t fine = 0;
	struct out out;

	for (size_t i = 0; i < count; i++)
		fine += !list[i].failures[SPAN_NOW] &&
			!list[i].failures[SPAN_BEFORE] &&
			list[i].worked[SPAN_NOW] && list[i].name.len;
	if (!fine)
		return;
	text_begin(&out);
	out_str(&out, "Nobody was asked for a password at ");
	out_unsigned(&out, fine);
	out_format(&out, " other %s%s.", what, fine == 1 ? "" : "s");
	text_paragraph(page, TONE_MUTED, &out);
}

/* Now or before: then it is worth telling where. */
static bool
has_failures(const struct report *r)
{
	bool any = false;

	for (int span = SPAN_NOW; span <= SPAN_BEFORE; span++)
		any = any || r->sums[span].failures ||
		      r->sums[span].source_failures;
	return any;
}

void
tell_targets(struct page *page)
{
	const struct report *r = page->report;

	if (!has_failures(r))
		return;
	page->to->heading(page, "targets", "Targets");
	if (page->to->chart && worst_target(r))
		page->to->chart(page, CHART_TARGETS);
	tell_machines(page,
		      "Targets: requests that failed and asked for a "
		      "password, and that worked",
		      "target", "targets", r->targets, r->target_count);
	tell_rest(page, r->targets, r->target_count, "target");
	page->to->command(page, r->commands[COMMAND_TARGETS]);
}

void
tell_servers(struct page *page)
{
	const struct report *r = page->report;

	if (!has_failures(r))
		return;
	page->to->heading(page, "servers", "Servers that took the requests");
	tell_machines(page,
		      "Servers: requests that failed and asked for a "
		      "password, and that worked",
		      "server", "servers", r->servers, r->server_count);
	tell_rest(page, r->servers, r->server_count, "server");
	page->to->command(page, r->commands[COMMAND_SERVERS]);
}
