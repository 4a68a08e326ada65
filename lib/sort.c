/* SPDX-License-Identifier: MIT */
/* Merge sort, bottom up. */

#include "sort.h"

struct merge {
	size_t size;
	sort_fn compare;
	const void *ctx;
};

/* Items [from, middle) and [middle, to) of 'in' into 'out'. */
static void
merge_runs(const struct merge *m, const char *in, char *out, size_t from,
	   size_t middle, size_t to)
{
	size_t size = m->size;
	size_t a = from, b = middle;

	for (size_t i = from; i < to; i++) {
		bool left = b == to || (a < middle &&
					m->compare(in + a * size, in + b * size,
						   m->ctx) <= 0);
		size_t taken = left ? a++ : b++;

		memcpy(out + i * size, in + taken * size, size);
	}
}

bool
sort_by(void *items, size_t count, size_t size, sort_fn compare,
	const void *ctx, const struct alloc *a)
{
	struct merge m = { size, compare, ctx };

	if (count < 2)
		return true;

	char *spare = alloc_get(a, count, size);
	char *in = items, *out = spare;

	if (!spare)
		return false;
	for (size_t width = 1; width < count; width *= 2) {
		for (size_t from = 0; from < count; from += 2 * width) {
			size_t middle =
				from + width < count ? from + width : count;
			size_t to = from + 2 * width < count ? from + 2 * width
							     : count;

			merge_runs(&m, in, out, from, middle, to);
		}

		char *swap = in;

		in = out;
		out = swap;
	}
	if (in != items)
		memcpy(items, in, count * size);
	alloc_free(a, spare);
	return true;
}
