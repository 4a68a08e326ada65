/* SPDX-License-Identifier: MIT */
/*
 * Facts while they are collected: facts.c takes rows, facts_sums.c counts them,
 * facts_close.c gives all of them out.
 */

#ifndef RPCLOG_FRONT_FACTS_INSIDE_H
#define RPCLOG_FRONT_FACTS_INSIDE_H

#include "../tracker.h"
#include "facts.h"
#include "histogram.h"
#include "signs.h"

/*
 * Whom a row names, as the tracker numbers them: its user, else its key.  The
 * numbers of fact_who are given when all are known.
 */
struct ref {
	uint32_t user, key; /* one of them is NOBODY */
};

struct usage_key {
	int64_t hour;
	struct ref who;
	uint32_t key; /* or NOBODY */
	uint32_t server, protocol, software, windows, class_id, target, kind;
};

struct traffic_key {
	int64_t quarter;
	uint32_t server, target, protocol, class_id;
};

struct traffic_sum {
	uint64_t requests, bytes_in, bytes_out, ordinary;
	int64_t first_us, last_us;
};

struct slow_key {
	int64_t quarter;
	uint32_t target, protocol, phase, reserved;
};

struct channel_key {
	int64_t hour;
	struct ref who;
	uint32_t client, target, end, reserved;
};

/* A dictionary of structs as bytes; how many of each, from when to when. */
struct spans {
	struct dict keys;
	struct span {
		uint64_t requests;
		int64_t first_us, last_us;
	} * span;
	size_t room;
};

struct habit_key {
	int64_t day;
	struct ref who;
	uint32_t target, reserved; /* NOBODY: Basic */
};

/* A dictionary of structs as bytes, and a number beside each. */
struct counts {
	struct dict keys;
	uint64_t *count;
	size_t room;
};

/* What a row's PART_WHO says of its client. */
struct trait {
	uint64_t part; /* its number; 0: nothing here */
	uint32_t software, windows;
	/* The last usage of this user, if the row names one: mostly the next
	 * row's, too. */
	uint32_t usage; /* its number, or NOBODY */
	uint32_t server, protocol, class_id, target, key, kind;
	int64_t hour;
};

struct facts {
	struct alloc alloc;
	rpclog_tracker *tracker;
	struct dict names;
	struct trait *traits; /* by slot of PART_WHO */
	uint32_t last_server, last_target, last_protocol;
	bool *legacy; /* by name */
	size_t legacy_room;
	uint8_t *odd_targets; /* by name: 1 it is, 2 it is not */
	size_t odd_target_room;
	struct phase_columns columns;
	struct spans slow, channels;
	struct fact_odd *odd;
	size_t odd_count, odd_room;

	struct fact_event *events; /* 'who' and 'session' are users and
				    * keys of the tracker until close */
	size_t event_count, event_room;
	struct dict ids; /* of their requests */
	struct counts usage, habits;
	struct dict traffic;
	struct traffic_sum *traffic_sum;
	size_t traffic_room;
	uint32_t *steps; /* of latencies, a pair each: traffic, step */
	size_t step_count, step_room;
	uint64_t rows;

	struct fact_who *whos;
	struct fact_usage *usages;
	struct fact_traffic *traffics;
	struct histogram_bar *bar;
	struct fact_habit *habit;
	struct fact_success *successes;
	struct fact_server *servers;
	struct fact_slow *slows;
	struct fact_channel *channel;
	uint32_t *legacy_targets;
};

/* What of a row the sums are made of, beside the event that it may be. */
struct fact_row {
	const rpclog_row *row; /* NULL: a leg, whose class came later */
	uint64_t set;
	struct ref who;
	struct trait *trait; /* or NULL */
	uint32_t kind;
};

/* Is a row of this class an event? */
bool facts_is_event(uint32_t class_id);
/* One more; '*id' is the number of the key. */
bool counts_add(struct counts *c, const struct alloc *a, const void *key,
		size_t len, uint32_t *id);
/* A row, or a leg whose class is known by now, into the sums. */
bool facts_sum(struct facts *f, const struct fact_event *e,
	       const struct fact_row *r);
/* One of the sums of traffic, as it is handed out; no bars yet. */
void facts_traffic(const struct facts *f, uint32_t id, struct fact_traffic *to);
/* facts_signs.c: what findings ask for beyond sums. */
bool facts_slow(struct facts *f, const struct fact_event *e,
		const struct fact_row *r, uint64_t *ordinary);
bool facts_signs(struct facts *f, struct fact_event *e,
		 const struct fact_row *r);
void spans_free(struct spans *s, const struct alloc *a);
/* Who still uses Basic, and who old servers: by day.  Probes are nobody. */
bool facts_habits(struct facts *f, const rpclog_row *row,
		  const struct fact_event *e, struct ref who);

#endif /* RPCLOG_FRONT_FACTS_INSIDE_H */
