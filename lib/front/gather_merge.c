/* SPDX-License-Identifier: MIT */
/* A worker's cells, made independent of its tracker, and merged. */

#include "gather_inside.h"

/* ---- closing: numbers of the tracker become texts of our own --------------
 */

static bool
who_of(struct gather *g, struct buf *room, char kind, rpclog_slice text,
       uint32_t *who)
{
	room->len = 0;
	return buf_append(room, &g->alloc, &kind, 1) == RPCLOG_OK &&
	       buf_append(room, &g->alloc, text.ptr, text.len) == RPCLOG_OK &&
	       dict_add(&g->whos, buf_slice(room), who);
}

static bool
close_cells(struct gather *g, struct buf *room, const struct sums *sums,
	    struct sums *closed)
{
	const struct rpclog_tracker *t = g->tracker;

	for (uint32_t id = 0; id < sums->keys.count; id++) {
		struct cell_key key;
		uint32_t mine;

		memcpy(&key, dict_at(&sums->keys, id).ptr, sizeof(key));
		if (key.user != NOBODY &&
		    !who_of(g, room, 'u', dict_at(&t->users, key.user),
			    &key.user))
			return false;
		if (key.key != NOBODY &&
		    !who_of(g, room, 'k', dict_at(&t->keys, key.key), &key.key))
			return false;
		if (!sums_add(closed, &g->alloc, &key, &sums->sum[id], &mine))
			return false;
	}
	return true;
}

static bool
close_table(struct gather *g, struct buf *room, struct sums *sums)
{
	struct sums closed;
	bool ok;

	memset(&closed, 0, sizeof(closed));
	dict_init(&closed.keys, &g->alloc);
	ok = close_cells(g, room, sums, &closed);
	dict_free(&sums->keys);
	alloc_free(&g->alloc, sums->sum);
	*sums = closed;
	return ok;
}

static bool
close_refusals(struct gather *g, struct buf *room)
{
	const struct rpclog_tracker *t = g->tracker;

	for (size_t i = 0; i < g->refusal_count; i++) {
		struct refusal *r = &g->refusals[i];

		if ((r->user != NOBODY &&
		     !who_of(g, room, 'u', dict_at(&t->users, r->user),
			     &r->user)) ||
		    !who_of(g, room, 'k', dict_at(&t->keys, r->key), &r->key))
			return false;
	}
	return true;
}

rpclog_status
gather_close(struct gather *g)
{
	struct buf room;
	bool ok = !g->broken;

	if (!g->tracker)
		return RPCLOG_OK;
	buf_init(&room, SIZE_MAX / 2);
	ok = ok && gather_flush(g) && uses_close(g) &&
	     close_table(g, &room, &g->sums[TABLE_USE]) &&
	     close_table(g, &room, &g->sums[TABLE_SHORT]) &&
	     close_refusals(g, &room);
	buf_free(&room, &g->alloc);
	g->tracker = NULL;
	g->broken = !ok;
	return ok ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

/* ---- merging --------------------------------------------------------------
 */

static uint32_t *
translate(struct gather *into, const struct dict *from, struct dict *to)
{
	uint32_t *numbers =
		alloc_get(&into->alloc, from->count, sizeof(*numbers));

	for (uint32_t id = 0; numbers && id < from->count; id++) {
		if (!dict_add(to, dict_at(from, id), &numbers[id])) {
			alloc_free(&into->alloc, numbers);
			return NULL;
		}
	}
	return numbers;
}

static void
translate_key(struct cell_key *key, const uint32_t *names, const uint32_t *whos)
{
	uint32_t *named[] = {
		&key->server,	&key->target,  &key->protocol, &key->client,
		&key->software, &key->windows, &key->host,
	};

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		*named[i] = names[*named[i]];
	if (key->user != NOBODY)
		key->user = whos[key->user];
	if (key->key != NOBODY)
		key->key = whos[key->key];
}

bool
phases_add(struct gather *into, uint32_t flow, const struct cell_phases *more)
{
	size_t known = into->phases_room;

	if (!alloc_grow(&into->alloc, &into->phases, &into->phases_room,
			(size_t)flow + 1, sizeof(*into->phases)))
		return false;
	if (into->phases_room > known)
		memset(into->phases + known, 0,
		       (into->phases_room - known) * sizeof(*into->phases));
	into->phases[flow].ordinary += more->ordinary;
	for (size_t i = 0; i < PHASE_COUNT; i++)
		into->phases[flow].slow[i] += more->slow[i];
	phases_join(&into->phases[flow], &more->any);
	return true;
}

struct crowd *
gather_crowd(struct gather *g, uint32_t pulse)
{
	size_t known = g->crowds_room;

	if (!alloc_grow(&g->alloc, &g->crowds, &g->crowds_room,
			(size_t)pulse + 1, sizeof(*g->crowds)))
		return NULL;
	if (g->crowds_room > known)
		memset(g->crowds + known, 0,
		       (g->crowds_room - known) * sizeof(*g->crowds));
	return &g->crowds[pulse];
}

static bool
merge_crowds(struct gather *into, uint32_t pulse, const struct crowd *more)
{
	struct crowd *crowd = gather_crowd(into, pulse);

	if (!crowd)
		return false;
	crowd_join(crowd, more);
	return true;
}

static bool
merge_table(struct gather *into, const struct gather *from, size_t table,
	    const uint32_t *names, const uint32_t *whos)
{
	const struct sums *sums = &from->sums[table];

	for (uint32_t id = 0; id < sums->keys.count; id++) {
		struct cell_key key;
		uint32_t mine;

		memcpy(&key, dict_at(&sums->keys, id).ptr, sizeof(key));
		translate_key(&key, names, whos);
		if (!sums_add(&into->sums[table], &into->alloc, &key,
			      &sums->sum[id], &mine))
			return false;
		if (table == TABLE_FLOW &&
		    !phases_add(into, mine, &from->phases[id]))
			return false;
		if (table == TABLE_PULSE &&
		    !merge_crowds(into, mine, &from->crowds[id]))
			return false;
	}
	return true;
}

static bool
merge_traits(struct gather *into, const struct gather *from,
	     const uint32_t *names)
{
	for (uint32_t id = 0; id < from->names.count; id++) {
		if (id < from->trait_room && from->traits[id] &&
		    !gather_trait(into, names[id], from->traits[id]))
			return false;
	}
	return true;
}

static bool
merge_refusals(struct gather *into, const struct gather *from,
	       const uint32_t *names, const uint32_t *whos)
{
	refusals_thin(into, from->refusal_level);
	for (size_t i = 0; i < from->refusal_count; i++) {
		struct refusal r = from->refusals[i];

		r.server = names[r.server];
		r.key = whos[r.key];
		if (r.user != NOBODY)
			r.user = whos[r.user];
		if (!refusals_add(into, &r))
			return false;
	}
	return true;
}

rpclog_status
gather_merge(struct gather *into, struct gather *from)
{
	if (into->tracker || from->tracker || into == from)
		return RPCLOG_ERR_USAGE;

	uint32_t *names = translate(into, &from->names, &into->names);
	uint32_t *whos = translate(into, &from->whos, &into->whos);
	bool ok = !into->broken && !from->broken && names && whos &&
		  merge_traits(into, from, names) &&
		  merge_refusals(into, from, names, whos);

	for (size_t i = 0; ok && i < TABLE_COUNT; i++)
		ok = merge_table(into, from, i, names, whos);
	alloc_free(&into->alloc, names);
	alloc_free(&into->alloc, whos);
	into->requests += from->requests;
	if (from->first_us < into->first_us)
		into->first_us = from->first_us;
	if (from->last_us > into->last_us)
		into->last_us = from->last_us;
	into->broken = !ok;
	return ok ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}
