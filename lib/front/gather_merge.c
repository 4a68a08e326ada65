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

rpclog_status
gather_close(struct gather *g)
{
	struct buf room;
	bool ok = !g->broken;

	if (!g->tracker)
		return RPCLOG_OK;
	buf_init(&room, SIZE_MAX / 2);
	ok = ok && close_table(g, &room, &g->sums[TABLE_USE]) &&
	     close_table(g, &room, &g->sums[TABLE_SHORT]);
	buf_free(&room, &g->alloc);
	alloc_free(&g->alloc, g->uses);
	g->uses = NULL;
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

static bool
merge_phases(struct gather *into, uint32_t flow, const struct cell_phases *more)
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
		    !merge_phases(into, mine, &from->phases[id]))
			return false;
	}
	return true;
}

static bool
merge_legacy(struct gather *into, const struct gather *from,
	     const uint32_t *names)
{
	for (uint32_t id = 0; id < from->names.count; id++) {
		size_t known = into->legacy_room;

		if (id >= from->legacy_room || !from->legacy[id])
			continue;
		if (!alloc_grow(&into->alloc, &into->legacy, &into->legacy_room,
				(size_t)names[id] + 1, sizeof(*into->legacy)))
			return false;
		if (into->legacy_room > known)
			memset(into->legacy + known, 0,
			       into->legacy_room - known);
		into->legacy[names[id]] = true;
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
		  merge_legacy(into, from, names);

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
