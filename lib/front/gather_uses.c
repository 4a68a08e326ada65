/* SPDX-License-Identifier: MIT */
/* Cells of TABLE_USE while they are gathered: a table of open addressing. */

#include "gather_inside.h"

#define ROOM_AT_FIRST 1024
#define ROOM_SMALL    32768
#define LINE_SIZE     64

static uint64_t
hash_of(const struct uses *uses, const struct use *use)
{
	/* All numbers are small: they are put side by side, then mixed. */
	uint64_t hash = uses->seed ^ use->user ^ (uint64_t)use->key << 32;

	hash *= UINT64_C(0x9e3779b97f4a7c15);
	hash ^= hash >> 29 ^ use->target ^ (uint64_t)use->what << 32 ^
		(uint64_t)use->protocol << 24;
	hash *= UINT64_C(0xbf58476d1ce4e5b9);
	return hash ^ hash >> 32;
}

static bool
is_same(const struct use *a, const struct use *b)
{
	return a->key == b->key && a->user == b->user &&
	       a->target == b->target && a->what == b->what &&
	       a->protocol == b->protocol && a->software == b->software &&
	       a->windows == b->windows;
}

/* The place of 'use', which may be empty; there is room. */
static struct use *
place_of(const struct uses *uses, const struct use *use, uint64_t hash)
{
	size_t at = (size_t)hash & (uses->room - 1);

	while (uses->slots[at].requests > 0 && !is_same(&uses->slots[at], use))
		at = (at + 1) & (uses->room - 1);
	return &uses->slots[at];
}

static bool
grow(struct uses *uses, const struct alloc *a)
{
	struct uses wider = *uses;
	uintptr_t from;

	/* Small ones are soon too small: each is filled with new memory. */
	wider.room = !uses->room	       ? ROOM_AT_FIRST
		     : uses->room < ROOM_SMALL ? uses->room * 8
					       : uses->room * 2;
	if (!uses->room)
		wider.seed = hash_seed(uses);
	wider.block = alloc_get(a, wider.room + 1, LINE_SIZE);
	if (!wider.block)
		return false;
	/* Zeros that were only read would be given out anew when written to,
	 * and all threads wait for that. */
	memset(wider.block, 0, (wider.room + 1) * LINE_SIZE);
	from = (uintptr_t)wider.block;
	wider.slots =
		(struct use *)((from + LINE_SIZE - 1) / LINE_SIZE * LINE_SIZE);
	for (size_t i = 0; i < uses->room; i++) {
		const struct use *use = &uses->slots[i];

		if (use->requests > 0)
			*place_of(&wider, use, hash_of(&wider, use)) = *use;
	}
	for (size_t i = 0; i < USES_WAITING; i++) {
		if (wider.waiting[i].row.requests > 0)
			wider.waiting[i].hash =
				hash_of(&wider, &wider.waiting[i].row);
	}
	alloc_free(a, uses->block);
	*uses = wider;
	return true;
}

void
use_cell(const struct use *use, struct cell_key *key, struct cell_sum *sum)
{
	*key = (struct cell_key){
		.user = use->user,
		.key = use->key,
		.target = use->target,
		.protocol = use->protocol,
		.software = use->software,
		.windows = use->windows,
		.class_id = use->what >> USE_CLASS_SHIFT,
		.half = use->what & (USE_LATER - 1),
		.later = (use->what & USE_LATER) != 0,
	};
	*sum = (struct cell_sum){ use->requests, use->first_us, use->last_us,
				  use->first_tag, use->last_tag };
}

/* More than a number here can hold goes where there is room. */
static bool
put_out(struct gather *g, const struct use *use)
{
	struct cell_key key;
	struct cell_sum sum;
	uint32_t id;

	use_cell(use, &key, &sum);
	return sums_add(&g->sums[TABLE_USE], &g->alloc, &key, &sum, &id);
}

/* A row that has waited, or the cell of another gather; there is room. */
static bool
count(struct gather *g, const struct use *row, uint64_t hash)
{
	struct uses *uses = &g->uses;
	struct use *use = place_of(uses, row, hash);

	if (use->requests == 0) {
		*use = *row;
		uses->count++;
		return true;
	}
	if (use->requests > UINT32_MAX - row->requests) {
		if (!put_out(g, use))
			return false;
		*use = *row;
		return true;
	}
	use->requests += row->requests;
	if (row->first_us < use->first_us ||
	    (row->first_us == use->first_us &&
	     row->first_tag < use->first_tag)) {
		use->first_us = row->first_us;
		use->first_tag = row->first_tag;
	}
	if (row->last_us > use->last_us ||
	    (row->last_us == use->last_us && row->last_tag > use->last_tag)) {
		use->last_us = row->last_us;
		use->last_tag = row->last_tag;
	}
	return true;
}

static bool
make_room(struct gather *g)
{
	struct uses *uses = &g->uses;

	return (uses->count + USES_WAITING) * 3 < uses->room * 2 ||
	       grow(uses, &g->alloc);
}

bool
uses_add(struct gather *g, const struct use *row)
{
	struct uses *uses = &g->uses;
	unsigned at = uses->next;

	if (!make_room(g))
		return false;
	if (uses->waiting[at].row.requests > 0 &&
	    !count(g, &uses->waiting[at].row, uses->waiting[at].hash))
		return false;
	uses->waiting[at].row = *row;
	uses->waiting[at].hash = hash_of(uses, row);
	PREFETCH(&uses->slots[uses->waiting[at].hash & (uses->room - 1)]);
	uses->next = (at + 1) % USES_WAITING;
	return true;
}

bool
uses_close(struct gather *g)
{
	struct uses *uses = &g->uses;

	for (size_t i = 0; i < USES_WAITING; i++) {
		struct use *row = &uses->waiting[i].row;

		if (row->requests > 0 && !count(g, row, uses->waiting[i].hash))
			return false;
		row->requests = 0;
	}
	return true;
}

bool
uses_merge(struct gather *g, const struct use *cell)
{
	return make_room(g) && count(g, cell, hash_of(&g->uses, cell));
}

void
uses_free(struct uses *uses, const struct alloc *a)
{
	alloc_free(a, uses->block);
	memset(uses, 0, sizeof(*uses));
}
