/* SPDX-License-Identifier: MIT */
/* The workers of one pass over the inputs. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crew.h"

/* Inflated size, by guess: what a worker will have to do. */
static uint64_t
work_of(const struct input *input)
{
	return input->gzip ? input->size * 6 : input->size;
}

static int
by_work_down(const void *a, const void *b)
{
	const struct input *x = *(struct input *const *)a;
	const struct input *y = *(struct input *const *)b;

	if (work_of(x) != work_of(y))
		return work_of(x) < work_of(y) ? 1 : -1;
	return x->file.number < y->file.number ? -1 : 1;
}

/* What is to be read; answers the bytes of it, as they lie on disk. */
static uint64_t
fill_queue(struct work *work, struct inputs *inputs)
{
	uint64_t total = 0;
	size_t i;

	work->queue = xcalloc(inputs->count, sizeof(*work->queue));
	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];

		if (input->state != INPUT_READ || input->foreign)
			continue;
		work->queue[work->count++] = input;
		total += input->size;
	}
	if (work->count > 1 && !(work->job->flags & RUN_ORDERED))
		qsort(work->queue, work->count, sizeof(*work->queue),
		      by_work_down);
	return total;
}

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
	total = fill_queue(work, &run->inputs);
	progress_begin(&crew->progress, run->options, total);
	if (job->flags & RUN_ORDERED) {
		order_init(&crew->order, work->count);
		work->order = &crew->order;
	}
	crew->count = run_workers(run);
	work->spare = (uint64_t)crew->count < run->options->threads;
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

/* Waits for a thread and shows progress meanwhile. */
static void
join(struct crew *crew, struct worker *worker)
{
	while (crew->progress.wanted) {
		struct timespec until;

		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += 200000000;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		if (pthread_timedjoin_np(worker->thread, NULL, &until) == 0)
			return;
		progress_show(&crew->progress);
	}
	pthread_join(worker->thread, NULL);
}

void
crew_work(struct crew *crew)
{
	const struct run_job *job = crew->work.job;
	size_t i;

	start(crew);
	for (i = 0; i < crew->count; i++)
		if (crew->workers[i].started)
			join(crew, &crew->workers[i]);
	progress_end(&crew->progress);
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
	}
	if (crew->work.order)
		order_clear(&crew->order);
	free(crew->work.queue);
	free(crew->workers);
	free(crew);
}
