/* SPDX-License-Identifier: MIT */
/* Made logs for tests: column lines and rows of any known column set. */

#ifndef RPCLOG_CHECK_LOG_H
#define RPCLOG_CHECK_LOG_H

#include "check.h"

/* Name, value, name, value, .., NULL. */
typedef const char *const log_cells[];

#define ROW(...)  ((log_cells){ __VA_ARGS__, NULL })
#define PLAIN_ROW ((log_cells){ NULL })

/* The bare column line of the set with so many columns, CRLF included. */
void log_columns(struct check_text *out, size_t columns);
/* The five # lines, as the writer puts them after the bare line. */
void log_block(struct check_text *out, size_t columns);
/* Both: how a file begins. */
void log_header(struct check_text *out, size_t columns);
/*
 * A row of a healthy RPC channel, changed by 'cells'.  Values go in as they
 * are: what needs quotes brings them.  No line end.
 */
void log_row_bare(struct check_text *out, size_t columns,
		  const char *const *cells);
/* The same with CRLF. */
void log_row(struct check_text *out, size_t columns, const char *const *cells);
/* 'text' as UTF-16 with a BOM; bytes are taken for Latin-1. */
void log_utf16(struct check_text *out, rpclog_slice text, bool big_endian);
/* 'text' with every 'from' as 'to'. */
void log_replace(struct check_text *out, rpclog_slice text, const char *from,
		 const char *to);

#endif /* RPCLOG_CHECK_LOG_H */
