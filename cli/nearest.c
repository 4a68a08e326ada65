/* SPDX-License-Identifier: MIT */
/* The nearest of some names to one that is unknown. */

#include <stdlib.h>
#include <string.h>

#include "command.h"

#define LONGEST	64

static char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	const size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Edit distance: insertions, deletions, changes. */
static size_t
distance(const char *a, const char *b)
{
	const size_t na = strlen(a), nb = strlen(b);
	size_t row[LONGEST + 1];
	size_t i, j;

	if (na > LONGEST || nb > LONGEST)
		return SIZE_MAX;
	for (j = 0; j <= nb; j++)
		row[j] = j;
	for (i = 1; i <= na; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (j = 1; j <= nb; j++) {
			const size_t change = fold(a[i - 1]) != fold(b[j - 1]);
			const size_t above = row[j];

			row[j] = least(row[j - 1] + 1, above + 1,
				       corner + change);
			corner = above;
		}
	}
	return row[nb];
}

const char *
nearest(const char *text, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t best_distance = strlen(text) / 3 + 2;
	size_t i;

	for (i = 0; i < count; i++) {
		const size_t d = distance(text, names[i]);

		if (d < best_distance && d < strlen(names[i])) {
			best = names[i];
			best_distance = d;
		}
	}
	return best;
}
