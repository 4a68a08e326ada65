/* SPDX-License-Identifier: MIT */
/* What a parser makes of a text, in a form that a test can ask. */

#ifndef RPCLOG_CHECK_SEEN_H
#define RPCLOG_CHECK_SEEN_H

#include "check_log.h"

struct seen {
	uint64_t rows, bad, schemas;
	rpclog_status end;
	rpclog_account account;
	const char *foreign;	  /* or NULL */
	struct check_text values; /* asked-for cells, a '|' after each */
	struct check_text faults; /* "LINE:REASON|" of each bad row */
};

/* One cell of a row, whatever kind of question: "" if there is none. */
typedef rpclog_slice (*seen_cell)(const rpclog_row *row, int which);

rpclog_slice seen_known(const rpclog_row *row, int which);   /* rpclog_known */
rpclog_slice seen_derived(const rpclog_row *row, int which); /* .. derived */

/* Parses 'text' and asks each row; frees 'text' and makes it empty. */
void seen_init(struct seen *s, struct check_text *text, seen_cell ask,
	       int which);
void seen_clear(struct seen *s);
/* The row that 'cells' make is asked once: what comes out must be 'want'. */
void seen_one(const char *const *cells, seen_cell ask, int which,
	      const char *want);

#endif /* RPCLOG_CHECK_SEEN_H */
