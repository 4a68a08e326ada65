/* SPDX-License-Identifier: MIT */
/* Authenticated starts, gathered over many logs before they are written. */

#include "load_success.h"

#include <stdlib.h>

#include "starts.h"

/* 24 bytes each. */
#define RUNS_MOST ((size_t)2 << 20)

struct success {
	int64_t who;
	struct start_run run;
};

struct successes {
	struct load *load;
	struct success *runs;
	size_t count, room;
	size_t sorted; /* of them, from the first on */
	struct statement *insert;
	struct start_run *packing;
	size_t packing_room;
	unsigned char *packed;
	size_t packed_room;
};

struct successes *
successes_new(struct load *load)
{
	struct successes *s = xcalloc(1, sizeof(*s));

	s->load = load;
	s->insert = db_prepare(load->db, "INSERT INTO success (who, first_us, "
					 "last_us, runs) VALUES (?,?,?,?)");
	return s;
}

void
successes_add(struct successes *s, int64_t who, int64_t first_us,
	      int64_t last_us)
{
	if (successes_full(s))
		successes_flush(s);
	s->runs = xgrow(s->runs, s->count, &s->room, sizeof(*s->runs));
	s->runs[s->count++] = (struct success){ who, { first_us, last_us } };
}

static int
order(const void *a, const void *b)
{
	const struct success *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->run.first_us != y->run.first_us)
		return x->run.first_us < y->run.first_us ? -1 : 1;
	return (x->run.last_us > y->run.last_us) -
	       (x->run.last_us < y->run.last_us);
}

int
successes_full(const struct successes *s)
{
	return s->count == RUNS_MOST;
}

/* By key and start, joined where they touch. */
static void
tidy(struct successes *s)
{
	size_t kept = 0;

	if (s->sorted == s->count)
		return;
	qsort(s->runs, s->count, sizeof(*s->runs), order);
	for (size_t i = 1; i < s->count; i++) {
		struct success *last = &s->runs[kept];
		const struct success *next = &s->runs[i];

		if (next->who == last->who &&
		    next->run.first_us - last->run.last_us <=
			    s->load->handshake_us) {
			if (next->run.last_us > last->run.last_us)
				last->run.last_us = next->run.last_us;
		} else {
			s->runs[++kept] = *next;
		}
	}
	s->count = s->sorted = kept + 1;
}

int
successes_within(struct successes *s, int64_t who, int64_t from, int64_t to)
{
	size_t low = 0, high;

	tidy(s);
	high = s->count;
	/* The first run of the key that does not end before 'from'. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct success *run = &s->runs[middle];

		if (run->who < who ||
		    (run->who == who && run->run.last_us < from))
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->count && s->runs[low].who == who &&
	       s->runs[low].run.first_us <= to;
}

static void
write_key(struct successes *s, const struct success *from, size_t count)
{
	rpclog_slice packed;

	if (s->packed_room < count * STARTS_ROOM) {
		free(s->packed);
		s->packed_room = 2 * count * STARTS_ROOM;
		s->packed = xmalloc(s->packed_room);
	}
	for (size_t i = 0; i < count; i++) {
		s->packing = xgrow(s->packing, i, &s->packing_room,
				   sizeof(*s->packing));
		s->packing[i] = from[i].run;
	}
	packed.ptr = (const char *)s->packed;
	packed.len =
		starts_pack(from->run.first_us, s->packing, count, s->packed);
	bind_int(s->insert, 1, from->who);
	bind_int(s->insert, 2, from->run.first_us);
	bind_int(s->insert, 3, from[count - 1].run.last_us);
	bind_blob(s->insert, 4, packed);
	statement_run(s->insert);
}

void
successes_flush(struct successes *s)
{
	size_t from = 0;

	tidy(s);
	while (from < s->count) {
		size_t to = from;

		while (to < s->count && s->runs[to].who == s->runs[from].who)
			to++;
		write_key(s, s->runs + from, to - from);
		from = to;
	}
	s->count = s->sorted = 0;
}

void
successes_free(struct successes *s)
{
	free(s->runs);
	free(s->packing);
	free(s->packed);
	free(s);
}
