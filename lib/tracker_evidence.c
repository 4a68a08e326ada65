/* SPDX-License-Identifier: MIT */
/*
 * Evidence as it comes in: counted in tallies, and joined into runs.  Rows of
 * one group that are at most run_gap_us apart are one prompt whatever the gap
 * that is asked for, so a run stands for them without loss.
 */

#include "tracker.h"

#include <stdlib.h>

static int
name_cmp(const struct dict *names, uint32_t a, uint32_t b)
{
	return a == b ? 0 : slice_cmp(dict_at(names, a), dict_at(names, b));
}

int
evidence_cmp(const struct rpclog_tracker *t, const struct when *a,
	     const struct place *x, const struct when *b, const struct place *y)
{
	int order = when_cmp(a, b);

	if (order == 0)
		order = (x->class_id > y->class_id) -
			(x->class_id < y->class_id);
	if (order == 0)
		order = name_cmp(&t->names, x->target, y->target);
	if (order == 0)
		order = name_cmp(&t->names, x->server, y->server);
	if (order == 0)
		order = name_cmp(&t->names, x->protocol, y->protocol);
	return order;
}

bool
group_add(struct rpclog_tracker *t, const struct group_key *key, uint32_t *id)
{
	uint32_t known = t->groups.count;

	if (!dict_add(&t->groups, slice_of((const char *)key, sizeof(*key)),
		      id) ||
	    !alloc_grow(&t->alloc, &t->group_run, &t->group_room,
			(size_t)*id + 1, sizeof(*t->group_run)))
		return false;
	if (*id == known)
		t->group_run[*id] = 0;
	return true;
}

bool
tally_add(struct rpclog_tracker *t, const struct tally_key *key,
	  const struct tally *more)
{
	uint32_t known = t->tallies.count;
	uint32_t id;

	if (!dict_add(&t->tallies, slice_of((const char *)key, sizeof(*key)),
		      &id) ||
	    !alloc_grow(&t->alloc, &t->tally, &t->tally_room, (size_t)id + 1,
			sizeof(*t->tally)))
		return false;

	struct tally *tally = &t->tally[id];

	if (id == known) {
		*tally = *more;
		return true;
	}
	tally->requests += more->requests;
	if (more->first_us < tally->first_us ||
	    (more->first_us == tally->first_us &&
	     more->first_tag < tally->first_tag)) {
		tally->first_us = more->first_us;
		tally->first_tag = more->first_tag;
	}
	if (more->last_us > tally->last_us ||
	    (more->last_us == tally->last_us &&
	     more->last_tag > tally->last_tag)) {
		tally->last_us = more->last_us;
		tally->last_tag = more->last_tag;
	}
	return true;
}

/* 'from' becomes part of 'into'. */
static void
run_join(const struct rpclog_tracker *t, struct run *into,
	 const struct run *from)
{
	into->requests += from->requests;
	if (from->last_us > into->last_us)
		into->last_us = from->last_us;
	if (evidence_cmp(t, &from->head, &from->place, &into->head,
			 &into->place) < 0) {
		into->head = from->head;
		into->place = from->place;
	}
}

static bool
runs_touch(const struct rpclog_tracker *t, const struct run *a,
	   const struct run *b)
{
	return a->head.start_us - b->last_us <= t->run_gap_us &&
	       b->head.start_us - a->last_us <= t->run_gap_us;
}

static int
run_order(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->head.start_us > y->head.start_us) -
	       (x->head.start_us < y->head.start_us);
}

void
run_compact(struct rpclog_tracker *t)
{
	size_t kept = 0;

	if (t->run_count == 0)
		return;
	qsort(t->run, t->run_count, sizeof(*t->run), run_order);
	for (size_t i = 1; i < t->run_count; i++) {
		struct run *last = &t->run[kept];

		if (t->run[i].group == last->group &&
		    runs_touch(t, &t->run[i], last))
			run_join(t, last, &t->run[i]);
		else
			t->run[++kept] = t->run[i];
	}
	t->run_count = kept + 1;
	for (size_t i = 0; i < t->run_count; i++)
		t->group_run[t->run[i].group] = i + 1;
}

bool
run_add(struct rpclog_tracker *t, const struct run *run)
{
	size_t newest = t->group_run[run->group];

	if (newest > 0 && runs_touch(t, run, &t->run[newest - 1])) {
		run_join(t, &t->run[newest - 1], run);
		return true;
	}
	if (t->run_count == t->run_limit) {
		run_compact(t);
		if (t->run_count > t->run_limit / 2)
			t->run_limit *= 2;
	}
	if (!alloc_grow(&t->alloc, &t->run, &t->run_room, t->run_count + 1,
			sizeof(*t->run)))
		return false;
	t->run[t->run_count++] = *run;
	t->group_run[run->group] = t->run_count;
	return true;
}

bool
evidence_add(struct rpclog_tracker *t, const struct evidence *e)
{
	struct group_key group = {
		.actor = e->actor,
		.client = e->client,
		.later_class = e->later ? e->place.class_id + 1 : 0,
	};
	struct tally_key key = {
		.quarter = quarter_of(e->when.start_us),
		.actor = e->actor,
		.client = e->client,
		.later = e->later,
		.place = e->place,
	};
	struct tally one = {
		.requests = 1,
		.first_us = e->when.start_us,
		.last_us = e->when.start_us,
		.first_tag = e->tag,
		.last_tag = e->tag,
	};
	struct run run = {
		.requests = 1,
		.last_us = e->when.start_us,
		.head = e->when,
		.place = e->place,
	};

	return tally_add(t, &key, &one) && group_add(t, &group, &run.group) &&
	       run_add(t, &run);
}
