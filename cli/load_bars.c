/* SPDX-License-Identifier: MIT */
/* Histograms of latencies, as they lie in the table of traffic. */

#include "load_bars.h"

#include <stdlib.h>

#include "command.h"

struct bars {
	struct histogram_bar *merged;
	size_t merged_room;
	unsigned char *packed;
	size_t packed_room;
};

struct bars *
bars_new(void)
{
	return xcalloc(1, sizeof(struct bars));
}

/* 'bars' (by ascending step) joined to what is packed; answers how many. */
static size_t
merge(struct bars *b, rpclog_slice packed, const struct histogram_bar *bars,
      size_t count)
{
	struct histogram_bar old = { 0, 0 };
	int more = histogram_next(&packed, &old);
	size_t merged = 0;

	while (more || count) {
		struct histogram_bar bar;

		b->merged = xgrow(b->merged, merged, &b->merged_room,
				  sizeof(*b->merged));
		if (!count || (more && old.step < bars->step)) {
			bar = old;
		} else {
			bar = *bars++;
			count--;
			/* Counts may be less than nothing: then it wraps. */
			if (more && old.step == bar.step)
				bar.count += old.count;
		}
		if (more && old.step == bar.step)
			more = histogram_next(&packed, &old);
		if (bar.count)
			b->merged[merged++] = bar;
	}
	return merged;
}

rpclog_slice
bars_merge(struct bars *b, rpclog_slice packed,
	   const struct histogram_bar *bars, size_t count)
{
	count = merge(b, packed, bars, count);
	if (b->packed_room < count * HISTOGRAM_BAR_ROOM) {
		free(b->packed);
		b->packed_room = 2 * count * HISTOGRAM_BAR_ROOM;
		b->packed = xmalloc(b->packed_room);
	}
	packed.ptr = (const char *)b->packed;
	packed.len = histogram_pack(b->merged, count, b->packed);
	return packed;
}

void
bars_free(struct bars *b)
{
	free(b->merged);
	free(b->packed);
	free(b);
}
