/* SPDX-License-Identifier: MIT */
/* What gzip puts around deflate: a header before, two sums behind. */

#ifndef RPCLOG_GZIP_MEMBER_H
#define RPCLOG_GZIP_MEMBER_H

#include "inflate.h"

enum wrap_part {
	WRAP_FIXED,
	WRAP_EXTRA_SIZE,
	WRAP_EXTRA,
	WRAP_NAME,
	WRAP_COMMENT,
	WRAP_CRC,
	WRAP_BODY, /* the header is over */
	WRAP_SUMS,
	WRAP_OVER
};

struct wrap {
	uint32_t (*crc)(uint32_t crc, rpclog_slice bytes);
	enum wrap_part part;
	unsigned at;	    /* bytes of the part so far */
	unsigned flags;
	uint32_t size;	    /* of the extra part; else little-endian numbers */
	uint32_t sum;	    /* of the header, later of the body */
	uint64_t made;	    /* bytes of the body */
	const char *damage; /* NULL: none; else a few words */
};

void wrap_begin(struct wrap *w,
		uint32_t (*crc)(uint32_t crc, rpclog_slice bytes));
/*
 * Reads on in the header or in the sums, until they are over or damaged or
 * 'bytes' are; gives how many it took.
 */
size_t wrap_read(struct wrap *w, rpclog_slice bytes);
/* More of the body came out. */
void wrap_body(struct wrap *w, rpclog_slice bytes);
/* The body is over. */
void wrap_close(struct wrap *w);

#endif /* RPCLOG_GZIP_MEMBER_H */
