/* SPDX-License-Identifier: MIT */
/* Of each target: how many requests failed, and how many worked. */

#include "chart.h"

#define SHOWN 12
#define BAR   14
/* On a desk: the name, the bar, the numbers. */
#define WIDE_ROW   30
#define WIDE_LEFT  230
#define WIDE_RIGHT 200
#define NAME_WIDE  33
/* On a phone they lie below one another. */
#define NARROW_ROW  58
#define NAME_NARROW 48

static bool
is_empty(const struct report *report)
{
	return report->target_count == 0;
}

static size_t
shown(const struct report *report)
{
	return report->target_count < SHOWN ? report->target_count : SHOWN;
}

static void
put_both(struct out *out, const struct report_machine *target)
{
	html_number(out, target->failures[SPAN_NOW]);
	out_str(out, " failed, ");
	html_number(out, target->worked[SPAN_NOW]);
	out_str(out, " worked");
}

static void
describe(const struct chart_sheet *sheet)
{
	out_str(sheet->out, "One bar for each of ");
	html_count(sheet->out, shown(sheet->report), "target");
	out_str(sheet->out, ", the share that failed on the left. ");
	html_name(sheet->out, sheet->report->targets[0].name);
	out_str(sheet->out, ": ");
	put_both(sheet->out, &sheet->report->targets[0]);
	out_char(sheet->out, '.');
}

static void
legend(const struct chart_sheet *sheet)
{
	chart_key(sheet->out, "failed", "failed, ending in a prompt");
	chart_key(sheet->out, "worked", "worked");
}

static int
height(const struct chart_sheet *sheet)
{
	return (sheet->narrow ? NARROW_ROW : WIDE_ROW) *
	       (int)shown(sheet->report);
}

/* How long the failing part is: seen if there is any, and not all unless all
 * failed. */
static int
failing_part(const struct report_machine *target, int width)
{
	const uint64_t failures = target->failures[SPAN_NOW];
	const uint64_t worked = target->worked[SPAN_NOW];
	int part = chart_scale(failures, failures + worked, width);

	if (failures && part < 3)
		part = 3;
	if (worked && part > width - 3)
		part = width - 3;
	return part;
}

static void
put_target(const struct chart_sheet *sheet, size_t i)
{
	const struct report_machine *target = &sheet->report->targets[i];
	const int y = (sheet->narrow ? NARROW_ROW : WIDE_ROW) * (int)i;
	const int left = sheet->narrow ? 0 : WIDE_LEFT;
	const int top = sheet->narrow ? y + 20 : y + 6;
	const int width =
		sheet->width - left - (sheet->narrow ? 0 : WIDE_RIGHT);
	const int part = failing_part(target, width);
	const int gap = part && target->worked[SPAN_NOW] ? 2 : 0;

	chart_text_begin(sheet->out, "log", ANCHOR_START, 0,
			 sheet->narrow ? y + 14 : y + 17);
	html_cut(sheet->out, target->name,
		 sheet->narrow ? NAME_NARROW : NAME_WIDE);
	chart_text_end(sheet->out);
	if (part)
		chart_box(sheet->out, "failed", left, top, part - gap, BAR);
	if (target->worked[SPAN_NOW])
		chart_box(sheet->out, "worked", left + part, top, width - part,
			  BAR);
	chart_text_begin(sheet->out, "num", ANCHOR_START,
			 sheet->narrow ? 0 : left + width + 12,
			 sheet->narrow ? y + 48 : y + 17);
	put_both(sheet->out, target);
	chart_text_end(sheet->out);
}

static void
draw(const struct chart_sheet *sheet)
{
	for (size_t i = 0; i < shown(sheet->report); i++)
		put_target(sheet, i);
}

static void
note(const struct chart_sheet *sheet)
{
	chart_more(sheet, sheet->report->target_count - shown(sheet->report),
		   "target");
}

static void
table(const struct chart_sheet *sheet)
{
	html_table_begin(sheet->html,
			 "Requests that failed and that worked, by target");
	html_head_begin(sheet->html);
	html_head_cell(sheet->html, "Target", false);
	html_head_cell(sheet->html, "Failed", true);
	html_head_cell(sheet->html, "Worked", true);
	html_head_end(sheet->html);
	for (size_t i = 0; i < shown(sheet->report); i++) {
		const struct report_machine *target =
			&sheet->report->targets[i];

		out_str(sheet->out, "<tr><th scope=\"row\">");
		html_name(sheet->out, target->name);
		out_str(sheet->out, "</th>");
		html_cell_number(sheet->html, target->failures[SPAN_NOW]);
		html_cell_number(sheet->html, target->worked[SPAN_NOW]);
		out_str(sheet->out, "</tr>\n");
	}
	html_table_end(sheet->html);
}

const struct chart_kind chart_targets = {
	"share",  "Requests that failed and that worked, by target",
	is_empty, describe,
	legend,	  height,
	draw,	  note,
	table,	  false,
};
