/* SPDX-License-Identifier: MIT */
/* Verdicts on refused logons, for gather_settle.c. */

#ifndef RPCLOG_FRONT_JOIN_INSIDE_H
#define RPCLOG_FRONT_JOIN_INSIDE_H

#include "gather_inside.h"
#include "join.h"
#include "logon_failure.h"

/*
 * What is known of one refused logon, the strongest last: several logs may
 * speak of it, and the greatest verdict counts.
 */
enum verdict {
	VERDICT_NONE,
	VERDICT_OPENED,	   /* the back end opened the channel it was for */
	VERDICT_FIRST_LEG, /* IIS: no credentials were refused */
	VERDICT_REFUSED	   /* and an enum logon_reason */
};

struct asked {
	unsigned char id[GUID_LEN];
	uint32_t number; /* legs of the tracker first, then refusals of the
			  * gather */
};

/* RPC legs by mailbox and client, in order of start. */
struct awaited {
	uint32_t pair, leg;
	int64_t start_us;
};

struct joins {
	struct alloc alloc;
	const struct gather *gather;
	const rpclog_tracker *tracker;
	struct asked *asked; /* in order of id */
	size_t asked_count;
	struct dict pairs;
	struct awaited *awaited; /* in order of pair and start */
	size_t awaited_count;
	uint8_t *verdicts; /* by number */
	size_t count;
	uint64_t matched;
};

#endif /* RPCLOG_FRONT_JOIN_INSIDE_H */
