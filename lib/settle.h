/* SPDX-License-Identifier: MIT */
/*
 * What only everything read can tell of a row: its class after sessions and
 * its actor.  And the choice of rows that become evidence.
 */

#ifndef RPCLOG_SETTLE_H
#define RPCLOG_SETTLE_H

#include "class.h"
#include "rpclog.h"

/* What of a row decides its class and actor: keep this, not the row. */
typedef struct rpclog_unsettled {
	uint32_t class_id;	/* by the row alone */
	uint32_t reserved;
	int64_t start_us;
	rpclog_slice user, mailbox, client, agent, server;
} rpclog_unsettled;

typedef struct rpclog_settled {
	uint32_t class_id;
	uint8_t popup, severity;
	uint8_t too_recent;	/* a leg that later rows may still reject */
	uint8_t reserved;
	const char *class_name;
	rpclog_slice actor;	/* lasts until rpclog_tracker_free(), except an
				 * actor written into 'store' */
	char store[512];
} rpclog_settled;

/* Slices of '*out' are the same loan as the row. */
void rpclog_unsettled_of(const rpclog_row *row, const rpclog_verdict *verdict,
			 rpclog_unsettled *out);

/*
 * After finish.  Changes nothing: several threads may ask one tracker at once.
 */
rpclog_status rpclog_tracker_settle(const rpclog_tracker *tracker,
				    const rpclog_unsettled *row,
				    rpclog_settled *settled);
/*
 * Before finish: 1 if the row is a 401 leg whose success this tracker has
 * seen already, so that nothing can change its class any more.
 */
int rpclog_tracker_is_handshake(const rpclog_tracker *tracker,
				const rpclog_unsettled *row);

/*
 * Sorts what has come so far and drops what is settled, which finish and merge
 * would do otherwise: to be called on the thread that fed the tracker.  More
 * rows may come.
 */
rpclog_status rpclog_tracker_tidy(rpclog_tracker *tracker);

/* Does a row count?  LATER: it hangs on the settled class or actor. */
typedef enum rpclog_choice {
	RPCLOG_CHOICE_NO, RPCLOG_CHOICE_YES, RPCLOG_CHOICE_LATER
} rpclog_choice;

/*
 * Before the first add: rows that 'row' refuses still settle others, but are
 * no evidence; after LATER 'settled' is asked once class and actor are known.
 */
typedef struct rpclog_chooser {
	rpclog_choice (*row)(void *ctx, const rpclog_row *row,
			     const rpclog_verdict *verdict);
	int (*settled)(void *ctx, const rpclog_settled *settled);
	void *ctx;
} rpclog_chooser;

rpclog_status rpclog_tracker_choose(rpclog_tracker *tracker,
				    const rpclog_chooser *chooser);

#endif /* RPCLOG_SETTLE_H */
