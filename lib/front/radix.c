/* SPDX-License-Identifier: MIT */
/* A stable sort by numbers: byte by byte, the last one first. */

#include "radix.h"

#include <string.h>

/* By the byte that is 'shift' bits from the right. */
static void
sort_byte(const struct radix_item *from, struct radix_item *to, size_t count,
	  int shift)
{
	size_t places[256] = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		places[from[i].key >> shift & 255]++;
	for (int value = 0; value < 256; value++) {
		size_t here = places[value];

		places[value] = at;
		at += here;
	}
	for (size_t i = 0; i < count; i++)
		to[places[from[i].key >> shift & 255]++] = from[i];
}

void
radix_sort(struct radix_item *items, struct radix_item *spare, size_t count,
	   int skip)
{
	struct radix_item *from = items, *to = spare;
	uint64_t differ = 0;

	for (size_t i = 1; i < count; i++)
		differ |= items[i].key ^ items[0].key;
	for (int shift = 8 * skip; shift < 64; shift += 8) {
		struct radix_item *swap = from;

		/* Most bytes of most numbers are the same. */
		if (!(differ >> shift & 255))
			continue;
		sort_byte(from, to, count, shift);
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
}
