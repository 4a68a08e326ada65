/* SPDX-License-Identifier: MIT */
/* Rows of facts, counted. */

#include "facts_inside.h"

bool
counts_add(struct counts *c, const struct alloc *a, const void *key, size_t len,
	   uint32_t *id)
{
	uint32_t known = c->keys.count;

	if (!dict_add(&c->keys, slice_of(key, len), id) ||
	    !alloc_grow(a, &c->count, &c->room, (size_t)*id + 1,
			sizeof(*c->count)))
		return false;
	if (*id == known)
		c->count[*id] = 0;
	c->count[*id]++;
	return true;
}

static void
sum_row(struct traffic_sum *sum, const struct fact_event *e, uint64_t ordinary)
{
	if (sum->requests == 0)
		sum->first_us = sum->last_us = e->start_us;
	if (e->start_us < sum->first_us)
		sum->first_us = e->start_us;
	if (e->start_us > sum->last_us)
		sum->last_us = e->start_us;
	sum->requests++;
	sum->ordinary += ordinary;
	sum->bytes_in += (uint64_t)e->bytes_in;
	sum->bytes_out += (uint64_t)e->bytes_out;
}

static bool
sum_traffic(struct facts *f, const struct fact_event *e,
	    const struct fact_row *r)
{
	struct traffic_key key = {
		.quarter = quarter_of(e->start_us),
		.server = e->server,
		.target = e->target,
		.protocol = e->protocol,
		.class_id = e->class_id,
	};
	uint64_t ordinary = 0;
	uint32_t known = f->traffic.count;
	uint32_t id;

	if (!facts_slow(f, e, r, &ordinary) ||
	    !dict_add(&f->traffic, slice_of((const char *)&key, sizeof(key)),
		      &id) ||
	    !alloc_grow(&f->alloc, &f->traffic_sum, &f->traffic_room,
			(size_t)id + 1, sizeof(*f->traffic_sum)))
		return false;
	if (id == known)
		memset(&f->traffic_sum[id], 0, sizeof(f->traffic_sum[id]));
	sum_row(&f->traffic_sum[id], e, ordinary);
	if (e->latency_ms < 0)
		return true;

	if (!alloc_grow(&f->alloc, &f->steps, &f->step_room, f->step_count + 2,
			sizeof(*f->steps)))
		return false;
	f->steps[f->step_count++] = id;
	f->steps[f->step_count++] = histogram_step(e->latency_ms);
	return true;
}

void
facts_traffic(const struct facts *f, uint32_t id, struct fact_traffic *to)
{
	const struct traffic_sum *sum = &f->traffic_sum[id];
	struct traffic_key key;

	memcpy(&key, dict_at(&f->traffic, id).ptr, sizeof(key));
	*to = (struct fact_traffic){
		.quarter = key.quarter,
		.requests = sum->requests,
		.bytes_in = sum->bytes_in,
		.bytes_out = sum->bytes_out,
		.ordinary = sum->ordinary,
		.is_event = facts_is_event(key.class_id),
		.first_us = sum->first_us,
		.last_us = sum->last_us,
		.server = key.server,
		.target = key.target,
		.protocol = key.protocol,
		.class_id = key.class_id,
	};
}

/* Is it the usage that the user's last row was counted under? */
static bool
is_last(const struct trait *trait, const struct usage_key *key)
{
	return trait && trait->usage != NOBODY && trait->hour == key->hour &&
	       trait->server == key->server &&
	       trait->protocol == key->protocol &&
	       trait->class_id == key->class_id &&
	       trait->target == key->target && trait->key == key->key &&
	       trait->kind == key->kind;
}

static bool
sum_usage(struct facts *f, const struct usage_key *key, struct trait *trait)
{
	uint32_t id;

	if (is_last(trait, key)) {
		f->usage.count[trait->usage]++;
		return true;
	}
	if (!counts_add(&f->usage, &f->alloc, key, sizeof(*key), &id))
		return false;
	if (!trait || key->who.user == NOBODY)
		return true;
	trait->usage = id;
	trait->hour = key->hour;
	trait->server = key->server;
	trait->protocol = key->protocol;
	trait->class_id = key->class_id;
	trait->target = key->target;
	trait->key = key->key;
	trait->kind = key->kind;
	return true;
}

bool
facts_sum(struct facts *f, const struct fact_event *e, const struct fact_row *r)
{
	struct usage_key key = {
		.hour = hour_of(e->start_us),
		.who = r->who,
		.key = r->row ? e->key : NOBODY,
		.server = e->server,
		.protocol = e->protocol,
		.software = e->software,
		.windows = e->windows,
		.class_id = e->class_id,
		.target = r->row ? e->target : FACTS_NONE,
		.kind = r->row ? r->kind : 0,
	};

	return sum_usage(f, &key, r->trait) && sum_traffic(f, e, r);
}

static bool
note_habit(struct facts *f, struct ref who, int64_t start_us, uint32_t target)
{
	int64_t hour = hour_of(start_us);
	struct habit_key key = {
		.day = hour / 24 - (hour % 24 < 0),
		.who = who,
		.target = target,
	};

	uint32_t id;

	return counts_add(&f->habits, &f->alloc, &key, sizeof(key), &id);
}

bool
facts_habits(struct facts *f, const rpclog_row *row, const struct fact_event *e,
	     struct ref who)
{
	static const rpclog_slice basic = { "Basic", 5 };
	bool probe = e->class_id == CLASS_PROBE;

	if (!probe && who.user != NOBODY &&
	    slice_starts_nocase(row_known(row, RPCLOG_AUTHENTICATION_TYPE),
				basic) &&
	    slice_eq_nocase(row_derived(row, RPCLOG_D_SCHEME), basic) &&
	    !note_habit(f, who, e->start_us, NOBODY))
		return false;
	if (e->target == FACTS_NONE || !row_is_legacy(row, NULL))
		return true;

	size_t known = f->legacy_room;

	if (!alloc_grow(&f->alloc, &f->legacy, &f->legacy_room,
			(size_t)e->target + 1, sizeof(*f->legacy)))
		return false;
	memset(f->legacy + known, 0, f->legacy_room - known);
	f->legacy[e->target] = true;
	return probe || note_habit(f, who, e->start_us, e->target);
}
