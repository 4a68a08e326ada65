/* SPDX-License-Identifier: MIT */
/* What becomes of 401 legs when all is known: lib/README.md, Sessions. */

#include "tracker.h"

#include <stdlib.h>

static int
leg_order(const void *a, const void *b)
{
	const struct leg *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->when.start_us > y->when.start_us) -
	       (x->when.start_us < y->when.start_us);
}

/* Only the legs that are no handshake, by key and start. */
static void
sort_open_legs(struct rpclog_tracker *t)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->leg_count; i++) {
		const struct leg *leg = &t->leg[i];

		if (!leg_is_handshake(t, leg->key, leg->when.start_us))
			t->leg[kept++] = *leg;
	}
	t->leg_count = kept;
	if (kept > 0)
		qsort(t->leg, kept, sizeof(*t->leg), leg_order);
}

/*
 * The end (one past) of the window of rejected legs that begins with leg
 * 'from'; 'from' itself if there is none.  Legs of one key end at 'end'.
 * '*reach' is how far the windows before have looked: as 'from' goes on it
 * only moves forward, so that each leg is passed once.
 */
static size_t
window_end(const struct rpclog_tracker *t, size_t from, size_t end,
	   size_t *reach)
{
	const struct leg *leg = t->leg;
	int64_t span = t->options.reject_window_s * US_PER_S;
	int64_t first = leg[from].when.start_us;
	uint32_t key = leg[from].key;
	size_t to = *reach;

	while (to < end && leg[to].when.start_us <= first + span)
		to++;
	*reach = to;
	if (to - from < t->options.reject_legs ||
	    success_within(t, key, first, leg[to - 1].when.start_us + span))
		return from;
	/* And each next leg that goes on with it. */
	while (to < end) {
		int64_t before = leg[to - 1].when.start_us;
		int64_t next = leg[to].when.start_us;

		if (next - before > span ||
		    success_within(t, key, before, next))
			break;
		to++;
	}
	return to;
}

static bool
add_window(struct rpclog_tracker *t, size_t from, size_t to)
{
	if (!alloc_grow(&t->alloc, &t->window, &t->window_room,
			t->window_count + 1, sizeof(*t->window)))
		return false;

	struct window *w = &t->window[t->window_count++];

	w->key = t->leg[from].key;
	w->first_us = t->leg[from].when.start_us;
	w->last_us = t->leg[to - 1].when.start_us;
	w->rpc = 0;
	for (size_t i = from; i < to; i++)
		w->rpc |= t->leg[i].rpc;
	return true;
}

/* Windows of one key come out in order of start, keys in order of number. */
static bool
find_windows(struct rpclog_tracker *t)
{
	size_t from = 0;

	while (from < t->leg_count) {
		size_t end = from, reach = from;

		while (end < t->leg_count &&
		       t->leg[end].key == t->leg[from].key)
			end++;
		while (from < end) {
			size_t to = window_end(t, from, end, &reach);

			if (to == from) {
				from++;
				continue;
			}
			if (!add_window(t, from, to))
				return false;
			from = to;
			if (reach < from)
				reach = from;
		}
	}
	return true;
}

static const struct window *
window_of(const struct rpclog_tracker *t, uint32_t key, int64_t start_us)
{
	size_t low = 0, high = t->window_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct window *w = &t->window[middle];

		if (w->key < key || (w->key == key && w->last_us < start_us))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == t->window_count || t->window[low].key != key ||
	    t->window[low].first_us > start_us)
		return NULL;
	return &t->window[low];
}

uint32_t
leg_class(const struct rpclog_tracker *t, uint32_t key, int64_t start_us,
	  uint32_t server, bool *too_recent)
{
	*too_recent = false;
	if (leg_is_handshake(t, key, start_us))
		return CLASS_HANDSHAKE;

	const struct window *w = window_of(t, key, start_us);

	if (!w)
		return CLASS_FE_AUTH_LEG;

	int64_t settle =
		(w->rpc ? t->options.settle_rpc_s : t->options.settle_s) *
		US_PER_S;

	if (server == DICT_NONE || t->newest_us[server] < w->last_us + settle) {
		*too_recent = true;
		return CLASS_FE_AUTH_LEG;
	}
	return w->rpc ? CLASS_FE_SUSPECTED : CLASS_FE_REJECTED;
}

/* A leg whose class is final: evidence, if its class is and it is chosen. */
static rpclog_status
settle_leg(struct rpclog_tracker *t, const struct leg *leg)
{
	struct evidence e = {
		.actor = { leg->user, leg->user == NOBODY ? leg->key : NOBODY },
		.later = leg->later,
		.tag = leg->tag,
		.when = leg->when,
		.place = leg->place,
	};
	rpclog_class info;
	bool too_recent;

	if (!leg->chosen)
		return RPCLOG_OK;

	rpclog_slice server = dict_at(&t->names, leg->place.server);

	e.place.class_id =
		leg_class(t, leg->key, leg->when.start_us,
			  dict_find(&t->servers, server), &too_recent);
	t->too_recent += too_recent;
	if (!rpclog_rules_by_id(t->rules, e.place.class_id, &info) ||
	    (info.popup != RPCLOG_POPUP_YES &&
	     !(info.popup == RPCLOG_POPUP_LIKELY &&
	       (t->options.flags & RPCLOG_OPT_LIKELY))))
		return RPCLOG_OK;

	struct key_parts parts = key_parts(dict_at(&t->keys, leg->key));

	return dict_add(&t->names, parts.client, &e.client) &&
			       evidence_add(t, &e)
		       ? RPCLOG_OK
		       : RPCLOG_ERR_NOMEM;
}

rpclog_status
sessions_settle(struct rpclog_tracker *t)
{
	sort_open_legs(t);
	if (!find_windows(t))
		return RPCLOG_ERR_NOMEM;
	for (size_t i = 0; i < t->leg_count; i++) {
		rpclog_status status = settle_leg(t, &t->leg[i]);

		if (status != RPCLOG_OK)
			return status;
	}
	if (t->keep_legs)
		return RPCLOG_OK;
	/* From here on windows stand for them. */
	alloc_free(&t->alloc, t->leg);
	t->leg = NULL;
	t->leg_count = t->leg_room = 0;
	return RPCLOG_OK;
}
