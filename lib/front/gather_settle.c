/* SPDX-License-Identifier: MIT */
/* Cells with names, actors and classes, once all are known. */

#include "gather_settle.h"

#include <stdlib.h>

#include "../sort.h"

bool
settled_cell(struct settler *s, enum table_number table, struct cell **cell)
{
	struct cells *cells = &s->out->table[table];

	if (!alloc_grow(&s->alloc, &cells->cells, &cells->room,
			cells->count + 1, sizeof(*cells->cells)))
		return false;
	*cell = &cells->cells[cells->count++];
	memset(*cell, 0, sizeof(**cell));
	return true;
}

static bool
name_of(struct settler *s, rpclog_slice text, uint32_t *number)
{
	return dict_add(&s->names, text, number);
}

void
settled_class(const struct settler *s, struct cell *cell, uint32_t class_id)
{
	rpclog_class info;

	cell->class_id = class_id;
	if (rpclog_rules_by_id(s->rules, class_id, &info))
		cell->popup = info.popup;
}

/* ---- the tracker's tallies ------------------------------------------------
 */

static bool
take_fails(struct settler *s)
{
	rpclog_tally tally;

	while (rpclog_tracker_next_tally(s->t, &tally) == RPCLOG_OK) {
		struct cell *cell;

		if (has_verdicts(s) && is_leg_refusal(tally.class_id))
			continue;
		if (!settled_cell(s, TABLE_FAIL, &cell) ||
		    !name_of(s, tally.actor, &cell->actor) ||
		    !name_of(s, tally.client, &cell->client) ||
		    !name_of(s, tally.target, &cell->target) ||
		    !name_of(s, tally.server, &cell->server) ||
		    !name_of(s, tally.protocol, &cell->protocol))
			return false;
		settled_class(s, cell, tally.class_id);
		cell->at_us = tally.quarter_us;
		cell->requests = tally.requests;
		cell->first_us = tally.first_us;
		cell->last_us = tally.last_us;
		cell->first_tag = tally.first_tag;
		cell->last_tag = tally.last_tag;
	}
	return true;
}

/* ---- people ---------------------------------------------------------------
 */

/* Mailbox and client of a session, asked once. */
static bool
session_of(struct settler *s, uint32_t key, struct session *session)
{
	struct key_parts parts = key_parts(dict_at(&s->t->keys, key));

	*session = s->sessions[key];
	if (session->known)
		return true;
	session->known = true;
	if (!name_of(s, parts.mailbox, &session->mailbox) ||
	    !name_of(s, parts.client, &session->client))
		return false;
	s->sessions[key] = *session;
	return true;
}

bool
settled_actor(struct settler *s, struct actor_ref ref, struct cell *cell)
{
	struct session session;
	uint32_t actor;

	if (ref.key != NOBODY) {
		if (!session_of(s, ref.key, &session))
			return false;
		cell->mailbox = session.mailbox;
		cell->client = session.client;
	}
	actor = actor_of(s->t, ref);
	if (s->actors[actor] == 0 &&
	    !name_of(s, dict_at(&s->t->actors, actor), &s->actors[actor]))
		return false;
	cell->actor = s->actors[actor];
	return true;
}

/* The chooser's word on what it could not decide by the row alone. */
bool
settled_chosen(const struct settler *s, const struct cell *cell)
{
	rpclog_settled settled;
	rpclog_class info;

	memset(&settled, 0, sizeof(settled));
	settled.class_id = cell->class_id;
	settled.popup = cell->popup;
	settled.actor = dict_at(&s->names, cell->actor);
	if (rpclog_rules_by_id(s->rules, cell->class_id, &info)) {
		settled.severity = info.severity;
		settled.class_name = info.name;
	}
	return s->g->chooser.settled(s->g->chooser.ctx, &settled) != 0;
}

static bool
take_cell(struct settler *s, enum table_number table, uint32_t id)
{
	const struct gather *g = s->g;
	const struct cell_sum *sum = &g->sums[table].sum[id];
	struct cell_key key;
	struct cell *cell;

	memcpy(&key, dict_at(&g->sums[table].keys, id).ptr, sizeof(key));
	if (!settled_cell(s, table, &cell))
		return false;
	settled_class(s, cell, key.class_id);
	cell->at_us = key.at * (table == TABLE_FLOW || table == TABLE_ROUTE
					? US_PER_QUARTER
					: US_PER_HOUR);
	cell->server = key.server;
	cell->target = key.target;
	cell->protocol = key.protocol;
	cell->client = key.client;
	cell->software = key.software;
	cell->windows = key.windows;
	cell->host = key.host;
	cell->half = key.half;
	cell->kind = key.kind;
	cell->requests = sum->requests;
	cell->first_us = sum->first_us;
	cell->last_us = sum->last_us;
	cell->first_tag = sum->first_tag;
	cell->last_tag = sum->last_tag;
	if (table == TABLE_FLOW)
		cell->phases = &s->out->phases[id];
	if (table == TABLE_PULSE)
		cell->crowd = &s->out->crowds[id];
	if ((key.user != NOBODY || key.key != NOBODY) &&
	    !settled_actor(s, (struct actor_ref){ key.user, key.key }, cell))
		return false;
	/* Channels of a user and a PC belong together, whatever they opened. */
	if (table == TABLE_SHORT || table == TABLE_END)
		cell->mailbox = 0;
	if (table == TABLE_END)
		cell->client = 0;
	if (key.later && !settled_chosen(s, cell))
		s->out->table[table].count--;
	return true;
}

static bool
take_cells(struct settler *s)
{
	for (size_t table = 0; table < TABLE_COUNT; table++) {
		for (uint32_t id = 0; id < s->g->sums[table].keys.count; id++) {
			if (!take_cell(s, (enum table_number)table, id))
				return false;
		}
		/* Never is all of it there twice. */
		sums_free(&s->g->sums[table], &s->alloc);
	}
	return true;
}

/* ---- order ----------------------------------------------------------------
 */

static int
name_order(const void *a, const void *b, const void *ctx)
{
	const struct settler *s = ctx;

	return slice_cmp(dict_at(&s->names, *(const uint32_t *)a),
			 dict_at(&s->names, *(const uint32_t *)b));
}

/* Names by their bytes, so that numbers order as names do. */
static bool
rank_names(struct settler *s)
{
	uint32_t count = s->names.count;
	uint32_t *order = alloc_get(&s->alloc, count, sizeof(*order));
	bool ok;

	s->rank = alloc_get(&s->alloc, count, sizeof(*s->rank));
	s->out->names = alloc_get(&s->alloc, count, sizeof(*s->out->names));
	ok = order && s->rank && s->out->names;
	for (uint32_t i = 0; ok && i < count; i++)
		order[i] = i;
	ok = ok &&
	     sort_by(order, count, sizeof(*order), name_order, s, &s->alloc);
	for (uint32_t i = 0; ok && i < count; i++) {
		s->rank[order[i]] = i;
		s->out->names[i] = dict_at(&s->names, order[i]);
	}
	s->out->name_count = count;
	alloc_free(&s->alloc, order);
	return ok;
}

static bool
is_legacy(const struct settler *s, uint32_t target)
{
	return target != 0 && target < s->g->trait_room &&
	       s->g->traits[target] & TARGET_LEGACY;
}

#define BY(member)                                                             \
	do {                                                                   \
		if (x->member != y->member)                                    \
			return x->member < y->member ? -1 : 1;                 \
	} while (0)

static int
cell_order(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	BY(at_us);
	BY(actor);
	BY(mailbox);
	BY(client);
	BY(server);
	BY(target);
	BY(protocol);
	BY(software);
	BY(windows);
	BY(host);
	BY(class_id);
	BY(half);
	BY(kind);
	return 0;
}

#undef BY

/* Cells that got the same actor by now are one. */
static void
join_cells(struct cells *cells)
{
	size_t kept = 0;

	for (size_t i = 1; i < cells->count; i++) {
		struct cell *into = &cells->cells[kept];
		const struct cell *from = &cells->cells[i];
		struct cell_sum sum = { into->requests, into->first_us,
					into->last_us, into->first_tag,
					into->last_tag };
		struct cell_sum more = { from->requests, from->first_us,
					 from->last_us, from->first_tag,
					 from->last_tag };

		if (cell_order(into, from) != 0) {
			cells->cells[++kept] = *from;
			continue;
		}
		sum_join(&sum, &more);
		into->requests = sum.requests;
		into->first_us = sum.first_us;
		into->last_us = sum.last_us;
		into->first_tag = sum.first_tag;
		into->last_tag = sum.last_tag;
	}
	if (cells->count > 0)
		cells->count = kept + 1;
}

static void
order_cells(struct settler *s, struct cells *cells)
{
	for (size_t i = 0; i < cells->count; i++) {
		struct cell *c = &cells->cells[i];
		uint32_t *named[] = {
			&c->server, &c->target,	  &c->protocol,
			&c->actor,  &c->client,	  &c->mailbox,
			&c->host,   &c->software, &c->windows,
		};

		c->legacy = is_legacy(s, c->target);
		for (size_t k = 0; k < ARRAY_LEN(named); k++)
			*named[k] = s->rank[*named[k]];
	}
	if (cells->count > 0)
		qsort(cells->cells, cells->count, sizeof(*cells->cells),
		      cell_order);
	join_cells(cells);
}

/* ---- all of it ------------------------------------------------------------
 */

static bool
settle(struct settler *s)
{
	/* Numbers of names that cells have already stay what they are. */
	s->names = s->g->names;
	dict_init(&s->g->names, &s->alloc);
	for (size_t table = 0; table < TABLE_COUNT; table++) {
		struct cells *cells = &s->out->table[table];

		/* Also of what is empty: then none has to be asked for. */
		if (!alloc_grow(&s->alloc, &cells->cells, &cells->room, 1,
				sizeof(*cells->cells)))
			return false;
	}
	if (!take_cells(s) || !take_fails(s) || !take_verdicts(s) ||
	    !rank_names(s))
		return false;
	for (size_t table = 0; table < TABLE_COUNT; table++)
		order_cells(s, &s->out->table[table]);
	return true;
}

rpclog_status
gather_settle(struct gathered **out, struct gather *gather,
	      rpclog_tracker *tracker, const rpclog_rules *rules,
	      const struct joins *joins)
{
	struct settler s;
	bool ok;

	*out = NULL;
	if (!gather->closed || gather->tracker != tracker || !tracker->finished)
		return RPCLOG_ERR_USAGE;
	if (gather->broken || tracker->broken)
		return RPCLOG_ERR_NOMEM;
	memset(&s, 0, sizeof(s));
	s.g = gather;
	s.t = tracker;
	s.rules = rules;
	s.joins = joins;
	s.alloc = gather->alloc;
	s.out = alloc_zero(&s.alloc, 1, sizeof(*s.out));
	if (!s.out)
		return RPCLOG_ERR_NOMEM;
	s.out->alloc = s.alloc;
	s.out->rules = rules;
	s.out->first_us = gather->first_us;
	s.out->last_us = gather->last_us;
	s.out->requests = gather->requests;
	s.out->phases = gather->phases;
	gather->phases = NULL;
	gather->phases_room = 0;
	s.out->crowds = gather->crowds;
	gather->crowds = NULL;
	gather->crowds_room = 0;
	s.sessions =
		alloc_zero(&s.alloc, tracker->keys.count, sizeof(*s.sessions));
	s.actors =
		alloc_zero(&s.alloc, tracker->actors.count, sizeof(*s.actors));
	ok = s.sessions && s.actors && settle(&s);
	s.out->texts = s.names;
	alloc_free(&s.alloc, s.rank);
	alloc_free(&s.alloc, s.sessions);
	alloc_free(&s.alloc, s.actors);
	if (!ok) {
		gathered_free(s.out);
		return RPCLOG_ERR_NOMEM;
	}
	*out = s.out;
	return RPCLOG_OK;
}

void
gathered_free(struct gathered *gathered)
{
	if (!gathered)
		return;

	struct alloc alloc = gathered->alloc;

	for (size_t table = 0; table < TABLE_COUNT; table++)
		alloc_free(&alloc, gathered->table[table].cells);
	alloc_free(&alloc, gathered->crowds);
	alloc_free(&alloc, gathered->phases);
	alloc_free(&alloc, gathered->names);
	dict_free(&gathered->texts);
	alloc_free(&alloc, gathered);
}
