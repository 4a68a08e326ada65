/* SPDX-License-Identifier: MIT */
/* Output of files that are read side by side, written in their order. */

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "order.h"

#define LANE_LIMIT ((size_t)1 << 20)
#define KEPT_LIMIT ((size_t)4 << 20)

void
order_init(struct order *order, size_t turns)
{
	memset(order, 0, sizeof(*order));
	pthread_mutex_init(&order->lock, NULL);
	pthread_cond_init(&order->moved, NULL);
	atomic_init(&order->next, 0);
	order->kept = xcalloc(turns, sizeof(*order->kept));
	order->count = turns;
}

void
order_clear(struct order *order)
{
	size_t i;

	for (i = 0; i < order->count; i++)
		out_free(&order->kept[i]);
	out_free(&order->spare);
	free(order->kept);
	pthread_cond_destroy(&order->moved);
	pthread_mutex_destroy(&order->lock);
	memset(order, 0, sizeof(*order));
}

static void
wait_for_turn(struct lane *lane)
{
	struct order *order = lane->order;

	pthread_mutex_lock(&order->lock);
	while (atomic_load(&order->next) != lane->turn)
		pthread_cond_wait(&order->moved, &order->lock);
	pthread_mutex_unlock(&order->lock);
}

/* Only the lane whose turn it is gets to write. */
static void
drain(struct out *out)
{
	struct lane *lane = out->ctx;

	if (atomic_load(&lane->order->next) != lane->turn) {
		if (out->capacity < LANE_LIMIT) {
			out->capacity =
				out->capacity ? out->capacity * 2 : 4096;
			out->data = xrealloc(out->data, out->capacity, 1);
			return;
		}
		wait_for_turn(lane);
	}
	if (out->capacity == 0) {
		out->capacity = 4096;
		out->data = xmalloc(out->capacity);
	}
	out_bytes(out_stdout(), out->data, out->len);
	out->len = 0;
}

void
lane_init(struct lane *lane, struct order *order)
{
	memset(lane, 0, sizeof(*lane));
	lane->order = order;
	lane->out.drain = drain;
	lane->out.ctx = lane;
	lane->out.safe = out_stdout()->safe;
	lane->out.color = out_stdout()->color;
}

void
lane_clear(struct lane *lane)
{
	out_free(&lane->out);
}

void
lane_begin(struct lane *lane, size_t turn)
{
	lane->turn = turn;
	lane->out.len = 0;
}

/* What was written out: its buffer waits for the next lane that gives one. */
static void
recycle(struct order *order, struct out *kept)
{
	if (kept->capacity > order->spare.capacity) {
		const struct out spare = order->spare;

		order->spare = *kept;
		*kept = spare;
	}
	out_free(kept);
}

/* With the lock held and the turn ours: ours is over, and so are those of
 * files that ended before. */
static void
pass_on(struct order *order)
{
	size_t next = atomic_load(&order->next) + 1;

	while (next < order->count && order->kept[next].ctx) {
		struct out *kept = &order->kept[next];

		out_bytes(out_stdout(), kept->data, kept->len);
		order->kept_bytes -= kept->len;
		recycle(order, kept);
		next++;
	}
	atomic_store(&order->next, next);
	pthread_cond_broadcast(&order->moved);
}

/*
 * With the lock held: the output of a file that has ended.  Much of it changes
 * hands with its buffer; little is copied, so that it keeps no big buffer.
 */
static void
keep(struct order *order, struct out *out, struct out *kept)
{
	kept->ctx = order; /* says that the file has ended */
	order->kept_bytes += out->len;
	kept->len = out->len;
	if (out->len > out->capacity / 2) {
		kept->data = out->data;
		kept->capacity = out->capacity;
		out->data = order->spare.data;
		out->capacity = order->spare.capacity;
		memset(&order->spare, 0, sizeof(order->spare));
	} else if (out->len) {
		kept->data = xmalloc(out->len);
		memcpy(kept->data, out->data, out->len);
	}
	out->len = 0;
}

void
lane_end(struct lane *lane)
{
	struct order *order = lane->order;
	struct out *out = &lane->out;

	pthread_mutex_lock(&order->lock);
	if (atomic_load(&order->next) != lane->turn &&
	    order->kept_bytes + out->len <= KEPT_LIMIT) {
		struct out *kept = &order->kept[lane->turn];

		keep(order, out, kept);
	} else {
		while (atomic_load(&order->next) != lane->turn)
			pthread_cond_wait(&order->moved, &order->lock);
		out_bytes(out_stdout(), out->data, out->len);
		out->len = 0;
		pass_on(order);
	}
	pthread_mutex_unlock(&order->lock);
}
