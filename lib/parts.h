/* SPDX-License-Identifier: MIT */
/*
 * Parts of rows that come again and again, by number: who asked, what became
 * of it, and by which error.  A part is a run of neighbouring cells, taken as bytes.  Rows
 * whose part has the same number have the same cells there, so whatever is
 * worked out from these alone need not be worked out again.
 */

#ifndef RPCLOG_PARTS_H
#define RPCLOG_PARTS_H

#include "memo.h"
#include "schema.h"

enum row_part {
	PART_WHO,	/* AuthenticatedUser .. ClientIpAddress */
	PART_WHAT,	/* Protocol .. IsAuthenticated, HttpStatus .. Method */
	PART_ERRORS,	/* GenericErrors */
	PART_COUNT
};

/*
 * 'number' is 0 if the part is not kept.  No other part of any row that this
 * process reads has it, now or later.  'slot' is below PARTS_SLOTS: a place
 * for what is known of it, which others may take over.
 */
struct part {
	uint64_t number;
	uint32_t slot;
};

#define PARTS_SLOTS 8192
/* The number of PART_ERRORS where there are none. */
#define PART_EMPTY 1
#define PARTS_LAYOUTS 8
#define PARTS_REGIONS 3

/* Where the parts stand in a column set. */
struct parts_layout {
	uint32_t known[KNOWN_COUNT];
	struct { uint32_t first, last; } regions[PARTS_REGIONS];
	uint32_t last;		/* of all of them */
	bool fits;
};

/* One per parser.  Memory is taken when the first part is asked for. */
struct parts {
	struct alloc alloc;
	struct memo memo;	/* of PART_WHO and PART_WHAT */
	struct memo errors;
	bool begun, off;	/* 'off': there was no memory, or no numbers */
	struct parts_layout layouts[PARTS_LAYOUTS];
	size_t layout_count;
	const struct parts_layout *layout;	/* NULL: parts are not kept */
};

void parts_init(struct parts *parts, const struct alloc *a);
/* The rows that follow have these columns. */
void parts_use(struct parts *parts, const struct rpclog_schema *schema);
void parts_free(struct parts *parts);

/* The part that a known column is in, or PART_COUNT. */
enum row_part part_of(rpclog_known column);

#endif /* RPCLOG_PARTS_H */
