/* SPDX-License-Identifier: MIT */
/*
 * What other logs know of refused logons: IIS says why, by the request's id;
 * the log of the RpcHttp module says which channels were opened.
 *
 *	joins_new()			once all rows are gathered
 *	joiner_new() .. joiner_free()	each thread: logs, in any order
 *	joins_take()			what each thread has found
 *	findings_new(.., joins, ..)
 *
 * What is kept is the verdict on each refused logon, so memory grows with
 * these, never with the other logs.
 */

#ifndef RPCLOG_FRONT_JOIN_H
#define RPCLOG_FRONT_JOIN_H

#include "gather.h"

struct joins;
struct joiner;

/* What the foreign logs are called, as recognition has it. */
extern const char join_iis[], join_rpchttp[];

/*
 * 'gather' is closed and holds what all workers gathered, 'tracker' is
 * finished and was told to keep its legs (join_prepare()); both must outlive
 * the joins.
 */
rpclog_status joins_new(struct joins **out, const struct gather *gather,
			const rpclog_tracker *tracker,
			const rpclog_options *options);
/* Is there nothing that another log could tell? */
int joins_empty(const struct joins *joins);
void joins_free(struct joins *joins);

/* Before 'tracker' is finished. */
void join_prepare(rpclog_tracker *tracker);

rpclog_status joiner_new(struct joiner **out, const struct joins *joins,
			 const rpclog_options *options);
/* A log begins; 'what' is one of the two names above. */
void joiner_begin(struct joiner *joiner, const char *what);
rpclog_status joiner_bytes(struct joiner *joiner, rpclog_slice bytes);
/* It ends; a last line without an end is dropped unless 'whole'. */
rpclog_status joiner_end(struct joiner *joiner, int whole);
/* 'joiner' may be freed afterwards.  Order does not matter. */
void joins_take(struct joins *joins, const struct joiner *joiner);
void joiner_free(struct joiner *joiner);

/* Lines that named one of the logons asked for. */
uint64_t joins_matched(const struct joins *joins);

#endif /* RPCLOG_FRONT_JOIN_H */
