/* SPDX-License-Identifier: MIT */
/*
 * Rows at random and a plain count of them, as lines of text with sums: shares
 * nothing with what is tested.
 */

#ifndef RPCLOG_CHECK_MADE_H
#define RPCLOG_CHECK_MADE_H

#include "check_log.h"

struct line {
	struct check_text text;
	uint64_t n, in, out;
};

struct lines {
	struct line *line;
	size_t count, room;
};

/* A line, to be written, that counts so much. */
struct check_text *line_new(struct lines *lines, uint64_t n, uint64_t in,
			    uint64_t out);
/* In order, equal ones added up, as text; none are left. */
void lines_end(struct lines *lines, struct check_text *out);

struct made;

struct made *made_rows(size_t count, uint64_t seed);
void made_log(struct check_text *out, const struct made *rows, size_t count);
/* What they come to if legs are settled within each 'batch' rows. */
void made_count(struct check_text *out, const struct made *rows, size_t count,
		size_t batch);

#endif /* RPCLOG_CHECK_MADE_H */
