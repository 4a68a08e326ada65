/* SPDX-License-Identifier: MIT */
/*
 * Pictures of the HTML page: inline SVG, drawn once for a desk and once for a
 * phone, with the same numbers as a table below.
 */

#ifndef RPCLOG_CLI_REPORT_CHART_H
#define RPCLOG_CLI_REPORT_CHART_H

#include "html.h"

/* Widths in units of the drawing, which are pixels at most. */
#define CHART_WIDE   920
#define CHART_NARROW 336

/* Classes that have a colour of their own; the others share one. */
#define CHART_COLORS 6

struct chart_sheet {
	struct html *html;
	struct out *out;
	const struct report *report;
	bool narrow;
	int width;
};

struct chart_kind {
	const char *id, *title;
	/* Is there anything to draw? */
	bool (*is_empty)(const struct report *report);
	/* In a sentence or two, for those who do not see it. */
	void (*describe)(const struct chart_sheet *sheet);
	/* Items of a list; may be NULL. */
	void (*legend)(const struct chart_sheet *sheet);
	int (*height)(const struct chart_sheet *sheet);
	void (*draw)(const struct chart_sheet *sheet);
	/* What is left out, below it; may be NULL. */
	void (*note)(const struct chart_sheet *sheet);
	void (*table)(const struct chart_sheet *sheet);
	/* A table that follows would tell no more than that one. */
	bool is_all;
};

extern const struct chart_kind chart_hours, chart_people, chart_targets,
	chart_firsts;

/* page_writer's. */
void chart_draw(struct page *page, enum chart chart);

/* ---- Shapes -------------------------------------------------------------- */

enum chart_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* 'look' is a class of page.css. */
void chart_box(struct out *out, const char *look, int x, int y, int width,
	       int height);
void chart_line(struct out *out, const char *look, int x1, int y1, int x2,
		int y2);
/* Begins a text, whose letters follow, and ends it. */
void chart_text_begin(struct out *out, const char *look,
		      enum chart_anchor anchor, int x, int y);
void chart_text_end(struct out *out);
/* All of one, in our own words. */
void chart_text(struct out *out, const char *look, enum chart_anchor anchor,
		int x, int y, const char *words);
/* "and 12 more users", in a paragraph; nothing if there are none. */
void chart_more(const struct chart_sheet *sheet, size_t more, const char *word);
/* An item of the legend. */
void chart_key(struct out *out, const char *look, const char *words);

/* ---- Scales -------------------------------------------------------------- */

/* 'value' of 'most' on a scale of 'length'; at least 1 if it is not 0. */
int chart_scale(uint64_t value, uint64_t most, int length);
/* A round step so that at most 'steps' of it reach 'most'. */
uint64_t chart_step(uint64_t most, unsigned steps);
/* The label of a bucket, "07" or "11-20", below or above 'from' to 'to'. */
void chart_bucket_label(const struct chart_sheet *sheet, size_t bucket,
			int from, int to, int y);
/* Each how many-eth bucket has room for its label. */
size_t chart_label_step(const struct report *report, int width);

/* From '*i' on, the next buckets without logs: '*i' up to '*end'; or false. */
bool chart_unknown(const struct report *report, size_t *i, size_t *end);

/* The first class of all that prompt, which is the one drawn lowest. */
size_t chart_class_count(const struct report *report);
/* Of class 'i' of those in a bucket; i == CHART_COLORS: of all others. */
uint64_t chart_class_requests(const struct report *report, size_t i,
			      size_t bucket);
rpclog_slice chart_class_name(const struct report *report, size_t i);

#endif /* RPCLOG_CLI_REPORT_CHART_H */
