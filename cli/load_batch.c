/* SPDX-License-Identifier: MIT */
/* Batches of facts on their way from the workers to the one writer. */

#include <pthread.h>
#include <stdlib.h>

#include "load.h"

/* Enough that nobody waits for nothing, few enough for the memory. */
#define BATCHES_MOST 3

struct batches {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct batch *first, **last;
	size_t count;
	int closed;
};

struct batches *
batches_new(void)
{
	struct batches *b = xcalloc(1, sizeof(*b));

	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->moved, NULL);
	b->last = &b->first;
	return b;
}

void
batches_put(struct batches *b, struct batch *batch)
{
	pthread_mutex_lock(&b->lock);
	while (b->count == BATCHES_MOST)
		pthread_cond_wait(&b->moved, &b->lock);
	batch->next = NULL;
	*b->last = batch;
	b->last = &batch->next;
	b->count++;
	pthread_cond_broadcast(&b->moved);
	pthread_mutex_unlock(&b->lock);
}

struct batch *
batches_take(struct batches *b)
{
	struct batch *batch;

	pthread_mutex_lock(&b->lock);
	while (!b->first && !b->closed)
		pthread_cond_wait(&b->moved, &b->lock);
	batch = b->first;
	if (batch) {
		b->first = batch->next;
		if (!b->first)
			b->last = &b->first;
		b->count--;
		pthread_cond_broadcast(&b->moved);
	}
	pthread_mutex_unlock(&b->lock);
	return batch;
}

void
batches_close(struct batches *b)
{
	pthread_mutex_lock(&b->lock);
	b->closed = 1;
	pthread_cond_broadcast(&b->moved);
	pthread_mutex_unlock(&b->lock);
}

void
batch_free(struct batch *batch)
{
	facts_free(batch->facts);
	free(batch->logs);
	free(batch->rows);
	free(batch->text);
	free(batch);
}

void
batches_free(struct batches *b)
{
	struct batch *batch;

	if (!b)
		return;
	batches_close(b);
	while ((batch = batches_take(b)))
		batch_free(batch);
	pthread_cond_destroy(&b->moved);
	pthread_mutex_destroy(&b->lock);
	free(b);
}
