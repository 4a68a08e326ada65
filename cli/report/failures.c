/* SPDX-License-Identifier: MIT */
/*
 * Requests that end in a prompt, of the span and of those it is held against:
 * one pass over each, in order of time.
 */

#include <stdlib.h>
#include <string.h>

#include "inside.h"
#include "names.h"
#include "when.h"
#include "schema.h"

/* What is counted once: as a key, without holes. */
struct once {
	int64_t kind, a, b, c;
};

enum once_kind {
	ONCE_USER,
	ONCE_USER_HOUR,
	ONCE_CLASS_USER,
	ONCE_CLASS_HOUR,
	ONCE_TARGET_USER,
	ONCE_SERVER_USER,
	ONCE_BUCKET_USER,
	ONCE_USER_OWN_HOUR
};

/* How a user failed, and how often. */
struct way {
	int64_t actor, class_id, target;
};

struct pass {
	struct report_inside *in;
	enum report_span span;
	struct groups *seen;  /* struct once */
	struct groups *lines; /* actor and client: a line of prompts */
	int64_t *last_us;     /* by line */
	size_t last_room;
	struct groups *ways, *machine_ways; /* struct way */
	uint64_t *way_counts, *machine_way_counts;
	size_t way_room, machine_way_room;
};

struct failure {
	int64_t start_us, actor, client, class_id, target, server;
	bool is_source; /* the actor is no user */
};

static bool
is_new(struct pass *p, enum once_kind kind, int64_t a, int64_t b, int64_t c)
{
	const struct once once = { kind, a, b, c };
	const rpclog_slice key = { (const char *)&once, sizeof(once) };
	const uint32_t known = groups_count(p->seen);

	return tuples_add(p->seen, &key) == known;
}

/* Does a prompt begin?  Failures come in order of time. */
static bool
begins_prompt(struct pass *p, const struct failure *f)
{
	const int64_t pair[2] = { f->actor, f->client };
	const rpclog_slice key = { (const char *)pair, sizeof(pair) };
	const uint32_t known = groups_count(p->lines);
	const uint32_t line = tuples_add(p->lines, &key);
	bool begins = line == known;

	if (begins)
		p->last_us = xgrow(p->last_us, line, &p->last_room,
				   sizeof(*p->last_us));
	else
		begins = f->start_us - p->last_us[line] > SCHEMA_GAP_US;
	p->last_us[line] = f->start_us;
	return begins;
}

static void
count_way(struct groups *ways, uint64_t **counts, size_t *room,
	  const struct way *way)
{
	const rpclog_slice key = { (const char *)way, sizeof(*way) };
	const uint32_t known = groups_count(ways);
	const uint32_t place = tuples_add(ways, &key);

	if (place == known) {
		*counts = xgrow(*counts, place, room, sizeof(**counts));
		(*counts)[place] = 0;
	}
	(*counts)[place]++;
}

static void
take_user(struct pass *p, const struct failure *f, bool begins)
{
	struct report_user *u = user_at(p->in, f->actor);
	const struct way way = { f->actor, f->class_id, f->target };

	u->is_source = f->is_source;
	u->failures++;
	u->prompts += begins;
	u->by_bucket[bucket_of(p->in->report, f->start_us)]++;
	if (f->start_us < u->first_us)
		u->first_us = f->start_us;
	if (f->start_us > u->last_us)
		u->last_us = f->start_us;
	count_way(p->ways, &p->way_counts, &p->way_room, &way);
}

/* Of the span alone: buckets, users, and ways to fail. */
static void
take_now(struct pass *p, const struct failure *f, int64_t hour_us, bool begins)
{
	struct report *r = p->in->report;
	const size_t bucket = bucket_of(r, f->start_us);
	const struct way at_target = { 0, f->class_id, f->target };
	const struct way at_server = { 1, f->class_id, f->server };

	r->buckets[bucket].known = true;
	r->buckets[bucket].failures++;
	if (!f->is_source)
		r->buckets[bucket].users += is_new(
			p, ONCE_BUCKET_USER, (int64_t)bucket, f->actor, 0);
	class_at(p->in, f->class_id)->by_bucket[bucket]++;
	target_at(p->in, f->target)->failures_by[bucket]++;
	server_at(p->in, f->server)->failures_by[bucket]++;
	count_way(p->machine_ways, &p->machine_way_counts, &p->machine_way_room,
		  &at_target);
	count_way(p->machine_ways, &p->machine_way_counts, &p->machine_way_room,
		  &at_server);
	take_user(p, f, begins);
	if (is_new(p, ONCE_USER_OWN_HOUR, f->actor, hour_us, 0))
		user_at(p->in, f->actor)->hours++;
}

static void
take_before(struct pass *p, const struct failure *f)
{
	struct report_inside *in = p->in;
	const uint32_t place = place_of(&in->before, f->actor);
	struct earlier *e;

	in->earlier = xgrow(in->earlier, place, &in->earlier_room, sizeof(*e));
	e = &in->earlier[place];
	if (place == in->earlier_count) {
		e->failures = 0;
		in->earlier_count++;
	}
	e->failures++;
	e->last_us = f->start_us;
	class_at(in, f->class_id)->before_last_us = f->start_us;
	target_at(in, f->target)->before_last_us = f->start_us;
}

static void
note_first(int64_t *first_us, int64_t us)
{
	if (us < *first_us)
		*first_us = us;
}

/* Users by name; clients that gave none are counted apart from them. */
static void
take_sums(struct pass *p, const struct failure *f, int64_t hour_us, bool begins)
{
	struct report_sums *sums = &p->in->report->sums[p->span];
	const bool actor = is_new(p, ONCE_USER, f->actor, 0, 0);
	const bool hour = is_new(p, ONCE_USER_HOUR, f->actor, hour_us, 0);

	sums->known = true;
	if (f->is_source) {
		sums->sources += actor;
		sums->source_hours += hour;
		sums->source_prompts += begins;
		sums->source_failures++;
	} else {
		sums->users += actor;
		sums->user_hours += hour;
		sums->prompts += begins;
		sums->failures++;
	}
}

/* By class and machine: all failures, and how many users had them. */
static void
take_parts(struct pass *p, const struct failure *f, int64_t hour_us)
{
	const enum report_span span = p->span;
	struct report_class *c = class_at(p->in, f->class_id);
	struct report_machine *target = target_at(p->in, f->target);
	struct report_machine *server = server_at(p->in, f->server);

	c->requests[span]++;
	target->failures[span]++;
	server->failures[span]++;
	if (span == SPAN_NOW) {
		note_first(&c->first_us, f->start_us);
		note_first(&target->first_us, f->start_us);
		note_first(&server->first_us, f->start_us);
	}
	if (f->is_source)
		return;
	c->users[span] += is_new(p, ONCE_CLASS_USER, f->class_id, f->actor, 0);
	c->user_hours[span] +=
		is_new(p, ONCE_CLASS_HOUR, f->class_id, f->actor, hour_us);
	target->users[span] +=
		is_new(p, ONCE_TARGET_USER, f->target, f->actor, 0);
	server->users[span] +=
		is_new(p, ONCE_SERVER_USER, f->server, f->actor, 0);
}

static void
take(struct pass *p, const struct failure *f)
{
	const int64_t hour_us = when_hour_of(f->start_us);
	const bool begins = begins_prompt(p, f);

	here(p->in, f->server, f->start_us, p->span);
	take_sums(p, f, hour_us, begins);
	take_parts(p, f, hour_us);
	if (p->span == SPAN_BEFORE)
		take_before(p, f);
	if (p->span == SPAN_NOW)
		take_now(p, f, hour_us, begins);
}

/* ---- what each failed of most -----------------------------------------------
 */

/* Is the first of two ways the better word for what happened? */
static bool
is_better(rpclog_slice class_name, rpclog_slice target, uint64_t count,
	  rpclog_slice than_class, rpclog_slice than_target, uint64_t than)
{
	int order;

	if (count != than)
		return count > than;
	order = slice_order(class_name, than_class);
	return (order ? order : slice_order(target, than_target)) < 0;
}

static void
name_ways(struct pass *p)
{
	struct report_inside *in = p->in;
	uint64_t *best = xcalloc(in->report->user_count + 1, sizeof(*best));

	for (uint32_t i = 0; i < groups_count(p->ways); i++) {
		struct way way;
		struct report_user *u;
		rpclog_slice class_name, target;
		uint64_t *most;

		memcpy(&way, groups_value(p->ways, i, 0).ptr, sizeof(way));
		u = user_at(in, way.actor);
		most = &best[u - in->report->users];
		class_name = class_at(in, way.class_id)->name;
		target = name_of(in, way.target);
		if (*most && !is_better(class_name, target, p->way_counts[i],
					u->class_name, u->target, *most))
			continue;
		*most = p->way_counts[i];
		u->class_name = class_name;
		u->target = target;
	}
	free(best);
}

static void
name_machine_ways(struct pass *p)
{
	static const rpclog_slice none = { "", 0 };
	struct report_inside *in = p->in;
	const struct report *r = in->report;
	uint64_t *best =
		xcalloc(r->target_count + r->server_count + 1, sizeof(*best));

	for (uint32_t i = 0; i < groups_count(p->machine_ways); i++) {
		struct way way;
		struct report_machine *m;
		rpclog_slice class_name;
		uint64_t *most;

		memcpy(&way, groups_value(p->machine_ways, i, 0).ptr,
		       sizeof(way));
		m = way.actor ? server_at(in, way.target)
			      : target_at(in, way.target);
		most = way.actor ? &best[r->target_count +
					 (size_t)(m - r->servers)]
				 : &best[m - r->targets];
		class_name = class_at(in, way.class_id)->name;
		if (*most &&
		    !is_better(class_name, none, p->machine_way_counts[i],
			       m->class_name, none, *most))
			continue;
		*most = p->machine_way_counts[i];
		m->class_name = class_name;
	}
	free(best);
}

/* ---- a span -----------------------------------------------------------------
 */

static void
pass_end(struct pass *p)
{
	groups_free(p->seen);
	groups_free(p->lines);
	groups_free(p->ways);
	groups_free(p->machine_ways);
	free(p->last_us);
	free(p->way_counts);
	free(p->machine_way_counts);
}

static void
take_span(struct report_inside *in, struct statement *st, enum report_span span)
{
	const struct report_sums *sums = &in->report->sums[span];
	struct pass p = { .in = in,
			  .span = span,
			  .seen = tuples_new(1),
			  .lines = tuples_new(1),
			  .ways = tuples_new(1),
			  .machine_ways = tuples_new(1) };

	bind_int(st, 1, sums->since_us);
	bind_int(st, 2, sums->until_us);
	while (statement_step(st)) {
		const struct failure failure = {
			column_int(st, 0),
			column_int(st, 1),
			column_int(st, 2),
			column_int(st, 3),
			column_int(st, 4),
			column_int(st, 5),
			actor_is_source(name_of(in, column_int(st, 1))),
		};

		take(&p, &failure);
	}
	if (span == SPAN_NOW) {
		name_ways(&p);
		name_machine_ways(&p);
	}
	pass_end(&p);
}

void
take_failures(struct report_inside *in)
{
	struct statement *st = db_prepare(
		in->db,
		"SELECT e.start_us, who.actor, e.client, e.class, e.target, "
		"e.server FROM event AS e CROSS JOIN who ON who.id = e.who "
		"WHERE e.start_us >= ? AND e.start_us < ? AND e.evidence = 1 "
		"ORDER BY e.start_us");

	for (int span = SPAN_NOW; span < SPANS; span++)
		take_span(in, st, (enum report_span)span);
	statement_free(st);
}
