/* SPDX-License-Identifier: MIT */
/* Cells with names, actors and classes, once all are known. */

#include "gather_settle.h"

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
take_cell(struct settler *s, enum table_number table,
	  const struct cell_key *from, const struct cell_sum *sum, uint32_t id)
{
	const struct cell_key key = *from;
	struct cell *cell;

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

/* Those of TABLE_USE lie apart while they are gathered. */
static bool
take_uses(struct settler *s)
{
	const struct uses *uses = &s->g->uses;
	struct cells *cells = &s->out->table[TABLE_USE];

	if (!alloc_grow(&s->alloc, &cells->cells, &cells->room, uses->count + 1,
			sizeof(*cells->cells)))
		return false;
	for (size_t i = 0; i < uses->room; i++) {
		struct cell_key key;
		struct cell_sum sum;

		if (uses->slots[i].requests == 0)
			continue;
		use_cell(&uses->slots[i], &key, &sum);
		if (!take_cell(s, TABLE_USE, &key, &sum, 0))
			return false;
	}
	uses_free(&s->g->uses, &s->alloc);
	return true;
}

static bool
take_cells(struct settler *s)
{
	for (size_t table = 0; table < TABLE_COUNT; table++) {
		struct sums *sums = &s->g->sums[table];

		for (uint32_t id = 0; id < sums->keys.count; id++) {
			struct cell_key key;

			memcpy(&key, dict_at(&sums->keys, id).ptr, sizeof(key));
			if (!take_cell(s, (enum table_number)table, &key,
				       &sums->sum[id], id))
				return false;
		}
		/* Never is all of it there twice. */
		sums_free(sums, &s->alloc);
	}
	return take_uses(s);
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
	s.traits = gather->traits;
	s.trait_room = gather->trait_room;
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
