/* SPDX-License-Identifier: MIT */
/*
 * What is gathered, while it is: gather_take.c puts a row into cells, by the
 * names of gather_names.c, the cells of users into those of gather_uses.c;
 * signs.c tells what single rows show; gather_merge.c closes and
 * merges, gather_settle.c makes tables.
 */

#ifndef RPCLOG_FRONT_GATHER_INSIDE_H
#define RPCLOG_FRONT_GATHER_INSIDE_H

#include "../tracker.h"
#include "crowd.h"
#include "gathered.h"
#include "guid.h"
#include "signs.h"

/* What tells cells apart, for every table; what it does not use is 0. */
struct cell_key {
	int64_t at; /* hours since 1970 */
	/* Of the tracker; NOBODY: none. */
	uint32_t user, key;
	uint32_t server, target, protocol, client, software, windows, host;
	uint32_t class_id;
	uint8_t half, kind;
	uint8_t later; /* class or actor must be chosen yet */
	uint8_t reserved[5];
};

struct sums {
	struct dict keys; /* struct cell_key */
	struct cell_sum *sum;
	size_t room;
};

/* What a client's user agent says. */
struct trait_memo {
	uint64_t part; /* number of its PART_WHO; 0: nothing here */
	uint32_t software, windows;
};

/*
 * A cell of TABLE_USE while it is gathered.  There are many, in no order, and
 * seldom is one of them in the cache: each takes one line of it.
 */
struct use {
	uint32_t user, key, target, protocol;
	uint32_t software, windows;
	uint32_t what;	   /* class, half and 'later' */
	uint32_t requests; /* 0: nothing here */
	int64_t first_us, last_us;
	uint64_t first_tag, last_tag;
};

#define USE_LATER	4 /* in 'what'; a half stands below it, the class above */
#define USE_CLASS_SHIFT 3

/* Rows wait a while before they are counted, until their lines are there. */
#define USES_WAITING 8

struct uses {
	struct use *slots; /* a power of two of them, */
	void *block;	   /* each a line of this */
	size_t room, count;
	uint64_t seed;
	struct {
		uint64_t hash;
		struct use row;
	} waiting[USES_WAITING];
	unsigned next;
};

/* The short channels of a session. */
struct brief_memo {
	int64_t at;
	uint32_t user, target, cell; /* 1 + its number; 0: nothing here */
	uint32_t ends[END_COUNT];    /* the same, of TABLE_END */
};

enum target_trait {
	TARGET_KNOWN = 1, /* it was looked at */
	TARGET_ODD = 2,	  /* it can't be a host */
	TARGET_LEGACY = 4 /* a row said that it is Exchange 2010 or 2007 */
};

/*
 * Sums that are still to be added to the tables: rows of one quarter, server,
 * target, protocol and class mostly come together.
 */
#define FLOW_MEMOS 64

struct flow_memo {
	int64_t at;
	uint32_t server, target, protocol, class_id;
	struct cell_sum sum; /* of no requests: nothing here */
	struct cell_phases phases;
};

/* What cells of PART_WHAT tell. */
struct what_memo {
	uint64_t part; /* its number; 0: nothing here */
	uint32_t protocol;
	uint8_t half;	/* an enum half */
	uint8_t prompt; /* its requests are answered at once */
	uint8_t ecp;
	uint8_t authenticated;
};

/* The crowd of this hour and server. */
#define PULSE_MEMOS 16

struct pulse_memo {
	int64_t at;
	uint32_t server, cell; /* NOBODY: nothing here */
};

/* The number of a target by its cell. */
#define TARGET_MEMOS 32
#define TARGET_ROOM  60

struct target_memo {
	uint32_t target;
	uint8_t len; /* 0: nothing here */
	char cell[TARGET_ROOM];
};

/*
 * A row of Basic that was refused: why, an IIS log may tell by its id.  Of very
 * many a sample is kept: those whose ids have a hash that begins with 'level'
 * zero bits, whatever their order.
 */
#define REFUSALS_MOST 131072

struct refusal {
	unsigned char id[GUID_LEN];
	uint32_t user, key, server; /* as those of cell_key */
	bool later;
	int64_t start_us;
	uint64_t tag;
};

struct gather {
	struct alloc alloc;
	rpclog_tracker *tracker;
	bool closed;
	rpclog_chooser chooser;
	uint32_t tables; /* bits: those that are wanted */
	bool broken;

	struct dict names; /* 0 is the empty one */
	struct sums sums[TABLE_COUNT];
	struct cell_phases *phases; /* by flow */
	size_t phases_room;
	uint8_t *traits; /* by name of a target: enum target_trait */
	size_t trait_room;
	struct crowd *crowds; /* by pulse: who got in */
	size_t crowds_room;
	int64_t first_us, last_us;
	uint64_t requests;
	struct refusal *refusals;
	size_t refusal_count, refusal_room;
	unsigned refusal_level;

	struct uses uses;
	struct trait_memo *traits_of; /* by slot of PART_WHO */
	struct what_memo *whats;      /* by slot of PART_WHAT */
	struct flow_memo flows[FLOW_MEMOS];
	struct pulse_memo pulses[PULSE_MEMOS];
	struct brief_memo *briefs; /* by key of the tracker */
	size_t briefs_room;
	uint16_t *places; /* by user: 1 + its place in crowds, or 0 */
	size_t places_room;
	struct target_memo targets[TARGET_MEMOS];
	uint32_t *servers; /* by number of the tracker; 0: not met */
	size_t servers_room;
	uint32_t last_host;
	uint32_t host_cell; /* of 'last_host' */
	struct phase_columns phase_columns;
};

/* A row's numbers. */
struct gathering {
	const rpclog_row *row;
	const rpclog_verdict *verdict;
	struct cell_sum one;
	int64_t quarter, hour; /* of the start, since 1970 */
	uint32_t server, target;
	struct what_memo what;
	bool later;
};

/* 'more' into the cell of 'key'; its number in '*id'. */
bool sums_add(struct sums *sums, const struct alloc *a,
	      const struct cell_key *key, const struct cell_sum *more,
	      uint32_t *id);
void sums_free(struct sums *sums, const struct alloc *a);
/* 'trait' becomes one of the target's. */
bool gather_trait(struct gather *g, uint32_t target, uint8_t trait);
/* Numbers of a row's names; false if memory is out. */
bool server_of(struct gather *g, const rpclog_row *row, uint32_t *server);
bool target_of(struct gather *g, const rpclog_row *row, uint32_t *target);
bool what_of(struct gather *g, const rpclog_row *row, struct what_memo *what);
/* Software and Windows. */
bool trait_of(struct gather *g, const rpclog_row *row, struct use *use);
/* What the row says of its target. */
bool note_target(struct gather *g, const struct gathering *r);
static inline bool
is_gathered(const struct gather *g, enum table_number table)
{
	return g->tables >> table & 1;
}
/* A row that counts into the cells of all tables. */
bool gather_take(struct gather *g, struct gathering *r, uint64_t set);
/* One row more, soon. */
bool uses_add(struct gather *g, const struct use *row);
/* No more rows: all of them are counted. */
bool uses_close(struct gather *g);
/* The cell of another gather, in numbers of this one. */
bool uses_merge(struct gather *g, const struct use *cell);
void uses_free(struct uses *uses, const struct alloc *a);
/* The same as any cell has it. */
void use_cell(const struct use *use, struct cell_key *key,
	      struct cell_sum *sum);
/* One more; 'refusal' is in numbers of 'g'. */
bool refusals_add(struct gather *g, const struct refusal *refusal);
/* Only a sample of at least this level. */
void refusals_thin(struct gather *g, unsigned level);
/* Sums that wait in memos into their tables. */
bool gather_flush(struct gather *g);
/* More requests with a slow phase; either may be none. */
void phases_join(struct cell_phases *into, const struct cell_sum *more);
/* The same of a flow. */
bool phases_add(struct gather *into, uint32_t flow,
		const struct cell_phases *more);
/* The crowd of a pulse; NULL if there is no memory. */
struct crowd *gather_crowd(struct gather *g, uint32_t pulse);
/* A row that calls itself a probe, and has such an anchor. */
bool gather_disguised(struct gather *g, const struct gathering *r);

#endif /* RPCLOG_FRONT_GATHER_INSIDE_H */
