/* SPDX-License-Identifier: MIT */
/* The one place that calls malloc. */

#include "alloc.h"

#include <stdlib.h>

static void *
libc_alloc(void *ctx, size_t size)
{
	(void)ctx;
	return malloc(size);
}

static void *
libc_resize(void *ctx, void *ptr, size_t size)
{
	(void)ctx;
	return realloc(ptr, size);
}

static void
libc_release(void *ctx, void *ptr)
{
	(void)ctx;
	free(ptr);
}

struct alloc
alloc_from(const rpclog_options *options)
{
	struct alloc a = { { libc_alloc, libc_resize, libc_release, NULL } };

	if (options && options->allocator.alloc && options->allocator.resize &&
	    options->allocator.release)
		a.use = options->allocator;
	return a;
}

void *
alloc_get(const struct alloc *a, size_t count, size_t size)
{
	return alloc_resize(a, NULL, count, size);
}

void *
alloc_zero(const struct alloc *a, size_t count, size_t size)
{
	void *ptr;

	/* New pages are zero already, and are not there before they are used.
	 */
	if (a->use.alloc == libc_alloc)
		return calloc(count ? count : 1, size ? size : 1);
	ptr = alloc_resize(a, NULL, count, size);
	if (ptr)
		memset(ptr, 0, count * size);
	return ptr;
}

void *
alloc_resize(const struct alloc *a, void *ptr, size_t count, size_t size)
{
	size_t bytes;

	if (!size_mul(count, size, &bytes))
		return NULL;
	if (bytes == 0)
		bytes = 1;
	if (!ptr)
		return a->use.alloc(a->use.ctx, bytes);
	return a->use.resize(a->use.ctx, ptr, bytes);
}

bool
alloc_grow(const struct alloc *a, void *array, size_t *capacity, size_t need,
	   size_t size)
{
	if (need <= *capacity)
		return true;

	void *old;
	size_t wanted = *capacity ? *capacity : 8;

	while (wanted < need) {
		if (wanted > SIZE_MAX / 2)
			return false;
		wanted *= 2;
	}
	memcpy(&old, array, sizeof(old));

	void *moved = alloc_resize(a, old, wanted, size);

	if (!moved)
		return false;
	memcpy(array, &moved, sizeof(moved));
	*capacity = wanted;
	return true;
}

void
alloc_free(const struct alloc *a, void *ptr)
{
	if (ptr)
		a->use.release(a->use.ctx, ptr);
}

char *
alloc_copy(const struct alloc *a, rpclog_slice text)
{
	size_t size;

	if (!size_add(text.len, 1, &size))
		return NULL;

	char *copy = alloc_get(a, size, 1);

	if (copy) {
		if (text.len)
			memcpy(copy, text.ptr, text.len);
		copy[text.len] = '\0';
	}
	return copy;
}
