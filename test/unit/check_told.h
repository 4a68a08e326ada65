/* SPDX-License-Identifier: MIT */
/*
 * What a parser tells, kept: two runs can be compared of which one leaves rows
 * out.
 */

#ifndef RPCLOG_CHECK_TOLD_H
#define RPCLOG_CHECK_TOLD_H

#include "check.h"

/* What a parser told, in order; 'raw' are the bytes of a row. */
struct event {
	rpclog_status status;
	size_t text, text_len, raw, raw_len; /* in 'bytes' */
};

struct told {
	struct event *events;
	size_t count, room;
	struct check_text bytes;
};

void told_free(struct told *t);
/* The bytes of a row, or none. */
rpclog_slice told_raw(const struct told *t, size_t i);
/* What 'p' tells next, whatever but RPCLOG_MORE; 'row' may be NULL. */
void told_add(struct told *t, rpclog_status status, const rpclog_parser *p,
	      const rpclog_row *row);
/* All of 'text', in chunks that are spoiled behind it; 'chunk' 0: whole. */
void told_run(struct told *t, rpclog_parser *p, rpclog_slice text,
	      size_t chunk);
/*
 * 'some' must be 'all' less rows that do not hold 'wanted'.  Answers how many
 * rows it has that do not.
 */
size_t told_compare(const struct told *all, const struct told *some,
		    rpclog_slice wanted);

#endif /* RPCLOG_CHECK_TOLD_H */
