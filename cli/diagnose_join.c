/* SPDX-License-Identifier: MIT */
/* Logs of IIS and of the RpcHttp module: what they know of refused logons. */

#include <stdlib.h>

#include "diagnose.h"

const char *const diagnose_joined[] = { join_iis, join_rpchttp, NULL };

struct joining {
	struct run *run;
	const rpclog_options *options;
	struct joins *joins;
};

struct reader {
	struct run *run;
	struct joiner *joiner; /* NULL after run_fail() */
};

static void *
worker_new(void *ctx, struct run *run)
{
	const struct joining *all = ctx;
	struct reader *mine = xcalloc(1, sizeof(*mine));
	rpclog_status status =
		joiner_new(&mine->joiner, all->joins, all->options);

	mine->run = run;
	if (status != RPCLOG_OK)
		run_fail_status(run, status);
	return mine;
}

static void
file_begin(void *ctx, const struct run_file *file, const char *what)
{
	struct reader *mine = ctx;

	(void)file;
	if (mine->joiner)
		joiner_begin(mine->joiner, what);
}

static enum run_next
bytes(void *ctx, rpclog_slice run)
{
	struct reader *mine = ctx;
	rpclog_status status;

	if (!mine->joiner)
		return RUN_STOP;
	status = joiner_bytes(mine->joiner, run);
	if (status == RPCLOG_OK)
		return RUN_ON;
	run_fail_status(mine->run, status);
	return RUN_STOP;
}

static void
file_end(void *ctx, int whole)
{
	struct reader *mine = ctx;

	if (mine->joiner && joiner_end(mine->joiner, whole) != RPCLOG_OK)
		run_fail_status(mine->run, RPCLOG_ERR_NOMEM);
}

static void
worker_done(void *ctx, void *state)
{
	struct joining *all = ctx;
	struct reader *mine = state;

	if (mine->joiner)
		joins_take(all->joins, mine->joiner);
	joiner_free(mine->joiner);
	free(mine);
}

int
diagnose_join(struct diagnose *d, const struct gather *gather,
	      const rpclog_tracker *tracker, struct joins **joins)
{
	rpclog_options options;
	struct joining all = { .run = d->run, .options = &options };
	const struct run_joiner joiner = {
		.ctx = &all,
		.worker_new = worker_new,
		.file_begin = file_begin,
		.bytes = bytes,
		.file_end = file_end,
		.worker_done = worker_done,
	};
	rpclog_status status;

	run_library_options(d->options, &options);
	status = joins_new(joins, gather, tracker, &options);
	if (status != RPCLOG_OK) {
		run_fail_status(d->run, status);
		return 0;
	}
	all.joins = *joins;
	return run_join(d->run, &joiner) == 0;
}
