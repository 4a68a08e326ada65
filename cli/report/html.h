/* SPDX-License-Identifier: MIT */
/*
 * The HTML page's rooms: text made safe, tables, findings, charts.
 *
 * Nothing from a log is ever more than the text of an element: never part of
 * an attribute, a style, an id or an address.  The page is well-formed XML.
 */

#ifndef RPCLOG_CLI_REPORT_HTML_H
#define RPCLOG_CLI_REPORT_HTML_H

#include "page.h"

/* The page's CSS, page.css: made by the build. */
extern const char page_css[];
extern const size_t page_css_len;

/* What is written while the story is told. */
struct html {
	struct page page;
	struct out body;     /* all but the head, for the list of sections */
	struct out contents; /* links to the sections so far */
	size_t tables;	     /* so far: their ids */
	bool in_section, in_items;
	bool told; /* by a chart: the table that follows is left out */
};

struct html *html_of(struct page *page);

/* ---- Text ---------------------------------------------------------------- */

/*
 * Characters without a shape that would act on what is around them: those that
 * set the direction of text, those of no width, ends of lines, and those that
 * XML forbids.  Joiners are part of some scripts and stay.
 */
bool html_acts_on_others(uint32_t code);
/* Our own words. */
void html_words(struct out *out, const char *text);
/*
 * Text from a log: markup is escaped; control bytes, invalid UTF-8 and what
 * would turn the direction of the text around it as \xNN.
 */
void html_log(struct out *out, rpclog_slice text);
/* The same as an element of its own; "(none)" if there is nothing. */
void html_name(struct out *out, rpclog_slice name);
/* The same in a picture, cut to 'columns' of a monospaced font. */
void html_cut(struct out *out, rpclog_slice name, size_t columns);
/* Our own words with those of logs between marks. */
void html_marked(struct out *out, rpclog_slice text);
void html_marked_str(struct out *out, const char *text);
/* 1234567 with narrow blanks between the thousands; 1234 without. */
void html_number(struct out *out, uint64_t number);
/* "1 user", "3 users" */
void html_count(struct out *out, uint64_t number, const char *word);
/* An instant to the minute in the user's zone: "2026-11-20 07:09". */
void html_minute(struct out *out, int64_t us);

/* ---- Tables -------------------------------------------------------------- */

/* A box that scrolls, and the table within it. */
void html_table_begin(struct html *html, const char *caption);
void html_head_begin(struct html *html);
/* 'title' is our own, and begins in upper case here. */
void html_head_cell(struct html *html, const char *title, bool number);
void html_head_end(struct html *html);
void html_cell_number(struct html *html, uint64_t number);
void html_table_end(struct html *html);

void html_grid(struct page *page, const struct grid *grid);

/* ---- Findings ------------------------------------------------------------ */

void html_finding(struct page *page, size_t number,
		  const struct finding *finding);

#endif /* RPCLOG_CLI_REPORT_HTML_H */
