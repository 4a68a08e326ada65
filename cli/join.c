/* SPDX-License-Identifier: MIT */
/* Reading the other logs that a command joins to HttpProxy logs. */

#include <stdlib.h>

#include "account.h"
#include "engine.h"

/* What all threads of one run_join() share. */
struct joining {
	struct run *run;
	const struct run_joiner *joiner;
	struct input **queue; /* the largest first */
	size_t count;
	atomic_size_t next;
	atomic_int stop;
	struct progress progress;
};

struct joining_thread {
	struct joining *joining;
	void *mine;
	pthread_t thread;
	int started;
};

static int
by_size_down(const void *a, const void *b)
{
	const struct input *x = *(struct input *const *)a;
	const struct input *y = *(struct input *const *)b;

	if (x->size != y->size)
		return x->size < y->size ? 1 : -1;
	return x->file.number < y->file.number ? -1 : 1;
}

/* Answers the bytes to be read, as they lie on disk. */
static uint64_t
fill_queue(struct joining *j)
{
	struct inputs *inputs = &j->run->inputs;
	uint64_t total = 0;
	size_t i;

	j->queue = xcalloc(inputs->count, sizeof(struct input *));
	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];

		if (input->joined && input->state == INPUT_READ &&
		    !input->taken) {
			j->queue[j->count++] = input;
			total += input->size;
		}
	}
	if (j->count > 1)
		qsort(j->queue, j->count, sizeof(struct input *), by_size_down);
	return total;
}

/* All bytes to the command; answers how it ended. */
static rpclog_status
read_bytes(struct joining_thread *t, struct input *input, rpclog_source *source,
	   struct lines *tally)
{
	struct joining *j = t->joining;
	uint64_t total, told = 0;

	while (!input->stopped) {
		rpclog_slice bytes = { NULL, 0 };
		const rpclog_status status = rpclog_source_next(source, &bytes);
		const uint64_t taken = rpclog_source_consumed(source, &total);
		enum run_next next;

		atomic_fetch_add(&j->progress.done, taken - told);
		told = taken;
		if (status != RPCLOG_OK)
			return status;
		lines_add(tally, bytes);
		next = j->joiner->bytes(t->mine, bytes);
		if (next == RUN_STOP)
			atomic_store(&j->stop, 1);
		input->stopped =
			next != RUN_ON || interrupted || atomic_load(&j->stop);
	}
	return RPCLOG_OK;
}

static void
join_input(struct joining_thread *t, struct input *input)
{
	const struct joining *j = t->joining;
	const struct run_joiner *joiner = j->joiner;
	struct lines tally = { 0, 0, 0 };
	rpclog_source *source;
	rpclog_status status;
	uint64_t total;

	input->taken = 1;
	source = input_open(input, &j->run->library, &input->error);
	if (!source) {
		input->state = INPUT_GONE;
		return;
	}
	if (joiner->file_begin)
		joiner->file_begin(t->mine, &input->file, input->joined);
	status = read_bytes(t, input, source, &tally);
	if (joiner->file_end)
		joiner->file_end(t->mine, status == RPCLOG_END);
	if (status < 0)
		account_error(input, status, source);
	input->gzip = rpclog_source_is_gzip(source);
	input->compressed = rpclog_source_consumed(source, &total);
	account_joined(input, &tally);
	rpclog_source_free(source);
}

static void *
thread_main(void *arg)
{
	struct joining_thread *t = arg;
	struct joining *j = t->joining;

	while (!atomic_load(&j->stop) && !interrupted) {
		const size_t turn = atomic_fetch_add(&j->next, 1);

		if (turn >= j->count)
			break;
		join_input(t, j->queue[turn]);
	}
	return NULL;
}

static void
work(struct joining *j, struct joining_thread *threads, size_t count)
{
	const struct run_joiner *joiner = j->joiner;
	size_t i;

	for (i = 0; i < count; i++) {
		threads[i].joining = j;
		if (joiner->worker_new)
			threads[i].mine =
				joiner->worker_new(joiner->ctx, j->run);
	}
	for (i = 0; i < count; i++)
		threads[i].started =
			pthread_create(&threads[i].thread, NULL, thread_main,
				       &threads[i]) == 0;
	/* Without threads the work is done all the same. */
	if (!threads[0].started)
		thread_main(&threads[0]);
	for (i = 0; i < count; i++)
		if (threads[i].started)
			progress_join(&j->progress, threads[i].thread);
	progress_end(&j->progress);
	for (i = 0; i < count; i++)
		if (joiner->worker_done)
			joiner->worker_done(joiner->ctx, threads[i].mine);
}

int
run_join(struct run *run, const struct run_joiner *joiner)
{
	struct joining j = { .run = run, .joiner = joiner };
	const uint64_t total = fill_queue(&j);
	const uint64_t most = run->options->threads;

	if (j.count && !interrupted && !run->failed) {
		const size_t count = j.count < most ? j.count : (size_t)most;
		struct joining_thread *threads =
			xcalloc(count, sizeof(*threads));

		progress_begin(&j.progress, run->options, total);
		work(&j, threads, count);
		free(threads);
	}
	free(j.queue);
	return interrupted || run->failed;
}
