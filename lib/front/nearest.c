/* SPDX-License-Identifier: MIT */
/* Edit distance between words, blind to ASCII case. */

#include "nearest.h"

#include "base.h"

/* Longer words are compared by their heads: no known word is as long. */
#define WORD_MAX ((size_t)64)

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static unsigned char
at(rpclog_slice word, size_t i)
{
	return ascii_lower((unsigned char)word.ptr[i]);
}

/* Insertions, deletions, changes, and swaps of neighbours. */
static size_t
distance(rpclog_slice a, rpclog_slice b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *here = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		here[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t change = at(a, i - 1) != at(b, j - 1);
			size_t best = least(above[j], here[j - 1]) + 1;

			best = least(best, above[j - 1] + change);
			if (i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) &&
			    at(a, i - 2) == at(b, j - 1))
				best = least(best, before[j - 2] + 1);
			here[j] = best;
		}

		size_t *free_row = before;

		before = above;
		above = here;
		here = free_row;
	}
	return above[b.len];
}

void
nearest_init(struct nearest *n, rpclog_slice wanted)
{
	n->wanted = slice_of(wanted.ptr, least(wanted.len, WORD_MAX));
	n->distance = SIZE_MAX;
	n->word = NULL;
}

void
nearest_offer(struct nearest *n, const char *word)
{
	rpclog_slice offered = slice_str(word);

	offered.len = least(offered.len, WORD_MAX);

	size_t d = distance(n->wanted, offered);

	if (d < n->distance) {
		n->distance = d;
		n->word = word;
	}
}
