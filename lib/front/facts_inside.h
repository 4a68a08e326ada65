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
	uint32_t server, protocol, software, windows, class_id, reserved;
};

struct traffic_key {
	int64_t quarter;
	uint32_t server, target, protocol, class_id;
};

struct traffic_sum {
	uint64_t requests, bytes_in, bytes_out;
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
	uint32_t server, protocol, class_id;
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
	uint32_t *legacy_targets;
};

/* One more; '*id' is the number of the key. */
bool counts_add(struct counts *c, const struct alloc *a, const void *key,
		size_t len, uint32_t *id);
/* A row, or a leg whose class is known by now, into the sums. */
/* 'trait' may be NULL. */
bool facts_sum(struct facts *f, const struct fact_event *row, struct ref who,
	       struct trait *trait);
/* Who still uses Basic, and who old servers: by day.  Probes are nobody. */
bool facts_habits(struct facts *f, const rpclog_row *row,
		  const struct fact_event *e, struct ref who);

#endif /* RPCLOG_FRONT_FACTS_INSIDE_H */
