/* SPDX-License-Identifier: MIT */
/* The header of one deflate block: is it whole, and would zlib accept it? */

#ifndef RPCLOG_INFLATE_BLOCK_H
#define RPCLOG_INFLATE_BLOCK_H

#include "base.h"

/* No header has more bytes: 17 + 19 * 3 + 316 * 7 bits. */
#define BLOCK_HEADER ((size_t)296)

/* Bits of a stream, the lowest of each byte first. */
struct bits {
	rpclog_slice in; /* not looked at yet */
	uint64_t hold;	 /* the bits before it, the rest zero */
	unsigned count;	 /* how many those are */
};

enum block_kind {
	BLOCK_SHORT,  /* its end is not there */
	BLOCK_REFUSED, /* zlib may refuse it */
	BLOCK_STORED,
	BLOCK_CODED
};

struct block {
	bool final;
	size_t stored; /* bytes of BLOCK_STORED */
};

/*
 * Moves 'bits' behind the header if it is one of the last two; before it there
 * are less than 8 in 'hold', behind it may be more.
 */
enum block_kind block_read(struct block *block, struct bits *bits);

#endif /* RPCLOG_INFLATE_BLOCK_H */
