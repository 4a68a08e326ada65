/* SPDX-License-Identifier: MIT */
/* The inside of a table, shared by its two halves: machine formats, text. */

#ifndef RPCLOG_CLI_TABLE_H
#define RPCLOG_CLI_TABLE_H

#include "out.h"

struct table {
	struct out *out;
	enum out_format format;
	const struct column *columns;
	size_t count;
	int header, guard;
	size_t cell;		/* place of the next cell */
	uint64_t rows;
	enum out_color paint;	/* of the next cell */
	struct out keys;	/* JSON: what stands before each cell, .. */
	size_t *key_ends;	/* .. up to here */
	struct out kept;	/* OUT_TEXT: cells as struct kept_cell + bytes */
};

/* Keeps the next cell of a text table. */
void table_keep(struct table *table, rpclog_slice text);
/* Writes the kept cells, aligned. */
void table_align(struct table *table);

#endif /* RPCLOG_CLI_TABLE_H */
