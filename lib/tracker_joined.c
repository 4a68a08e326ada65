/* SPDX-License-Identifier: MIT */
/*
 * Asking for authenticated starts, those of merged trackers too: their logs of
 * runs stay as they are, with a translation of keys.
 */

#include "tracker.h"

static bool
set_within(const struct success_set *set, uint32_t key, int64_t from,
	   int64_t to)
{
	if (key >= set->keys)
		return false;

	size_t low = set->from[key];
	size_t end = set->from[key + 1];
	size_t high = end;

	/* The first run of the key that does not end before 'from'. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (success_last(&set->runs[middle]) < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && set->runs[low].first_us <= to;
}

/*
 * Runs hold no start but at their ends and within handshake_ms of another:
 * they answer for intervals that reach from a leg that is no handshake, and
 * for [start, start + handshake_ms], exactly as the single starts would.  So
 * it does not matter in which set a start is, or how many there are.
 */
bool
success_within(const struct rpclog_tracker *t, uint32_t key, int64_t from,
	       int64_t to)
{
	if (set_within(&t->success, key, from, to))
		return true;
	for (const struct success_set *set = t->joined; set; set = set->next) {
		if (key < set->keys_there && set->key_here[key] != NOBODY &&
		    set_within(set, set->key_here[key], from, to))
			return true;
	}
	return false;
}

/*
 * 'keys' turns the keys that 'set' knows into those of 't': here the other way
 * round.  'through' is how the set's owner knew them, or NULL: as the set does.
 */
static uint32_t *
keys_back(const struct rpclog_tracker *t, const uint32_t *keys, uint32_t count,
	  const struct success_set *through)
{
	uint32_t *here = alloc_get(&t->alloc, t->keys.count, sizeof(*here));

	for (uint32_t key = 0; here && key < t->keys.count; key++)
		here[key] = NOBODY;
	for (uint32_t key = 0; here && key < count; key++) {
		if (!through)
			here[keys[key]] = key;
		else if (key < through->keys_there)
			here[keys[key]] = through->key_here[key];
	}
	return here;
}

static bool
take_set(struct rpclog_tracker *t, struct rpclog_tracker *from,
	 struct success_set *set, const uint32_t *keys, bool joined)
{
	struct success_set *mine = alloc_zero(&t->alloc, 1, sizeof(*mine));
	uint32_t *here =
		keys_back(t, keys, from->keys.count, joined ? set : NULL);

	if (!mine || !here) {
		alloc_free(&t->alloc, mine);
		alloc_free(&t->alloc, here);
		return false;
	}
	alloc_free(&from->alloc, set->key_here);
	*mine = *set;
	mine->key_here = here;
	mine->keys_there = t->keys.count;
	mine->next = t->joined;
	t->joined = mine;
	memset(set, 0, sizeof(*set));
	return true;
}

bool
success_take(struct rpclog_tracker *t, struct rpclog_tracker *from,
	     const uint32_t *keys)
{
	if (!success_close(from) ||
	    !take_set(t, from, &from->success, keys, false))
		return false;
	while (from->joined) {
		struct success_set *set = from->joined;
		struct success_set *next = set->next;

		if (!take_set(t, from, set, keys, true))
			return false;
		from->joined = next;
		alloc_free(&from->alloc, set);
	}
	return true;
}

static void
free_set(const struct alloc *a, struct success_set *set)
{
	alloc_free(a, set->runs);
	alloc_free(a, set->from);
	alloc_free(a, set->key_here);
}

void
success_free(struct rpclog_tracker *t)
{
	free_set(&t->alloc, &t->success);
	while (t->joined) {
		struct success_set *set = t->joined;

		t->joined = set->next;
		free_set(&t->alloc, set);
		alloc_free(&t->alloc, set);
	}
}
