/* SPDX-License-Identifier: MIT */
/* diagnose: what is broken, on which machine, since when, and what to do. */

#include "diagnose.h"

#include <stdlib.h>
#include <string.h>

#include "feed.h"
#include "shell.h"
#include "when.h"

/* ---- gathering ------------------------------------------------------------
 */

struct gatherer {
	struct run *run;
	rpclog_tracker *tracker;
	struct gather *gather;
	rpclog_chooser chooser;
};

struct gathering {
	struct diagnose *d;
	rpclog_tracker *tracker; /* of all workers */
	struct gather *gather;
};

static void *
worker_new(void *ctx, struct run_worker *worker)
{
	const struct gathering *all = ctx;
	const struct text_list *only = &all->d->options->findings;
	const struct findings_options asked = {
		.only = only->items,
		.only_count = only->count,
	};
	struct gatherer *mine = xcalloc(1, sizeof(*mine));
	rpclog_status status;

	mine->run = worker->run;
	mine->tracker = feed_tracker(worker, FEED_PROMPTS);
	if (!mine->tracker)
		return mine;
	status = gather_new(&mine->gather, mine->tracker, worker->options);
	if (status != RPCLOG_OK) {
		run_fail_status(worker->run, status);
		return mine;
	}
	gather_only(mine->gather, findings_needs(&asked));
	if (run_chooser(worker, &mine->chooser))
		gather_choose(mine->gather, &mine->chooser);
	return mine;
}

static enum run_next
take_row(void *ctx, const struct run_row *row)
{
	struct gatherer *mine = ctx;
	uint64_t tag = (uint64_t)row->file->number << TAG_LINE_BITS |
		       rpclog_row_line(row->row);
	rpclog_status status;

	if (!mine->gather)
		return RUN_STOP;
	status =
		gather_row(mine->gather, row->row, row->verdict, row->set, tag);
	if (status == RPCLOG_OK)
		return RUN_ON;
	run_fail_status(mine->run, status);
	return RUN_STOP;
}

static void
rest(void *ctx)
{
	struct gatherer *mine = ctx;
	rpclog_status status;

	if (!mine->gather)
		return;
	feed_tidy(mine->run, mine->tracker);
	status = gather_close(mine->gather);
	if (status != RPCLOG_OK)
		run_fail_status(mine->run, status);
}

static void
worker_done(void *ctx, void *state)
{
	struct gathering *all = ctx;
	struct gatherer *mine = state;
	rpclog_status status = RPCLOG_OK;

	if (!all->gather && mine->gather) {
		all->tracker = mine->tracker;
		all->gather = mine->gather;
	} else if (!mine->gather) {
		rpclog_tracker_free(mine->tracker);
	} else {
		status = rpclog_tracker_merge(all->tracker, mine->tracker);
		if (status == RPCLOG_OK)
			status = gather_merge(all->gather, mine->gather);
		if (status != RPCLOG_OK)
			run_fail_status(mine->run, status);
		rpclog_tracker_free(mine->tracker);
		gather_free(mine->gather);
	}
	free(mine);
}

/* ---- printing -------------------------------------------------------------
 */

static void
print_time(char text[64], int64_t us)
{
	when_time(text, us);
}

static void
print(struct diagnose *d)
{
	if (d->options->markdown)
		diagnose_markdown(d, out_stdout());
	else if (d->options->format == OUT_TEXT)
		diagnose_text(d, out_stdout());
	else
		diagnose_table(d, out_stdout());
}

/* 0, or said what is no finding. */
static int
check_ids(const struct options *options)
{
	for (size_t i = 0; i < options->findings.count; i++) {
		const char *name = options->findings.items[i];
		const char *names[64];
		const char *near;
		size_t count = 0, at = 0;

		while (count < 64 && findings_id(count)) {
			names[count] = findings_id(count);
			count++;
		}
		while (at < count && strcmp(names[at], name) != 0)
			at++;
		if (at < count)
			continue;
		near = nearest(name, names, count);
		return usage_error(options, "no finding is called \"%s\"%s%s%s",
				   name, near ? ": did you mean " : "",
				   near ? near : "", near ? "?" : "");
	}
	return EXIT_DONE;
}

/* Once all rows are gathered; NULL after run_fail(). */
static struct findings *
find(struct gathering *all, const struct joins *joins)
{
	struct diagnose *d = all->d;
	char *paths = shell_paths(d->options);
	const struct findings_options options = {
		.only = d->options->findings.items,
		.only_count = d->options->findings.count,
		.paths = paths,
		.print_time = print_time,
		.joins = joins,
	};
	struct findings *findings = NULL;
	rpclog_status status =
		findings_new(&findings, all->gather, all->tracker,
			     run_rules(d->run), &options);

	if (status != RPCLOG_OK)
		run_fail_status(d->run, status);
	free(paths);
	return findings;
}

static void
tell(struct diagnose *d)
{
	d->logs = run_logs_read(d->run);
	d->path_count = run_numbers(d->run);
	d->paths = run_paths(d->run);
	print(d);
	free((void *)d->paths);
}

/* Settles all, asks other logs, and tells.  The exit code. */
static int
finish(struct gathering *all)
{
	struct diagnose *d = all->d;
	struct joins *joins = NULL;
	struct findings *findings = NULL;
	int code = EXIT_DONE;

	join_prepare(all->tracker);

	rpclog_status status = rpclog_tracker_finish(all->tracker);

	if (status != RPCLOG_OK) {
		run_fail_status(d->run, status);
		return code;
	}
	d->too_recent = rpclog_tracker_too_recent(all->tracker);
	if (diagnose_join(d, all->gather, all->tracker, &joins))
		findings = find(all, joins);
	if (findings) {
		d->findings = findings;
		tell(d);
		if (d->options->reg_file)
			code = diagnose_write_reg(d->options->reg_file);
	}
	findings_free(findings);
	joins_free(joins);
	return code;
}

static int
run_diagnose(struct options *options)
{
	struct diagnose d = { .options = options };
	struct gathering all = { .d = &d };
	const struct run_job job = {
		.flags = RUN_CLASSIFY | RUN_SPLITS,
		.ctx = &all,
		.worker_new = worker_new,
		.row = take_row,
		.rest = rest,
		.worker_done = worker_done,
		.join = diagnose_joined,
	};
	int code = EXIT_DONE, end;

	if (check_ids(options) != EXIT_DONE)
		return EXIT_TROUBLE;
	/* A finding may rest on what is only likely to prompt. */
	options->likely = 1;
	d.run = run_new(options, options->operands, options->operand_count,
			RUN_REQUESTS);
	if (!d.run)
		return run_end(NULL);
	if (run_do(d.run, &job) == 0 && all.gather)
		code = finish(&all);
	gather_free(all.gather);
	rpclog_tracker_free(all.tracker);
	end = run_end(d.run);
	return end ? end : code;
}

const struct command command_diagnose = {
	.name = "diagnose",
	.usage = "[PATH...]",
	.sentence = "what is broken, on which machine, since when, what to do",
	.bit = CMD_DIAGNOSE,
	.run = run_diagnose,
	.notes = "Findings come worst first. A log shows what happened, not "
		 "why: each finding\nsays what speaks for it, and what to look "
		 "at. rpclog explain NAME tells more.\n",
};
