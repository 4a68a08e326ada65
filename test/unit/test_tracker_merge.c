/* SPDX-License-Identifier: MIT */
/*
 * One set of rows gives one result: in any order, over any number of
 * trackers, merged in any grouping, however often facts are compacted.
 */

#include "check_rows.h"

#include <stdlib.h>

#include "tracker.h"

#define SETS	  14
#define SHUFFLES  40
#define MAX_PARTS 4

static struct check_rows rows;

/* Few of everything, close together: as many meetings as there can be. */
static void
random_row(struct check_text *out, uint64_t *seed)
{
	static const char *const kinds[] = { "leg",   "leg",   "leg",  "leg",
					     "basic", "fail",  "fail", "ok",
					     "deny",  "probe", "clock" };
	static const char *const users[] = { "CONTOSO\\alice", "contoso\\ALICE",
					     "bob", "BOB", "eve" };
	static const uint32_t steps[] = { 0, 10, 30, 60, 120 };
	/* A declaration a draw: C leaves the order of others open. */
	const char *kind = kinds[check_random(seed, ARRAY_LEN(kinds))];
	uint32_t start = check_random(seed, 4) * 240;
	uint32_t step = steps[check_random(seed, ARRAY_LEN(steps))];
	uint32_t second = check_random(seed, 3);
	uint32_t ms = check_random(seed, 3) ? 0 : check_random(seed, 3);
	uint32_t lasts = check_random(seed, 2) * 300;
	uint32_t id = check_random(seed, 2);
	uint32_t client = check_random(seed, 2) + 1;
	uint32_t server = check_random(seed, 2);
	const char *target = check_random(seed, 2) ? "a" : "B";
	const char *protocol = check_random(seed, 3) ? "Mapi" : "Ews";

	start += step + second;
	check_text_add(out, "%u.%03u %s d=%u id=%u c=%u s=CAS%u t=%s p=%s ",
		       start, ms, kind, start + lasts, id, client, server,
		       target, protocol);
	if (check_random(seed, 5) == 0)
		check_text_add(out, "m=- a=%u ", check_random(seed, 2));
	else
		check_text_add(out, "m=%u ", check_random(seed, 2) + 1);
	if (strcmp(kind, "clock") != 0 && strcmp(kind, "basic") != 0 &&
	    (strcmp(kind, "leg") != 0 || check_random(seed, 9) == 0))
		check_text_add(out, "u=%s ", users[check_random(seed, 5)]);
	if (check_random(seed, 12) == 0)
		check_text_add(out, "x=RPC_IN_DATA ");
	check_text_add(out, "; ");
}

static void
random_rows(uint64_t *seed)
{
	struct check_text text = { 0 };
	uint32_t count = 20 + check_random(seed, 120);

	for (uint32_t i = 0; i < count; i++)
		random_row(&text, seed);
	check_rows_clear(&rows);
	check_rows_add(&rows, text.ptr);
	check_text_free(&text);
}

static rpclog_options
set_options(uint32_t set)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.flags = set % 2 ? RPCLOG_OPT_LIKELY : 0;
	if (set % 5 == 3)
		options.gap_s = RPCLOG_ZERO;
	if (set % 5 == 4)
		options.handshake_ms = 1000;
	options.settle_rpc_s = set % 3 ? 60 : 0;
	return options;
}

/* Odd limits: compaction at the most awkward times. */
static void
limit(rpclog_tracker *t, uint32_t room)
{
	t->success.limit = t->leg_limit = t->run_limit = room;
}

static void
render(struct check_text *out, rpclog_tracker *t)
{
	check_prompts(out, t);
	check_text_add(out, "\n");
	check_tallies(out, t);
	check_text_add(out, "\n");
	check_settled(out, &rows, t);
	check_text_add(out, "\n");
	check_actors(out, &rows, t);
	check_text_add(out, "\n%u", (unsigned)rpclog_tracker_too_recent(t));
}

static void
shuffle(size_t *order, uint64_t *seed)
{
	for (size_t i = 0; i < rows.count; i++)
		order[i] = i;
	for (size_t i = rows.count; i > 1; i--) {
		size_t other = check_random(seed, (uint32_t)i);
		size_t swap = order[i - 1];

		order[i - 1] = order[other];
		order[other] = swap;
	}
}

static void
add(rpclog_tracker *t, size_t row)
{
	CHECK_STATUS(rpclog_tracker_add(t, rows.row[row].row,
					&rows.row[row].verdict),
		     RPCLOG_OK);
}

/* Joins two of them, drawn by lot, until one is left. */
static rpclog_tracker *
merge_all(rpclog_tracker **parts, uint32_t count, uint64_t *seed)
{
	for (; count > 1; count--) {
		uint32_t from = check_random(seed, count);
		uint32_t into =
			(from + 1 + check_random(seed, count - 1)) % count;

		CHECK_STATUS(rpclog_tracker_merge(parts[into], parts[from]),
			     RPCLOG_OK);
		CHECK_STATUS(rpclog_tracker_merge(parts[into], parts[from]),
			     RPCLOG_ERR_USAGE);
		rpclog_tracker_free(parts[from]);
		parts[from] = parts[count - 1];
	}
	return parts[0];
}

static void
check_shuffle(const rpclog_options *options, const char *want, uint64_t *seed)
{
	rpclog_tracker *parts[MAX_PARTS];
	uint32_t count = 1 + check_random(seed, MAX_PARTS);
	size_t *order = calloc(rows.count, sizeof(*order));
	struct check_text got = { 0 };

	if (!order)
		abort();
	for (uint32_t i = 0; i < count; i++) {
		CHECK_STATUS(rpclog_tracker_new(&parts[i], rows.rules, options),
			     RPCLOG_OK);
		limit(parts[i], 4 + check_random(seed, 13));
	}
	shuffle(order, seed);
	for (size_t i = 0; i < rows.count; i++)
		add(parts[check_random(seed, count)], order[i]);

	rpclog_tracker *all = merge_all(parts, count, seed);

	CHECK_STATUS(rpclog_tracker_finish(all), RPCLOG_OK);
	render(&got, all);
	CHECK_STR(got.ptr, want);
	rpclog_tracker_free(all);
	check_text_free(&got);
	free(order);
}

static void
test_any_order(void)
{
	uint64_t seed = 4711;
	size_t evidence = 0;

	for (uint32_t set = 0; set < SETS; set++) {
		rpclog_options options = set_options(set);
		rpclog_tracker *t;
		struct check_text want = { 0 };

		check_casef("set %u, as it comes", set);
		random_rows(&seed);
		CHECK_STATUS(rpclog_tracker_new(&t, rows.rules, &options),
			     RPCLOG_OK);
		CHECK_STATUS(check_rows_track(&rows, t), RPCLOG_OK);
		render(&want, t);
		evidence += t->prompt_count;
		rpclog_tracker_free(t);
		for (uint32_t i = 0; i < SHUFFLES; i++) {
			check_casef("set %u, shuffle %u", set, i);
			check_shuffle(&options, want.ptr, &seed);
		}
		check_text_free(&want);
	}
	CHECK_CASE("the sets show something");
	CHECK(evidence > 5 * SETS);
}

/* ---- failing allocations --- */

struct torture {
	struct check_memory memory;
	rpclog_options options;
};

/* Two halves, merged and finished; the first failure ends it. */
static rpclog_status
run_halves(struct torture *x)
{
	rpclog_tracker *halves[2] = { NULL, NULL };
	rpclog_status status = RPCLOG_OK;

	for (size_t i = 0; status == RPCLOG_OK && i < 2; i++) {
		status =
			rpclog_tracker_new(&halves[i], rows.rules, &x->options);
		if (status == RPCLOG_OK)
			limit(halves[i], 4);
	}
	for (size_t i = 0; status == RPCLOG_OK && i < rows.count; i++)
		status = rpclog_tracker_add(halves[i % 2], rows.row[i].row,
					    &rows.row[i].verdict);
	if (status == RPCLOG_OK) {
		status = rpclog_tracker_merge(halves[0], halves[1]);
		if (status != RPCLOG_OK)
			CHECK_STATUS(rpclog_tracker_finish(halves[1]),
				     RPCLOG_ERR_NOMEM);
	}
	if (status == RPCLOG_OK)
		status = rpclog_tracker_finish(halves[0]);
	if (status != RPCLOG_OK && halves[0] && halves[1] &&
	    halves[0]->broken) {
		rpclog_prompt prompt;

		/* The answer stays. */
		CHECK_STATUS(rpclog_tracker_finish(halves[0]), status);
		CHECK(rpclog_tracker_next(halves[0], &prompt) < 0);
	}
	rpclog_tracker_free(halves[0]);
	rpclog_tracker_free(halves[1]);
	return status;
}

static void
test_no_memory(bool fail_on)
{
	rpclog_status status = RPCLOG_ERR_NOMEM;
	uint64_t seed = 99;

	random_rows(&seed);
	for (uint64_t n = 1; status == RPCLOG_ERR_NOMEM; n++) {
		struct torture x;

		check_memory_init(&x.memory, n);
		x.memory.fail_on = fail_on;
		x.options = check_memory_options(&x.memory);
		x.options.settle_s = RPCLOG_ZERO;
		check_casef("allocation %u fails%s", (unsigned)n,
			    fail_on ? " and all after it" : "");
		status = run_halves(&x);
		CHECK_INT(x.memory.live, 0);
		if (x.memory.calls >= n)
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
		else
			CHECK_STATUS(status, RPCLOG_OK);
		if (n > 20000)
			break;
	}
	CHECK_STATUS(status, RPCLOG_OK);
}

int
main(void)
{
	check_rows_init(&rows);
	test_any_order();
	test_no_memory(false);
	test_no_memory(true);
	check_rows_free(&rows);
	return check_report();
}
