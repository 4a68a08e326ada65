/* SPDX-License-Identifier: MIT */
/* All rows of a run into one tracker: one a worker, merged at the end. */

#ifndef RPCLOG_CLI_FEED_H
#define RPCLOG_CLI_FEED_H

#include "run.h"

enum feed_what {
	FEED_PROMPTS,	/* rows that the filters choose are evidence */
	FEED_SETTLING	/* none is: classes and actors are all that is asked */
};

/*
 * The tracker, finished, or NULL if there is nothing to go on with (an
 * interrupt, or trouble that run_end() tells).  To rpclog_tracker_free().
 */
rpclog_tracker *feed_run(struct run *run, enum feed_what what);

/* A tracker for a worker; NULL after run_fail(). */
rpclog_tracker *feed_tracker(struct run_worker *worker, enum feed_what what);
/* For run_job.rest: what need not wait for the other workers. */
void feed_tidy(struct run *run, rpclog_tracker *tracker);
/* 'from' becomes part of '*into', which may be NULL so far, and is freed. */
void feed_merge(struct run *run, rpclog_tracker **into, rpclog_tracker *from);
/* NULL if it can't be finished; then it is freed and was said. */
rpclog_tracker *feed_finish(struct run *run, rpclog_tracker *tracker);

#endif /* RPCLOG_CLI_FEED_H */
