/* SPDX-License-Identifier: MIT */
/* UTF-8 as it comes from logs: what is a character, what may be shown. */

#ifndef RPCLOG_CLI_TEXT_H
#define RPCLOG_CLI_TEXT_H

#include "rpclog.h"

enum text_class {
	TEXT_PLAIN,	/* a printable character */
	TEXT_CONTROL,	/* C0 or DEL */
	TEXT_C1,	/* U+0080 .. U+009F, two bytes */
	TEXT_INVALID	/* one byte that is no UTF-8 */
};

/*
 * Looks at the character at the head of 'text' (not empty): its class, its
 * length in bytes and, unless invalid, the code point.
 */
enum text_class text_next(rpclog_slice text, size_t *len, uint32_t *code);

/* Bytes at the head of 'text' that are printable ASCII: the fast path. */
size_t text_ascii(rpclog_slice text);
/* Of these, those that need no escape in JSON either. */
size_t text_json(rpclog_slice text);

/*
 * The same text with U+FFFD for each invalid byte.  '*made' is set if it had
 * any: then the answer lies there and is to be freed.
 */
rpclog_slice text_valid(rpclog_slice text, char **made);

/* Columns that a code point fills on a terminal: 0, 1 or 2. */
size_t text_columns(uint32_t code);

#endif /* RPCLOG_CLI_TEXT_H */
