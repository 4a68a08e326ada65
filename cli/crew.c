/* SPDX-License-Identifier: MIT */
/* The workers of one pass over the inputs. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "queue.h"

static uint32_t
class_number(const rpclog_rules *rules, const char *name)
{
	rpclog_class info;

	return rpclog_rules_find(rules, name, &info) ? info.id : UINT32_MAX;
}

/* The ledger counts probes and activity, which only a verdict tells. */
static int
tells_all(const struct run *run)
{
	const struct options *options = run->options;

	return run->passes == 0 && (options->ledger_file || options->verbose);
}

static int
needs_verdict(const struct run *run, const struct run_job *job)
{
	return (job->flags & RUN_CLASSIFY) ||
	       ((job->flags & RUN_SIEVE) &&
		filter_needs_verdict(run->filter)) ||
	       tells_all(run);
}

/* Rows without these bytes are of no use. */
static rpclog_slice
wanted(const struct run *run, const struct run_job *job)
{
	rpclog_slice literal = { NULL, 0 };

	if (tells_all(run))
		return literal;
	if (job->flags & RUN_SIEVE)
		literal = filter_literal(run->filter);
	return job->wanted.len > literal.len ? job->wanted : literal;
}

static rpclog_status
fill_worker(struct worker *worker, struct run *run, struct crew *crew)
{
	const struct run_job *job = crew->work.job;
	const rpclog_slice literal = wanted(run, job);
	rpclog_status status;

	worker->work = &crew->work;
	worker->face.run = run;
	worker->face.number = (size_t)(worker - crew->workers);
	worker->face.options = &run->library;
	status = rpclog_parser_new(&worker->parser, &run->library);
	if (status == RPCLOG_OK)
		status = rpclog_parser_require(worker->parser, literal.ptr,
					       literal.len);
	if (status == RPCLOG_OK)
		status = sieve_new(&worker->face.sieve, run->filter,
				   &run->library);
	if (status == RPCLOG_OK && needs_verdict(run, job))
		status = rpclog_matcher_new(&worker->face.matcher, run->rules,
					    &run->library);
	if (crew->work.order) {
		lane_init(&worker->lane, crew->work.order);
		worker->face.out = &worker->lane.out;
	}
	return status;
}

struct crew *
crew_new(struct run *run, const struct run_job *job)
{
	struct crew *crew = xcalloc(1, sizeof(*crew));
	struct work *work = &crew->work;
	rpclog_status status = RPCLOG_OK;
	uint64_t total;
	size_t i;

	work->run = run;
	work->job = job;
	work->library = &run->library;
	work->account = run->passes == 0;
	work->progress = &crew->progress;
	work->probe_class = class_number(run->rules, "probe");
	work->activity_class = class_number(run->rules, "activity");
	total = queue_fill(work, &run->inputs, (size_t)run->options->threads);
	progress_begin(&crew->progress, run->options, total);
	if (job->flags & RUN_ORDERED) {
		order_init(&crew->order, work->count);
		work->order = &crew->order;
	}
	crew->count = work->count < run->options->threads
			      ? work->count
			      : (size_t)run->options->threads;
	work->spare = (uint64_t)crew->count < run->options->threads;
	if (crew->count == 0)
		crew->count = 1;
	crew->workers = xcalloc(crew->count, sizeof(*crew->workers));
	for (i = 0; i < crew->count && status == RPCLOG_OK; i++)
		status = fill_worker(&crew->workers[i], run, crew);
	if (status != RPCLOG_OK) {
		run_fail_status(run, status);
		crew_free(crew);
		return NULL;
	}
	return crew;
}

static void
start(struct crew *crew)
{
	const struct run_job *job = crew->work.job;
	size_t i;

	for (i = 0; i < crew->count; i++) {
		struct worker *worker = &crew->workers[i];

		if (job->worker_new)
			worker->mine = job->worker_new(job->ctx, &worker->face);
	}
	for (i = 0; i < crew->count; i++) {
		struct worker *worker = &crew->workers[i];

		worker->started = pthread_create(&worker->thread, NULL,
						 worker_main, worker) == 0;
	}
	/* Without threads the work is done all the same. */
	if (!crew->workers[0].started)
		worker_main(&crew->workers[0]);
}

void
crew_work(struct crew *crew)
{
	const struct run_job *job = crew->work.job;
	size_t i;

	start(crew);
	for (i = 0; i < crew->count; i++)
		if (crew->workers[i].started)
			progress_join(&crew->progress, crew->workers[i].thread);
	progress_end(&crew->progress);
	queue_end(&crew->work);
	for (i = 0; i < crew->count; i++)
		if (job->worker_done)
			job->worker_done(job->ctx, crew->workers[i].mine);
}

void
crew_free(struct crew *crew)
{
	size_t i;

	for (i = 0; i < crew->count; i++) {
		struct worker *worker = &crew->workers[i];

		rpclog_parser_free(worker->parser);
		rpclog_matcher_free(worker->face.matcher);
		sieve_free(worker->face.sieve);
		lane_clear(&worker->lane);
		range_survey_free(&worker->survey);
		free(worker->buffer);
	}
	if (crew->work.order)
		order_clear(&crew->order);
	queue_free(&crew->work);
	free(crew->workers);
	free(crew);
}
