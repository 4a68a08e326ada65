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
	if (s->count == RUNS_MOST)
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

/* Those of one key, sorted: joined where they touch, then written. */
static void
write_key(struct successes *s, const struct success *from, size_t count)
{
	const int64_t gap = (int64_t)s->load->handshake_us;
	size_t runs = 0;
	rpclog_slice packed;

	for (size_t i = 0; i < count; i++) {
		const struct start_run *run = &from[i].run;

		s->packing = xgrow(s->packing, runs, &s->packing_room,
				   sizeof(*s->packing));
		if (runs &&
		    run->first_us - s->packing[runs - 1].last_us <= gap) {
			if (run->last_us > s->packing[runs - 1].last_us)
				s->packing[runs - 1].last_us = run->last_us;
		} else {
			s->packing[runs++] = *run;
		}
	}
	if (s->packed_room < runs * STARTS_ROOM) {
		free(s->packed);
		s->packed_room = 2 * runs * STARTS_ROOM;
		s->packed = xmalloc(s->packed_room);
	}
	packed.ptr = (const char *)s->packed;
	packed.len = starts_pack(s->packing[0].first_us, s->packing, runs,
				 s->packed);
	bind_int(s->insert, 1, from->who);
	bind_int(s->insert, 2, s->packing[0].first_us);
	bind_int(s->insert, 3, s->packing[runs - 1].last_us);
	bind_blob(s->insert, 4, packed);
	statement_run(s->insert);
}

void
successes_flush(struct successes *s)
{
	size_t from = 0;

	if (s->count)
		qsort(s->runs, s->count, sizeof(*s->runs), order);
	while (from < s->count) {
		size_t to = from;

		while (to < s->count && s->runs[to].who == s->runs[from].who)
			to++;
		write_key(s, s->runs + from, to - from);
		from = to;
	}
	s->count = 0;
}

void
successes_free(struct successes *s)
{
	free(s->runs);
	free(s->packing);
	free(s->packed);
	free(s);
}
