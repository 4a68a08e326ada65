/* SPDX-License-Identifier: MIT */
/*
 * Physical lines out of chunks of any size: line ends, the BOM, UTF-16, the
 * size limit, and where each line stood.  Every byte is scanned once.
 */

#ifndef RPCLOG_LINE_H
#define RPCLOG_LINE_H

#include "buf.h"
#include "scan.h"

struct line {
	rpclog_slice text;	/* UTF-8, without BOM and line end */
	uint64_t number;	/* from 1 */
	uint64_t offset, span;	/* as it stood in the input */
	bool ended;		/* by a line feed */
	bool oversize;		/* over max_row: no 'text' */
	const struct scan *scan;	/* of 'text'; nothing if oversize */
};

enum line_encoding { LINE_UNKNOWN, LINE_UTF8, LINE_UTF16LE, LINE_UTF16BE };

struct lines {
	struct alloc alloc;
	scan_fn scan_line;
	size_t max_row;
	enum line_encoding encoding;
	bool finished;		/* no more input will come */
	bool skipping;		/* the line in hand is over the limit */
	bool carry_out;		/* the carry is lent: empty it at the next call */
	const char *chunk;	/* lent; 'pos' bytes of it are taken */
	size_t chunk_len, pos;
	struct buf carry;	/* head of a line that straddles chunks */
	struct buf utf8;	/* a transcoded line */
	struct scan scan;	/* of the line in hand */
	uint64_t number;	/* lines handed out */
	uint64_t offset;	/* where the line in hand begins */
	uint64_t skipped;	/* its bytes that were let go */
};

/* 'max_fields' bounds the commas that are remembered. */
rpclog_status lines_init(struct lines *l, const struct alloc *a,
			 size_t max_row, size_t max_fields);
/* Only after lines_next() has answered RPCLOG_MORE. */
void lines_feed(struct lines *l, const char *data, size_t len);
/*
 * RPCLOG_OK and '*line', a loan until the next call and of the chunk;
 * RPCLOG_MORE; after 'finished' a last line that has no end, then
 * RPCLOG_END; or RPCLOG_ERR_NOMEM.
 */
rpclog_status lines_next(struct lines *l, struct line *line);
/* Does the next line begin in the chunk, as UTF-8? */
bool lines_at_start(const struct lines *l);
/* Passes over one line that does, of 'len' bytes with its line feed. */
void lines_pass(struct lines *l, size_t len);
/* Bytes taken and not handed out: the head of a line. */
uint64_t lines_held(const struct lines *l);
void lines_reset(struct lines *l);
void lines_free(struct lines *l);

/* Appends the UTF-8 of UTF-16 text; a lone surrogate becomes U+FFFD. */
rpclog_status utf16_to_utf8(struct buf *out, const struct alloc *a,
			    rpclog_slice text, bool big_endian);

#endif /* RPCLOG_LINE_H */
