/* SPDX-License-Identifier: MIT */
/* Header lines: which lines they are, and the columns they set. */

#ifndef RPCLOG_HEADER_H
#define RPCLOG_HEADER_H

#include "parser.h"

enum header_kind {
	HEADER_OTHER,		/* says nothing of columns */
	HEADER_HTTPPROXY,
	HEADER_TORN,		/* the head of one: says nothing for sure */
	HEADER_FOREIGN
};

/* Does 'text' begin with '#', quoted or not? */
bool header_is_comment(rpclog_slice text);
/*
 * Does the line in hand hold the names of HttpProxy columns, in whatever
 * order?  header_is() sees only rows that begin with DateTime.
 */
bool header_names_columns(struct rpclog_parser *p);
/* Is the line in hand one? */
bool header_is(const struct rpclog_parser *p);
/* Takes the line in hand; new columns become p->header and an event. */
rpclog_status header_take(struct rpclog_parser *p, enum header_kind *kind);
/* These are the columns from here on. */
void header_use(struct rpclog_parser *p, const struct rpclog_schema *schema);
/* Rows are read by 'schema' from here on: an event if its names differ. */
void header_switch(struct rpclog_parser *p, const struct rpclog_schema *schema);
/* A known set as p->header, for a fragment. */
rpclog_status header_from_set(struct rpclog_parser *p, size_t count);
/*
 * What a row of 'count' cells is read by: the header, or a known set that is
 * larger and has just so many (the server was updated within the hour).
 */
rpclog_status header_schema_for(struct rpclog_parser *p, size_t count,
				const struct rpclog_schema **schema);

#endif /* RPCLOG_HEADER_H */
