/* SPDX-License-Identifier: MIT */
/* Authenticated starts, gathered over many logs before they are written. */

#include "load_success.h"

#include <stdlib.h>

#include "radix.h"
#include "starts.h"

/* 16 bytes each, and as many again to sort them. */
#define RUNS_MOST ((size_t)1 << 20)

/*
 * A run of starts as an item to sort: the key is when it begins; the value is
 * whose it is, a place in load->whos, above how long it is.
 */
#define SPAN_BITS 32
#define SPAN_MOST ((int64_t)UINT32_MAX)

struct successes {
	struct load *load;
	struct radix_item *runs;
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

static size_t
whose(const struct radix_item *run)
{
	return (size_t)(run->value >> SPAN_BITS);
}

static int64_t
first_of(const struct radix_item *run)
{
	return radix_number(run->key);
}

static int64_t
last_of(const struct radix_item *run)
{
	return first_of(run) + (int64_t)(uint32_t)run->value;
}

static struct radix_item
run_of(size_t who, int64_t first_us, int64_t last_us)
{
	const struct radix_item run = {
		radix_signed(first_us),
		(uint64_t)who << SPAN_BITS | (uint64_t)(last_us - first_us),
	};

	return run;
}

static void
add(struct successes *s, size_t who, int64_t first_us, int64_t last_us)
{
	if (successes_full(s))
		successes_flush(s);
	s->runs = xgrow(s->runs, s->count, &s->room, sizeof(*s->runs));
	s->runs[s->count++] = run_of(who, first_us, last_us);
}

/* In pieces, each of which begins where the one before ends. */
void
successes_add(struct successes *s, size_t who, int64_t first_us,
	      int64_t last_us)
{
	for (; last_us - first_us > SPAN_MOST; first_us += SPAN_MOST)
		add(s, who, first_us, first_us + SPAN_MOST);
	add(s, who, first_us, last_us);
}

int
successes_full(const struct successes *s)
{
	return s->count == RUNS_MOST;
}

static void
swap_words(struct radix_item *runs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		runs[i] = (struct radix_item){ runs[i].value, runs[i].key };
}

/* By start, then by key, among which the order by start is kept. */
static void
sort(struct successes *s)
{
	struct radix_item *spare = xmalloc(s->count * sizeof(*spare));

	radix_sort(s->runs, spare, s->count, 0);
	swap_words(s->runs, s->count);
	radix_sort(s->runs, spare, s->count, SPAN_BITS / 8);
	swap_words(s->runs, s->count);
	free(spare);
}

/*
 * Two runs that follow each other as one, if they touch and one can tell.
 * What is too long for one is cut, so that 'next' begins no earlier than 'one'
 * ends.
 */
static int
join(struct radix_item *one, struct radix_item *next, int64_t gap_us)
{
	const int64_t first = first_of(one), last = last_of(one);
	const int64_t next_last = last_of(next);

	if (whose(one) != whose(next) || first_of(next) - last > gap_us)
		return 0;
	if (next_last <= last)
		return 1;
	if (next_last - first <= SPAN_MOST) {
		*one = run_of(whose(one), first, next_last);
		return 1;
	}
	if (first_of(next) < last)
		*next = run_of(whose(next), last, next_last);
	return 0;
}

/* By key and start, joined where they touch. */
static void
tidy(struct successes *s)
{
	size_t kept = 0;

	if (s->sorted == s->count)
		return;
	sort(s);
	for (size_t i = 1; i < s->count; i++) {
		if (!join(&s->runs[kept], &s->runs[i], s->load->handshake_us))
			s->runs[++kept] = s->runs[i];
	}
	s->count = s->sorted = kept + 1;
}

int
successes_within(struct successes *s, size_t who, int64_t from, int64_t to)
{
	size_t low = 0, high;

	tidy(s);
	high = s->count;
	/* The first run of the key that does not end before 'from'. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct radix_item *run = &s->runs[middle];

		if (whose(run) < who ||
		    (whose(run) == who && last_of(run) < from))
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->count && whose(&s->runs[low]) == who &&
	       first_of(&s->runs[low]) <= to;
}

static void
write_key(struct successes *s, const struct radix_item *from, size_t count)
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
		s->packing[i].first_us = first_of(&from[i]);
		s->packing[i].last_us = last_of(&from[i]);
	}
	packed.ptr = (const char *)s->packed;
	packed.len = starts_pack(first_of(from), s->packing, count, s->packed);
	bind_int(s->insert, 1, whos_at(s->load->whos, whose(from))->id);
	bind_int(s->insert, 2, first_of(from));
	bind_int(s->insert, 3, last_of(&from[count - 1]));
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

		while (to < s->count &&
		       whose(&s->runs[to]) == whose(&s->runs[from]))
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
