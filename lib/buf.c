/* SPDX-License-Identifier: MIT */
/* A growable run of bytes. */

#include "buf.h"

void
buf_init(struct buf *b, size_t max)
{
	memset(b, 0, sizeof(*b));
	b->max = max;
}

rpclog_status
buf_reserve(struct buf *b, const struct alloc *a, size_t more)
{
	size_t need;

	if (!size_add(b->len, more, &need) || need > b->max)
		return RPCLOG_ERR_LIMIT;
	if (!alloc_grow(a, &b->ptr, &b->capacity, need, 1))
		return RPCLOG_ERR_NOMEM;
	return RPCLOG_OK;
}

rpclog_status
buf_append(struct buf *b, const struct alloc *a, const void *data, size_t len)
{
	rpclog_status status = buf_reserve(b, a, len);

	if (status == RPCLOG_OK && len > 0) {
		memcpy(b->ptr + b->len, data, len);
		b->len += len;
	}
	return status;
}

void
buf_free(struct buf *b, const struct alloc *a)
{
	alloc_free(a, b->ptr);
	buf_init(b, b->max);
}
