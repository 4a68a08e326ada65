/* SPDX-License-Identifier: MIT */
/*
 * The HTML of a mail, for the engine of a word processor: nested tables, each
 * with its own colours and fonts, since nothing is inherited there.
 *
 * It is made of pieces.  One that would not fit into MAIL_HTML_MAX any more is
 * left out, and so is all that follows: no report makes a mail too long.
 */

#ifndef RPCLOG_CLI_REPORT_MAIL_HTML_H
#define RPCLOG_CLI_REPORT_MAIL_HTML_H

#include "html.h"
#include "mail.h"

#define MAIL_SANS "Segoe UI,Arial,sans-serif"
#define MAIL_MONO "Consolas,Courier New,monospace"
#define MAIL_INK  "#1f2933"
#define MAIL_DIM  "#5b6771"
#define MAIL_BAD  "#b3261e"
#define MAIL_GOOD "#1d6b40"
#define MAIL_LINE "#dfe4e9"
#define MAIL_PALE "#f4f6f8"
/* Left and right of all that is said. */
#define MAIL_SIDE "18px"
/* A table that is there for the looks. */
#define MAIL_TABLE                                                             \
	"<table role=\"presentation\" border=\"0\" cellpadding=\"0\" "         \
	"cellspacing=\"0\" width=\"100%\">"

struct mail_page {
	struct page page; /* the first: page_writer knows no other */
	const struct mail_chart *chart;
	struct out body;
	struct out lead;  /* what a list of mails shows beside the subject */
	struct out piece; /* what is being written */
	bool full, in_list, has_chart;
	bool is_drawn; /* this section has its picture */
	size_t leads;
};

struct mail_page *mail_page_of(struct page *page);

/* The piece so far goes to the body, unless it is full; and whether it did. */
bool mail_page_take(struct mail_page *mail);
/* The same for an end of what was taken: there is always room for it. */
void mail_page_close(struct mail_page *mail, const char *end);
/* Begins and ends a row of the page, as pieces. */
void mail_row_begin(struct mail_page *mail, const char *padding);

/* ---- Text ---------------------------------------------------------------- */

/*
 * Our own words with those of logs between marks, these as 'tag' elements if it
 * is not NULL.  Cut after about 'most' bytes.
 */
void mail_marked(struct out *out, rpclog_slice text, const char *tag,
		 size_t most);
/* Of a log alone, cut alike; "(none)" if there is nothing. */
void mail_name(struct out *out, rpclog_slice name);
/* A command in its own box; one too long to be kept whole is left out. */
void mail_command(struct out *out, rpclog_slice command);

#define MAIL_TEXT_MOST 1500
#define MAIL_NAME_MOST 160

/* ---- Tables -------------------------------------------------------------- */

/* A table of data, which screen readers are to read as such. */
void mail_table_begin(struct out *out, const char *caption);
void mail_table_head(struct out *out, const char *title, bool right);

/* ---- Parts: page_writer's ------------------------------------------------ */

void mail_figures(struct page *page, const struct figure *figures,
		  size_t count);
void mail_grid(struct page *page, const struct grid *grid);
void mail_finding(struct page *page, size_t number,
		  const struct finding *finding);
void mail_picture(struct page *page, enum chart chart);

#endif /* RPCLOG_CLI_REPORT_MAIL_HTML_H */
