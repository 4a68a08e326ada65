/* SPDX-License-Identifier: MIT */
/* A worker's cells, closed and merged. */

#include "gather_inside.h"

rpclog_status
gather_close(struct gather *g)
{
	g->closed = true;
	g->broken = g->broken || !gather_flush(g) || !uses_close(g);
	return g->broken ? RPCLOG_ERR_NOMEM : RPCLOG_OK;
}

/* ---- merging --------------------------------------------------------------
 */

/* Numbers of one gather as those of another. */
struct translation {
	struct gather *into;
	const struct gather *from;
	uint32_t *names, *users, *keys;
};

/* Those of 'from' in 'to', which gets what it lacks; NULL: no memory. */
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

/* The same in a tracker that took the other's numbers over already. */
static uint32_t *
look_up(const struct gather *into, const struct dict *from,
	const struct dict *in)
{
	uint32_t *numbers =
		alloc_get(&into->alloc, from->count, sizeof(*numbers));

	for (uint32_t id = 0; numbers && id < from->count; id++)
		numbers[id] = dict_find(in, dict_at(from, id));
	return numbers;
}

static void
translate_key(struct cell_key *key, const struct translation *x)
{
	uint32_t *named[] = {
		&key->server,	&key->target,  &key->protocol, &key->client,
		&key->software, &key->windows, &key->host,
	};

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		*named[i] = x->names[*named[i]];
	if (key->user != NOBODY)
		key->user = x->users[key->user];
	if (key->key != NOBODY)
		key->key = x->keys[key->key];
}

void
phases_join(struct cell_phases *into, const struct cell_sum *more)
{
	if (into->any.requests == 0)
		into->any = *more;
	else if (more->requests > 0)
		sum_join(&into->any, more);
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
merge_table(const struct translation *x, size_t table)
{
	struct gather *into = x->into;
	const struct gather *from = x->from;
	const struct sums *sums = &from->sums[table];

	for (uint32_t id = 0; id < sums->keys.count; id++) {
		struct cell_key key;
		uint32_t mine;

		memcpy(&key, dict_at(&sums->keys, id).ptr, sizeof(key));
		translate_key(&key, x);
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
merge_traits(const struct translation *x)
{
	const struct gather *from = x->from;

	for (uint32_t id = 0; id < from->names.count; id++) {
		if (id < from->trait_room && from->traits[id] &&
		    !gather_trait(x->into, x->names[id], from->traits[id]))
			return false;
	}
	return true;
}

static bool
merge_refusals(const struct translation *x)
{
	const struct gather *from = x->from;

	refusals_thin(x->into, from->refusal_level);
	for (size_t i = 0; i < from->refusal_count; i++) {
		struct refusal r = from->refusals[i];

		r.server = x->names[r.server];
		r.key = x->keys[r.key];
		if (r.user != NOBODY)
			r.user = x->users[r.user];
		if (!refusals_add(x->into, &r))
			return false;
	}
	return true;
}

static bool
merge_uses(const struct translation *x)
{
	const struct uses *uses = &x->from->uses;

	for (size_t i = 0; i < uses->room; i++) {
		struct use use = uses->slots[i];

		if (use.requests == 0)
			continue;
		use.target = x->names[use.target];
		use.protocol = x->names[use.protocol];
		use.software = x->names[use.software];
		use.windows = x->names[use.windows];
		use.key = x->keys[use.key];
		if (use.user != NOBODY)
			use.user = x->users[use.user];
		if (!uses_merge(x->into, &use))
			return false;
	}
	return true;
}

static bool
merge(struct translation *x)
{
	struct gather *into = x->into;
	const struct rpclog_tracker *t = into->tracker, *u = x->from->tracker;

	x->names = translate(into, &x->from->names, &into->names);
	x->users = look_up(into, &u->users, &t->users);
	x->keys = look_up(into, &u->keys, &t->keys);
	if (!x->names || !x->users || !x->keys || !merge_traits(x) ||
	    !merge_refusals(x) || !merge_uses(x))
		return false;
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		if (!merge_table(x, i))
			return false;
	}
	return true;
}

rpclog_status
gather_merge(struct gather *into, struct gather *from)
{
	struct translation x = { .into = into, .from = from };
	bool ok;

	if (!into->closed || !from->closed || into == from)
		return RPCLOG_ERR_USAGE;
	ok = !into->broken && !from->broken && merge(&x);
	alloc_free(&into->alloc, x.names);
	alloc_free(&into->alloc, x.users);
	alloc_free(&into->alloc, x.keys);
	into->requests += from->requests;
	if (from->first_us < into->first_us)
		into->first_us = from->first_us;
	if (from->last_us > into->last_us)
		into->last_us = from->last_us;
	into->broken = !ok;
	return ok ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}
