/* SPDX-License-Identifier: MIT */
/* A stable sort whose order may ask a context: libc has no portable one. */

#ifndef RPCLOG_SORT_H
#define RPCLOG_SORT_H

#include "alloc.h"

typedef int (*sort_fn)(const void *a, const void *b, const void *ctx);

/* False if there is no memory for a second copy; then nothing has moved. */
bool sort_by(void *items, size_t count, size_t size, sort_fn compare,
	     const void *ctx, const struct alloc *a);

#endif /* RPCLOG_SORT_H */
