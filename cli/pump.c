/* SPDX-License-Identifier: MIT */
/* Inflates in a thread of its own, so that one big .gz uses two processors. */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "pump.h"

#define SLOTS 4

struct slot {
	char *data;
	size_t len, capacity;
	uint64_t taken;
};

struct pump {
	rpclog_source *source;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct slot slots[SLOTS];
	size_t filled, used;  /* counts; slot i is slots[i % SLOTS] */
	rpclog_status status; /* not OK: the source has no more */
	int lent;	      /* slot 'used' is lent out */
	int stop;
};

/* A slot that nobody reads, or NULL if the pump is to stop. */
static struct slot *
free_slot(struct pump *pump)
{
	struct slot *slot;

	pthread_mutex_lock(&pump->lock);
	while (!pump->stop && pump->filled - pump->used == SLOTS)
		pthread_cond_wait(&pump->moved, &pump->lock);
	slot = pump->stop ? NULL : &pump->slots[pump->filled % SLOTS];
	pthread_mutex_unlock(&pump->lock);
	return slot;
}

static void
hand_over(struct pump *pump, rpclog_status status)
{
	pthread_mutex_lock(&pump->lock);
	if (status == RPCLOG_OK)
		pump->filled++;
	else
		pump->status = status;
	pthread_cond_broadcast(&pump->moved);
	pthread_mutex_unlock(&pump->lock);
}

static void *
pump_main(void *arg)
{
	struct pump *pump = arg;
	rpclog_status status = RPCLOG_OK;
	struct slot *slot;
	uint64_t total;

	while (status == RPCLOG_OK && (slot = free_slot(pump))) {
		rpclog_slice bytes = { NULL, 0 };

		status = rpclog_source_next(pump->source, &bytes);
		if (status == RPCLOG_OK) {
			if (slot->capacity < bytes.len) {
				slot->data = xrealloc(slot->data, bytes.len, 1);
				slot->capacity = bytes.len;
			}
			if (bytes.len)
				memcpy(slot->data, bytes.ptr, bytes.len);
			slot->len = bytes.len;
			slot->taken =
				rpclog_source_consumed(pump->source, &total);
		}
		hand_over(pump, status);
	}
	return NULL;
}

struct pump *
pump_new(rpclog_source *source)
{
	struct pump *pump = xcalloc(1, sizeof(*pump));

	pump->source = source;
	pthread_mutex_init(&pump->lock, NULL);
	pthread_cond_init(&pump->moved, NULL);
	if (pthread_create(&pump->thread, NULL, pump_main, pump) == 0)
		return pump;
	pthread_cond_destroy(&pump->moved);
	pthread_mutex_destroy(&pump->lock);
	free(pump);
	return NULL;
}

rpclog_status
pump_next(struct pump *pump, rpclog_slice *bytes, uint64_t *taken)
{
	rpclog_status status = RPCLOG_OK;

	pthread_mutex_lock(&pump->lock);
	if (pump->lent) {
		pump->lent = 0;
		pump->used++;
		pthread_cond_broadcast(&pump->moved);
	}
	while (pump->used == pump->filled && pump->status == RPCLOG_OK)
		pthread_cond_wait(&pump->moved, &pump->lock);
	if (pump->used == pump->filled) {
		status = pump->status;
	} else {
		const struct slot *slot = &pump->slots[pump->used % SLOTS];

		bytes->ptr = slot->data;
		bytes->len = slot->len;
		*taken = slot->taken;
		pump->lent = 1;
	}
	pthread_mutex_unlock(&pump->lock);
	return status;
}

void
pump_free(struct pump *pump)
{
	size_t i;

	if (!pump)
		return;
	pthread_mutex_lock(&pump->lock);
	pump->stop = 1;
	pthread_cond_broadcast(&pump->moved);
	pthread_mutex_unlock(&pump->lock);
	pthread_join(pump->thread, NULL);
	for (i = 0; i < SLOTS; i++)
		free(pump->slots[i].data);
	pthread_cond_destroy(&pump->moved);
	pthread_mutex_destroy(&pump->lock);
	free(pump);
}
