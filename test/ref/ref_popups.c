/* SPDX-License-Identifier: MIT */
/* Evidence, prompts (lib/README.md), their groups, and totals. */
#include "ref.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row of evidence, its --by fields, and whether a prompt begins with it. */
struct entry {
	const struct row *row;
	struct text *values;
	size_t value_count;
	bool begins;
};

/* 6.5: DateTime, RequestId, class number, target, server, the rest. */
static int
compare_tie(const struct row *a, const struct row *b)
{
	int order;

	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	order = text_compare(a->request_id, b->request_id);
	if (order)
		return order;
	if (a->class->number != b->class->number)
		return a->class->number < b->class->number ? -1 : 1;
	order = text_compare(a->target, b->target);
	if (!order)
		order = text_compare(a->server, b->server);
	return order ? order : text_compare(a->protocol, b->protocol);
}

static int
by_actor_client_start(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left;
	const struct row *b = *(struct row *const *)right;
	int order = text_compare(a->actor, b->actor);

	if (!order)
		order = text_compare(a->client, b->client);
	if (order)
		return order;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return compare_tie(a, b);
}

/* Rows that count as a prompt, by actor, client and start. */
struct rows
evidence_of(struct rows chosen, const struct options *options)
{
	struct rows evidence = {
		ref_alloc((chosen.count + 1) * sizeof(struct row *)), 0
	};

	for (size_t i = 0; i < chosen.count; i++) {
		const struct text popup = text_of(chosen.ptr[i]->class->popup);

		if (text_is(popup, "yes") ||
		    (options->likely && text_is(popup, "likely")))
			evidence.ptr[evidence.count++] = chosen.ptr[i];
	}
	qsort(evidence.ptr, evidence.count, sizeof *evidence.ptr,
	      by_actor_client_start);
	return evidence;
}

/*
 * A prompt is a maximal run of evidence of one (actor, client) in which each
 * start is at most gap after the one before.  Answers how many there are.
 */
size_t
prompts_mark(struct rows evidence, int64_t gap, bool *begins)
{
	size_t prompts = 0;

	for (size_t i = 0; i < evidence.count; i++) {
		const struct row *row = evidence.ptr[i];
		const struct row *before = i ? evidence.ptr[i - 1] : NULL;

		begins[i] = !before ||
			    text_compare(before->actor, row->actor) != 0 ||
			    text_compare(before->client, row->client) != 0 ||
			    row->start - before->start > gap;
		prompts += begins[i];
	}
	return prompts;
}

static int
by_values(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	for (size_t i = 0; i < a->value_count; i++) {
		const int order = text_compare(a->values[i], b->values[i]);

		if (order)
			return order;
	}
	return 0;
}

static void
print_group(const struct entry *entry, size_t count)
{
	int64_t first = INT64_MAX, last = INT64_MIN;
	size_t prompts = 0;

	for (size_t i = 0; i < count; i++) {
		const int64_t start = entry[i].row->start;

		prompts += entry[i].begins;
		first = start < first ? start : first;
		last = start > last ? start : last;
	}
	for (size_t i = 0; i < entry->value_count; i++) {
		text_print(entry->values[i]);
		putchar('\t');
	}
	printf("%zu\t%zu\t", prompts, count);
	text_print(time_millis(first));
	putchar('\t');
	text_print(time_millis(last));
	putchar('\n');
}

static struct entry *
entries_of(struct rows evidence, const struct options *options)
{
	struct entry *entries =
		ref_alloc((evidence.count + 1) * sizeof *entries);
	bool *begins = ref_alloc(evidence.count + 1);

	prompts_mark(evidence, options->gap, begins);
	for (size_t i = 0; i < evidence.count; i++) {
		entries[i].row = evidence.ptr[i];
		entries[i].begins = begins[i];
		entries[i].value_count = options->field_count;
		entries[i].values =
			ref_alloc(options->field_count * sizeof(struct text));
		for (size_t k = 0; k < options->field_count; k++)
			entries[i].values[k] = field_value(evidence.ptr[i],
							   options->fields[k]);
	}
	return entries;
}

void
popups_print(struct rows chosen, const struct options *options)
{
	const struct rows evidence = evidence_of(chosen, options);
	struct entry *entries = entries_of(evidence, options);

	for (size_t k = 0; k < options->field_count; k++)
		printf("%s\t", options->fields[k]);
	puts("prompts\trequests\tfirst\tlast");
	qsort(entries, evidence.count, sizeof *entries, by_values);
	for (size_t i = 0, next; i < evidence.count; i = next) {
		for (next = i; next < evidence.count &&
			       by_values(&entries[i], &entries[next]) == 0;)
			next++;
		print_group(&entries[i], next - i);
	}
}

static bool
is_source(const struct row *row)
{
	return text_starts(row->actor, "client:");
}

static int
by_actor_start(const void *left, const void *right)
{
	const struct row *a = *(struct row *const *)left;
	const struct row *b = *(struct row *const *)right;
	const int order = text_compare(a->actor, b->actor);

	if (order)
		return order;
	return a->start < b->start ? -1 : a->start > b->start;
}

/* Users, their hours, and sources apart (6.4). */
static void
print_actors(struct rows evidence)
{
	size_t users = 0, hours = 0, sources = 0;

	qsort(evidence.ptr, evidence.count, sizeof *evidence.ptr,
	      by_actor_start);
	for (size_t i = 0; i < evidence.count; i++) {
		const struct row *row = evidence.ptr[i];
		const struct row *before = i ? evidence.ptr[i - 1] : NULL;
		const bool new_actor =
			!before || text_compare(before->actor, row->actor) != 0;
		const bool new_hour =
			new_actor || time_floor(before->start, HOUR) !=
					     time_floor(row->start, HOUR);

		sources += is_source(row) && new_actor;
		users += !is_source(row) && new_actor;
		hours += !is_source(row) && new_hour;
	}
	printf("users\t%zu\nuser-hours\t%zu\nsources\t%zu\n", users, hours,
	       sources);
}

void
totals_print(struct rows chosen, const struct options *options)
{
	static const int64_t gaps[] = { 30, 120, 300, 900 };
	const struct rows evidence = evidence_of(chosen, options);
	bool *begins = ref_alloc(evidence.count + 1);
	size_t prompts[4], too_recent = 0;

	for (size_t i = 0; i < 4; i++)
		prompts[i] = prompts_mark(evidence, gaps[i] * SECOND, begins);
	for (size_t i = 0; i < chosen.count; i++)
		too_recent += chosen.ptr[i]->too_recent;
	print_actors(evidence);
	for (size_t i = 0; i < 4; i++)
		printf("prompts-%d\t%zu\n", (int)gaps[i], prompts[i]);
	printf("too-recent\t%zu\n", too_recent);
}
