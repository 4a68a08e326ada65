/* SPDX-License-Identifier: MIT */
/* Rule text: lines with what goes on below them, and words within a line. */

#ifndef RPCLOG_RULES_LEX_H
#define RPCLOG_RULES_LEX_H

#include "buf.h"
#include "rules_set.h"

/* Where a fault is told, and to whom. */
struct place {
	rpclog_diag *diag; /* may be NULL */
	uint64_t line, offset;
};

/* Fills the diag; always RPCLOG_ERR_RULE. */
rpclog_status rules_fail(const struct place *at, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* One logical line: further lines that are indented deeper are joined on. */
struct rule_line {
	rpclog_slice text;   /* trimmed; until the next rule_lines_next() */
	rpclog_slice source; /* the lines as they stand in the text */
	bool indented;
};

struct rule_lines {
	const struct alloc *alloc;
	rpclog_slice text;
	size_t at;	 /* next physical line */
	uint64_t number; /* of that line, from 1 */
	size_t depth;	 /* deeper lines are joined on */
	struct buf joined;
	struct place place; /* of the line given last */
	bool reindent;	    /* the next indented line sets 'depth' */
	bool trusted;	    /* our own text: its bytes are fine */
};

void rule_lines_init(struct rule_lines *lines, const struct alloc *a,
		     rpclog_slice text, rpclog_diag *diag);
/* RPCLOG_END after the last; faults of the text's form are told. */
rpclog_status rule_lines_next(struct rule_lines *lines, struct rule_line *line);
/* After a line that begins a class: the next indented one sets the depth. */
void rule_lines_begin_block(struct rule_lines *lines);
void rule_lines_free(struct rule_lines *lines);

/* Takes the next word (letters, digits, '_', '-') off the front. */
rpclog_slice lex_word(rpclog_slice *rest);
/* Takes 'symbol' and blanks around it off the front, if it is there. */
bool lex_symbol(rpclog_slice *rest, const char *symbol);
/*
 * Takes a value: bytes up to a blank, comma, parenthesis, '&' or quote, or a
 * quoted one, in which "" is a quote.  The bytes are copied to the arena.
 */
rpclog_status lex_value(rpclog_slice *rest, const struct place *at,
			struct arena *arena, rpclog_slice *value, bool *quoted);

#endif /* RPCLOG_RULES_LEX_H */
