/* SPDX-License-Identifier: MIT */
/* Allocation that exits with a message when memory is gone. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

void
xno_memory(void)
{
	fputs("rpclog: out of memory\n", stderr);
	_exit(EXIT_TROUBLE);
}

void *
xmalloc(size_t size)
{
	void *ptr = malloc(size ? size : 1);

	if (!ptr)
		xno_memory();
	return ptr;
}

void *
xcalloc(size_t count, size_t size)
{
	void *ptr = calloc(count ? count : 1, size ? size : 1);

	if (!ptr)
		xno_memory();
	return ptr;
}

void *
xrealloc(void *ptr, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		xno_memory();
	ptr = realloc(ptr, count && size ? count * size : 1);
	if (!ptr)
		xno_memory();
	return ptr;
}

char *
xstrndup(const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *
xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

void *
xgrow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	if (*capacity > SIZE_MAX / 2)
		xno_memory();
	*capacity = *capacity ? *capacity * 2 : 8;
	return xrealloc(items, *capacity, size);
}
