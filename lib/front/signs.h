/* SPDX-License-Identifier: MIT */
/*
 * What a single row shows beyond its class: phases that were slow, the half of
 * an RPC connection and how its channel ended, and what no honest client does.
 */

#ifndef RPCLOG_FRONT_SIGNS_H
#define RPCLOG_FRONT_SIGNS_H

#include "gathered.h"
#include "settle.h"

/* An RPC channel that lives no longer is short. */
#define BRIEF_MS 60000

/* Where the latency columns of a set are. */
struct phase_columns {
	uint64_t set; /* 0: not looked for yet */
	size_t at[PHASE_COUNT];
};

/* Protocols whose requests are answered at once, if nothing is wrong. */
bool is_prompt(rpclog_slice protocol);
/*
 * Does a row of class ok and of such a protocol count, and which phases were
 * slow?  These as bits by enum phase.
 */
bool row_phases(const rpclog_row *row, struct phase_columns *columns,
		uint64_t set, unsigned *slow);
enum half row_half(const rpclog_row *row);
/* Is it an RPC_OUT channel that was over soon?  And who ended it. */
bool row_is_brief(const rpclog_row *row);
enum channel_end row_channel_end(const rpclog_row *row);

bool is_odd_target(rpclog_slice target);
bool is_odd_anchor(const rpclog_row *row);
/* What few rows have, so that all others are done with here. */
bool row_may_be_odd(const rpclog_row *row, bool ecp);
/* An odd_kind, or 0; 'ecp': the protocol is Ecp. */
int row_odd_kind(const rpclog_row *row, bool ecp);

#endif /* RPCLOG_FRONT_SIGNS_H */
