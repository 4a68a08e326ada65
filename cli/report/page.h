/* SPDX-License-Identifier: MIT */
/*
 * What a report says is written once (story.c), piece by piece, to a page:
 * text, Markdown, HTML, or the HTML of a mail.
 *
 * Texts are ours but for what stands between FINDING_LOG and FINDING_END: that
 * came from a log, with its control bytes and invalid UTF-8 as \xNN, and is to
 * be escaped as the page needs.
 */

#ifndef RPCLOG_CLI_REPORT_PAGE_H
#define RPCLOG_CLI_REPORT_PAGE_H

#include "report.h"

struct page;

/* A figure of the headline, as in "37 users prompted, +12 on yesterday". */
struct figure {
	const char *what; /* "users prompted" */
	uint64_t now;
	struct {
		bool known;
		uint64_t value;
		const char *label; /* "Saturday 2026-11-21" */
	} then[SPANS];		   /* SPAN_NOW is not used */
};

enum grid_kind {
	GRID_TEXT,
	GRID_NUMBER,
	GRID_TIME, /* text of one width, as in 2026-11-20 07:09 */
	GRID_BAR   /* a number that is worth a bar */
};

struct grid_column {
	const char *title;
	enum grid_kind kind;
};

/* One cell: marked text, or a number. */
struct grid_cell {
	rpclog_slice text; /* what is shown; also of a number */
	uint64_t number;
};

/* A table. */
struct grid {
	const char *caption; /* for readers who do not see it */
	const struct grid_column *columns;
	size_t column_count;
	const struct grid_cell *cells; /* row by row */
	size_t row_count;
	uint64_t left_out;     /* rows that there are beyond these */
	const char *left_what; /* "users" */
};

enum chart {
	CHART_HOURS,   /* failures by bucket, stacked by class */
	CHART_PEOPLE,  /* users by hours: a heat map */
	CHART_TARGETS, /* failing against working, of each target */
	CHART_FIRSTS,  /* when each class was first seen at a target */
	CHARTS
};

/* Looks for a line, where there are such. */
enum tone { TONE_PLAIN, TONE_BAD, TONE_GOOD, TONE_MUTED };

struct page_writer {
	void (*begin)(struct page *page);
	/* The outcome, in a sentence: the headline of all. */
	void (*headline)(struct page *page, enum tone tone, const char *text);
	void (*figures)(struct page *page, const struct figure *figures,
			size_t count);
	/* A section; 'id' is one word, for links. */
	void (*heading)(struct page *page, const char *id, const char *text);
	void (*paragraph)(struct page *page, enum tone tone, rpclog_slice text);
	/* Items that follow one another are one list. */
	void (*item)(struct page *page, enum tone tone, rpclog_slice text);
	void (*grid)(struct page *page, const struct grid *grid);
	/* May be NULL: this page has no pictures; or text has its own. */
	void (*chart)(struct page *page, enum chart chart);
	/* In full; 'number' counts from 1. */
	void (*finding)(struct page *page, size_t number,
			const struct finding *finding);
	/* The command that gives the figures of this section. */
	void (*command)(struct page *page, const char *command);
	void (*end)(struct page *page);
};

struct page {
	const struct page_writer *to;
	const struct report *report;
	struct out *out;
	bool brief; /* a mail: the longest lists are cut shorter */
	bool in_list;
};

/* All of it. */
void story_tell(struct page *page);
/* "37 users prompted yesterday (+12), cas10-02": for a subject line; the
 * names of logs in it between marks. */
void story_subject(const struct report *report, struct out *out);

/* Text from a log, made safe, between marks. */
void page_mark(struct out *out, rpclog_slice text);

/* Brief: as a mail has it. */
void page_text(const struct report *report, bool brief, struct out *out);
void page_markdown(const struct report *report, struct out *out);
void page_html(const struct report *report, struct out *out);

/* The same in a form for machines. */
void report_json(const struct report *report, struct out *out);
void report_prom(const struct report *report, struct out *out);

struct mail_options {
	const char *const *to;
	size_t to_count;
	const char *from; /* or NULL */
	bool crlf;
};
/*
 * Is it "user@example.com", or "Any name <user@example.com>"?  The address in
 * ASCII, no comment, no list; the name in UTF-8 without control bytes.
 */
bool mail_address_valid(const char *address);
/* A whole message; the addresses in it are valid. */
void report_mail(const struct report *report, const struct mail_options *mail,
		 struct out *out);

#endif /* RPCLOG_CLI_REPORT_PAGE_H */
