/* SPDX-License-Identifier: MIT */
/* A stable sort by numbers: byte by byte, the last one first. */

#include "radix.h"

#include <string.h>

#define BYTES 8

/* Where the items of each value of a byte begin; 0 if all have the same. */
static int
places(size_t counts[256], size_t count)
{
	size_t at = 0;

	for (int value = 0; value < 256; value++) {
		size_t here = counts[value];

		if (here == count)
			return 0;
		counts[value] = at;
		at += here;
	}
	return 1;
}

void
radix_sort(struct radix_item *items, struct radix_item *spare, size_t count,
	   int skip)
{
	size_t counts[BYTES][256] = { { 0 } };
	struct radix_item *from = items, *to = spare;

	for (size_t i = 0; i < count; i++) {
		for (int byte = 0; byte < BYTES; byte++)
			counts[byte][items[i].key >> 8 * byte & 255]++;
	}
	for (int byte = skip; byte < BYTES; byte++) {
		struct radix_item *swap = from;

		if (!places(counts[byte], count))
			continue;
		for (size_t i = 0; i < count; i++)
			to[counts[byte][from[i].key >> 8 * byte & 255]++] =
				from[i];
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
}
