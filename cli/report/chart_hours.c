/* SPDX-License-Identifier: MIT */
/* Failures by the hour, stacked by class: the first class lowest. */

#include "chart.h"

#define HEIGHT	    250
#define TOP	    24
#define BOTTOM	    28
#define LEFT_WIDE   52
#define LEFT_NARROW 40
#define STEPS	    4

static uint64_t
most_of(const struct report *report)
{
	uint64_t most = 0;

	for (size_t i = 0; i < report->bucket_count; i++) {
		if (report->buckets[i].failures > most)
			most = report->buckets[i].failures;
	}
	return most;
}

static size_t
peak_of(const struct report *report)
{
	size_t peak = 0;

	for (size_t i = 0; i < report->bucket_count; i++) {
		if (report->buckets[i].failures >
		    report->buckets[peak].failures)
			peak = i;
	}
	return peak;
}

static bool
is_empty(const struct report *report)
{
	return most_of(report) == 0;
}

static size_t
unknown_count(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->bucket_count; i++)
		count += !report->buckets[i].known;
	return count;
}

static void
describe(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;
	const struct report_bucket *peak = &report->buckets[peak_of(report)];
	const char *unit = report->by_day ? "day" : "hour";

	out_format(sheet->out,
		   "One bar for each %s, stacked by class of failure. The most "
		   "were in %s %s: ",
		   unit, unit, peak->label);
	html_count(sheet->out, peak->failures, "failed request");
	out_str(sheet->out, " of ");
	html_count(sheet->out, peak->users, "user");
	out_char(sheet->out, '.');
	if (unknown_count(report)) {
		out_str(sheet->out, " There are no logs of ");
		html_count(sheet->out, unknown_count(report), unit);
		out_char(sheet->out, '.');
	}
}

static void
legend(const struct chart_sheet *sheet)
{
	const size_t count = chart_class_count(sheet->report);

	/* As they lie on one another. */
	for (size_t i = count; i-- > 0;) {
		out_format(sheet->out, "<li><span class=\"key b%zu\"></span>",
			   i);
		html_name(sheet->out, chart_class_name(sheet->report, i));
		out_str(sheet->out, "</li>\n");
	}
	if (unknown_count(sheet->report))
		chart_key(sheet->out, "unknown", "no logs");
}

static int
height(const struct chart_sheet *sheet)
{
	(void)sheet;
	return HEIGHT;
}

static int
left_of(const struct chart_sheet *sheet)
{
	return sheet->narrow ? LEFT_NARROW : LEFT_WIDE;
}

/* Where bucket 'i' begins. */
static int
place_of(const struct chart_sheet *sheet, size_t i)
{
	const size_t width = (size_t)(sheet->width - left_of(sheet));

	return left_of(sheet) + (int)(width * i / sheet->report->bucket_count);
}

/* Lines with their numbers; answers what the topmost stands for. */
static uint64_t
put_lines(const struct chart_sheet *sheet)
{
	const uint64_t most = most_of(sheet->report);
	const uint64_t step = chart_step(most, STEPS);
	const uint64_t top = (most + step - 1) / step * step;
	const int floor = HEIGHT - BOTTOM, left = left_of(sheet);

	for (uint64_t at = 0; at <= top; at += step) {
		const int y = floor - chart_scale(at, top, floor - TOP);

		chart_line(sheet->out, at ? "grid" : "axis", left, y,
			   sheet->width, y);
		chart_text_begin(sheet->out, "num", ANCHOR_END, left - 6,
				 y + 4);
		html_number(sheet->out, at);
		chart_text_end(sheet->out);
	}
	return top;
}

static void
put_bar(const struct chart_sheet *sheet, size_t i, uint64_t top)
{
	const struct report *report = sheet->report;
	const size_t classes = chart_class_count(report);
	const int x = place_of(sheet, i);
	const int width = place_of(sheet, i + 1) - x, gap = width > 6 ? 2 : 0;
	uint64_t sum = 0;
	int y = HEIGHT - BOTTOM;

	for (size_t c = 0; c < classes; c++) {
		const uint64_t requests = chart_class_requests(report, c, i);
		char look[] = "b0";
		int end;

		sum += requests;
		end = HEIGHT - BOTTOM -
		      chart_scale(sum, top, HEIGHT - BOTTOM - TOP);
		look[1] = (char)('0' + c);
		if (requests && end < y)
			chart_box(sheet->out, look, x + gap / 2, end,
				  width - gap, y - end);
		y = requests ? end : y;
	}
}

/* What there are no logs of, behind all else. */
static void
put_unknown(const struct chart_sheet *sheet)
{
	size_t i = 0, end;

	while (chart_unknown(sheet->report, &i, &end)) {
		const int x = place_of(sheet, i);

		chart_box(sheet->out, "unknown", x, TOP,
			  place_of(sheet, end) - x, HEIGHT - BOTTOM - TOP);
		i = end;
	}
}

/* The number of the highest bar stands on it. */
static void
put_peak(const struct chart_sheet *sheet, uint64_t top)
{
	const struct report *report = sheet->report;
	const size_t peak = peak_of(report);
	const int x = (place_of(sheet, peak) + place_of(sheet, peak + 1)) / 2;
	const int y = HEIGHT - BOTTOM -
		      chart_scale(most_of(report), top, HEIGHT - BOTTOM - TOP);

	chart_text_begin(sheet->out, "num strong", ANCHOR_MIDDLE,
			 x < sheet->width - 30 ? x : sheet->width - 30, y - 5);
	html_number(sheet->out, most_of(report));
	chart_text_end(sheet->out);
}

static void
draw(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;
	const size_t step = chart_label_step(report, sheet->width);
	uint64_t top;

	put_unknown(sheet);
	top = put_lines(sheet);
	for (size_t i = 0; i < report->bucket_count; i++) {
		const int from = place_of(sheet, i),
			  to = place_of(sheet, i + 1);

		put_bar(sheet, i, top);
		if (i % step == 0)
			chart_bucket_label(sheet, i, from, to, HEIGHT - 8);
	}
	put_peak(sheet, top);
}

static void
put_row(const struct chart_sheet *sheet, size_t i)
{
	const struct report_bucket *bucket = &sheet->report->buckets[i];
	const size_t classes = chart_class_count(sheet->report);

	out_format(sheet->out, "<tr><th scope=\"row\">%s</th>", bucket->label);
	if (!bucket->known) {
		out_format(sheet->out,
			   "<td colspan=\"%zu\">no logs</td></tr>\n",
			   classes + 2);
		return;
	}
	html_cell_number(sheet->html, bucket->users);
	html_cell_number(sheet->html, bucket->failures);
	for (size_t c = 0; c < classes; c++)
		html_cell_number(sheet->html,
				 chart_class_requests(sheet->report, c, i));
	out_str(sheet->out, "</tr>\n");
}

static void
table(const struct chart_sheet *sheet)
{
	const struct report *report = sheet->report;

	html_table_begin(sheet->html, "Failed requests over time, by class");
	html_head_begin(sheet->html);
	html_head_cell(sheet->html, report->by_day ? "Day" : "Hour", false);
	html_head_cell(sheet->html, "Users", true);
	html_head_cell(sheet->html, "Failed requests", true);
	for (size_t c = 0; c < chart_class_count(report); c++) {
		out_str(sheet->out,
			"<th role=\"columnheader\" scope=\"col\" class=\"n\">");
		html_name(sheet->out, chart_class_name(report, c));
		out_str(sheet->out, "</th>");
	}
	html_head_end(sheet->html);
	for (size_t i = 0; i < report->bucket_count; i++)
		put_row(sheet, i);
	html_table_end(sheet->html);
}

const struct chart_kind chart_hours = {
	"hours",  "Failed requests over time, stacked by class",
	is_empty, describe,
	legend,	  height,
	draw,	  NULL,
	table,	  true,
};
