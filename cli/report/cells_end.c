/* SPDX-License-Identifier: MIT */
/* Cells that are added up, handed over to be searched for findings. */

#include "cells_inside.h"

#include <stdlib.h>
#include <string.h>

#include "starts.h"

/* ---- when did it go well? ---------------------------------------------------
 */

/* Names that anything failed for. */
static bool *
failing_names(const struct cell_heap *h)
{
	bool *failing = xcalloc(h->name_count + 2, sizeof(*failing));

	for (uint32_t i = 0; i < groups_count(h->keys[TABLE_FAIL]); i++) {
		struct cell cell;

		memcpy(&cell, groups_value(h->keys[TABLE_FAIL], i, 0).ptr,
		       sizeof(cell));
		failing[cell.actor] = failing[cell.client] = true;
	}
	failing[0] = false;
	return failing;
}

/* First and last authenticated start of a key in the hours of a cell. */
static void
refine(struct cell_sum *sum, struct statement *st, int64_t key)
{
	const int64_t from_us = sum->first_us, to_us = sum->last_us;
	int64_t first_us = INT64_MAX, last_us = INT64_MIN;
	struct start_run run;

	bind_int(st, 1, key);
	bind_int(st, 2, from_us);
	bind_int(st, 3, to_us);
	while (statement_step(st)) {
		int64_t at = column_int(st, 0);
		rpclog_slice packed = column_blob(st, 1);

		while (starts_next(&packed, &at, &run)) {
			if (run.last_us < from_us || run.first_us > to_us)
				continue;
			if (run.first_us < first_us)
				first_us = run.first_us;
			if (run.last_us > last_us)
				last_us = run.last_us;
		}
	}
	if (first_us > last_us)
		return;
	sum->first_us = first_us < from_us ? from_us : first_us;
	sum->last_us = last_us > to_us ? to_us : last_us;
}

static void
refine_all(struct cell_heap *h)
{
	bool *failing = failing_names(h);
	struct statement *st = db_prepare(
		h->in->db, "SELECT first_us, runs FROM success WHERE who = ? "
			   "AND last_us >= ? AND first_us <= ?");

	for (size_t i = 0; i < h->used_count; i++) {
		const struct used *used = &h->used[i];
		struct cell cell;

		memcpy(&cell,
		       groups_value(h->keys[TABLE_USE], used->cell, 0).ptr,
		       sizeof(cell));
		if (failing[cell.actor] || failing[cell.client])
			refine(&h->sums[TABLE_USE][used->cell], st, used->key);
	}
	statement_free(st);
	free(failing);
}

/* ---- the end ----------------------------------------------------------------
 */

static void
hand_over(struct cell_heap *h, enum table_number table)
{
	static const struct cell_phases none;

	for (uint32_t i = 0; i < groups_count(h->keys[table]); i++) {
		const struct cell_sum *sum = &h->sums[table][i];
		struct cell cell;

		memcpy(&cell, groups_value(h->keys[table], i, 0).ptr,
		       sizeof(cell));
		cell.requests = sum->requests;
		cell.first_us = sum->first_us;
		cell.last_us = sum->last_us;
		cell.first_tag = sum->first_tag;
		cell.last_tag = sum->last_tag;
		if (!sum->requests)
			continue;
		if (table == TABLE_FLOW)
			maker_flow(h->maker, &cell,
				   i < h->phase_count ? &h->phases[i] : &none);
		else
			maker_add(h->maker, table, &cell);
	}
}

/* Pulses with their crowds: people by pulse. */
static void
hand_over_pulses(struct cell_heap *h)
{
	uint32_t *order = tuples_sorted(h->people, 1);
	const uint32_t count = groups_count(h->people);
	int64_t last = -1;

	for (uint32_t i = 0; i < count; i++) {
		struct person person;
		struct cell cell;

		memcpy(&person, groups_value(h->people, order[i], 0).ptr,
		       sizeof(person));
		if (person.pulse != last) {
			const struct cell_sum *sum =
				&h->sums[TABLE_PULSE][person.pulse];

			memcpy(&cell,
			       groups_value(h->keys[TABLE_PULSE],
					    (uint32_t)person.pulse, 0)
				       .ptr,
			       sizeof(cell));
			cell.requests = sum->requests;
			cell.first_us = sum->first_us;
			cell.last_us = sum->last_us;
			maker_add(h->maker, TABLE_PULSE, &cell);
		}
		last = person.pulse;
		maker_person(h->maker, name_of(h->in, person.name));
	}
	free(order);
}

static void
hand_over_legacy(struct cell_heap *h)
{
	struct statement *st =
		db_prepare(h->in->db, "SELECT target FROM target WHERE legacy");

	while (statement_step(st))
		maker_legacy(h->maker, heap_name(h, column_int(st, 0)));
	statement_free(st);
}

static void
heap_free(struct cell_heap *h)
{
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		groups_free(h->keys[i]);
		free(h->sums[i]);
	}
	groups_free(h->people);
	groups_free(h->names.ids);
	groups_free(h->classes.ids);
	groups_free(h->logs.ids);
	free(h->name_of);
	free(h->class_of);
	free(h->phases);
	free(h->used);
	free(h);
}

void
heap_end(struct cell_heap *h, struct gathered **gathered)
{
	refine_all(h);
	for (int table = 0; table < TABLE_COUNT; table++) {
		if (table == TABLE_PULSE)
			hand_over_pulses(h);
		else
			hand_over(h, (enum table_number)table);
	}
	hand_over_legacy(h);
	if (maker_end(h->maker, gathered) != RPCLOG_OK)
		xno_memory();
	heap_free(h);
}
