/* SPDX-License-Identifier: MIT */
/* grep's first pass: sessions and actors, where a filter or field asks. */

#include <stdlib.h>
#include <string.h>

#include "cmd_grep.h"
#include "settle.h"

struct feeder {
	rpclog_tracker *tracker;
	struct run *run;
};

/* Does a --where ask a settled name?  A wrong one is said later. */
static int
where_may_settle(const char *text)
{
	uint32_t name;
	size_t len;

	text += strspn(text, " \t");
	len = strcspn(text, "=!~<> \t");
	return name_find((rpclog_slice){ text, len }, &name, NULL) ==
		       RPCLOG_OK &&
	       name_is_settled(name);
}

static int
field_settles(const struct grep *grep)
{
	for (size_t i = 0; i < grep->field_count; i++) {
		if (name_is_settled(grep->fields[i]))
			return 1;
	}
	return 0;
}

int
grep_may_settle(const struct grep *grep)
{
	const struct options *options = grep->options;

	for (size_t i = 0; i < options->term_count; i++) {
		const struct term *term = &options->terms[i];

		if (term->kind == FILTER_USER || term->kind == FILTER_CLASS ||
		    (term->kind == FILTER_WHERE &&
		     where_may_settle(term->text)))
			return 1;
	}
	return field_settles(grep);
}

static void *
feeder_new(void *ctx, struct run_worker *worker)
{
	struct feeder *feeder = xcalloc(1, sizeof(*feeder));
	rpclog_status status;

	(void)ctx;
	feeder->run = worker->run;
	status = rpclog_tracker_new(&feeder->tracker, run_rules(worker->run),
				    worker->options);
	if (status == RPCLOG_OK)
		status = rpclog_tracker_choose(feeder->tracker,
					       &run_no_evidence);
	if (status != RPCLOG_OK) {
		run_fail_status(worker->run, status);
		rpclog_tracker_free(feeder->tracker);
		feeder->tracker = NULL;
	}
	return feeder;
}

static enum run_next
feed(void *mine, const struct run_row *row)
{
	struct feeder *feeder = mine;

	if (!feeder->tracker)
		return RUN_STOP;

	const rpclog_status status =
		rpclog_tracker_add(feeder->tracker, row->row, row->verdict);

	if (status == RPCLOG_OK)
		return RUN_ON;
	run_fail_status(feeder->run, status);
	return RUN_STOP;
}

static void
feeder_done(void *ctx, void *mine)
{
	struct grep *grep = ctx;
	struct feeder *feeder = mine;

	if (!grep->tracker) {
		grep->tracker = feeder->tracker;
	} else if (feeder->tracker) {
		const rpclog_status status =
			rpclog_tracker_merge(grep->tracker, feeder->tracker);

		if (status != RPCLOG_OK)
			run_fail_status(grep->run, status);
		rpclog_tracker_free(feeder->tracker);
	}
	free(feeder);
}

int
grep_settle(struct grep *grep)
{
	const struct run_job job = {
		.flags = RUN_CLASSIFY,
		.ctx = grep,
		.worker_new = feeder_new,
		.row = feed,
		.worker_done = feeder_done,
	};
	rpclog_status status;

	if (run_do(grep->run, &job) != 0 || !grep->tracker)
		return 1;
	status = rpclog_tracker_finish(grep->tracker);
	if (status != RPCLOG_OK) {
		run_fail_status(grep->run, status);
		return 1;
	}
	return 0;
}

/* Fields that say so, filters as far as they really hang on sessions. */
int
grep_must_settle(const struct grep *grep)
{
	return field_settles(grep) ||
	       filter_needs_settling(run_filter(grep->run));
}
