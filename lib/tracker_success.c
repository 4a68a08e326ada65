/* SPDX-License-Identifier: MIT */
/*
 * When was somebody authenticated for a key?  A log of runs of starts, sorted
 * and joined when it has grown by a quarter: memory grows with what is left,
 * not with rows.
 */

#include "tracker.h"

#include <stdlib.h>

static int64_t
success_gap(const struct rpclog_tracker *t)
{
	return t->options.handshake_ms * US_PER_MS;
}

static int
success_order(const void *a, const void *b)
{
	const struct success *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->first_us > y->first_us) - (x->first_us < y->first_us);
}

/*
 * The starts of one key are nearly in order: rows are logged when they end.
 * What is far from it is left to qsort(), so that no log makes this slow.
 */
static void
sort_one_key(struct success *s, size_t count)
{
	size_t moves = 8 * count;

	for (size_t i = 1; i < count; i++) {
		struct success one = s[i];
		size_t at = i;

		for (; at > 0 && s[at - 1].first_us > one.first_us; at--)
			s[at] = s[at - 1];
		s[at] = one;
		if (i - at > moves) {
			qsort(s, count, sizeof(*s), success_order);
			return;
		}
		moves -= i - at;
	}
}

/*
 * 'count' runs from 'from' to 'to', sorted by key and start.  Keys are small
 * numbers, so they are counted.
 */
static bool
success_sort(const struct rpclog_tracker *t, const struct success *from,
	     struct success *to, size_t count)
{
	size_t *end =
		alloc_zero(&t->alloc, (size_t)t->keys.count + 1, sizeof(*end));

	if (!end)
		return false;
	for (size_t i = 0; i < count; i++)
		end[from[i].key + 1]++;
	for (uint32_t key = 0; key < t->keys.count; key++)
		end[key + 1] += end[key];
	/* end[key] is where the key begins, and moves to where it ends. */
	for (size_t i = 0; i < count; i++)
		to[end[from[i].key]++] = from[i];
	for (size_t first = 0, last; first < count; first = last) {
		last = end[to[first].key];
		sort_one_key(to + first, last - first);
	}
	alloc_free(&t->alloc, end);
	return true;
}

/* The sorted runs and the sorted 'tail' into one, from the back. */
static void
success_merge(struct rpclog_tracker *t, const struct success *tail,
	      size_t tail_count)
{
	struct success *s = t->success.runs;
	size_t head = t->success.sorted;
	size_t to = t->success.count;

	while (tail_count > 0) {
		if (head > 0 &&
		    success_order(&s[head - 1], &tail[tail_count - 1]) > 0)
			s[--to] = s[--head];
		else
			s[--to] = tail[--tail_count];
	}
}

/* Runs that touch become one, if one can tell their span. */
static void
success_join(struct rpclog_tracker *t)
{
	struct success *s = t->success.runs;
	size_t kept = 0;

	for (size_t i = 1; i < t->success.count; i++) {
		struct success *one = &s[kept];
		int64_t last = success_last(one);

		if (success_last(&s[i]) > last)
			last = success_last(&s[i]);
		if (s[i].key == one->key &&
		    s[i].first_us - success_last(one) <= success_gap(t) &&
		    last - one->first_us <= UINT32_MAX)
			one->span_us = (uint32_t)(last - one->first_us);
		else
			s[++kept] = s[i];
	}
	t->success.count = t->success.sorted = kept + 1;
}

/* Where the runs of each key begin. */
static bool
success_index(struct rpclog_tracker *t)
{
	size_t i = 0;

	if (!alloc_grow(&t->alloc, &t->success.from, &t->success.from_room,
			(size_t)t->keys.count + 1, sizeof(*t->success.from)))
		return false;
	for (uint32_t key = 0; key <= t->keys.count; key++) {
		while (i < t->success.sorted && t->success.runs[i].key < key)
			i++;
		t->success.from[key] = i;
	}
	t->success.keys = t->keys.count;
	return true;
}

bool
success_compact(struct rpclog_tracker *t)
{
	size_t tail_count = t->success.count - t->success.sorted;

	if (tail_count == 0)
		return true;

	struct success *tail = alloc_get(&t->alloc, tail_count, sizeof(*tail));

	if (!tail || !success_sort(t, t->success.runs + t->success.sorted, tail,
				   tail_count)) {
		alloc_free(&t->alloc, tail);
		return false;
	}
	success_merge(t, tail, tail_count);
	alloc_free(&t->alloc, tail);
	success_join(t);
	return success_index(t);
}

static bool
success_push_one(struct rpclog_tracker *t, uint32_t key, int64_t first_us,
		 uint32_t span_us)
{
	/* A tail of a quarter: cheap in memory, and few merges. */
	if (t->success.count - t->success.sorted >= t->success.limit &&
	    t->success.count - t->success.sorted >= t->success.sorted / 4 &&
	    !success_compact(t))
		return false;
	if (!alloc_grow(&t->alloc, &t->success.runs, &t->success.room,
			t->success.count + 1, sizeof(*t->success.runs)))
		return false;

	struct success *s = &t->success.runs[t->success.count++];

	s->key = key;
	s->span_us = span_us;
	s->first_us = first_us;
	return true;
}

/* In pieces, each of which begins where the one before ends. */
static bool
success_push(struct rpclog_tracker *t, uint32_t key, int64_t first_us,
	     int64_t last_us)
{
	for (; last_us - first_us > UINT32_MAX; first_us += UINT32_MAX) {
		if (!success_push_one(t, key, first_us, UINT32_MAX))
			return false;
	}
	return success_push_one(t, key, first_us,
				(uint32_t)(last_us - first_us));
}

bool
key_success(struct rpclog_tracker *t, uint32_t id, int64_t first_us,
	    int64_t last_us)
{
	struct key *key = &t->key[id];
	bool empty = key->first_us > key->last_us;

	if (!empty && (first_us - key->last_us > success_gap(t) ||
		       key->first_us - last_us > success_gap(t))) {
		if (!success_push(t, id, key->first_us, key->last_us))
			return false;
		empty = true;
	}
	if (empty || first_us < key->first_us)
		key->first_us = first_us;
	if (empty || last_us > key->last_us)
		key->last_us = last_us;
	return true;
}

bool
success_close(struct rpclog_tracker *t)
{
	for (uint32_t id = 0; id < t->keys.count; id++) {
		struct key *key = &t->key[id];

		if (key->first_us <= key->last_us &&
		    !success_push(t, id, key->first_us, key->last_us))
			return false;
		key->first_us = INT64_MAX;
		key->last_us = INT64_MIN;
	}
	return success_compact(t);
}
