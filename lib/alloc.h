/* SPDX-License-Identifier: MIT */
/* Memory by the caller's allocator; sizes are checked before they multiply. */

#ifndef RPCLOG_ALLOC_H
#define RPCLOG_ALLOC_H

#include "base.h"

/* Resolved once when a handle is made: never half set. */
struct alloc {
	rpclog_allocator use;
};

/* The C library's if 'options' is NULL or names none. */
struct alloc alloc_from(const rpclog_options *options);

/* NULL if memory or the address space is out; alloc_zero() clears it. */
void *alloc_get(const struct alloc *a, size_t count, size_t size);
void *alloc_zero(const struct alloc *a, size_t count, size_t size);
/* Moves 'ptr' to room for 'count'; on NULL 'ptr' stands as it was. */
void *alloc_resize(const struct alloc *a, void *ptr, size_t count, size_t size);
/*
 * Room for at least 'need' elements, doubling: false leaves all as it was.
 * '*array' may be NULL with '*capacity' 0.
 */
bool alloc_grow(const struct alloc *a, void *array, size_t *capacity,
		size_t need, size_t size);
void alloc_free(const struct alloc *a, void *ptr);
/* A copy with a NUL behind it. */
char *alloc_copy(const struct alloc *a, rpclog_slice text);

#endif /* RPCLOG_ALLOC_H */
