/* SPDX-License-Identifier: MIT */
/* Output of files that are read side by side, written in their order. */

#ifndef RPCLOG_CLI_ORDER_H
#define RPCLOG_CLI_ORDER_H

#include <pthread.h>
#include <stdatomic.h>

#include "out.h"

/*
 * Files have turns 0, 1, 2, .. and are handed out in that order.  The one
 * whose turn it is writes straight to stdout; the others collect.  A worker
 * that has collected much waits for its turn: the least turn that is handed
 * out never waits, so all come on.
 */
struct order {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	atomic_size_t next;	/* whose turn it is */
	struct out *kept;	/* finished before their turn, by turn */
	size_t count, kept_bytes;
	struct out spare;	/* a buffer that nobody uses */
};

/* The output of one worker; out.ctx is the lane. */
struct lane {
	struct out out;
	struct order *order;
	size_t turn;
};

void order_init(struct order *order, size_t turns);
void order_clear(struct order *order);
void lane_init(struct lane *lane, struct order *order);
void lane_clear(struct lane *lane);
/* A file begins; and ends (its output is kept or written). */
void lane_begin(struct lane *lane, size_t turn);
void lane_end(struct lane *lane);

#endif /* RPCLOG_CLI_ORDER_H */
