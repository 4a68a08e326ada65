/* SPDX-License-Identifier: MIT */
/* All rows of a run into one tracker. */

#include "feed.h"

#include <stdlib.h>

struct feeding {
	struct run *run;
	enum feed_what what;
	rpclog_tracker *merged;
};

struct feeder {
	struct run *run;
	rpclog_tracker *tracker;
};

static rpclog_choice
choose_none(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	(void)ctx;
	(void)row;
	(void)verdict;
	return RPCLOG_CHOICE_NO;
}

rpclog_tracker *
feed_tracker(struct run_worker *worker, enum feed_what what)
{
	const rpclog_chooser none = { choose_none, NULL, NULL };
	rpclog_chooser chooser;
	rpclog_tracker *tracker;
	rpclog_status status = rpclog_tracker_new(
		&tracker, run_rules(worker->run), worker->options);

	if (status == RPCLOG_OK && what == FEED_SETTLING)
		status = rpclog_tracker_choose(tracker, &none);
	else if (status == RPCLOG_OK && run_chooser(worker, &chooser))
		status = rpclog_tracker_choose(tracker, &chooser);
	if (status == RPCLOG_OK)
		return tracker;
	run_fail_status(worker->run, status);
	rpclog_tracker_free(tracker);
	return NULL;
}

void
feed_tidy(struct run *run, rpclog_tracker *tracker)
{
	rpclog_status status;

	if (!tracker)
		return;
	status = rpclog_tracker_tidy(tracker);
	if (status != RPCLOG_OK)
		run_fail_status(run, status);
}

void
feed_merge(struct run *run, rpclog_tracker **into, rpclog_tracker *from)
{
	rpclog_status status = RPCLOG_OK;

	if (!*into) {
		*into = from;
		return;
	}
	if (from)
		status = rpclog_tracker_merge(*into, from);
	if (status != RPCLOG_OK)
		run_fail_status(run, status);
	rpclog_tracker_free(from);
}

rpclog_tracker *
feed_finish(struct run *run, rpclog_tracker *tracker)
{
	rpclog_status status = rpclog_tracker_finish(tracker);

	if (status == RPCLOG_OK)
		return tracker;
	run_fail_status(run, status);
	rpclog_tracker_free(tracker);
	return NULL;
}

static void *
worker_new(void *ctx, struct run_worker *worker)
{
	const struct feeding *all = ctx;
	struct feeder *mine = xcalloc(1, sizeof(*mine));

	mine->run = worker->run;
	mine->tracker = feed_tracker(worker, all->what);
	return mine;
}

static enum run_next
add_row(void *ctx, const struct run_row *row)
{
	struct feeder *mine = ctx;

	if (!mine->tracker)
		return RUN_STOP;

	rpclog_status status =
		rpclog_tracker_add(mine->tracker, row->row, row->verdict);

	if (status == RPCLOG_OK)
		return RUN_ON;
	run_fail_status(mine->run, status);
	return RUN_STOP;
}

static void
rest(void *ctx)
{
	struct feeder *mine = ctx;

	feed_tidy(mine->run, mine->tracker);
}

static void
worker_done(void *ctx, void *state)
{
	struct feeding *all = ctx;
	struct feeder *mine = state;

	feed_merge(all->run, &all->merged, mine->tracker);
	free(mine);
}

rpclog_tracker *
feed_run(struct run *run, enum feed_what what)
{
	struct feeding all = { run, what, NULL };
	const struct run_job job = {
		.flags = RUN_CLASSIFY | RUN_SPLITS,
		.ctx = &all,
		.worker_new = worker_new,
		.row = add_row,
		.rest = rest,
		.worker_done = worker_done,
	};

	if (run_do(run, &job) != 0) {
		rpclog_tracker_free(all.merged);
		return NULL;
	}
	return all.merged ? feed_finish(run, all.merged) : NULL;
}
