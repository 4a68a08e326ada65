/* SPDX-License-Identifier: MIT */
/* Making marked texts and tables for a page. */

#ifndef RPCLOG_CLI_REPORT_MAKER_H
#define RPCLOG_CLI_REPORT_MAKER_H

#include "page.h"

/* "3 users"; "1 user". */
void put_count(struct out *out, uint64_t count, const char *one);
/* A name from a log, marked, its beginning if it is very long; what has none is
 * "(none)". */
void put_name(struct out *out, rpclog_slice name);
/* A sentence of a rule set: ours, or the user's, who may write anything. */
void put_prose(struct out *out, rpclog_slice text);
/* "2026-11-20 07:09" in the user's zone. */
void put_minute(struct out *out, int64_t us);
/* ", 12 more than on Saturday 2026-11-21", ", as many as ..". */
void put_change(struct out *out, uint64_t now, const struct report_sums *then,
		uint64_t value);

/* One text at a time: text_begin(), put what there is, text_item() or .. */
void text_begin(struct out *out);
void text_item(struct page *page, enum tone tone, struct out *out);
void text_paragraph(struct page *page, enum tone tone, struct out *out);

/* A table in the making; cells left to right, row by row. */
struct grid_maker {
	struct grid grid;
	struct out text; /* of all cells */
	struct made_cell {
		size_t from, to;
		uint64_t number;
	} * cells;
	size_t cell_count, cell_room;
};

void grid_begin(struct grid_maker *maker, const char *caption,
		const struct grid_column *columns, size_t count);
/* The next cell is what was put into the answer by grid_end_cell(). */
struct out *grid_cell(struct grid_maker *maker);
void grid_end_cell(struct grid_maker *maker, uint64_t number);
void grid_name(struct grid_maker *maker, rpclog_slice name);
void grid_words(struct grid_maker *maker, const char *words);
void grid_number(struct grid_maker *maker, uint64_t number);
/* A number that may be unknown. */
void grid_number_if(struct grid_maker *maker, bool known, uint64_t number);
void grid_minute(struct grid_maker *maker, int64_t us);
/* Puts it on the page; nothing if it has no rows. Frees. */
void grid_put(struct grid_maker *maker, struct page *page, uint64_t left_out,
	      const char *left_what);

#endif /* RPCLOG_CLI_REPORT_MAKER_H */
