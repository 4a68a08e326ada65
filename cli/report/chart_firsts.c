/* SPDX-License-Identifier: MIT */
/* A line of time: when each class was first seen at a target. */

#include "chart.h"

#define SHOWN  12
#define LISTED 20
/* On a desk: the names, the line, the time. */
#define WIDE_ROW   40
#define WIDE_LEFT  260
#define WIDE_RIGHT 170
#define NAME_WIDE  37
/* On a phone they lie below one another. */
#define NARROW_ROW  72
#define NARROW_LEFT 0
#define NAME_NARROW 48
#define MARGIN	    8 /* for half a dot */
#define AXIS	    24

static bool
is_empty(const struct report *report)
{
	return report->first_count == 0;
}

static size_t
shown(const struct report *report)
{
	return report->first_count < SHOWN ? report->first_count : SHOWN;
}

/* The last ones: they tell what is new. */
static const struct report_first *
first_at(const struct report *report, size_t i)
{
	return &report->firsts[report->first_count - shown(report) + i];
}

static void
describe(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;
	size_t inside = 0;

	for (size_t i = 0; i < shown(report); i++)
		inside += first_at(report, i)->inside;
	out_str(sheet->out, "One line for each of ");
	html_count(sheet->out, shown(report), "first failure");
	out_str(sheet->out, ", a class at a target, the oldest first. ");
	out_unsigned(sheet->out, inside);
	out_str(sheet->out, " of them lie in the time of this report.");
}

static void
legend(const struct chart_sheet *sheet)
{
	chart_key(sheet->out, "dot-new", "first seen in this report");
	chart_key(sheet->out, "dot-old", "first seen before");
	chart_key(sheet->out, "span", "the time of this report");
}

static int
row_height(const struct chart_sheet *sheet)
{
	return sheet->narrow ? NARROW_ROW : WIDE_ROW;
}

static int
height(const struct chart_sheet *sheet)
{
	return row_height(sheet) * (int)shown(sheet->report) + AXIS;
}

static int
line_left(const struct chart_sheet *sheet)
{
	return (sheet->narrow ? NARROW_LEFT : WIDE_LEFT) + MARGIN;
}

static int
line_length(const struct chart_sheet *sheet)
{
	const int right = sheet->narrow ? 0 : WIDE_RIGHT;

	return sheet->width - right - line_left(sheet) - MARGIN;
}

static int64_t
begin_of(const struct report *report)
{
	const int64_t since = report->sums[SPAN_NOW].since_us;
	const int64_t first = first_at(report, 0)->us;

	return first < since ? first : since;
}

static int
place_of(const struct chart_sheet *sheet, int64_t us)
{
	const int64_t begin = begin_of(sheet->report);
	const int64_t end = sheet->report->sums[SPAN_NOW].until_us;

	if (us <= begin)
		return line_left(sheet);
	if (us >= end)
		us = end;
	return line_left(sheet) + chart_scale((uint64_t)(us - begin),
					      (uint64_t)(end - begin),
					      line_length(sheet));
}

static void
put_name(const struct chart_sheet *sheet, rpclog_slice name, int y,
	 const char *look)
{
	chart_text_begin(sheet->out, look, ANCHOR_START, 0, y);
	html_cut(sheet->out, name, sheet->narrow ? NAME_NARROW : NAME_WIDE);
	chart_text_end(sheet->out);
}

/* The time of the report. */
static void
put_span(const struct chart_sheet *sheet, int y, int tall)
{
	const struct report_sums *now = &sheet->report->sums[SPAN_NOW];
	const int since = place_of(sheet, now->since_us);
	const int until = place_of(sheet, now->until_us);

	chart_box(sheet->out, "span", since, y,
		  until > since + 2 ? until - since : 2, tall);
}

static void
put_first(const struct chart_sheet *sheet, size_t i)
{
	const struct report_first *first = first_at(sheet->report, i);
	const int y = row_height(sheet) * (int)i;
	const int line = sheet->narrow ? y + 48 : y + 18;
	const int left = line_left(sheet);

	put_name(sheet, first->class_name, y + 14, "log strong");
	put_name(sheet, first->target, y + 29, "log");
	if (sheet->narrow)
		put_span(sheet, line - 8, 16);
	chart_line(sheet->out, "grid", left, line, left + line_length(sheet),
		   line);
	out_format(sheet->out,
		   "<circle class=\"dot-%s\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n",
		   first->inside ? "new" : "old", place_of(sheet, first->us),
		   line);
	chart_text_begin(sheet->out, first->inside ? "num strong" : "num",
			 sheet->narrow ? ANCHOR_END : ANCHOR_START,
			 sheet->narrow ? sheet->width
				       : sheet->width - WIDE_RIGHT + 12,
			 sheet->narrow ? y + 14 : y + 22);
	html_minute(sheet->out, first->us);
	if (first->inside)
		out_str(sheet->out, sheet->narrow ? "" : "  new");
	chart_text_end(sheet->out);
}

static void
put_axis(const struct chart_sheet *sheet)
{
	const struct report_sums *now = &sheet->report->sums[SPAN_NOW];
	const int y = height(sheet) - 6;

	chart_text_begin(sheet->out, "num", ANCHOR_START,
			 line_left(sheet) - MARGIN, y);
	html_minute(sheet->out, begin_of(sheet->report));
	chart_text_end(sheet->out);
	chart_text_begin(sheet->out, "num", ANCHOR_END,
			 line_left(sheet) + line_length(sheet) + MARGIN, y);
	html_minute(sheet->out, now->until_us);
	chart_text_end(sheet->out);
}

static void
draw(const struct chart_sheet *sheet)
{
	/* On a phone it would lie behind the names. */
	if (!sheet->narrow)
		put_span(sheet, 0, height(sheet) - AXIS);
	for (size_t i = 0; i < shown(sheet->report); i++)
		put_first(sheet, i);
	put_axis(sheet);
}

static void
note(const struct chart_sheet *sheet)
{
	const size_t more = sheet->report->first_count - shown(sheet->report);

	if (more)
		out_format(sheet->out,
			   "<p class=\"more\">and %zu that began before "
			   "these</p>\n",
			   more);
}

static void
table(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;
	const size_t from =
		report->first_count > LISTED ? report->first_count - LISTED : 0;

	html_table_begin(sheet->html, "First failure of a class at a target");
	html_head_begin(sheet->html);
	html_head_cell(sheet->html, "First seen", false);
	html_head_cell(sheet->html, "Class", false);
	html_head_cell(sheet->html, "Target", false);
	html_head_cell(sheet->html, "In this report", false);
	html_head_end(sheet->html);
	for (size_t i = from; i < report->first_count; i++) {
		const struct report_first *first = &report->firsts[i];

		out_str(sheet->out, "<tr><th scope=\"row\">");
		html_minute(sheet->out, first->us);
		out_str(sheet->out, "</th><td>");
		html_name(sheet->out, first->class_name);
		out_str(sheet->out, "</td><td>");
		html_name(sheet->out, first->target);
		out_format(sheet->out, "</td><td>%s</td></tr>\n",
			   first->inside ? "yes" : "no");
	}
	html_table_end(sheet->html);
}

const struct chart_kind chart_firsts = {
	"first",  "When each class of failure was first seen",
	is_empty, describe,
	legend,	  height,
	draw,	  note,
	table,	  true,
};
