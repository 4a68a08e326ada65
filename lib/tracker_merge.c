/* SPDX-License-Identifier: MIT */
/* One tracker into another: numbers are translated, facts are joined. */

#include "tracker.h"

struct translation {
	struct rpclog_tracker *into;
	struct rpclog_tracker *from;
	uint32_t *names, *users,
		*keys; /* numbers in 'from' to those in 'into' */
};

static uint32_t
translated(const uint32_t *numbers, uint32_t id)
{
	return id == NOBODY || id == SEVERAL ? id : numbers[id];
}

static uint32_t *
translate_dict(struct translation *x, const struct dict *from,
	       struct dict *into)
{
	uint32_t *numbers =
		alloc_get(&x->into->alloc, from->count, sizeof(*numbers));

	for (uint32_t id = 0; numbers && id < from->count; id++) {
		if (!dict_add(into, dict_at(from, id), &numbers[id])) {
			alloc_free(&x->into->alloc, numbers);
			return NULL;
		}
	}
	return numbers;
}

static bool
merge_servers(struct translation *x)
{
	struct rpclog_tracker *t = x->into;

	for (uint32_t id = 0; id < x->from->servers.count; id++) {
		uint32_t known = t->servers.count;
		uint32_t mine;

		if (!dict_add(&t->servers, dict_at(&x->from->servers, id),
			      &mine) ||
		    !alloc_grow(&t->alloc, &t->newest_us, &t->newest_room,
				(size_t)mine + 1, sizeof(*t->newest_us)))
			return false;
		if (mine == known ||
		    x->from->newest_us[id] > t->newest_us[mine])
			t->newest_us[mine] = x->from->newest_us[id];
	}
	return true;
}

static bool
merge_spellings(struct translation *x)
{
	const struct rpclog_tracker *from = x->from;

	for (uint32_t id = 0; id < from->spellings.count; id++) {
		uint32_t mine;

		if (!spelling_add(x->into, dict_at(&from->spellings, id),
				  &mine))
			return false;
		spelling_shown(x->into, mine, &from->spelling[id].first);
	}
	return true;
}

static bool
merge_keys(struct translation *x)
{
	struct rpclog_tracker *t = x->into;
	const struct rpclog_tracker *from = x->from;

	x->keys = alloc_get(&t->alloc, from->keys.count, sizeof(*x->keys));
	if (!x->keys)
		return false;
	for (uint32_t id = 0; id < from->keys.count; id++) {
		const struct key *key = &from->key[id];
		uint32_t *mine = &x->keys[id];

		if (!key_add(t, dict_at(&from->keys, id), mine))
			return false;
		t->key[*mine].owner = owner_join(
			t->key[*mine].owner, translated(x->users, key->owner));
	}
	return success_take(t, x->from, x->keys);
}

static struct place
translated_place(const struct translation *x, const struct place *place)
{
	struct place mine = {
		.class_id = place->class_id,
		.target = x->names[place->target],
		.server = x->names[place->server],
		.protocol = x->names[place->protocol],
	};

	return mine;
}

static struct actor_ref
translated_actor(const struct translation *x, struct actor_ref ref)
{
	struct actor_ref mine = {
		.user = translated(x->users, ref.user),
		.key = translated(x->keys, ref.key),
	};

	return mine;
}

static bool
merge_legs(struct translation *x)
{
	for (size_t i = 0; i < x->from->leg_count; i++) {
		struct leg leg = x->from->leg[i];

		leg.key = x->keys[leg.key];
		leg.user = translated(x->users, leg.user);
		leg.place = translated_place(x, &leg.place);
		if (!leg_add(x->into, &leg))
			return false;
	}
	return true;
}

static bool
merge_runs(struct translation *x)
{
	const struct rpclog_tracker *from = x->from;

	for (size_t i = 0; i < from->run_count; i++) {
		struct run run = from->run[i];
		struct group_key group;

		memcpy(&group, dict_at(&from->groups, run.group).ptr,
		       sizeof(group));
		group.actor = translated_actor(x, group.actor);
		group.client = x->names[group.client];
		run.place = translated_place(x, &run.place);
		if (!group_add(x->into, &group, &run.group) ||
		    !run_add(x->into, &run))
			return false;
	}
	return true;
}

static bool
merge_tallies(struct translation *x)
{
	const struct rpclog_tracker *from = x->from;

	for (uint32_t id = 0; id < from->tallies.count; id++) {
		struct tally_key key;

		memcpy(&key, dict_at(&from->tallies, id).ptr, sizeof(key));
		key.actor = translated_actor(x, key.actor);
		key.client = x->names[key.client];
		key.place = translated_place(x, &key.place);
		if (!tally_add(x->into, &key, &from->tally[id]))
			return false;
	}
	return true;
}

static bool
merge(struct translation *x)
{
	struct rpclog_tracker *t = x->into;

	x->names = translate_dict(x, &x->from->names, &t->names);
	x->users = translate_dict(x, &x->from->users, &t->users);
	return x->names && x->users && merge_servers(x) && merge_spellings(x) &&
	       merge_keys(x) && merge_legs(x) && merge_runs(x) &&
	       merge_tallies(x);
}

rpclog_status
rpclog_tracker_merge(rpclog_tracker *into, rpclog_tracker *from)
{
	if (!into || !from || into == from || into->finished || from->finished)
		return RPCLOG_ERR_USAGE;
	if (into->broken || from->broken)
		return into->broken ? into->broken : from->broken;

	struct translation x = { into, from, NULL, NULL, NULL };
	bool ok = merge(&x);

	alloc_free(&into->alloc, x.names);
	alloc_free(&into->alloc, x.users);
	alloc_free(&into->alloc, x.keys);
	/* What it held is counted: it must not be counted again. */
	from->broken = RPCLOG_ERR_USAGE;
	if (!ok)
		into->broken = from->broken = RPCLOG_ERR_NOMEM;
	return into->broken;
}
