/* SPDX-License-Identifier: MIT */
/*
 * The tables of totals.  Facts of a batch are added at once; rows whose class
 * is known only later are moved one by one, and written when all have been.
 */

#include <stdlib.h>
#include <string.h>

#include "load_bars.h"
#include "load_usage.h"
#include "tuples.h"

#define MOVES_MOST 100000

struct traffic_key {
	int64_t quarter, server, target, protocol, class_id;
};

struct bar_key {
	struct traffic_key traffic;
	int64_t step;
};

struct change {
	int64_t requests, bytes_in, bytes_out, ordinary;
	int64_t first_us, last_us; /* the wrong way round: not told */
};

/* Structs as keys, and what becomes more or less of each. */
struct changes {
	struct groups *keys;
	struct change *by;
	size_t room;
};

struct totals {
	struct load *load;
	struct usage *usage;
	struct changes traffic, bars;
	int moved; /* rows may have gone */
	struct statement *add_traffic, *find_traffic, *add_basic, *add_reach,
		*add_target;
	struct bars *latencies;
};

struct totals *
totals_new(struct load *load)
{
	struct totals *t = xcalloc(1, sizeof(*t));
	struct db *db = load->db;

	t->load = load;
	t->usage = usage_new(db);
	t->traffic.keys = tuples_new(1);
	t->bars.keys = tuples_new(1);
	t->latencies = bars_new();
	t->find_traffic = db_prepare(
		db, "SELECT requests, bytes_in, bytes_out, latency, ordinary, "
		    "first_us, last_us FROM traffic WHERE quarter = ? AND "
		    "server = ? AND "
		    "target = ? AND protocol = ? AND class = ?");
	t->add_traffic = db_prepare(
		db, "INSERT OR REPLACE INTO traffic (quarter, server, target, "
		    "protocol, class, requests, bytes_in, bytes_out, latency, "
		    "ordinary, first_us, last_us) "
		    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
	t->add_basic = db_prepare(
		db, "INSERT INTO basic (day, who, requests) VALUES (?,?,?) "
		    "ON CONFLICT DO UPDATE SET "
		    "requests = requests + excluded.requests");
	t->add_reach =
		db_prepare(db, "INSERT INTO reach (day, who, target, requests) "
			       "VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET "
			       "requests = requests + excluded.requests");
	t->add_target = db_prepare(
		db, "INSERT INTO target (target, legacy) VALUES (?,?) "
		    "ON CONFLICT DO UPDATE SET "
		    "legacy = max(legacy, excluded.legacy)");
	return t;
}

/* ---- writing ----------------------------------------------------------------
 */

static void
bind_traffic(struct statement *st, const struct traffic_key *key)
{
	bind_int(st, 1, key->quarter);
	bind_int(st, 2, key->server);
	bind_int(st, 3, key->target);
	bind_int(st, 4, key->protocol);
	bind_int(st, 5, key->class_id);
}

/* What was not told cannot be told any more. */
static void
when_join(struct change *more, struct statement *old)
{
	if (column_type(old, 5) == DB_NULL) {
		more->first_us = INT64_MAX;
		more->last_us = INT64_MIN;
		return;
	}
	if (column_int(old, 5) < more->first_us)
		more->first_us = column_int(old, 5);
	if (column_int(old, 6) > more->last_us)
		more->last_us = column_int(old, 6);
}

static void
write_traffic(struct totals *t, const struct traffic_key *key,
	      struct change more, const struct histogram_bar *bars,
	      size_t count)
{
	rpclog_slice latency = { NULL, 0 };

	bind_traffic(t->find_traffic, key);
	if (statement_step(t->find_traffic)) {
		more.requests += column_int(t->find_traffic, 0);
		more.bytes_in += column_int(t->find_traffic, 1);
		more.bytes_out += column_int(t->find_traffic, 2);
		latency = column_blob(t->find_traffic, 3);
		more.ordinary += column_int(t->find_traffic, 4);
		when_join(&more, t->find_traffic);
	}
	latency = bars_merge(t->latencies, latency, bars, count);
	statement_reset(t->find_traffic);
	bind_traffic(t->add_traffic, key);
	bind_int(t->add_traffic, 6, more.requests);
	bind_int(t->add_traffic, 7, more.bytes_in);
	bind_int(t->add_traffic, 8, more.bytes_out);
	bind_blob(t->add_traffic, 9, latency);
	bind_int(t->add_traffic, 10, more.ordinary);
	if (more.first_us <= more.last_us) {
		bind_int(t->add_traffic, 11, more.first_us);
		bind_int(t->add_traffic, 12, more.last_us);
	} else {
		bind_null(t->add_traffic, 11);
		bind_null(t->add_traffic, 12);
	}
	statement_run(t->add_traffic);
}

static void
write_target(struct totals *t, int64_t target, int legacy)
{
	if (!target)
		return;
	bind_int(t->add_target, 1, target);
	bind_int(t->add_target, 2, legacy);
	statement_run(t->add_target);
}

static void
batch_traffic(struct totals *t, const struct fact_sets *sets,
	      const int64_t *names)
{
	int64_t last = 0;

	for (size_t i = 0; i < sets->traffic_count; i++) {
		const struct fact_traffic *f = &sets->traffic[i];
		const struct traffic_key key = { f->quarter,
						 id_of(names, f->server),
						 id_of(names, f->target),
						 id_of(names, f->protocol),
						 f->class_id };
		const struct change more = {
			(int64_t)f->requests,
			(int64_t)f->bytes_in,
			(int64_t)f->bytes_out,
			(int64_t)f->ordinary,
			f->is_event ? INT64_MAX : f->first_us,
			f->is_event ? INT64_MIN : f->last_us,
		};

		write_traffic(t, &key, more, sets->bars + f->bars_from,
			      f->bars_to - f->bars_from);
		if (key.target != last)
			write_target(t, key.target, 0);
		last = key.target;
	}
	for (size_t i = 0; i < sets->legacy_count; i++)
		write_target(t, names[sets->legacy[i]], 1);
}

static void
batch_habits(struct totals *t, const struct fact_sets *sets,
	     const int64_t *names, const int64_t *whos)
{
	for (size_t i = 0; i < sets->habit_count; i++) {
		const struct fact_habit *f = &sets->habits[i];
		struct statement *st =
			f->target == FACTS_NONE ? t->add_basic : t->add_reach;
		int place = 1;

		bind_int(st, place++, f->day);
		bind_int(st, place++, whos[f->who]);
		if (f->target != FACTS_NONE)
			bind_int(st, place++, names[f->target]);
		bind_int(st, place, (int64_t)f->requests);
		statement_run(st);
	}
}

void
totals_batch(struct totals *t, const struct batch *batch, const int64_t *names,
	     const int64_t *whos)
{
	const struct fact_sets *sets = &batch->sets;

	for (size_t i = 0; i < sets->usage_count; i++) {
		const struct fact_usage *f = &sets->usage[i];
		const struct usage_row row = {
			.cells = {
				[USAGE_HOUR] = f->hour,
				[USAGE_WHO] = whos[f->who],
				[USAGE_SERVER] = id_of(names, f->server),
				[USAGE_PROTOCOL] = id_of(names, f->protocol),
				[USAGE_SOFTWARE] = id_of(names, f->software),
				[USAGE_WINDOWS] = id_of(names, f->windows),
				[USAGE_CLASS] = f->class_id,
				[USAGE_KEY] = f->key == FACTS_NONE
						      ? 0
						      : whos[f->key],
				[USAGE_TARGET] = id_of(names, f->target),
				[USAGE_KIND] = f->kind,
				[USAGE_REQUESTS] = (int64_t)f->requests,
			},
		};

		usage_add(t->usage, &row);
	}
	batch_traffic(t, sets, names);
	batch_habits(t, sets, names, whos);
}

/* ---- moves ------------------------------------------------------------------
 */

static void
change(struct changes *c, const void *key, size_t len, struct change by)
{
	static const struct change none = { .first_us = INT64_MAX,
					    .last_us = INT64_MIN };
	const rpclog_slice bytes = { key, len };
	uint32_t count = groups_count(c->keys);
	uint32_t number = tuples_add(c->keys, &bytes);

	if (number == count) {
		c->by = xgrow(c->by, number, &c->room, sizeof(*c->by));
		c->by[number] = none;
	}
	c->by[number].requests += by.requests;
	c->by[number].bytes_in += by.bytes_in;
	c->by[number].bytes_out += by.bytes_out;
	c->by[number].ordinary += by.ordinary;
	if (by.first_us < c->by[number].first_us)
		c->by[number].first_us = by.first_us;
	if (by.last_us > c->by[number].last_us)
		c->by[number].last_us = by.last_us;
}

static void
clear(struct changes *c)
{
	groups_free(c->keys);
	c->keys = tuples_new(1);
}

static int
step_order(const void *a, const void *b)
{
	const struct histogram_bar *x = a, *y = b;

	return (x->step > y->step) - (x->step < y->step);
}

/* The bars of each key of traffic are gathered by their common prefix. */
static void
flush_traffic(struct totals *t)
{
	uint32_t *bar_order = tuples_sorted(t->bars.keys, 1);
	uint32_t *order = tuples_sorted(t->traffic.keys, 1);
	uint32_t bars = groups_count(t->bars.keys), next = 0;
	struct histogram_bar *list = NULL;
	size_t room = 0;

	for (uint32_t i = 0; i < groups_count(t->traffic.keys); i++) {
		rpclog_slice bytes = groups_value(t->traffic.keys, order[i], 0);
		struct traffic_key key;
		size_t count = 0;

		memcpy(&key, bytes.ptr, sizeof(key));
		for (; next < bars; next++) {
			struct bar_key bar;

			memcpy(&bar,
			       groups_value(t->bars.keys, bar_order[next], 0)
				       .ptr,
			       sizeof(bar));
			if (memcmp(&bar.traffic, &key, sizeof(key)) != 0)
				break;
			list = xgrow(list, count, &room, sizeof(*list));
			list[count].step = (uint32_t)bar.step;
			list[count++].count =
				(uint64_t)t->bars.by[bar_order[next]].requests;
		}
		if (count)
			qsort(list, count, sizeof(*list), step_order);
		write_traffic(t, &key, t->traffic.by[order[i]], list, count);
	}
	free(list);
	free(order);
	free(bar_order);
	clear(&t->traffic);
	clear(&t->bars);
}

void
totals_move(struct totals *t, const struct counted *row, int by)
{
	const int64_t quarter = quarter_of(row->start_us);
	const struct usage_row usage = {
		.cells = {
			[USAGE_HOUR] = quarter / 4 - (quarter % 4 < 0),
			[USAGE_WHO] = row->who,
			[USAGE_SERVER] = row->server,
			[USAGE_PROTOCOL] = row->protocol,
			[USAGE_SOFTWARE] = row->software,
			[USAGE_WINDOWS] = row->windows,
			[USAGE_CLASS] = row->class_id,
			[USAGE_REQUESTS] = by,
		},
	};
	const struct traffic_key traffic = { quarter, row->server, row->target,
					     row->protocol, row->class_id };
	/* What has become a handshake stays one, and is no event. */
	const bool told = row->class_id == t->load->handshake;
	const struct change one = { by,
				    by * row->bytes_in,
				    by * row->bytes_out,
				    0,
				    told ? row->start_us : INT64_MAX,
				    told ? row->start_us : INT64_MIN };
	struct bar_key bar = { traffic, 0 };

	usage_add(t->usage, &usage);
	change(&t->traffic, &traffic, sizeof(traffic), one);
	if (row->latency_ms >= 0) {
		bar.step = histogram_step(row->latency_ms);
		change(&t->bars, &bar, sizeof(bar), one);
	}
	t->moved |= by < 0;
	if (groups_count(t->traffic.keys) > MOVES_MOST ||
	    groups_count(t->bars.keys) > MOVES_MOST)
		flush_traffic(t);
}

void
totals_flush(struct totals *t)
{
	usage_flush(t->usage);
	flush_traffic(t);
	if (!t->moved)
		return;
	db_exec(t->load->db, "DELETE FROM usage WHERE requests = 0; "
			     "DELETE FROM traffic WHERE requests = 0");
	t->moved = 0;
}

void
totals_free(struct totals *t)
{
	if (!t)
		return;
	usage_free(t->usage);
	groups_free(t->traffic.keys);
	groups_free(t->bars.keys);
	free(t->traffic.by);
	free(t->bars.by);
	bars_free(t->latencies);
	free(t);
}
