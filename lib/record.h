/* SPDX-License-Identifier: MIT */
/*
 * One physical line to cells.  A line without a quote splits at its commas,
 * which the scan has found already; quotes are the rare, slower way.
 */

#ifndef RPCLOG_RECORD_H
#define RPCLOG_RECORD_H

#include "buf.h"
#include "line.h"

/* Why a line is no good row; RECORD_OK is none. */
enum record_fault {
	RECORD_OK, RECORD_OVERSIZE, RECORD_NULS, RECORD_QUOTE, RECORD_TIME,
	RECORD_SHORT,
	RECORD_HEADER		/* a column line that was torn */
};

struct record {
	const uint32_t *commas;	/* NULL: the cells are in 'cells' */
	rpclog_slice *cells;	/* room for 'max_cells' */
	size_t max_cells;
	size_t count;		/* cells of the line, located or not */
	struct buf unquoted;	/* what doubled quotes became */
};

rpclog_status record_init(struct record *r, const struct alloc *a,
			  size_t max_row, size_t max_cells);
/*
 * RPCLOG_OK or RPCLOG_ERR_NOMEM.  '*fault' may become oversize, NULs or
 * quote; the cells are then not to be used.  Loans end with the line.
 */
rpclog_status record_split(struct record *r, const struct alloc *a,
			   const struct line *line, enum record_fault *fault);
/* Cells that can be read: no more than 'max_cells'. */
size_t record_located(const struct record *r);
rpclog_slice record_cell(const struct record *r, const struct line *line,
			 size_t column);
void record_free(struct record *r, const struct alloc *a);

#endif /* RPCLOG_RECORD_H */
