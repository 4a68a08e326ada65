/* SPDX-License-Identifier: MIT */
/* Tables for findings, made cell by cell. */

#include "gathered_make.h"

#include "gather_settle.h"

struct maker {
	struct settler s;
	bool broken;
	uint8_t *traits; /* of targets, by name */
	size_t trait_room;
	struct cell_phases *phases; /* by cell of TABLE_FLOW */
	size_t phases_room;
	struct crowd *crowds; /* by cell of TABLE_PULSE */
	size_t crowds_room;
};

rpclog_status
maker_new(struct maker **out, const rpclog_rules *rules,
	  const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	struct maker *m = alloc_zero(&alloc, 1, sizeof(*m));
	uint32_t empty;

	*out = NULL;
	if (!m)
		return RPCLOG_ERR_NOMEM;
	m->s.alloc = alloc;
	m->s.rules = rules;
	dict_init(&m->s.names, &alloc);
	m->s.out = alloc_zero(&alloc, 1, sizeof(*m->s.out));
	m->broken = !m->s.out || !dict_add(&m->s.names, SLICE(""), &empty);
	if (m->s.out) {
		m->s.out->alloc = alloc;
		m->s.out->rules = rules;
		m->s.out->first_us = INT64_MAX;
		m->s.out->last_us = INT64_MIN;
	}
	*out = m;
	return RPCLOG_OK;
}

uint32_t
maker_name(struct maker *m, rpclog_slice text)
{
	uint32_t number = 0;

	m->broken = m->broken || !dict_add(&m->s.names, text, &number);
	return number;
}

void
maker_legacy(struct maker *m, uint32_t target)
{
	size_t known = m->trait_room;

	if (m->broken || !alloc_grow(&m->s.alloc, &m->traits, &m->trait_room,
				     (size_t)target + 1, sizeof(*m->traits))) {
		m->broken = true;
		return;
	}
	if (m->trait_room > known)
		memset(m->traits + known, 0, m->trait_room - known);
	m->traits[target] |= TARGET_LEGACY;
}

static void
count_all(struct gathered *out, const struct cell *cell)
{
	out->requests += cell->requests;
	if (cell->first_us < out->first_us)
		out->first_us = cell->first_us;
	if (cell->last_us > out->last_us)
		out->last_us = cell->last_us;
}

void
maker_add(struct maker *m, enum table_number table, const struct cell *from)
{
	static const struct crowd nobody;
	struct cell *cell;
	size_t place;

	if (m->broken || !settled_cell(&m->s, table, &cell)) {
		m->broken = true;
		return;
	}
	*cell = *from;
	settled_class(&m->s, cell, from->class_id);
	place = m->s.out->table[table].count - 1;
	if (table == TABLE_FLOW)
		count_all(m->s.out, cell);
	if (table != TABLE_PULSE)
		return;
	if (!alloc_grow(&m->s.alloc, &m->crowds, &m->crowds_room, place + 1,
			sizeof(*m->crowds)))
		m->broken = true;
	else
		m->crowds[place] = nobody;
}

void
maker_flow(struct maker *m, const struct cell *cell,
	   const struct cell_phases *phases)
{
	size_t place;

	maker_add(m, TABLE_FLOW, cell);
	if (m->broken)
		return;
	place = m->s.out->table[TABLE_FLOW].count - 1;
	if (!alloc_grow(&m->s.alloc, &m->phases, &m->phases_room, place + 1,
			sizeof(*m->phases)))
		m->broken = true;
	else
		m->phases[place] = *phases;
}

void
maker_person(struct maker *m, rpclog_slice user)
{
	if (!m->broken)
		crowd_set(&m->crowds[m->s.out->table[TABLE_PULSE].count - 1],
			  crowd_place(user));
}

/* Arrays do not move any more: cells point into them. */
static void
point(struct maker *m)
{
	struct cells *flows = &m->s.out->table[TABLE_FLOW];
	struct cells *pulses = &m->s.out->table[TABLE_PULSE];

	for (size_t i = 0; i < flows->count; i++)
		flows->cells[i].phases = &m->phases[i];
	for (size_t i = 0; i < pulses->count; i++)
		pulses->cells[i].crowd = &m->crowds[i];
	m->s.out->phases = m->phases;
	m->s.out->crowds = m->crowds;
	m->phases = NULL;
	m->crowds = NULL;
}

static bool
settle(struct maker *m)
{
	/* Also of what is empty: then none has to be asked for. */
	for (size_t table = 0; table < TABLE_COUNT; table++) {
		struct cells *cells = &m->s.out->table[table];

		if (!alloc_grow(&m->s.alloc, &cells->cells, &cells->room, 1,
				sizeof(*cells->cells)))
			return false;
	}
	m->s.traits = m->traits;
	m->s.trait_room = m->trait_room;
	point(m);
	if (!rank_names(&m->s))
		return false;
	for (size_t table = 0; table < TABLE_COUNT; table++)
		order_cells(&m->s, &m->s.out->table[table]);
	return true;
}

rpclog_status
maker_end(struct maker *m, struct gathered **out)
{
	struct alloc alloc = m->s.alloc;
	bool ok = !m->broken && settle(m);
	struct gathered *made = m->s.out;

	*out = NULL;
	if (made)
		made->texts = m->s.names;
	else
		dict_free(&m->s.names);
	alloc_free(&alloc, m->s.rank);
	alloc_free(&alloc, m->traits);
	alloc_free(&alloc, m->phases);
	alloc_free(&alloc, m->crowds);
	alloc_free(&alloc, m);
	if (!ok) {
		gathered_free(made);
		return RPCLOG_ERR_NOMEM;
	}
	*out = made;
	return RPCLOG_OK;
}
