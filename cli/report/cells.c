/* SPDX-License-Identifier: MIT */
/* Cells of all tables, added up by what they tell apart. */

#include "cells_inside.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose.h"

/* Of rows at one moment the first is that of the least path. */
static void
order_logs(struct cell_heap *h)
{
	const struct report_sums *now = &h->in->report->sums[SPAN_NOW];
	struct statement *st = db_prepare(
		h->in->db,
		"SELECT id FROM log WHERE id IN ("
		"SELECT log FROM event WHERE start_us >= ?1 AND start_us < ?2 "
		"UNION SELECT log FROM odd "
		"WHERE start_us >= ?1 AND start_us < ?2) "
		"ORDER BY path, identity");

	bind_int(st, 1, now->since_us);
	bind_int(st, 2, now->until_us);
	while (statement_step(st))
		heap_tag(h, column_int(st, 0), 0);
	statement_free(st);
}

static uint32_t
built_in(const struct report_inside *in, const char *name)
{
	rpclog_class info;

	return rpclog_rules_find(in->rules, name, &info) ? info.id : 0;
}

struct cell_heap *
heap_new(struct report_inside *in)
{
	struct cell_heap *h = xcalloc(1, sizeof(*h));

	h->in = in;
	h->ok = built_in(in, "ok");
	h->leg = built_in(in, "fe_auth_leg");
	if (maker_new(&h->maker, in->rules, NULL) != RPCLOG_OK)
		xno_memory();
	for (size_t i = 0; i < TABLE_COUNT; i++)
		h->keys[i] = tuples_new(1);
	h->people = tuples_new(1);
	order_logs(h);
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

/*
 * By its name: numbers of users' own classes may differ.  One that the rules of
 * now don't have is none of theirs, whatever its number.
 */
static uint32_t
class_number(struct cell_heap *h, int64_t class_id)
{
	struct statement *st =
		db_prepare(h->in->db, "SELECT name FROM class WHERE id = ?");
	uint32_t number = UINT32_MAX - (uint32_t)h->class_count;
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
	return h->ok;
}

uint32_t
heap_leg(struct cell_heap *h)
{
	return h->leg;
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
