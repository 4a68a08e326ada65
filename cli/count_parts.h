/* SPDX-License-Identifier: MIT */
/* What a counting worker holds, shared by its rows, legs and end. */

#ifndef RPCLOG_CLI_COUNT_PARTS_H
#define RPCLOG_CLI_COUNT_PARTS_H

#include "count.h"

/* How tells a reference whose row it is. */
enum who { WHO_NOT_ASKED, WHO_USER, WHO_MAILBOX, WHO_CLIENT };

/* The head of a reference; the text follows. */
struct reference {
	uint32_t class_id;
	uint8_t later, who, reserved[2];
	uint32_t first_len;	/* of mailbox, if it is one; client follows */
};

/* A 401 leg whose class is open. */
struct held_leg {
	uint32_t tuple;		/* where it belongs but for its class */
	uint32_t session;	/* mailbox, client, agent, server */
	int64_t start_us;
};

struct counter {
	const struct count_plan *plan;
	struct run *run;
	rpclog_sieve *sieve;
	rpclog_tracker *tracker;	/* NULL if nothing must settle */
	struct collection rows;
	size_t hints[COUNT_FIELDS];
	size_t stat_hints[COUNT_STATS];
	char *text;		/* a reference is made here */
	size_t text_room;
	struct groups *sessions;
	struct held_leg *legs;
	size_t leg_count, leg_room, leg_limit;
	int64_t *leg_stats;	/* source_count a leg; -1: no value */
	size_t leg_stats_room;
};

/* Class, and whose row it is as far as the row tells; lasts until the next. */
rpclog_slice reference_make(struct counter *c, const rpclog_unsettled *u,
			    int later);
void reference_read(rpclog_slice text, struct reference *head,
		    rpclog_unsettled *u);

/* Digits, decimals cut off; -1 for anything else. */
int64_t counter_stat_value(struct counter *c, size_t source,
			   const struct run_row *row);

/* Keeps a leg whose success may come; 'tuple' lacks only its class. */
void legs_hold(struct counter *c, uint32_t tuple, const rpclog_unsettled *u,
	       const struct run_row *row);
/* What decides the class of leg 'i'. */
void legs_session(const struct counter *c, size_t i, rpclog_unsettled *u);
/* The values that --stat took of leg 'i', to a tuple of 'into'. */
void legs_figures(const struct counter *c, size_t i, struct collection *into,
		  uint32_t tuple);

#endif /* RPCLOG_CLI_COUNT_PARTS_H */
