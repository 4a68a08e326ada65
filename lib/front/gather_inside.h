/* SPDX-License-Identifier: MIT */
/*
 * What is gathered, while it is: gather.c takes rows, gather_odd.c knows the
 * odd ones, gather_merge.c closes and merges, gather_settle.c makes tables.
 */

#ifndef RPCLOG_FRONT_GATHER_INSIDE_H
#define RPCLOG_FRONT_GATHER_INSIDE_H

#include "../tracker.h"
#include "gathered.h"

/* What tells cells apart, for every table; what it does not use is 0. */
struct cell_key {
	int64_t at; /* hours since 1970 */
	/* Of the tracker until close, then of 'whos'; NOBODY: none. */
	uint32_t user, key;
	uint32_t server, target, protocol, client, software, windows, host;
	uint32_t class_id;
	uint8_t half, kind;
	uint8_t later; /* class or actor must be chosen yet */
	uint8_t reserved[5];
};

struct cell_sum {
	uint64_t requests;
	int64_t first_us, last_us;
	uint64_t first_tag, last_tag;
};

struct cell_phases {
	uint64_t ordinary, slow[PHASE_COUNT];
	struct cell_sum any; /* requests with a slow phase */
};

struct sums {
	struct dict keys; /* struct cell_key */
	struct cell_sum *sum;
	size_t room;
};

/* The cell of a client's last row: mostly the next row's, too. */
struct use_memo {
	uint64_t part; /* number of its PART_WHO; 0: nothing here */
	uint32_t software, windows;
	uint32_t user, key, target, protocol, class_id;
	uint32_t half; /* and 'later' */
	uint32_t cell; /* NOBODY: none yet */
};

#define FLOW_MEMOS 64

struct flow_memo {
	int64_t at;
	uint32_t server, target, protocol, class_id;
	uint32_t flow, route; /* NOBODY: nothing here */
};

struct gather {
	struct alloc alloc;
	rpclog_tracker *tracker; /* NULL once closed */
	rpclog_chooser chooser;
	bool broken;

	struct dict names; /* 0 is the empty one */
	struct dict whos;  /* after close: 'u' and a user, 'k' and a key */
	struct sums sums[TABLE_COUNT];
	struct cell_phases *phases; /* by flow */
	size_t phases_room;
	bool *legacy; /* by name */
	size_t legacy_room;
	int64_t first_us, last_us;
	uint64_t requests;

	struct use_memo *uses; /* by slot of PART_WHO */
	struct flow_memo flows[FLOW_MEMOS];
	uint32_t last_server, last_target, last_protocol, last_host;
	uint64_t set; /* that 'phase_column' is of */
	size_t phase_column[PHASE_COUNT];
};

/* A row's numbers. */
struct gathering {
	const rpclog_row *row;
	const rpclog_verdict *verdict;
	struct cell_sum one;
	uint32_t server, target, protocol;
	enum half half;
	bool later;
};

/* 'more' into the cell of 'key'; its number in '*id'. */
bool sums_add(struct sums *sums, const struct alloc *a,
	      const struct cell_key *key, const struct cell_sum *more,
	      uint32_t *id);
void sum_join(struct cell_sum *into, const struct cell_sum *more);
/* More requests with a slow phase; either may be none. */
void phases_join(struct cell_phases *into, const struct cell_sum *more);
/* Slow phases of a row into those of its flow. */
bool gather_phases(struct gather *g, const struct gathering *r, uint32_t flow,
		   uint64_t set);
/* Is the row one that no honest client makes?  An odd_kind, or 0. */
int odd_kind_of(const rpclog_row *row, bool ecp);

#endif /* RPCLOG_FRONT_GATHER_INSIDE_H */
