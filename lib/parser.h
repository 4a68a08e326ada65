/* SPDX-License-Identifier: MIT */
/* What the reader needs of the parser beyond rpclog.h. */

#ifndef RPCLOG_PARSER_H
#define RPCLOG_PARSER_H

#include "recognize.h"
#include "record.h"
#include "row.h"

/* A line that was passed over before it was clear what the input is. */
struct doubtful {
	uint64_t line, offset, span;
	enum record_fault fault;
};

struct rpclog_parser {
	struct alloc alloc;
	rpclog_options options;
	struct legacy_hosts *legacy_hosts;
	struct lines lines;
	struct record record;
	struct rpclog_row row;
	struct parts parts;
	size_t scratch_room;

	rpclog_status final;	/* negative or END: the answer from now on */
	rpclog_diag diag;
	rpclog_account account;
	rpclog_slice tail;
	uint64_t tail_offset, tail_span;

	rpclog_slice wanted;	/* rows that hold these bytes; empty: all */
	char *wanted_text;
	size_t hit;		/* where they come next in the chunk */
	bool hit_known;

	struct line line;	/* in hand while 'line_ready' */
	bool line_ready;
	bool fed;		/* and next() has not asked for more since */
	enum record_fault fault;

	struct rpclog_schema *header;	/* by the last column line */
	struct rpclog_schema **sets;	/* known sets, made when needed */
	const struct rpclog_schema *current;	/* what the caller was told */
	bool schema_event;	/* tell it */
	bool fragment;		/* no column line: told by the first row */
	bool elsewhere;		/* under a foreign column line */

	/* Until 'header' is known. */
	struct recognizer recognizer;
	const char *foreign_name;	/* once it is: a constant */
	bool suspect;		/* a bare row of other columns was met */
	bool foreign_in_line;	/* the last byte counted ended no line */
	struct doubtful doubtful[RECOGNIZE_LINES];
	size_t doubtful_count, doubtful_told;
	uint64_t doubtful_bytes;	/* of those not told yet */
};

/* Counts the rows ahead that are good and not wanted. */
void parser_pass(struct rpclog_parser *p);
/* The input broke off: what is held is no row.  Sets the final answer. */
void parser_break(struct rpclog_parser *p, rpclog_status status,
		  const rpclog_diag *diag);
/* More bytes of an input that is foreign: counts them. */
void parser_count_foreign(struct rpclog_parser *p, rpclog_slice bytes);

#endif /* RPCLOG_PARSER_H */
