/* SPDX-License-Identifier: MIT */
/* What all charts have in common: the frame around them, shapes, scales. */

#include <string.h>

#include "chart.h"

/* ---- Shapes -------------------------------------------------------------- */

void
chart_box(struct out *out, const char *look, int x, int y, int width,
	  int height)
{
	out_format(out,
		   "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
		   "height=\"%d\"/>\n",
		   look, x, y, width, height);
}

void
chart_line(struct out *out, const char *look, int x1, int y1, int x2, int y2)
{
	out_format(out,
		   "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" "
		   "y2=\"%d\"/>\n",
		   look, x1, y1, x2, y2);
}

void
chart_text_begin(struct out *out, const char *look, enum chart_anchor anchor,
		 int x, int y)
{
	static const char *const anchors[] = { "", " mid", " end" };

	out_format(out, "<text class=\"%s%s\" x=\"%d\" y=\"%d\">", look,
		   anchors[anchor], x, y);
}

void
chart_text_end(struct out *out)
{
	out_str(out, "</text>\n");
}

void
chart_text(struct out *out, const char *look, enum chart_anchor anchor, int x,
	   int y, const char *words)
{
	chart_text_begin(out, look, anchor, x, y);
	html_words(out, words);
	chart_text_end(out);
}

void
chart_more(const struct chart_sheet *sheet, size_t more, const char *word)
{
	if (more == 0)
		return;
	out_str(sheet->out, "<p class=\"more\">and ");
	out_unsigned(sheet->out, more);
	out_str(sheet->out, " more ");
	out_str(sheet->out, word);
	out_str(sheet->out, more > 1 ? "s</p>\n" : "</p>\n");
}

void
chart_key(struct out *out, const char *look, const char *words)
{
	out_format(out, "<li><span class=\"key %s\"></span>", look);
	html_words(out, words);
	out_str(out, "</li>\n");
}

/* ---- Scales -------------------------------------------------------------- */

int
chart_scale(uint64_t value, uint64_t most, int length)
{
	/* Shifts keep the product in range. */
	while (most > UINT32_MAX) {
		value >>= 1;
		most >>= 1;
	}
	if (value == 0 || most == 0)
		return 0;
	value = value * (uint64_t)length / most;
	return value ? (int)value : 1;
}

uint64_t
chart_step(uint64_t most, unsigned steps)
{
	uint64_t unit = 1;

	for (;;) {
		if (unit * steps >= most)
			return unit;
		if (2 * unit * steps >= most)
			return 2 * unit;
		if (5 * unit * steps >= most)
			return 5 * unit;
		if (unit > UINT64_MAX / 100 / steps)
			return unit;
		unit *= 10;
	}
}

#define YEAR_LEN    5 /* "2026-" */
#define DIGIT_WIDTH 8

/* Those at the ends lean on the ends. */
void
chart_bucket_label(const struct chart_sheet *sheet, size_t bucket, int from,
		   int to, int y)
{
	const char *label = sheet->report->buckets[bucket].label;
	const int middle = (from + to) / 2;
	int half;

	if (sheet->report->by_day && strlen(label) > YEAR_LEN)
		label += YEAR_LEN;
	half = (int)strlen(label) * DIGIT_WIDTH / 2;
	if (middle < half)
		chart_text(sheet->out, "num", ANCHOR_START, 0, y, label);
	else if (middle > sheet->width - half)
		chart_text(sheet->out, "num", ANCHOR_END, sheet->width, y,
			   label);
	else
		chart_text(sheet->out, "num", ANCHOR_MIDDLE, middle, y, label);
}

size_t
chart_label_step(const struct report *report, int width)
{
	const size_t letters = report->by_day ? 6 : 3;
	const size_t room = (size_t)width / (letters * DIGIT_WIDTH);

	return report->bucket_count / (room ? room : 1) + 1;
}

bool
chart_unknown(const struct report *report, size_t *i, size_t *end)
{
	while (*i < report->bucket_count && report->buckets[*i].known)
		++*i;
	*end = *i;
	while (*end < report->bucket_count && !report->buckets[*end].known)
		++*end;
	return *end > *i;
}

/* ---- Classes ------------------------------------------------------------- */

size_t
chart_class_count(const struct report *report)
{
	size_t count = 0;

	while (count < report->class_count && report->classes[count].prompts &&
	       report->classes[count].requests[SPAN_NOW])
		count++;
	return count > CHART_COLORS + 1 ? CHART_COLORS + 1 : count;
}

/* Is this class one of those without a colour? */
static bool
is_other(const struct report *report, size_t i)
{
	return chart_class_count(report) > CHART_COLORS && i == CHART_COLORS;
}

uint64_t
chart_class_requests(const struct report *report, size_t i, size_t bucket)
{
	uint64_t sum = 0;

	if (!is_other(report, i))
		return report->classes[i].by_bucket[bucket];
	for (; i < report->class_count && report->classes[i].prompts; i++)
		sum += report->classes[i].by_bucket[bucket];
	return sum;
}

rpclog_slice
chart_class_name(const struct report *report, size_t i)
{
	static const char others[] = "all others";

	if (is_other(report, i))
		return (rpclog_slice){ others, sizeof(others) - 1 };
	return report->classes[i].name;
}

/* ---- The frame ----------------------------------------------------------- */

static const struct chart_kind *const kinds[CHARTS] = {
	[CHART_HOURS] = &chart_hours,
	[CHART_PEOPLE] = &chart_people,
	[CHART_TARGETS] = &chart_targets,
	[CHART_FIRSTS] = &chart_firsts,
};

static void
put_svg(const struct chart_kind *kind, struct chart_sheet *sheet, bool narrow)
{
	struct out *out = sheet->out;
	const char c = narrow ? 'n' : 'w';

	sheet->narrow = narrow;
	sheet->width = narrow ? CHART_NARROW : CHART_WIDE;
	out_format(out,
		   "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %d %d\" "
		   "aria-labelledby=\"%s-%ct\" aria-describedby=\"%s-%cd\">\n",
		   narrow ? "narrow" : "wide", sheet->width,
		   kind->height(sheet), kind->id, c, kind->id, c);
	out_format(out, "<title id=\"%s-%ct\">%s</title>\n", kind->id, c,
		   kind->title);
	out_format(out, "<desc id=\"%s-%cd\">", kind->id, c);
	kind->describe(sheet);
	out_str(out, "</desc>\n");
	kind->draw(sheet);
	out_str(out, "</svg>\n");
}

void
chart_draw(struct page *page, enum chart chart)
{
	const struct chart_kind *kind = kinds[chart];
	struct html *html = html_of(page);
	struct chart_sheet sheet = { .html = html,
				     .out = &html->body,
				     .report = page->report };

	if (kind->is_empty(page->report))
		return;
	out_format(sheet.out, "<figure class=\"chart\">\n<figcaption>%s",
		   kind->title);
	out_str(sheet.out, "</figcaption>\n");
	if (kind->legend) {
		out_str(sheet.out, "<ul class=\"legend\">\n");
		kind->legend(&sheet);
		out_str(sheet.out, "</ul>\n");
	}
	put_svg(kind, &sheet, false);
	put_svg(kind, &sheet, true);
	if (kind->note)
		kind->note(&sheet);
	out_str(sheet.out, "<details class=\"alt\">"
			   "<summary>As a table</summary>\n");
	kind->table(&sheet);
	out_str(sheet.out, "</details>\n</figure>\n");
	html->told = kind->is_all;
}
