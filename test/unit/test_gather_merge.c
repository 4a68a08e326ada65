/* SPDX-License-Identifier: MIT */
/*
 * Gathers that are merged: any grouping and order of rows gives the same
 * tables, and what sums wait in while rows come can't be seen.
 */

#include <stdio.h>
#include <stdlib.h>

#include "check_gather.h"
#include "gather_inside.h"

static struct check_rows rows;

/* Which worker takes a row. */
struct split {
	size_t workers;
	uint8_t *of; /* by row */
};

/*
 * Each row to its worker, in their order; then workers are merged from one
 * that is drawn, the rest in the order that is drawn, some of them among
 * themselves first.
 */
static void
render(struct check_text *out, const struct split *split, uint64_t seed)
{
	struct check_gather *g = calloc(split->workers, sizeof(*g));
	size_t left = split->workers;
	struct gathered *in;

	if (!g)
		abort();
	for (size_t i = 0; i < left; i++)
		CHECK_STATUS(check_gather_new(&g[i], rows.rules, NULL, NULL),
			     RPCLOG_OK);
	for (size_t i = 0; i < rows.count; i++)
		CHECK_STATUS(
			check_gather_rows(&g[split->of[i]], &rows, i, i + 1),
			RPCLOG_OK);
	for (size_t i = 0; i < left; i++)
		CHECK_STATUS(check_gather_close(&g[i]), RPCLOG_OK);
	while (left > 1) {
		size_t from = check_random(&seed, (uint32_t)left);
		size_t into = check_random(&seed, (uint32_t)left - 1);

		into += into >= from;
		CHECK_STATUS(check_gather_merge(&g[into], &g[from]), RPCLOG_OK);
		g[from] = g[--left];
	}
	if (CHECK_STATUS(check_gather_settle(&in, &g[0], &rows), RPCLOG_OK)) {
		check_tables(out, in);
		gathered_free(in);
	}
	check_gather_free(&g[0]);
	free(g);
}

/* One worker, then a row each, then a few at random. */
static void
check_splits(const char *name)
{
	struct split split = { 1, calloc(rows.count, 1) };
	struct check_text want = { 0 };

	if (!split.of)
		abort();
	check_casef("%s: one", name);
	render(&want, &split, 1);
	CHECK(want.len > 1000);
	for (size_t i = 0; i < 20; i++) {
		struct check_text got = { 0 };
		uint64_t seed = i;

		check_casef("%s: split %d", name, (int)i);
		/* A row each: nothing waits, nothing is remembered. */
		split.workers = i < 2 ? rows.count : i;
		for (size_t k = 0; k < rows.count; k++)
			split.of[k] =
				(uint8_t)(i < 2 ? k
						: check_random(&seed,
							       (uint32_t)i));
		render(&got, &split, i);
		CHECK_STR(got.ptr, want.ptr);
		check_text_free(&got);
	}
	check_text_free(&want);
	free(split.of);
}

static const char *
pick(uint64_t *seed, const char *const *words, size_t count)
{
	return words[check_random(seed, (uint32_t)count)];
}

#define PICK(seed, words) pick(seed, words, ARRAY_LEN(words))

/* Rows of so many hours, targets and users, all of them drawn. */
static void
make_rows(size_t count, uint32_t hours, uint32_t targets, uint32_t users)
{
	static const char *const kinds[] = { "ok",   "ok",    "ok",
					     "fail", "basic", "leg",
					     "leg",  "deny",  "probe" };
	static const char *const protocols[] = { "Mapi", "RpcHttp", "Ews" };
	static const char *const methods[] = { "POST", "RPC_IN_DATA",
					       "RPC_OUT_DATA" };
	static const char *const extra[] = {
		"",
		" UrlHost=a.example",
		" UrlHost=b.example",
		" TargetServerVersion=14.03.0123.004",
		" TotalRequestTime=2500 BackendProcessingLatency=2500",
		" AnchorMailbox=ServerInfo~a/b",
		" UserAgent=A+(Windows+NT+6.1|+Microsoft+Outlook+15.0)",
	};
	uint64_t seed = 7;
	struct check_text text = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *kind = PICK(&seed, kinds);
		bool named = strcmp(kind, "leg") != 0 &&
			     strcmp(kind, "basic") != 0 &&
			     strcmp(kind, "probe") != 0;

		/* Whole seconds: many rows begin at once. */
		check_text_add(&text, "%d %s s=CAS%u t=mbx%u p=%s x=%s c=%u",
			       (int)(check_random(&seed, hours) * 3600 +
				     check_random(&seed, 40)) -
				       36000,
			       kind, check_random(&seed, 3),
			       check_random(&seed, targets),
			       PICK(&seed, protocols), PICK(&seed, methods),
			       1 + check_random(&seed, 4));
		check_text_add(&text, " m=%u id=%u%s",
			       1 + check_random(&seed, users),
			       check_random(&seed, 1000), PICK(&seed, extra));
		if (named)
			check_text_add(&text, " u=%s%u",
				       check_random(&seed, 2) ? "User" : "user",
				       check_random(&seed, users));
		check_text_add(&text, ";");
	}
	check_rows_clear(&rows);
	check_rows_add(&rows, text.ptr);
	check_text_free(&text);
}

static void
test_splits(void)
{
	/* More combinations than memos of flows, hours than those of pulses. */
	make_rows(250, 22, 40, 6);
	CHECK(rows.count > FLOW_MEMOS);
	check_splits("many cells");
	make_rows(200, 2, 2, 2);
	check_splits("few cells");
	make_rows(250, 3, 3, 200);
	check_splits("many users");
}

/* ---- a sample of refusals ---------------------------------------------------
 */

static bool
add_refusals(struct gather *g, uint32_t from, uint32_t to, bool backwards)
{
	bool ok = true;

	for (uint32_t i = from; ok && i < to; i++) {
		struct refusal refusal = { .user = NOBODY };
		uint64_t id = backwards ? to - 1 - (i - from) : i;

		memcpy(refusal.id, &id, sizeof(id));
		refusal.tag = id;
		ok = refusals_add(g, &refusal);
	}
	return ok;
}

/* Sums of what is kept: those of one sample, whatever its order. */
struct sample {
	size_t count;
	unsigned level;
	uint64_t sum, squares;
};

static struct sample
sample_of(const struct gather *g)
{
	struct sample sample = { g->refusal_count, g->refusal_level, 0, 0 };

	for (size_t i = 0; i < g->refusal_count; i++) {
		uint64_t tag = g->refusals[i].tag;

		sample.sum += tag;
		sample.squares += tag * tag;
	}
	return sample;
}

static void
check_sample(const struct check_gather *g, const struct sample *want)
{
	struct sample got = sample_of(g->gather);

	CHECK_INT(got.count, want->count);
	CHECK_INT(got.level, want->level);
	CHECK_INT(got.sum, want->sum);
	CHECK_INT(got.squares, want->squares);
}

static void
test_sample(uint32_t count, unsigned level)
{
	struct check_gather one, other, parts[2];
	struct sample want;

	check_casef("%u refusals", count);
	CHECK_STATUS(check_gather_new(&one, rows.rules, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(check_gather_new(&other, rows.rules, NULL, NULL),
		     RPCLOG_OK);
	CHECK(add_refusals(one.gather, 0, count, false));
	CHECK(add_refusals(other.gather, 0, count, true));
	want = sample_of(one.gather);
	CHECK_INT(want.level, level);
	CHECK(want.count <= REFUSALS_MOST);
	/* A fair sample: about one of each 2^level. */
	CHECK(want.count >= (count >> level) * 9 / 10);
	CHECK(want.count <= (count >> level) * 11 / 10);
	check_sample(&other, &want);
	check_gather_free(&other);
	check_gather_free(&one);

	/* A small part into a great one, and the other way round. */
	for (int i = 0; i < 2; i++) {
		check_casef("%u refusals in two parts, %d", count, i);
		for (int k = 0; k < 2; k++)
			CHECK_STATUS(check_gather_new(&parts[k], rows.rules,
						      NULL, NULL),
				     RPCLOG_OK);
		/* Keys are told by the tracker: refusals need one. */
		for (int k = 0; k < 2; k++) {
			uint32_t key;

			CHECK(key_add(parts[k].tracker, SLICE("k"), &key));
			CHECK_INT(key, 0);
		}
		CHECK(add_refusals(parts[i].gather, 0, 100, false));
		CHECK(add_refusals(parts[1 - i].gather, 100, count, true));
		for (int k = 0; k < 2; k++)
			CHECK_STATUS(check_gather_close(&parts[k]), RPCLOG_OK);
		CHECK_STATUS(check_gather_merge(&parts[0], &parts[1]),
			     RPCLOG_OK);
		check_sample(&parts[0], &want);
		check_gather_free(&parts[0]);
	}
}

/* ---- misuse -----------------------------------------------------------------
 */

static void
test_misuse(void)
{
	struct check_gather a, b;
	struct gathered *in;

	CHECK_CASE("misuse");
	check_rows_clear(&rows);
	check_rows_add(&rows, "0 ok; 1 fail");
	CHECK_STATUS(check_gather_new(&a, rows.rules, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(check_gather_new(&b, rows.rules, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(check_gather_rows(&a, &rows, 0, 2), RPCLOG_OK);
	CHECK_STATUS(gather_merge(a.gather, b.gather), RPCLOG_ERR_USAGE);
	CHECK_STATUS(gather_settle(&in, a.gather, a.tracker, rows.rules, NULL),
		     RPCLOG_ERR_USAGE);
	CHECK(in == NULL);
	CHECK_STATUS(check_gather_close(&a), RPCLOG_OK);
	CHECK_STATUS(gather_close(a.gather), RPCLOG_OK);
	CHECK_STATUS(gather_merge(a.gather, b.gather), RPCLOG_ERR_USAGE);
	CHECK_STATUS(gather_merge(a.gather, a.gather), RPCLOG_ERR_USAGE);
	/* The tracker is not finished. */
	CHECK_STATUS(gather_settle(&in, a.gather, a.tracker, rows.rules, NULL),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS(check_gather_close(&b), RPCLOG_OK);
	CHECK_STATUS(check_gather_merge(&a, &b), RPCLOG_OK);
	if (CHECK_STATUS(check_gather_settle(&in, &a, &rows), RPCLOG_OK)) {
		CHECK_INT(in->requests, 2);
		gathered_free(in);
	}
	check_gather_free(&a);
	gather_free(NULL);
	gathered_free(NULL);
}

int
main(void)
{
	check_rows_init(&rows);
	test_splits();
	test_sample(1000, 0);
	test_sample(REFUSALS_MOST, 0);
	test_sample(REFUSALS_MOST + 1, 1);
	test_sample(5 * REFUSALS_MOST, 3);
	test_misuse();
	check_rows_free(&rows);
	return check_report();
}
