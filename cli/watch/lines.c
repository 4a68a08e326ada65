/* SPDX-License-Identifier: MIT */
/* One line for each event: text for people, or JSON. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tell.h"
#include "when.h"

static const char *const names[] = {
	[EVENT_BEGAN] = "began",
	[EVENT_GREW] = "grew",
	[EVENT_WITHDRAWN] = "withdrawn",
};

/* ---- text -------------------------------------------------------------------
 */

/* What comes is not known, so columns become as wide as what came. */
#define WIDTH_MOST 40

static void
put_cell(rpclog_slice text, size_t *width)
{
	struct out *out = out_stdout();
	size_t len;

	if (text.len == 0)
		text = (rpclog_slice){ "-", 1 };
	len = out_width(text);
	if (len > *width)
		*width = len < WIDTH_MOST ? len : WIDTH_MOST;
	out_safe(out, text);
	for (; len < *width; len++)
		out_char(out, ' ');
	out_str(out, "  ");
}

/* The day stands on a line of its own where it changes. */
static void
put_time(int64_t us)
{
	static char day_before[WHEN_SIZE];
	struct out *out = out_stdout();
	char text[WHEN_SIZE];

	when_day(text, when_day_of(us));
	if (strcmp(text, day_before) != 0) {
		strcpy(day_before, text);
		out_color(out, COLOR_BOLD);
		out_str(out, text);
		out_color(out, COLOR_OFF);
		out_char(out, '\n');
	}
	when_time(text, us);
	/* "2026-11-20T13:00:00.000Z": the clock. */
	out_bytes(out, strchr(text, 'T') + 1, 12);
}

static void
put_since(const struct told *told)
{
	struct out *out = out_stdout();
	char text[WHEN_SIZE], day[WHEN_SIZE];

	if (told->first_us / 1000 == told->last_us / 1000)
		return;
	out_str(out, " since ");
	when_day(day, when_day_of(told->first_us));
	if (when_day_of(told->first_us) != when_day_of(told->last_us)) {
		out_str(out, day);
		out_char(out, ' ');
	}
	when_time(text, told->first_us);
	out_bytes(out, strchr(text, 'T') + 1, 12);
}

void
tell_line(const struct told *told)
{
	static const enum out_color colors[] = {
		[EVENT_BEGAN] = COLOR_RED,
		[EVENT_GREW] = COLOR_YELLOW,
		[EVENT_WITHDRAWN] = COLOR_DIM,
	};
	static size_t user = 16, client = 12, class_name = 20, target = 8;
	struct out *out = out_stdout();
	char text[32];

	put_time(told->last_us);
	snprintf(text, sizeof(text), "#%" PRId64, told->id);
	out_format(out, "  %5s ", text);
	out_color(out, colors[told->event]);
	out_format(out, "%-9s", names[told->event]);
	out_color(out, COLOR_OFF);
	out_str(out, "  ");
	put_cell(told->user, &user);
	put_cell(told->client, &client);
	put_cell(told->class_name, &class_name);
	put_cell(told->target, &target);
	out_format(out, "%" PRId64 " request%s", told->requests,
		   told->requests == 1 ? "" : "s");
	put_since(told);
	out_char(out, '\n');
}

/* ---- JSON -------------------------------------------------------------------
 */

struct table *
tell_begin_json(void)
{
	static const struct column columns[] = {
		{ "event", CELL_TEXT },	 { "id", CELL_NUMBER },
		{ "user", CELL_TEXT },	 { "client", CELL_TEXT },
		{ "class", CELL_TEXT },	 { "target", CELL_TEXT },
		{ "server", CELL_TEXT }, { "first", CELL_TIME },
		{ "last", CELL_TIME },	 { "requests", CELL_NUMBER },
	};

	return table_begin(out_stdout(), OUT_JSONL, columns,
			   sizeof(columns) / sizeof(columns[0]), 0);
}

static void
put_text(struct table *table, rpclog_slice text)
{
	if (text.len)
		table_text(table, text);
	else
		table_absent(table);
}

void
tell_json(struct table *table, const struct told *told)
{
	table_str(table, names[told->event]);
	table_number(table, told->id);
	put_text(table, told->user);
	put_text(table, told->client);
	put_text(table, told->class_name);
	put_text(table, told->target);
	put_text(table, told->server);
	table_time(table, told->first_us);
	table_time(table, told->last_us);
	table_number(table, told->requests);
	table_row(table);
}
