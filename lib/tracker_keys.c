/* SPDX-License-Identifier: MIT */
/*
 * Keys of sessions: their authenticated starts as runs, and the legs that
 * nothing settles yet.  Both are kept as logs that are sorted and joined when
 * they have doubled: memory grows with what is left, not with rows.
 */

#include "tracker.h"

#include <stdlib.h>

bool
key_text(struct rpclog_tracker *t, const struct key_parts *parts,
	 rpclog_slice *text)
{
	rpclog_slice agent =
		parts->mailbox.len ? slice_of("", 0) : parts->agent;
	/* Lengths first: any byte may stand in a name. */
	uint32_t head[2] = { (uint32_t)parts->mailbox.len,
			     (uint32_t)parts->client.len };
	struct buf *b = &t->text;
	const struct alloc *a = &t->alloc;

	b->len = 0;
	if (buf_append(b, a, head, sizeof(head)) ||
	    buf_append(b, a, parts->mailbox.ptr, parts->mailbox.len) ||
	    buf_append(b, a, parts->client.ptr, parts->client.len) ||
	    buf_append(b, a, agent.ptr, agent.len))
		return false;
	*text = buf_slice(b);
	return true;
}

struct key_parts
key_parts(rpclog_slice text)
{
	struct key_parts parts;
	uint32_t head[2];
	size_t at = sizeof(head);

	memcpy(head, text.ptr, sizeof(head));
	parts.mailbox = slice_cut(text, at, at + head[0]);
	at += head[0];
	parts.client = slice_cut(text, at, at + head[1]);
	at += head[1];
	parts.agent = slice_cut(text, at, text.len);
	return parts;
}

bool
key_add(struct rpclog_tracker *t, rpclog_slice text, uint32_t *id)
{
	uint32_t known = t->keys.count;

	if (!dict_add(&t->keys, text, id) ||
	    !alloc_grow(&t->alloc, &t->key, &t->key_room, (size_t)*id + 1,
			sizeof(*t->key)))
		return false;
	if (*id == known) {
		struct key *key = &t->key[*id];

		memset(key, 0, sizeof(*key));
		key->owner = NOBODY;
		key->actor = NOBODY;
		key->first_us = INT64_MAX;
		key->last_us = INT64_MIN;
	}
	return true;
}

uint32_t
owner_join(uint32_t a, uint32_t b)
{
	if (a == NOBODY || a == b)
		return b;
	return b == NOBODY ? a : SEVERAL;
}

/*
 * Accounts of probes.  Such rows are of class probe, unless a user's rule
 * claims them first: that must not change whose mailbox it is.
 */
static bool
is_health_account(rpclog_slice user)
{
	rpclog_slice account = account_of(user);

	return slice_starts_nocase(account, SLICE("HealthMailbox")) ||
	       slice_starts_nocase(account, SLICE("SystemMailbox{")) ||
	       slice_starts_nocase(account, SLICE("extest_"));
}

void
key_own(struct rpclog_tracker *t, uint32_t id, uint32_t user)
{
	uint32_t *owner = &t->key[id].owner;

	if (*owner != user && *owner != SEVERAL &&
	    !is_health_account(dict_at(&t->users, user)))
		*owner = owner_join(*owner, user);
}

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
 * 'count' runs from 'from' to 'to', sorted by key and start.  Keys are small
 * numbers, so they are counted; the starts of one key are nearly always in
 * order, and sorted only if they are not.
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
		bool in_order = true;

		last = end[to[first].key];
		for (size_t i = first + 1; i < last && in_order; i++)
			in_order = to[i - 1].first_us <= to[i].first_us;
		if (!in_order)
			qsort(to + first, last - first, sizeof(*to),
			      success_order);
	}
	alloc_free(&t->alloc, end);
	return true;
}

/* The sorted runs and the sorted 'tail' into one, from the back. */
static void
success_merge(struct rpclog_tracker *t, const struct success *tail,
	      size_t tail_count)
{
	struct success *s = t->success;
	size_t head = t->success_sorted;
	size_t to = t->success_count;

	while (tail_count > 0) {
		if (head > 0 &&
		    success_order(&s[head - 1], &tail[tail_count - 1]) > 0)
			s[--to] = s[--head];
		else
			s[--to] = tail[--tail_count];
	}
}

/* Runs that touch become one. */
static void
success_join(struct rpclog_tracker *t)
{
	struct success *s = t->success;
	size_t kept = 0;

	for (size_t i = 1; i < t->success_count; i++) {
		struct success *last = &s[kept];

		if (s[i].key == last->key &&
		    s[i].first_us - last->last_us <= success_gap(t)) {
			if (s[i].last_us > last->last_us)
				last->last_us = s[i].last_us;
		} else {
			s[++kept] = s[i];
		}
	}
	t->success_count = t->success_sorted = kept + 1;
}

bool
success_compact(struct rpclog_tracker *t)
{
	size_t tail_count = t->success_count - t->success_sorted;

	if (tail_count == 0)
		return true;

	struct success *tail = alloc_get(&t->alloc, tail_count, sizeof(*tail));

	if (!tail || !success_sort(t, t->success + t->success_sorted, tail,
				   tail_count)) {
		alloc_free(&t->alloc, tail);
		return false;
	}
	success_merge(t, tail, tail_count);
	alloc_free(&t->alloc, tail);
	success_join(t);
	return true;
}

static bool
success_push(struct rpclog_tracker *t, uint32_t key, int64_t first_us,
	     int64_t last_us)
{
	/* A tail of a quarter: cheap in memory, and few merges. */
	if (t->success_count - t->success_sorted >= t->success_limit &&
	    t->success_count - t->success_sorted >= t->success_sorted / 4 &&
	    !success_compact(t))
		return false;
	if (!alloc_grow(&t->alloc, &t->success, &t->success_room,
			t->success_count + 1, sizeof(*t->success)))
		return false;

	struct success *s = &t->success[t->success_count++];

	s->key = key;
	s->reserved = 0;
	s->first_us = first_us;
	s->last_us = last_us;
	return true;
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

/*
 * Runs hold no start but at their ends and within handshake_ms of another:
 * they answer for intervals that reach from a leg that is no handshake, and
 * for [start, start + handshake_ms], exactly as the single starts would.
 */
bool
success_within(const struct rpclog_tracker *t, uint32_t key, int64_t from,
	       int64_t to)
{
	size_t low = 0, high = t->success_sorted;

	/* The first run of the key that does not end before 'from'. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct success *s = &t->success[middle];

		if (s->key < key || (s->key == key && s->last_us < from))
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->success_sorted && t->success[low].key == key &&
	       t->success[low].first_us <= to;
}

bool
leg_is_handshake(const struct rpclog_tracker *t, uint32_t key, int64_t start_us)
{
	int64_t until = start_us + success_gap(t);
	const struct key *k = &t->key[key];

	if (k->first_us <= until && k->last_us >= start_us)
		return true;
	return success_within(t, key, start_us, until);
}

/* Drops the legs that a known start settles: no later row can change that. */
static bool
leg_compact(struct rpclog_tracker *t)
{
	size_t kept = 0;

	if (!success_compact(t))
		return false;
	for (size_t i = 0; i < t->leg_count; i++) {
		const struct leg *leg = &t->leg[i];

		if (!leg_is_handshake(t, leg->key, leg->when.start_us))
			t->leg[kept++] = *leg;
	}
	t->leg_count = kept;
	return true;
}

bool
leg_add(struct rpclog_tracker *t, const struct leg *leg)
{
	if (t->leg_count == t->leg_limit) {
		if (!leg_compact(t))
			return false;
		if (t->leg_count > t->leg_limit / 2)
			t->leg_limit *= 2;
	}
	if (!alloc_grow(&t->alloc, &t->leg, &t->leg_room, t->leg_count + 1,
			sizeof(*t->leg)))
		return false;
	t->leg[t->leg_count++] = *leg;
	return true;
}
