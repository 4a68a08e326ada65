/* SPDX-License-Identifier: MIT */
/* Users by hours: who was prompted when, the darker the more often. */

#include "chart.h"

#define SHOWN 30

/* On a desk, names stand left of the cells, and sums right of them. */
#define WIDE_TOP   26
#define WIDE_ROW   22
#define WIDE_LEFT  200
#define WIDE_RIGHT 64
#define NAME_WIDE  28
/* On a phone, both stand above them. */
#define NARROW_TOP  22
#define NARROW_ROW  38
#define NARROW_CELL 16
#define NAME_NARROW 38
/* As much as a number of three digits needs. */
#define NUMBER_ROOM 20
#define LEVELS	    5

static size_t
shown(const struct report *report)
{
	return report->user_count < SHOWN ? report->user_count : SHOWN;
}

static uint32_t
most_of(const struct report *report)
{
	uint32_t most = 0;

	for (size_t u = 0; u < shown(report); u++) {
		for (size_t i = 0; i < report->bucket_count; i++) {
			if (report->users[u].by_bucket[i] > most)
				most = report->users[u].by_bucket[i];
		}
	}
	return most;
}

static bool
is_empty(const struct report *report)
{
	return most_of(report) == 0;
}

/* The most that is of a level: each is twice the one below. */
static uint32_t
level_end(uint32_t most, unsigned level)
{
	return most >> (LEVELS - level);
}

/* 1 to LEVELS; 0: nothing. */
static unsigned
level_of(uint32_t value, uint32_t most)
{
	unsigned level = 1;

	if (value == 0)
		return 0;
	while (level < LEVELS && value > level_end(most, level))
		level++;
	return level;
}

static void
describe(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;

	out_str(sheet->out, "One row for each of ");
	html_count(sheet->out, shown(report), "user");
	out_str(sheet->out, ", who was prompted longest first: ");
	html_name(sheet->out, report->users[0].name);
	out_str(sheet->out, ", in ");
	html_count(sheet->out, report->users[0].hours, "hour");
	out_str(sheet->out, ". A cell says how many requests failed.");
}

static void
legend(const struct chart_sheet *sheet)
{
	const uint32_t most = most_of(sheet->report);

	for (unsigned level = 1; level <= LEVELS; level++) {
		const uint32_t from = level_end(most, level - 1) + 1;
		const uint32_t to = level_end(most, level);

		if ((level > 1 && to < from) || to == 0)
			continue;
		out_format(sheet->out, "<li><span class=\"key l%u\"></span>%u",
			   level, level == 1 ? 1 : from);
		if (to > from)
			out_format(sheet->out, "\xe2\x80\x93%u", to);
		out_str(sheet->out, "</li>\n");
	}
	out_str(sheet->out, "<li>failed requests</li>\n");
}

static int
row_top(const struct chart_sheet *sheet, size_t u)
{
	return sheet->narrow ? NARROW_TOP + NARROW_ROW * (int)u
			     : WIDE_TOP + WIDE_ROW * (int)u;
}

static int
height(const struct chart_sheet *sheet)
{
	return row_top(sheet, shown(sheet->report)) + 2;
}

static int
place_of(const struct chart_sheet *sheet, size_t i)
{
	const int left = sheet->narrow ? 0 : WIDE_LEFT;
	const int right = sheet->narrow ? 0 : WIDE_RIGHT;
	const size_t width = (size_t)(sheet->width - left - right);

	return left + (int)(width * i / sheet->report->bucket_count);
}

/* At most three letters: 999, 12k, 3M. */
static void
put_short(struct out *out, uint32_t value)
{
	if (value < 1000)
		out_unsigned(out, value);
	else if (value < 1000000)
		out_format(out, "%uk", value / 1000);
	else
		out_format(out, "%uM", value / 1000000);
}

/*
 * Where a number has room, the cell holds it; else the higher the cell, the
 * more: nothing is told by its colour alone.
 */
static void
put_cell(const struct chart_sheet *sheet, size_t i, int y, uint32_t value,
	 unsigned level)
{
	const int x = place_of(sheet, i), end = place_of(sheet, i + 1);
	const int room = sheet->narrow ? NARROW_CELL : WIDE_ROW - 3;
	const int gap = end - x > 5 ? 2 : 0;
	const bool number = !sheet->narrow && end - x >= NUMBER_ROOM;
	const int tall = number ? room : room * (int)level / LEVELS;
	char look[] = "l0";

	look[1] = (char)('0' + level);
	chart_box(sheet->out, level ? look : "none", x,
		  y + room - (level ? tall : 2), end - x - gap,
		  level ? tall : 2);
	if (!number || !level)
		return;
	look[0] = 't';
	chart_text_begin(sheet->out, look, ANCHOR_MIDDLE, (x + end - gap) / 2,
			 y + room - 5);
	put_short(sheet->out, value);
	chart_text_end(sheet->out);
}

static void
put_user(const struct chart_sheet *sheet, size_t u, uint32_t most)
{
	const struct report_user *user = &sheet->report->users[u];
	const int y = row_top(sheet, u), base = y + 14;
	const int cells = sheet->narrow ? y + 18 : y;

	chart_text_begin(sheet->out, "log", ANCHOR_START, 0, base);
	html_cut(sheet->out, user->name,
		 sheet->narrow ? NAME_NARROW : NAME_WIDE);
	chart_text_end(sheet->out);
	chart_text_begin(sheet->out, "num", ANCHOR_END, sheet->width, base);
	out_unsigned(sheet->out, user->hours);
	out_str(sheet->out, " h");
	chart_text_end(sheet->out);
	for (size_t i = 0; i < sheet->report->bucket_count; i++) {
		const uint32_t value = user->by_bucket[i];

		if (sheet->report->buckets[i].known)
			put_cell(sheet, i, cells, value, level_of(value, most));
	}
}

/* What there are no logs of, behind all rows. */
static void
put_unknown(const struct chart_sheet *sheet)
{
	const int top = row_top(sheet, 0);
	size_t i = 0, end;

	while (!sheet->narrow && chart_unknown(sheet->report, &i, &end)) {
		const int x = place_of(sheet, i);

		chart_box(sheet->out, "unknown", x, top,
			  place_of(sheet, end) - x, height(sheet) - top - 2);
		i = end;
	}
}

static void
draw(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;
	const int width =
		place_of(sheet, report->bucket_count) - place_of(sheet, 0);
	const size_t step = chart_label_step(report, width);
	const uint32_t most = most_of(report);

	for (size_t i = 0; i < report->bucket_count; i += step)
		chart_bucket_label(sheet, i, place_of(sheet, i),
				   place_of(sheet, i + 1), 14);
	put_unknown(sheet);
	for (size_t u = 0; u < shown(report); u++)
		put_user(sheet, u, most);
}

static void
note(const struct chart_sheet *sheet)
{
	chart_more(sheet, sheet->report->user_count - shown(sheet->report),
		   "user");
}

static void
put_row(const struct chart_sheet *sheet, const struct report_user *user)
{
	out_str(sheet->out, "<tr><th scope=\"row\">");
	html_name(sheet->out, user->name);
	out_str(sheet->out, "</th>");
	html_cell_number(sheet->html, user->hours);
	for (size_t i = 0; i < sheet->report->bucket_count; i++) {
		if (sheet->report->buckets[i].known)
			html_cell_number(sheet->html, user->by_bucket[i]);
		else
			out_str(sheet->out, "<td class=\"n\">no logs</td>");
	}
	out_str(sheet->out, "</tr>\n");
}

static void
table(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;

	html_table_begin(sheet->html, "Failed requests by user and time");
	html_head_begin(sheet->html);
	html_head_cell(sheet->html, "User", false);
	html_head_cell(sheet->html, "Hours", true);
	for (size_t i = 0; i < report->bucket_count; i++)
		html_head_cell(sheet->html, report->buckets[i].label, true);
	html_head_end(sheet->html);
	for (size_t u = 0; u < shown(report); u++)
		put_row(sheet, &report->users[u]);
	html_table_end(sheet->html);
}

const struct chart_kind chart_people = {
	"people", "Who was prompted when",
	is_empty, describe,
	legend,	  height,
	draw,	  note,
	table,	  false,
};
