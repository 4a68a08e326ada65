/* SPDX-License-Identifier: MIT */
/* A row of named cells and the real writer's way to put it down. */
#ifndef GEN_ROW_H
#define GEN_ROW_H

#include "buf.h"
#include "cols.h"

struct row {
	struct buf bytes;
	size_t start[C_COUNT];
	size_t len[C_COUNT];
};

void row_clear(struct row *r);
void row_free(struct row *r);
void row_put(struct row *r, enum col c, const void *data, size_t len);
/* NULL leaves the cell empty. */
void row_set(struct row *r, enum col c, const char *text);
void row_num(struct row *r, enum col c, int64_t value);

/*
 * Appends the row as the writer does: comma and CRLF become a space, lone
 * CR and LF two characters, a cell with a quote is quoted. Ends in CRLF.
 */
void row_write(const struct row *r, enum setid set, struct buf *out);

/* One pair of grammar A: , ; = and CRLF in the value become a space. */
void pair_add(struct buf *out, const char *key, const char *value);
/* Cuts a collected column at 16,384 UTF-16 units and adds "...". */
void pairs_clip(struct buf *text);

#endif
