/* SPDX-License-Identifier: MIT */
/* count --by LIST: rows per group, the largest first. */
#include "ref.h"

#include <stdio.h>
#include <stdlib.h>

struct group {
	struct text *values;
	size_t value_count;
	size_t requests;
};

static int
by_values(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	for (size_t i = 0; i < a->value_count; i++) {
		const int order = text_compare(a->values[i], b->values[i]);

		if (order)
			return order;
	}
	return 0;
}

static int
by_requests(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	if (a->requests != b->requests)
		return a->requests > b->requests ? -1 : 1;
	return by_values(a, b);
}

/* Activity rows never count, probe rows only with --probes. */
static bool
is_counted(const struct row *row, const struct options *options)
{
	const struct text class = text_of(row->class->name);

	return !text_is(class, "activity") &&
	       (options->probes || !text_is(class, "probe"));
}

/* One group a row, then those with equal values made one. */
static size_t
groups_of(struct group *groups, struct rows chosen,
	  const struct options *options)
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < chosen.count; i++) {
		if (!is_counted(chosen.ptr[i], options))
			continue;
		groups[count].requests = 1;
		groups[count].value_count = options->field_count;
		groups[count].values =
			ref_alloc(options->field_count * sizeof(struct text));
		for (size_t k = 0; k < options->field_count; k++)
			groups[count].values[k] =
				field_value(chosen.ptr[i], options->fields[k]);
		count++;
	}
	qsort(groups, count, sizeof *groups, by_values);
	for (size_t i = 0; i < count; i++) {
		if (kept && by_values(&groups[kept - 1], &groups[i]) == 0)
			groups[kept - 1].requests++;
		else
			groups[kept++] = groups[i];
	}
	return kept;
}

void
count_print(struct rows chosen, const struct options *options)
{
	struct group *groups = ref_alloc((chosen.count + 1) * sizeof *groups);
	const size_t count = groups_of(groups, chosen, options);

	qsort(groups, count, sizeof *groups, by_requests);
	for (size_t k = 0; k < options->field_count; k++)
		printf("%s\t", options->fields[k]);
	puts("requests");
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < options->field_count; k++) {
			text_print(groups[i].values[k]);
			putchar('\t');
		}
		printf("%zu\n", groups[i].requests);
	}
}
