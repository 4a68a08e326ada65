/* SPDX-License-Identifier: MIT */
/* A growable run of bytes, born with its ceiling. */

#ifndef RPCLOG_BUF_H
#define RPCLOG_BUF_H

#include "alloc.h"

struct buf {
	char *ptr;
	size_t len, capacity;
	size_t max;		/* 'len' never passes it */
};

void buf_init(struct buf *b, size_t max);
/*
 * RPCLOG_OK; RPCLOG_ERR_LIMIT past the ceiling or RPCLOG_ERR_NOMEM, and then
 * nothing has changed.
 */
rpclog_status buf_reserve(struct buf *b, const struct alloc *a, size_t more);
rpclog_status buf_append(struct buf *b, const struct alloc *a, const void *data,
			 size_t len);
static inline rpclog_slice
buf_slice(const struct buf *b)
{
	return slice_of(b->ptr, b->len);
}
void buf_free(struct buf *b, const struct alloc *a);

#endif /* RPCLOG_BUF_H */
