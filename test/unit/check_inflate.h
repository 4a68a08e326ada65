/* SPDX-License-Identifier: MIT */
/* Holds a way to inflate against zlib's own gzip. */

#ifndef RPCLOG_CHECK_INFLATE_H
#define RPCLOG_CHECK_INFLATE_H

#include "check.h"
#include "inflate.h"

/* How a stream ends. */
struct end {
	struct check_text bytes;
	rpclog_status status;
	rpclog_diag diag;
	uint64_t taken;
};

/* What zlib makes of 'data', by members. */
void inflate_judge(struct end *e, rpclog_slice data);
void end_clear(struct end *e);
/*
 * Inflates 'data' by 'way', 'step' bytes a read or, if that is 0, from memory
 * that ends at a page that can't be read; all must be as in '*want'.
 */
void check_inflate(const struct inflate_way *way, rpclog_slice data,
		   size_t step, const struct end *want);

#endif /* RPCLOG_CHECK_INFLATE_H */
