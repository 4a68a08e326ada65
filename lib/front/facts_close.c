/* SPDX-License-Identifier: MIT */
/* All that was taken from rows, summed up and numbered. */

#include "facts_inside.h"
#include "radix.h"

/* Users come first, then keys. */
static uint32_t
who_number(const struct facts *f, struct ref who)
{
	return who.user != NOBODY ? who.user
				  : f->tracker->users.count + who.key;
}

static uint32_t
key_number(const struct facts *f, uint32_t key)
{
	return key == NOBODY ? FACTS_NONE : f->tracker->users.count + key;
}

/* ---- legs -----------------------------------------------------------------
 */

/* Those whose success came along are summed up and gone; others are no part
 * of the sums, since nobody knows yet what they become. */
static bool
settle_legs(struct facts *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->event_count; i++) {
		struct fact_event *e = &f->events[i];
		struct ref who = { e->who,
				   e->who == NOBODY ? e->session : NOBODY };
		bool leg = e->class_id == CLASS_FE_AUTH_LEG;

		if (leg) {
			if (leg_is_handshake(f->tracker, e->session,
					     e->start_us))
				e->class_id = CLASS_HANDSHAKE;
			if (e->class_id == CLASS_HANDSHAKE) {
				const struct fact_row r = { .who = who };

				if (!facts_sum(f, e, &r))
					return false;
				continue;
			}
			e->session = f->tracker->users.count + e->session;
		} else {
			e->session = FACTS_NONE;
		}
		e->key = key_number(f, e->key);
		e->who = who_number(f, who);
		f->events[kept++] = *e;
	}
	f->event_count = kept;
	return true;
}

/* ---- whom rows name ---------------------------------------------------------
 */

static bool
name_of(struct facts *f, rpclog_slice text, uint32_t *number)
{
	*number = FACTS_NONE;
	return text.len == 0 || dict_add(&f->names, text, number);
}

static bool
take_users(struct facts *f)
{
	const struct rpclog_tracker *t = f->tracker;
	uint32_t *first = alloc_get(&f->alloc, t->users.count, sizeof(*first));
	bool ok = first != NULL;

	for (uint32_t user = 0; ok && user < t->users.count; user++)
		first[user] = NOBODY;
	for (uint32_t id = 0; ok && id < t->spellings.count; id++) {
		uint32_t *best = &first[t->spelling[id].user];

		if (*best == NOBODY || spelling_before(t, id, *best))
			*best = id;
	}
	for (uint32_t user = 0; ok && user < t->users.count; user++) {
		struct fact_who *who = &f->whos[user];
		const struct when *when = &t->spelling[first[user]].first;

		who->mailbox = who->client = who->agent = FACTS_NONE;
		who->owner = FACTS_NONE;
		who->start_us = when->start_us;
		who->end_us = when->end_us;
		who->request_id = slice_of(when->id, when->id_len);
		ok = name_of(f, dict_at(&t->users, user), &who->user) &&
		     name_of(f, dict_at(&t->spellings, first[user]),
			     &who->spelling);
	}
	alloc_free(&f->alloc, first);
	return ok;
}

static bool
take_keys(struct facts *f)
{
	const struct rpclog_tracker *t = f->tracker;

	for (uint32_t id = 0; id < t->keys.count; id++) {
		struct fact_who *who = &f->whos[t->users.count + id];
		struct key_parts parts = key_parts(dict_at(&t->keys, id));

		who->user = who->spelling = FACTS_NONE;
		who->owner = t->key[id].owner; /* the numbers are the same */
		if (!name_of(f, parts.mailbox, &who->mailbox) ||
		    !name_of(f, parts.client, &who->client) ||
		    !name_of(f, parts.agent, &who->agent))
			return false;
	}
	return true;
}

static bool
take_whos(struct facts *f)
{
	size_t count = (size_t)f->tracker->users.count + f->tracker->keys.count;

	f->whos = alloc_zero(&f->alloc, count, sizeof(*f->whos));
	return f->whos && take_users(f) && take_keys(f);
}

/* ---- sums -----------------------------------------------------------------
 */

static bool
take_usage(struct facts *f)
{
	uint32_t count = f->usage.keys.count;

	f->usages = alloc_get(&f->alloc, count, sizeof(*f->usages));
	for (uint32_t i = 0; f->usages && i < count; i++) {
		struct usage_key key;

		memcpy(&key, dict_at(&f->usage.keys, i).ptr, sizeof(key));
		f->usages[i] = (struct fact_usage){
			.hour = key.hour,
			.requests = f->usage.count[i],
			.who = who_number(f, key.who),
			.server = key.server,
			.protocol = key.protocol,
			.software = key.software,
			.windows = key.windows,
			.class_id = key.class_id,
			.key = key_number(f, key.key),
			.target = key.target,
			.kind = key.kind,
		};
	}
	return f->usages != NULL;
}

static bool
take_habits(struct facts *f)
{
	uint32_t count = f->habits.keys.count;

	f->habit = alloc_get(&f->alloc, count, sizeof(*f->habit));
	for (uint32_t i = 0; f->habit && i < count; i++) {
		struct habit_key key;

		memcpy(&key, dict_at(&f->habits.keys, i).ptr, sizeof(key));
		f->habit[i] = (struct fact_habit){
			.day = key.day,
			.requests = f->habits.count[i],
			.who = who_number(f, key.who),
			.target = key.target,
		};
	}
	return f->habit != NULL;
}

/* Latencies by traffic and step, as they are counted. */
static bool
sorted_steps(struct facts *f, struct radix_item **items)
{
	size_t count = f->step_count / 2;
	struct radix_item *spare = alloc_get(&f->alloc, count, sizeof(*spare));

	*items = alloc_get(&f->alloc, count, sizeof(**items));
	if (!spare || !*items) {
		alloc_free(&f->alloc, spare);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		(*items)[i].key =
			(uint64_t)f->steps[2 * i] << 32 | f->steps[2 * i + 1];
		(*items)[i].value = 0;
	}
	radix_sort(*items, spare, count, 0);
	alloc_free(&f->alloc, spare);
	return true;
}

/* Bars in order of traffic and step. */
static bool
take_bars(struct facts *f)
{
	size_t count = f->step_count / 2, bars = 0;
	struct radix_item *items;
	bool ok = sorted_steps(f, &items);

	f->bar = alloc_get(&f->alloc, count, sizeof(*f->bar));
	for (size_t i = 0; ok && f->bar && i < count; i++) {
		uint64_t key = items[i].key;
		struct fact_traffic *traffic = &f->traffics[key >> 32];

		if (i > 0 && key == items[i - 1].key) {
			f->bar[bars - 1].count++;
			continue;
		}
		if (traffic->bars_to == 0)
			traffic->bars_from = bars;
		f->bar[bars].step = (uint32_t)key;
		f->bar[bars].count = 1;
		traffic->bars_to = ++bars;
	}
	alloc_free(&f->alloc, items);
	return ok && f->bar;
}

static bool
take_traffic(struct facts *f)
{
	uint32_t count = f->traffic.count;

	f->traffics = alloc_get(&f->alloc, count, sizeof(*f->traffics));
	for (uint32_t i = 0; f->traffics && i < count; i++)
		facts_traffic(f, i, &f->traffics[i]);
	return f->traffics && take_bars(f);
}

/* ---- signs ----------------------------------------------------------------
 */

static bool
take_slow(struct facts *f)
{
	uint32_t count = f->slow.keys.count;

	f->slows = alloc_zero(&f->alloc, count, sizeof(*f->slows));
	for (uint32_t i = 0; f->slows && i < count; i++) {
		const struct span *span = &f->slow.span[i];
		struct slow_key key;

		memcpy(&key, dict_at(&f->slow.keys, i).ptr, sizeof(key));
		f->slows[i] = (struct fact_slow){
			.quarter = key.quarter,
			.target = key.target,
			.protocol = key.protocol,
			.phase = key.phase,
			.requests = span->requests,
			.first_us = span->first_us,
			.last_us = span->last_us,
		};
	}
	return f->slows != NULL;
}

static bool
take_channels(struct facts *f)
{
	uint32_t count = f->channels.keys.count;

	f->channel = alloc_zero(&f->alloc, count, sizeof(*f->channel));
	for (uint32_t i = 0; f->channel && i < count; i++) {
		const struct span *span = &f->channels.span[i];
		struct channel_key key;

		memcpy(&key, dict_at(&f->channels.keys, i).ptr, sizeof(key));
		f->channel[i] = (struct fact_channel){
			.hour = key.hour,
			.who = who_number(f, key.who),
			.client = key.client,
			.target = key.target,
			.end = key.end,
			.requests = span->requests,
			.first_us = span->first_us,
			.last_us = span->last_us,
		};
	}
	return f->channel != NULL;
}

/* ---- what the tracker knows -------------------------------------------------
 */

static bool
take_successes(struct facts *f)
{
	const struct rpclog_tracker *t = f->tracker;
	size_t count = t->success.count;

	f->successes = alloc_get(&f->alloc, count, sizeof(*f->successes));
	for (size_t i = 0; f->successes && i < count; i++) {
		const struct success *run = &t->success.runs[i];

		f->successes[i] = (struct fact_success){
			.who = t->users.count + run->key,
			.first_us = run->first_us,
			.last_us = success_last(run),
		};
	}
	return f->successes != NULL;
}

static bool
take_servers(struct facts *f)
{
	const struct rpclog_tracker *t = f->tracker;

	f->servers =
		alloc_zero(&f->alloc, t->servers.count, sizeof(*f->servers));
	for (uint32_t i = 0; f->servers && i < t->servers.count; i++) {
		f->servers[i].newest_us = t->newest_us[i];
		if (!name_of(f, dict_at(&t->servers, i), &f->servers[i].name))
			return false;
	}
	return f->servers != NULL;
}

static bool
take_legacy(struct facts *f, size_t *count)
{
	*count = 0;
	f->legacy_targets = alloc_get(&f->alloc, f->legacy_room,
				      sizeof(*f->legacy_targets));
	if (!f->legacy_targets)
		return false;
	for (size_t i = 0; i < f->legacy_room; i++) {
		if (f->legacy[i])
			f->legacy_targets[(*count)++] = (uint32_t)i;
	}
	return true;
}

rpclog_status
facts_close(struct facts *f, struct fact_sets *sets)
{
	size_t legacy_count;
	rpclog_status status = rpclog_tracker_tidy(f->tracker);

	if (status != RPCLOG_OK)
		return status;
	if (!settle_legs(f) || !take_whos(f) || !take_usage(f) ||
	    !take_traffic(f) || !take_habits(f) || !take_successes(f) ||
	    !take_servers(f) || !take_legacy(f, &legacy_count) ||
	    !take_slow(f) || !take_channels(f))
		return RPCLOG_ERR_NOMEM;
	*sets = (struct fact_sets){
		.whos = f->whos,
		.who_count = (size_t)f->tracker->users.count +
			     f->tracker->keys.count,
		.events = f->events,
		.event_count = f->event_count,
		.usage = f->usages,
		.usage_count = f->usage.keys.count,
		.traffic = f->traffics,
		.traffic_count = f->traffic.count,
		.bars = f->bar,
		.slow = f->slows,
		.slow_count = f->slow.keys.count,
		.channels = f->channel,
		.channel_count = f->channels.keys.count,
		.odd = f->odd,
		.odd_count = f->odd_count,
		.habits = f->habit,
		.habit_count = f->habits.keys.count,
		.successes = f->successes,
		.success_count = f->tracker->success.count,
		.servers = f->servers,
		.server_count = f->tracker->servers.count,
		.legacy = f->legacy_targets,
		.legacy_count = legacy_count,
		.rows = f->rows,
	};
	return RPCLOG_OK;
}
