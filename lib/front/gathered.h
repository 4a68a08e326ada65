/* SPDX-License-Identifier: MIT */
/* What was gathered, as tables that findings are looked for in. */

#ifndef RPCLOG_FRONT_GATHERED_H
#define RPCLOG_FRONT_GATHERED_H

#include "../dict.h"
#include "crowd.h"
#include "gather.h"
#include "join.h"

/* The tables.  What a cell of each tells apart is what it does not leave 0. */
enum table_number {
	/* Prompt-capable failures after sessions, by quarter of an hour:
	 * actor, client, server, target, protocol, class. */
	TABLE_FAIL,
	/* Rows of known users, and of others if they can prompt: actor,
	 * mailbox, client, software, windows, target, protocol, class, half. */
	TABLE_USE,
	/* All requests but probes, by quarter: target, protocol, class. */
	TABLE_FLOW,
	/* The same, by quarter: server, target, class. */
	TABLE_ROUTE,
	/* Rows of users that got in, and who they were, by hour: server. */
	TABLE_PULSE,
	/* Outlook Anywhere: host of the URL. */
	TABLE_HOST,
	/* Rows that no honest client makes: client, kind. */
	TABLE_ODD,
	/* Short RPC_OUT channels, by hour: actor, client, target. */
	TABLE_SHORT,
	/* The same, not by hour: actor, target, kind (enum channel_end). */
	TABLE_END,
	/* What IIS says of refused logons: actor, client, server, class. */
	TABLE_REASON,
	TABLE_COUNT
};

/* Phases of a request, as the latency columns tell them. */
enum phase {
	PHASE_ROUTING,	  /* finding the back end */
	PHASE_KERBEROS,	  /* the ticket for it */
	PHASE_CONNECT,	  /* opening the request to it */
	PHASE_SEND,	  /* sending it */
	PHASE_PROCESSING, /* waiting for the answer */
	PHASE_ANSWER,	  /* reading the answer */
	PHASE_COUNT
};

#define PHASE_SLOW_MS 2000

/* Halves of an RPC connection. */
enum half { HALF_NONE, HALF_IN, HALF_OUT };

/* Who ended a channel, as far as its row tells. */
enum channel_end {
	END_UNKNOWN,
	END_CLOSED,
	END_CLIENT,
	END_BACKEND,
	END_COUNT
};

enum odd_kind {
	ODD_ANCHOR = 1, /* AnchorMailbox names a host that can't be one */
	ODD_RESOURCE,	/* POST to a file such as a script, without a logon */
	ODD_TARGET	/* TargetServer that can't be a host */
};

struct cell_sum {
	uint64_t requests;
	int64_t first_us, last_us;
	uint64_t first_tag, last_tag;
};

/* 'more' into it: of two at the same time the lesser tag is first. */
void sum_join(struct cell_sum *into, const struct cell_sum *more);

/* Of a flow: requests whose phases count, and those that were slow. */
struct cell_phases {
	uint64_t ordinary, slow[PHASE_COUNT];
	struct cell_sum any; /* requests with a slow phase */
};

struct cell {
	int64_t at_us; /* begin of the quarter or hour; else 0 */
	/* Numbers of names, in bytewise order; 0 is the empty name. */
	uint32_t server, target, protocol, actor, client, mailbox, software,
		windows, host;
	uint32_t class_id;
	uint8_t popup; /* an rpclog_popup, of the class */
	uint8_t half, kind;
	uint8_t legacy; /* the target is Exchange 2010 or 2007 */
	uint64_t requests;
	int64_t first_us, last_us; /* starts */
	uint64_t first_tag, last_tag;
	/* Pulse: who got in. */
	const struct crowd *crowd;
	const struct cell_phases *phases; /* of a flow; else NULL */
};

/* ---- Tables -----------------------------------------------------------------
 */

struct cells {
	struct cell *cells; /* in order of their numbers, top down */
	size_t count, room;
};

struct gathered {
	struct alloc alloc;
	const rpclog_rules *rules;
	struct cells table[TABLE_COUNT];
	struct crowd *crowds; /* that cells point to */
	struct cell_phases *phases;
	struct dict texts;
	rpclog_slice *names; /* in bytewise order; [0] is empty */
	uint32_t name_count;
	int64_t first_us, last_us; /* of all rows that count; first > last:
				    * none */
	uint64_t requests;
};

/*
 * The tables, of a closed 'gather' and the finished tracker that its rows went
 * to.  'joins' may be NULL.  'gather' can only be freed afterwards.  To
 * gathered_free().
 */
rpclog_status gather_settle(struct gathered **out, struct gather *gather,
			    rpclog_tracker *tracker, const rpclog_rules *rules,
			    const struct joins *joins);
void gathered_free(struct gathered *gathered);

#endif /* RPCLOG_FRONT_GATHERED_H */
