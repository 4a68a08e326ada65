/* SPDX-License-Identifier: MIT */
/* Runs of authenticated starts answer as the single starts would. */

#include <stdlib.h>

#include "check_rows.h"
#include "tracker.h"

#define KEYS   5
#define STARTS 4000

struct starts {
	int64_t us[STARTS];
	size_t count;
};

static struct starts starts[KEYS];
static rpclog_rules *rules;

static rpclog_tracker *
new_tracker(uint32_t handshake_ms, size_t limit)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_tracker *t;

	options.handshake_ms = handshake_ms;
	CHECK_STATUS(rpclog_tracker_new(&t, rules, &options), RPCLOG_OK);
	t->success.limit = limit;
	return t;
}

/* Number 'key' in any tracker that knows those before. */
static uint32_t
key_number(rpclog_tracker *t, size_t key)
{
	char name[3] = { 'k', (char)('0' + key), 0 };
	struct key_parts parts = { .client = slice_str(name) };
	rpclog_slice text;
	uint32_t id = 0;

	CHECK(key_text(t, &parts, &text) && key_add(t, text, &id));
	return id;
}

static void
add(rpclog_tracker *t, size_t key, int64_t us)
{
	CHECK(key_success(t, key_number(t, key), us, us));
}

/* The first start that is not before 'from', or INT64_MAX. */
static int64_t
next_start(size_t key, int64_t from)
{
	int64_t best = INT64_MAX;

	for (size_t i = 0; i < starts[key].count; i++) {
		int64_t us = starts[key].us[i];

		if (us >= from && us < best)
			best = us;
	}
	return best;
}

/* A leg around here, and the questions that are asked of one. */
static void
ask(rpclog_tracker *t, size_t key, int64_t from, uint64_t *seed)
{
	int64_t gap = t->options.handshake_ms * US_PER_MS;
	int64_t next = next_start(key, from);
	uint32_t id = key_number(t, key);
	int64_t to = from + check_random(seed, 1000) * INT64_C(7000001);
	bool handshake = next <= from + gap;

	CHECK_INT(leg_is_handshake(t, id, from), handshake);
	/* Windows are asked for when all runs are closed. */
	if (!handshake && t->key[id].first_us > t->key[id].last_us)
		CHECK_INT(success_within(t, id, from, to), next <= to);
}

static void
ask_all(rpclog_tracker *t, uint64_t *seed)
{
	static const int64_t near[] = { 0, 1, -1 };
	int64_t gap = t->options.handshake_ms * US_PER_MS;

	for (size_t key = 0; key < KEYS; key++) {
		for (int i = 0; i < 400 && starts[key].count; i++) {
			int64_t us = starts[key].us[check_random(
				seed, (uint32_t)starts[key].count)];

			us += near[check_random(seed, 3)];
			us -= gap * check_random(seed, 2);
			us += UINT32_MAX * (int64_t)(i % 7 == 0);
			if (i % 5 == 0)
				us -= check_random(seed, 1u << 31);
			ask(t, key, us, seed);
		}
	}
}

enum order { FORWARD, BACKWARD, SHUFFLED, NEARLY };

/*
 * Starts of which most follow each other in less than the gap, so that runs
 * get longer than 2^32 us, which is 71 minutes.
 */
static void
make_starts(uint32_t handshake_ms, enum order order, uint64_t *seed)
{
	int64_t gap = handshake_ms * US_PER_MS;

	for (size_t key = 0; key < KEYS; key++) {
		struct starts *s = &starts[key];
		int64_t us = INT64_C(1772445600000000) * (key != 1);

		/* The last key has none. */
		s->count = key + 1 == KEYS ? 0 : STARTS >> (2 * key);
		for (size_t i = 0; i < s->count; i++) {
			uint32_t kind = check_random(seed, 200);

			us += kind == 0	  ? gap + 1
			      : kind == 1 ? 20 * gap
			      : kind < 5  ? gap
			      : kind < 8  ? 0
					  : check_random(seed, 1u << 20) * gap /
						   (1 << 20);
			s->us[i] = us;
		}
		for (size_t i = s->count; i > 1; i--) {
			size_t j = i - 1;

			if (order == BACKWARD)
				j = s->count - i;
			else if (order == SHUFFLED)
				j = check_random(seed, (uint32_t)i);
			else if (order == NEARLY && i > 5)
				j = i - 1 - check_random(seed, 4);
			if (order == BACKWARD && j >= i - 1)
				break;

			int64_t moved = s->us[i - 1];

			s->us[i - 1] = s->us[j];
			s->us[j] = moved;
		}
	}
}

static void
test_order(uint32_t handshake_ms, enum order order, size_t limit)
{
	rpclog_tracker *t = new_tracker(handshake_ms, limit);
	rpclog_tracker *halves[2] = { new_tracker(handshake_ms, limit),
				      new_tracker(handshake_ms, 16) };
	uint64_t seed = handshake_ms + (uint64_t)order;
	bool long_run = false;

	check_casef("handshake %u ms, order %d, limit %zu",
		    (unsigned)handshake_ms, (int)order, limit);
	make_starts(handshake_ms, order, &seed);
	for (size_t i = 0; i < STARTS; i++) {
		for (size_t key = 0; key < KEYS; key++) {
			if (i >= starts[key].count)
				continue;
			add(t, key, starts[key].us[i]);
			add(halves[check_random(&seed, 2)], key,
			    starts[key].us[i]);
		}
	}
	/* Before the end what is not sorted yet may be asked too. */
	CHECK(success_compact(t));
	ask_all(t, &seed);
	CHECK(success_close(t));
	ask_all(t, &seed);
	for (size_t i = 0; i < t->success.count; i++) {
		const struct success *s = &t->success.runs[i];

		long_run |= s->span_us > UINT32_MAX / 2;
		if (i == 0 || s[-1].key < s->key)
			continue;
		CHECK_INT(s[-1].key, s->key);
		CHECK(s[-1].first_us <= s->first_us);
		CHECK(success_last(&s[-1]) < success_last(s));
	}
	/* Few are left of them. */
	CHECK(t->success.count < STARTS / 8);
	CHECK(long_run || handshake_ms <= 10000);
	CHECK_STATUS(rpclog_tracker_merge(halves[0], halves[1]), RPCLOG_OK);
	CHECK(success_close(halves[0]));
	ask_all(halves[0], &seed);
	rpclog_tracker_free(t);
	rpclog_tracker_free(halves[0]);
	rpclog_tracker_free(halves[1]);
}

/* Runs that are given whole, some longer than can be told at once. */
static void
test_whole_runs(void)
{
	static const int64_t ends[] = { 0,
					1,
					UINT32_MAX - INT64_C(1),
					UINT32_MAX,
					UINT32_MAX + INT64_C(1),
					2 * (int64_t)UINT32_MAX,
					INT64_C(10) * UINT32_MAX + 5 };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		for (int64_t base = -ends[i]; base <= 7; base += ends[i] + 7) {
			rpclog_tracker *t = new_tracker(1, 4);
			uint32_t id = key_number(t, 0);
			uint32_t other = key_number(t, 1);
			int64_t last = base + ends[i];

			check_casef("a run of %zd us", (ssize_t)ends[i]);
			CHECK(key_success(t, id, base, last));
			CHECK(key_success(t, other, 5, 5));
			CHECK(success_close(t));
			CHECK(!success_within(t, id, base - 9, base - 1));
			CHECK(success_within(t, id, base - 9, base));
			CHECK(success_within(t, id, last, last + 9));
			CHECK(!success_within(t, id, last + 1, last + 9));
			for (int64_t at = base; at <= last;
			     at += ends[i] / 1000 + 1)
				CHECK(success_within(t, id, at, at));
			CHECK(success_within(t, other, 5, 5));
			CHECK(!success_within(t, other, 6, INT64_MAX));
			CHECK(!success_within(t, 2, 0, INT64_MAX));
			CHECK(!success_within(t, NOBODY, 0, INT64_MAX));
			/* The same again changes nothing. */
			size_t count = t->success.count;

			CHECK(key_success(t, id, base, last));
			CHECK(success_close(t));
			CHECK_INT(t->success.count, count);
			rpclog_tracker_free(t);
		}
	}
}

/* Keys that came after the last time that starts were sorted. */
static void
test_new_keys(void)
{
	rpclog_tracker *t = new_tracker(10, 4);
	uint32_t a = key_number(t, 0), b;

	CHECK_CASE("new keys");
	CHECK(!leg_is_handshake(t, a, 0));
	CHECK(success_close(t));
	CHECK(!leg_is_handshake(t, a, 0));
	add(t, 0, 100);
	CHECK(success_close(t));
	b = key_number(t, 1);
	CHECK(!leg_is_handshake(t, b, 100));
	CHECK(leg_is_handshake(t, a, 100));
	add(t, 1, 200);
	CHECK(leg_is_handshake(t, b, 200));
	CHECK(success_close(t));
	CHECK(leg_is_handshake(t, b, 200));
	CHECK(!leg_is_handshake(t, b, 201));
	CHECK(leg_is_handshake(t, a, 100));
	rpclog_tracker_free(t);
}

int
main(void)
{
	static const size_t limits[] = { 1, 7, 500, 65536 };

	CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK);
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		for (int order = FORWARD; order <= NEARLY; order++) {
			test_order(10000, (enum order)order, limits[i]);
			test_order(1000, (enum order)order, limits[i]);
			test_order(600000, (enum order)order, limits[i]);
		}
	}
	test_whole_runs();
	test_new_keys();
	rpclog_rules_free(rules);
	return check_report();
}
