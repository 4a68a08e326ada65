/* SPDX-License-Identifier: MIT */
/* Cells of all tables, added up by what they tell apart. */

#include "cells.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose.h"
#include "starts.h"

#define HOUR_US (INT64_C(3600) * 1000000)

struct cell_heap {
	struct report_inside *in;
	struct maker *maker;
	struct places names, classes, logs;
	uint32_t *name_of; /* maker's, by place of a name */
	size_t name_count, name_room;
	uint32_t *class_of; /* of the rules, by place */
	size_t class_count, class_room;
	size_t path_room;
	struct groups *keys[TABLE_COUNT]; /* struct cell without sums */
	struct cell_sum *sums[TABLE_COUNT];
	size_t sum_room[TABLE_COUNT];
	struct cell_phases *phases; /* by flow */
	size_t phase_count, phase_room;
	struct groups *people; /* pulse and name */
	struct used {
		uint32_t cell; /* of TABLE_USE */
		int64_t key;
	} * used;
	size_t used_count, used_room;
};

struct cell_heap *
heap_new(struct report_inside *in)
{
	struct cell_heap *h = xcalloc(1, sizeof(*h));

	h->in = in;
	if (maker_new(&h->maker, in->rules, NULL) != RPCLOG_OK)
		xno_memory();
	for (size_t i = 0; i < TABLE_COUNT; i++)
		h->keys[i] = tuples_new(1);
	h->people = tuples_new(1);
	return h;
}

/* ---- numbers ----------------------------------------------------------------
 */

uint32_t
heap_name(struct cell_heap *h, int64_t name)
{
	const uint32_t place = place_of(&h->names, name);

	if (place == h->name_count) {
		h->name_of = xgrow(h->name_of, place, &h->name_room,
				   sizeof(*h->name_of));
		h->name_of[place] = maker_name(h->maker, name_of(h->in, name));
		h->name_count++;
	}
	return h->name_of[place];
}

/* By its name: numbers of users' own classes may differ. */
static uint32_t
class_number(struct cell_heap *h, int64_t class_id)
{
	struct statement *st =
		db_prepare(h->in->db, "SELECT name FROM class WHERE id = ?");
	uint32_t number = (uint32_t)class_id;
	rpclog_class info;

	bind_int(st, 1, class_id);
	if (statement_step(st)) {
		const rpclog_slice text = column_text(st, 0);
		char *name = xstrndup(text.ptr, text.len);

		if (rpclog_rules_find(h->in->rules, name, &info))
			number = info.id;
		free(name);
	}
	statement_free(st);
	return number;
}

uint32_t
heap_class(struct cell_heap *h, int64_t class_id)
{
	const uint32_t place = place_of(&h->classes, class_id);

	if (place == h->class_count) {
		h->class_of = xgrow(h->class_of, place, &h->class_room,
				    sizeof(*h->class_of));
		h->class_of[place] = class_number(h, class_id);
		h->class_count++;
	}
	return h->class_of[place];
}

uint32_t
heap_ok(struct cell_heap *h)
{
	rpclog_class info;

	return rpclog_rules_find(h->in->rules, "ok", &info) ? info.id : 0;
}

uint64_t
heap_tag(struct cell_heap *h, int64_t log, int64_t line)
{
	struct report *r = h->in->report;
	const uint32_t place = place_of(&h->logs, log);

	if (place == r->path_count) {
		struct statement *st = db_prepare(
			h->in->db, "SELECT path FROM log WHERE id = ?");

		r->paths = xgrow((void *)r->paths, place, &h->path_room,
				 sizeof(*r->paths));
		bind_int(st, 1, log);
		r->paths[r->path_count++] =
			keep(h->in, statement_step(st)
					    ? column_text(st, 0)
					    : (rpclog_slice){ "", 0 })
				.ptr;
		statement_free(st);
	}
	return (uint64_t)place << TAG_LINE_BITS | (uint64_t)line;
}

/* ---- cells ------------------------------------------------------------------
 */

static void
sum_join(struct cell_sum *into, const struct cell_sum *more)
{
	into->requests += more->requests;
	if (more->first_us < into->first_us ||
	    (more->first_us == into->first_us &&
	     more->first_tag < into->first_tag)) {
		into->first_us = more->first_us;
		into->first_tag = more->first_tag;
	}
	if (more->last_us > into->last_us ||
	    (more->last_us == into->last_us &&
	     more->last_tag > into->last_tag)) {
		into->last_us = more->last_us;
		into->last_tag = more->last_tag;
	}
}

static uint32_t
add(struct cell_heap *h, enum table_number table, const struct cell *cell,
    const struct cell_sum *sum)
{
	const rpclog_slice key = { (const char *)cell, sizeof(*cell) };
	const uint32_t known = groups_count(h->keys[table]);
	const uint32_t place = tuples_add(h->keys[table], &key);

	if (place < known) {
		sum_join(&h->sums[table][place], sum);
		return place;
	}
	h->sums[table] = xgrow(h->sums[table], place, &h->sum_room[table],
			       sizeof(*h->sums[table]));
	h->sums[table][place] = *sum;
	return place;
}

void
heap_add(struct cell_heap *h, enum table_number table, const struct cell *cell,
	 const struct cell_sum *sum)
{
	add(h, table, cell, sum);
}

static struct cell_phases *
phases_of(struct cell_heap *h, uint32_t flow)
{
	while (h->phase_count <= flow) {
		h->phases = xgrow(h->phases, h->phase_count, &h->phase_room,
				  sizeof(*h->phases));
		memset(&h->phases[h->phase_count++], 0, sizeof(*h->phases));
	}
	return &h->phases[flow];
}

void
heap_flow(struct cell_heap *h, const struct cell *from,
	  const struct cell_sum *sum)
{
	struct cell cell = *from;

	cell.server = 0;
	phases_of(h, add(h, TABLE_FLOW, &cell, sum));
	cell = *from;
	cell.protocol = 0;
	add(h, TABLE_ROUTE, &cell, sum);
}

/* A flow that is there, or one of no requests. */
static struct cell_phases *
flow_phases(struct cell_heap *h, const struct cell *from)
{
	static const struct cell_sum none = { 0, INT64_MAX, INT64_MIN, 0, 0 };
	struct cell cell = *from;

	cell.server = 0;
	return phases_of(h, add(h, TABLE_FLOW, &cell, &none));
}

void
heap_ordinary(struct cell_heap *h, const struct cell *cell, uint64_t ordinary)
{
	flow_phases(h, cell)->ordinary += ordinary;
}

void
heap_slow(struct cell_heap *h, const struct cell *cell, size_t phase,
	  const struct cell_sum *sum)
{
	struct cell_phases *phases = flow_phases(h, cell);

	if (phase < PHASE_COUNT)
		phases->slow[phase] += sum->requests;
	else
		phases->any = *sum;
}

struct person {
	int64_t pulse, name;
};

void
heap_person(struct cell_heap *h, const struct cell *pulse, int64_t name)
{
	static const struct cell_sum none = { 0, INT64_MAX, INT64_MIN, 0, 0 };
	const struct person person = { add(h, TABLE_PULSE, pulse, &none),
				       name };
	const rpclog_slice key = { (const char *)&person, sizeof(person) };

	tuples_add(h->people, &key);
}

void
heap_used(struct cell_heap *h, const struct cell *cell,
	  const struct cell_sum *sum, int64_t key)
{
	const uint32_t known = groups_count(h->keys[TABLE_USE]);
	const uint32_t place = add(h, TABLE_USE, cell, sum);

	if (place < known || !key)
		return;
	h->used =
		xgrow(h->used, h->used_count, &h->used_room, sizeof(*h->used));
	h->used[h->used_count++] = (struct used){ place, key };
}

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
