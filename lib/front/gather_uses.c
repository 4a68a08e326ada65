/* SPDX-License-Identifier: MIT */
/* Cells of TABLE_USE while they are gathered: a table of open addressing. */

#include "gather_inside.h"

#define ROOM_AT_FIRST 1024

static size_t
slot_of(const struct uses *uses, const struct use *use)
{
	/* All numbers are small: they are put side by side, then mixed. */
	uint64_t hash = uses->seed ^ use->user ^ (uint64_t)use->key << 32;

	hash *= UINT64_C(0x9e3779b97f4a7c15);
	hash ^= hash >> 29 ^ use->target ^ (uint64_t)use->class_id << 32 ^
		(uint64_t)use->half << 48;
	hash *= UINT64_C(0xbf58476d1ce4e5b9);
	hash ^= hash >> 32 ^ use->protocol ^ (uint64_t)use->software << 32 ^
		(uint64_t)use->windows << 48;
	hash *= UINT64_C(0x94d049bb133111eb);
	return (size_t)(hash >> 20) & (uses->room - 1);
}

static bool
is_same(const struct use *a, const struct use *b)
{
	return a->key == b->key && a->user == b->user &&
	       a->target == b->target && a->class_id == b->class_id &&
	       a->protocol == b->protocol && a->software == b->software &&
	       a->windows == b->windows && a->half == b->half;
}

/* The place of 'use', which may be empty; there is room. */
static struct use *
place_of(const struct uses *uses, const struct use *use)
{
	size_t at = slot_of(uses, use);

	while (uses->slots[at].sum.requests > 0 &&
	       !is_same(&uses->slots[at], use))
		at = (at + 1) & (uses->room - 1);
	return &uses->slots[at];
}

static bool
grow(struct uses *uses, const struct alloc *a)
{
	struct uses wider = {
		.room = uses->room ? uses->room * 2 : ROOM_AT_FIRST,
		.count = uses->count,
		.seed = uses->room ? uses->seed : hash_seed(uses),
	};

	wider.slots = alloc_zero(a, wider.room, sizeof(*wider.slots));
	if (!wider.slots)
		return false;
	for (size_t i = 0; i < uses->room; i++) {
		if (uses->slots[i].sum.requests > 0)
			*place_of(&wider, &uses->slots[i]) = uses->slots[i];
	}
	alloc_free(a, uses->slots);
	*uses = wider;
	return true;
}

void
uses_fetch(const struct uses *uses, const struct use *use)
{
	if (uses->room == 0)
		return;

	const struct use *place = &uses->slots[slot_of(uses, use)];

	PREFETCH(place);
	PREFETCH((const char *)place + 64);
}

struct use *
uses_find(struct uses *uses, const struct alloc *a, const struct use *use)
{
	struct use *place;

	if (uses->count * 3 >= uses->room * 2 && !grow(uses, a))
		return NULL;
	place = place_of(uses, use);
	if (place->sum.requests == 0) {
		*place = *use;
		uses->count++;
	}
	return place;
}

bool
uses_close(struct gather *g)
{
	for (size_t i = 0; i < g->uses.room; i++) {
		const struct use *use = &g->uses.slots[i];
		struct cell_key key = {
			.user = use->user,
			.key = use->key,
			.target = use->target,
			.protocol = use->protocol,
			.software = use->software,
			.windows = use->windows,
			.class_id = use->class_id,
			.half = (uint8_t)use->half,
			.later = use->half >> 8 != 0,
		};
		uint32_t id;

		if (use->sum.requests > 0 &&
		    !sums_add(&g->sums[TABLE_USE], &g->alloc, &key, &use->sum,
			      &id))
			return false;
	}
	alloc_free(&g->alloc, g->uses.slots);
	memset(&g->uses, 0, sizeof(g->uses));
	return true;
}
