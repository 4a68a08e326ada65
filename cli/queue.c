/* SPDX-License-Identifier: MIT */
/* What there is to read, in the order in which workers take it. */

#include "queue.h"

#include <stdlib.h>
#include <string.h>

/* A piece lies in the cache while it is surveyed and read. */
#define PIECE ((uint64_t)256 << 10)
/* More pieces of a file are not told apart: each costs some bytes. */
#define MOST_PIECES ((uint64_t)1 << 14)
/* A smaller file is read before other threads have come up. */
#define LEAST ((uint64_t)8 << 20)
/* Workers may end this part of their share apart. */
#define SLACK 8

/*
 * For tests: every log that can be split is, in pieces of so many bytes,
 * however few workers there are.
 */
static uint64_t
asked_piece(void)
{
	const char *text = getenv("RPCLOG_PIECE");

	return text ? strtoull(text, NULL, 10) : 0;
}

/* Inflated size, by guess: what a worker will have to do. */
static uint64_t
work_of(const struct input *input)
{
	return input->gzip ? input->size * 6 : input->size;
}

static int
by_work_down(const void *a, const void *b)
{
	const struct input *x = ((const struct unit *)a)->input;
	const struct input *y = ((const struct unit *)b)->input;

	if (work_of(x) != work_of(y))
		return work_of(x) < work_of(y) ? 1 : -1;
	return x->file.number < y->file.number ? -1 : 1;
}

/* Logs are called after the hour that they are of: what belongs together then
 * comes together. */
static int
by_base_name(const void *a, const void *b)
{
	const struct input *x = ((const struct unit *)a)->input;
	const struct input *y = ((const struct unit *)b)->input;
	const char *x_base = strrchr(x->file.path, '/');
	const char *y_base = strrchr(y->file.path, '/');
	int order = strcmp(x_base ? x_base : x->file.path,
			   y_base ? y_base : y->file.path);

	if (order)
		return order;
	return x->file.number < y->file.number ? -1 : 1;
}

static void
fill_whole(struct work *work, struct inputs *inputs)
{
	size_t i;

	work->queue = xcalloc(inputs->count, sizeof(*work->queue));
	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];

		if (input->state == INPUT_READ && !input->foreign &&
		    !input->joined)
			work->queue[work->count++].input = input;
	}
	if (work->count > 1 && !(work->job->flags & RUN_ORDERED))
		qsort(work->queue, work->count, sizeof(*work->queue),
		      work->job->flags & RUN_BY_NAME ? by_base_name
						     : by_work_down);
}

/*
 * Whole files in this order, each to the worker that is free first: do all
 * end at about the same time?  Then pieces would only cost.
 */
static int
is_even(const struct work *work, uint64_t share, size_t threads)
{
	uint64_t *loads = xcalloc(threads, sizeof(*loads));
	uint64_t most = 0;
	size_t i, k;

	for (i = 0; i < work->count; i++) {
		size_t least = 0;

		for (k = 1; k < threads; k++)
			if (loads[k] < loads[least])
				least = k;
		loads[least] += work_of(work->queue[i].input);
		if (loads[least] > most)
			most = loads[least];
	}
	free(loads);
	return most - share <= share / SLACK;
}

/* The size from which on files are split; 0: none is. */
static uint64_t
split_from(const struct work *work, uint64_t total, size_t threads)
{
	const uint64_t share = total / threads;
	uint64_t from = share / SLACK;
	int any = 0;
	size_t i;

	if (from < LEAST)
		from = LEAST;
	for (i = 0; i < work->count && !any; i++)
		any = work->queue[i].input->size >= from;
	return any && !is_even(work, share, threads) ? from : 0;
}

static uint64_t
piece_of(const struct input *input)
{
	const uint64_t asked = asked_piece();
	const uint64_t least = input->size / MOST_PIECES;

	if (asked)
		return asked < input->size ? asked : input->size;
	return least > PIECE ? least : PIECE;
}

/* Big plain files to pieces. */
static void
split_big(struct work *work, uint64_t total, size_t threads)
{
	const uint64_t from =
		asked_piece() ? 1 : split_from(work, total, threads);
	struct unit *queue = NULL;
	size_t room = 0, count = 0, i;

	for (i = 0; i < work->count; i++) {
		struct unit unit = work->queue[i];
		struct input *input = unit.input;

		if (input->fd == -1 && from && input->size >= from)
			unit.split = split_new(input, work->library,
					       piece_of(input));
		do {
			queue = xgrow(queue, count, &room, sizeof(*queue));
			queue[count++] = unit;
			unit.piece++;
		} while (unit.split && unit.piece < unit.split->count);
	}
	free(work->queue);
	work->queue = queue;
	work->count = count;
}

uint64_t
queue_fill(struct work *work, struct inputs *inputs, size_t threads)
{
	uint64_t size = 0, total = 0;
	size_t i;

	fill_whole(work, inputs);
	for (i = 0; i < work->count; i++) {
		size += work->queue[i].input->size;
		total += work_of(work->queue[i].input);
	}
	if (work->job->flags & RUN_SPLITS)
		split_big(work, total, threads);
	return size;
}

void
queue_end(struct work *work)
{
	size_t i;

	for (i = 0; i < work->count; i++) {
		const struct split *split = work->queue[i].split;

		if (split && !split->whole && work->account)
			split->input->stopped = 1;
	}
}

void
queue_free(struct work *work)
{
	size_t i;

	for (i = 0; i < work->count; i++)
		if (work->queue[i].piece == 0)
			split_free(work->queue[i].split);
	free(work->queue);
}
