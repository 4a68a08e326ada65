/* SPDX-License-Identifier: MIT */
/*
 * Which alternatives does a cell leave?  Worked out once per cell, not per
 * row: agents, users, paths and statuses come again and again.
 */

#ifndef RPCLOG_MATCHER_CELLS_H
#define RPCLOG_MATCHER_CELLS_H

#include "memo.h"
#include "rules_eval.h"
#include "rules_plan.h"

#define CELL_SLOTS 1024
#define PAIR_SLOTS 1024

/* One per matcher.  A set has 'plan->words' words. */
struct cell_sets {
	struct alloc alloc;
	const struct rpclog_rules *rules;
	struct memo memo;
	uint64_t *by_slot; /* of the memo */
	/* Of parts, behind their numbers (0: nothing here). */
	uint64_t *by_who;   /* by slot */
	uint64_t *by_pairs; /* of PART_WHAT and PART_ERRORS */
	uint64_t *scratch;  /* room for one of these */
};

rpclog_status cell_sets_init(struct cell_sets *sets, const struct alloc *a,
			     const struct rpclog_rules *rules);
void cell_sets_free(struct cell_sets *sets);
/*
 * The alternatives that no cell of the row in 'eval' rules out alone, into
 * 'left'.  All conditions on the plan's columns are decided by that.
 * RPCLOG_OK or a negative status.
 */
rpclog_status cell_sets_cut(struct cell_sets *sets, struct eval *eval,
			    uint64_t *left);

#endif /* RPCLOG_MATCHER_CELLS_H */
