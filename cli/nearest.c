/* SPDX-License-Identifier: MIT */
/* The known word that an unknown one is likely to mean. */

#include "nearest.h"

#include <string.h>

#include "command.h"

const char *
nearest(const char *text, const char *const *names, size_t count)
{
	rpclog_slice wanted = { text, strlen(text) };
	struct nearest n;
	size_t i;

	nearest_init(&n, wanted);
	for (i = 0; i < count; i++)
		nearest_offer(&n, names[i]);
	/* A word that shares next to nothing was not meant. */
	if (!n.word || n.distance >= wanted.len / 3 + 2 ||
	    n.distance >= strlen(n.word))
		return NULL;
	return n.word;
}
