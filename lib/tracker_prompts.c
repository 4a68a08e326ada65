/* SPDX-License-Identifier: MIT */
/*
 * Runs to prompts when all is known: lib/README.md, Prompts.  Groups get
 * their actors, so that what a user did with and without a name is joined;
 * each prompt is credited to the tally of its first row.
 */

#include "sort.h"
#include "tracker.h"

/* A run under its actor. */
struct owned_run {
	uint32_t actor;	 /* in actors */
	uint32_t client; /* in names */
	uint32_t reserved[2];
	const struct run *run;
};

/* What tells one final tally from another. */
struct final_key {
	int64_t quarter;
	uint32_t actor, client;
	struct place place;
};

struct settling {
	struct rpclog_tracker *t;
	struct owned_run *runs;
	size_t run_count;
	struct dict finals; /* of final_key */
	size_t final_room;
};

static const int64_t gaps_s[4] = { 30, 120, 300, 900 };

/* The chooser's word on what it could not decide by the row alone. */
static bool
is_chosen(const struct rpclog_tracker *t, uint32_t class_id, uint32_t actor)
{
	rpclog_settled settled;
	rpclog_class info;

	memset(&settled, 0, sizeof(settled));
	settled.class_id = class_id;
	settled.actor = dict_at(&t->actors, actor);
	if (rpclog_rules_by_id(t->rules, class_id, &info)) {
		settled.popup = info.popup;
		settled.severity = info.severity;
		settled.class_name = info.name;
	}
	return t->chooser.settled(t->chooser.ctx, &settled) != 0;
}

static int
run_order(const void *a, const void *b, const void *ctx)
{
	const struct owned_run *x = a, *y = b;
	const struct rpclog_tracker *t = ctx;

	if (x->actor != y->actor)
		return x->actor < y->actor ? -1 : 1;
	if (x->client != y->client)
		return x->client < y->client ? -1 : 1;
	return evidence_cmp(t, &x->run->head, &x->run->place, &y->run->head,
			    &y->run->place);
}

static bool
own_runs(struct settling *s)
{
	struct rpclog_tracker *t = s->t;

	run_compact(t);
	s->runs = alloc_get(&t->alloc, t->run_count, sizeof(*s->runs));
	if (!s->runs)
		return false;
	for (size_t i = 0; i < t->run_count; i++) {
		const struct run *run = &t->run[i];
		struct group_key group;

		memcpy(&group, dict_at(&t->groups, run->group).ptr,
		       sizeof(group));

		uint32_t actor = actor_of(t, group.actor);

		if (group.later_class > 0 &&
		    !is_chosen(t, group.later_class - 1, actor))
			continue;

		struct owned_run *own = &s->runs[s->run_count++];

		memset(own, 0, sizeof(*own));
		own->actor = actor;
		own->client = group.client;
		own->run = run;
	}
	return sort_by(s->runs, s->run_count, sizeof(*s->runs), run_order, t,
		       &t->alloc);
}

/* The final tally of 'key', new or known. */
static rpclog_tally *
final_tally(struct settling *s, const struct final_key *key)
{
	struct rpclog_tracker *t = s->t;
	uint32_t known = s->finals.count;
	rpclog_class info;
	uint32_t id;

	if (!dict_add(&s->finals, slice_of((const char *)key, sizeof(*key)),
		      &id) ||
	    !alloc_grow(&t->alloc, &t->tallied, &s->final_room, (size_t)id + 1,
			sizeof(*t->tallied)))
		return NULL;

	rpclog_tally *tally = &t->tallied[id];

	if (id < known)
		return tally;
	memset(tally, 0, sizeof(*tally));
	t->tallied_count = s->finals.count;
	tally->quarter_us = key->quarter * US_PER_QUARTER;
	tally->first_us = INT64_MAX;
	tally->last_us = INT64_MIN;
	tally->class_id = key->place.class_id;
	if (rpclog_rules_by_id(t->rules, key->place.class_id, &info))
		tally->popup = info.popup;
	tally->actor = dict_at(&t->actors, key->actor);
	tally->client = dict_at(&t->names, key->client);
	tally->target = dict_at(&t->names, key->place.target);
	tally->server = dict_at(&t->names, key->place.server);
	tally->protocol = dict_at(&t->names, key->place.protocol);
	return tally;
}

static bool
own_tallies(struct settling *s)
{
	struct rpclog_tracker *t = s->t;

	for (uint32_t id = 0; id < t->tallies.count; id++) {
		struct tally_key key;
		const struct tally *from = &t->tally[id];

		memcpy(&key, dict_at(&t->tallies, id).ptr, sizeof(key));

		struct final_key final = {
			.quarter = key.quarter,
			.actor = actor_of(t, key.actor),
			.client = key.client,
			.place = key.place,
		};

		if (key.later && !is_chosen(t, key.place.class_id, final.actor))
			continue;

		rpclog_tally *into = final_tally(s, &final);

		if (!into)
			return false;
		into->requests += from->requests;
		if (from->first_us < into->first_us ||
		    (from->first_us == into->first_us &&
		     from->first_tag < into->first_tag)) {
			into->first_us = from->first_us;
			into->first_tag = from->first_tag;
		}
		if (from->last_us > into->last_us ||
		    (from->last_us == into->last_us &&
		     from->last_tag > into->last_tag)) {
			into->last_us = from->last_us;
			into->last_tag = from->last_tag;
		}
	}
	return true;
}

static bool
begin_prompt(struct settling *s, const struct owned_run *own)
{
	struct rpclog_tracker *t = s->t;

	if (!alloc_grow(&t->alloc, &t->prompts, &t->prompt_room,
			t->prompt_count + 1, sizeof(*t->prompts)))
		return false;

	rpclog_prompt *p = &t->prompts[t->prompt_count++];

	memset(p, 0, sizeof(*p));
	p->first_us = own->run->head.start_us;
	p->last_us = own->run->last_us;
	p->class_id = own->run->place.class_id;
	p->actor = dict_at(&t->actors, own->actor);
	p->client = dict_at(&t->names, own->client);
	p->target = dict_at(&t->names, own->run->place.target);
	p->server = dict_at(&t->names, own->run->place.server);
	return true;
}

/* 'pause' is the time since the last row of the same actor and client. */
static bool
join_run(struct settling *s, const struct owned_run *own, bool first,
	 int64_t pause)
{
	struct rpclog_tracker *t = s->t;
	struct final_key key = {
		.quarter = quarter_of(own->run->head.start_us),
		.actor = own->actor,
		.client = own->client,
		.place = own->run->place,
	};
	rpclog_tally *tally = final_tally(s, &key);

	if (!tally)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(gaps_s); i++)
		tally->prompts_at[i] += first || pause > gaps_s[i] * US_PER_S;
	if (first || pause > t->options.gap_s * US_PER_S) {
		tally->prompts++;
		if (!begin_prompt(s, own))
			return false;
	}

	rpclog_prompt *p = &t->prompts[t->prompt_count - 1];

	p->requests += own->run->requests;
	if (own->run->last_us > p->last_us)
		p->last_us = own->run->last_us;
	return true;
}

static bool
join_runs(struct settling *s)
{
	int64_t last_us = 0;

	for (size_t i = 0; i < s->run_count; i++) {
		const struct owned_run *own = &s->runs[i];
		bool first = i == 0 || own[-1].actor != own->actor ||
			     own[-1].client != own->client;

		if (!join_run(s, own, first, own->run->head.start_us - last_us))
			return false;
		if (first || own->run->last_us > last_us)
			last_us = own->run->last_us;
	}
	return true;
}

static int
prompt_order(const void *a, const void *b, const void *ctx)
{
	const rpclog_prompt *x = a, *y = b;
	int order = (x->first_us > y->first_us) - (x->first_us < y->first_us);

	(void)ctx;
	if (order == 0)
		order = slice_cmp(x->actor, y->actor);
	return order ? order : slice_cmp(x->client, y->client);
}

static int
tally_order(const void *a, const void *b, const void *ctx)
{
	const rpclog_tally *x = a, *y = b;
	int order = (x->quarter_us > y->quarter_us) -
		    (x->quarter_us < y->quarter_us);

	(void)ctx;
	if (order == 0)
		order = slice_cmp(x->actor, y->actor);
	if (order == 0)
		order = slice_cmp(x->client, y->client);
	if (order == 0)
		order = (x->class_id > y->class_id) -
			(x->class_id < y->class_id);
	if (order == 0)
		order = slice_cmp(x->target, y->target);
	if (order == 0)
		order = slice_cmp(x->server, y->server);
	return order ? order : slice_cmp(x->protocol, y->protocol);
}

rpclog_status
prompts_settle(struct rpclog_tracker *t)
{
	struct settling s;
	bool ok;

	memset(&s, 0, sizeof(s));
	s.t = t;
	dict_init(&s.finals, &t->alloc);
	ok = own_runs(&s) && own_tallies(&s) && join_runs(&s) &&
	     sort_by(t->prompts, t->prompt_count, sizeof(*t->prompts),
		     prompt_order, NULL, &t->alloc) &&
	     sort_by(t->tallied, t->tallied_count, sizeof(*t->tallied),
		     tally_order, NULL, &t->alloc);
	dict_free(&s.finals);
	alloc_free(&t->alloc, s.runs);
	return ok ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}
