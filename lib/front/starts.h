/* SPDX-License-Identifier: MIT */
/*
 * Runs of starts as bytes: a list of spans of time, by the distance of each
 * from the one before and by its length.
 */

#ifndef RPCLOG_FRONT_STARTS_H
#define RPCLOG_FRONT_STARTS_H

#include "rpclog.h"

/* No end is before its begin, and no run begins before the last one's end. */
struct start_run {
	int64_t first_us, last_us;
};

/* Packed: a few bytes a run. */
#define STARTS_ROOM	20

/*
 * 'base_us' is not packed: as a rule the first run's begin, and never after
 * it.  Bytes written, at most ROOM each.
 */
size_t starts_pack(int64_t base_us, const struct start_run *runs, size_t count,
		   unsigned char *out);
/*
 * The next run of packed bytes, which '*packed' is moved behind, and '*at_us'
 * to its end; 1, or 0 at their end, or where they are no runs: then some are
 * left.  Begin with the base in '*at_us'.
 */
int starts_next(rpclog_slice *packed, int64_t *at_us, struct start_run *run);

#endif /* RPCLOG_FRONT_STARTS_H */
