/* SPDX-License-Identifier: MIT */
/* Packed streams of many kinds, for the tests of inflating. */

#ifndef RPCLOG_CHECK_PACK_H
#define RPCLOG_CHECK_PACK_H

#include "check.h"

/* How zlib packs; flush_every 0: in one go. */
struct packing {
	const char *name;
	int level, window, memory, strategy;
	size_t flush_every;
	int flush;
};

enum { PACK_USUAL = 2, PACK_FIXED = 5, PACK_FLUSHED = 8, PACK_COUNT = 12 };

extern const struct packing packings[PACK_COUNT];

/* Adds 'text' as a gzip member. */
void pack(struct check_text *out, const struct packing *p, rpclog_slice text);
/* A few members: a header with all parts, an empty one, short blocks. */
void members_add(struct check_text *out);
/* Lines that repeat as those of a log do, up to 'len' bytes or some more. */
void lines_add(struct check_text *out, size_t len, uint64_t seed);
/* Not zero, and neither is what '*x' begins with. */
uint64_t random_next(uint64_t *x);

#endif /* RPCLOG_CHECK_PACK_H */
