/* SPDX-License-Identifier: MIT */
/*
 * A tracker that is given facts settles legs, and names the actors of rows
 * without a user, as one that is given all rows: in any number of batches.
 */

#include <ctype.h>
#include <stdio.h>

#include "check_facts.h"
#include "class.h"

#define BATCHES_MOST 4

static struct check_rows rows;

static const struct {
	const char *name, *rows;
} cases[] = {
	{ "nothing", "" },
	{ "a leg alone", "0 leg" },
	{ "a handshake", "0 leg; 10 ok" },
	{ "no handshake", "0 leg; 10.001 ok" },
	{ "a handshake that comes late in the file", "5 ok d=3000; 0 leg" },
	{ "by a probe", "0 leg c=10.0.0.9; 1 probe" },
	{ "rejected", "0 leg; 1 leg; 2 leg; 122 clock" },
	{ "too recent by a millisecond", "0 leg; 1 leg; 2 leg; 121.999 clock" },
	{ "rejected at one time", "0 leg; 0 leg; 0 leg; 122 clock" },
	{ "saved by the last moment", "0 leg; 1 leg; 2 leg; 62 ok; 999 clock" },
	{ "not saved", "0 leg; 1 leg; 2 leg; 62.001 ok; 999 clock" },
	{ "a chain, cut by a success",
	  "0 leg; 1 leg; 2 leg; 62 leg; 100 ok; 122 leg; 999 clock" },
	{ "suspected", "0 leg; 1 leg x=RPC_IN_DATA; 2 leg; 7202 clock" },
	{ "suspected, too recent",
	  "0 leg; 1 leg x=RPC_IN_DATA; 2 leg; 7201 clock" },
	{ "each by its server",
	  "0 leg; 1 leg s=CAS02; 2 leg s=-; 122 clock; 0 clock s=CAS02" },
	{ "a server without a name", "0 leg s=-; 0 leg s=-; 0 leg s=-;"
				     "300 clock s=-" },
	{ "legs that name a user",
	  "0 leg u=A\\b; 1 leg; 2 leg u=c; 300 clock" },
	{ "by agent, without a mailbox",
	  "0 leg m=- a=x; 1 leg m=- a=y; 2 leg m=- a=x; 3 leg m=- a=x;"
	  "4 ok m=- a=y; 300 clock" },
	{ "odd names", "0 leg m=- a=\x80/ c=\x01.; 1 leg m=- a=\x80/ c=\x01.;"
		       "2 leg m=- a=\x80/ c=\x01.; 300 clock" },
	{ "an owner", "0 basic; 1 ok" },
	{ "an owner elsewhere", "0 basic; 1 ok c=2" },
	{ "an owner in other letters", "0 basic; 1 ok; 2 ok u=contoso\\ALICE" },
	{ "two owners, one of them here",
	  "0 basic; 1 ok; 2 ok c=2 u=B; 3 basic c=3" },
	{ "two owners here, and one elsewhere",
	  "0 basic; 1 ok; 2 ok u=B; 3 ok c=2; 4 basic c=2" },
	{ "nobody", "0 basic; 1 ok m=2; 2 basic m=-" },
	{ "probes own nothing", "0 basic; 1 ok u=A\\HealthMailbox1; 2 probe" },
};

/* ---- both ways --------------------------------------------------------------
 */

/* Row i belongs to batch 'dealt'[i] of 'count'. */
struct deal {
	size_t count;
	uint8_t batch[256];
};

static void
deal(struct deal *d, size_t count, uint64_t *seed)
{
	d->count = count;
	for (size_t i = 0; i < ARRAY_LEN(d->batch); i++)
		d->batch[i] = (uint8_t)check_random(seed, (uint32_t)count);
}

/* A tracker of the facts of all batches; the last batch first. */
static rpclog_status
by_facts(rpclog_tracker **tracker, const struct deal *d,
	 const rpclog_options *options)
{
	rpclog_status status = rpclog_tracker_new(tracker, rows.rules, options);

	for (size_t batch = d->count; !status && batch-- > 0;) {
		struct check_facts f = { 0 };

		status = facts_new(&f.facts, rows.rules, options);
		for (size_t i = 0; !status && i < rows.count; i++) {
			if (d->batch[i] == batch)
				status = check_facts_rows(f.facts, &rows, i,
							  i + 1, 0);
		}
		if (!status)
			status = facts_close(f.facts, &f.sets);
		if (!status)
			status = check_facts_back(*tracker, &f);
		check_facts_free(&f);
	}
	return status ? status : rpclog_tracker_finish(*tracker);
}

/* What a row has become: of a leg the class, of one without a user the actor.
 * The spelling of an owner is no fact of a key. */
static void
add_settled(struct check_text *out, const rpclog_tracker *tracker,
	    const struct check_row *one)
{
	rpclog_unsettled row;
	rpclog_settled settled;

	rpclog_unsettled_of(one->row, &one->verdict, &row);
	if (!CHECK_STATUS(rpclog_tracker_settle(tracker, &row, &settled),
			  RPCLOG_OK))
		return;
	check_text_add(out, "; ");
	if (row.class_id == CLASS_FE_AUTH_LEG)
		check_text_add(out, "%s%s ", settled.class_name,
			       settled.too_recent ? " (recent)" : "");
	if (row.user.len)
		return;
	for (size_t i = 0; i < settled.actor.len; i++) {
		char c = (char)ascii_lower((unsigned char)settled.actor.ptr[i]);

		check_text_bytes(out, &c, 1);
	}
}

static void
settle_all(struct check_text *out, const rpclog_tracker *tracker)
{
	check_text_add(out, "%s", "");
	for (size_t i = 0; i < rows.count; i++)
		add_settled(out, tracker, &rows.row[i]);
}

static void
want(struct check_text *out, const char *text, const rpclog_options *options)
{
	rpclog_tracker *tracker = check_tracked(&rows, text, options);

	settle_all(out, tracker);
	rpclog_tracker_free(tracker);
}

/* In how many tables rows came to what is most to the point. */
static size_t seen[5];

static void
count_words(const struct check_text *text)
{
	static const char *const words[5] = {
		"handshake",
		"fe_credentials_rejected",
		"fe_credentials_suspected",
		"(recent)",
		"mailbox:",
	};

	for (int i = 0; i < 5; i++)
		seen[i] += strstr(text->ptr, words[i]) != NULL;
}

static void
compare(const char *text, const struct deal *d, const rpclog_options *options)
{
	struct check_text wanted = { 0 }, got = { 0 };
	rpclog_tracker *tracker;

	want(&wanted, text, options);
	count_words(&wanted);
	CHECK_STATUS(by_facts(&tracker, d, options), RPCLOG_OK);
	settle_all(&got, tracker);
	CHECK_STR(got.ptr, wanted.ptr);
	rpclog_tracker_free(tracker);
	check_text_free(&wanted);
	check_text_free(&got);
}

/* ---- tables and rows at random ----------------------------------------------
 */

static void
test_cases(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t seed = i;

		for (size_t k = 0; k < 8; k++) {
			struct deal d;

			check_casef("%s: %s, deal %zu", cases[i].name,
				    cases[i].rows, k);
			deal(&d, k % BATCHES_MOST + 1, &seed);
			compare(cases[i].rows, &d, NULL);
		}
	}
}

/* One row more; starts within 'span' seconds. */
static void
add_row(struct check_text *text, uint64_t *seed, uint32_t span)
{
	static const char *const kinds[] = { "leg",  "leg",  "leg",
					     "leg",  "ok",   "basic",
					     "fail", "deny", "probe" };
	const char *kind = kinds[check_random(seed, ARRAY_LEN(kinds))];
	const char *const users[] = { "A\\b", "a\\B", "c", "A\\extest_1" };

	check_text_add(
		text, "%u.%03u %s m=%s c=%u", check_random(seed, span),
		check_random(seed, 3), kind,
		(const char *const[]){ "1", "2", "-" }[check_random(seed, 3)],
		check_random(seed, 2));
	if (strcmp(kind, "basic") != 0 && check_random(seed, 3) &&
	    (kind[0] != 'l' || check_random(seed, 9) == 0))
		check_text_add(text, " u=%s", users[check_random(seed, 4)]);
	if (kind[0] == 'l' && check_random(seed, 8) == 0)
		check_text_add(text, " x=RPC_OUT_DATA");
	if (check_random(seed, 4) == 0)
		check_text_add(text, " a=other");
	if (check_random(seed, 2))
		check_text_add(text, " s=CAS0%u", check_random(seed, 3));
	check_text_add(text, "; ");
}

static void
test_random(void)
{
	static const uint32_t spans[] = { 30, 200, 1500, 9000 };
	for (uint64_t run = 0; run < 300; run += check_stride()) {
		struct check_text text = { 0 };
		uint64_t seed = run;
		struct deal d;

		check_random(&seed, 2);
		check_text_add(&text, "%u clock s=CAS01; %u clock; ",
			       run % 8 < 4 ? 20000 : check_random(&seed, 2000),
			       check_random(&seed, 400));
		for (int i = 0; i < 40; i++)
			add_row(&text, &seed, spans[run % 4]);
		check_casef("run %u: %s", (unsigned)run, text.ptr);
		deal(&d, run % BATCHES_MOST + 1, &seed);
		compare(text.ptr, &d, NULL);
		check_text_free(&text);
	}
	CHECK_CASE("what came of rows at random");
	for (int i = 0; i < 5; i++)
		CHECK(seen[i] > 20 / check_stride());
}

static void
test_options(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	uint64_t seed = 1;
	struct deal d;

	CHECK_CASE("other options");
	options.handshake_ms = 500;
	options.reject_window_s = 5;
	options.reject_legs = 2;
	options.settle_s = 10;
	deal(&d, 3, &seed);
	compare("0 leg; 0.5 ok; 10 leg; 14 leg; 20 leg; 22 leg c=2; 27 leg c=2;"
		"29 clock",
		&d, &options);
}

/* ---- memory -----------------------------------------------------------------
 */

/* All the way to facts and back, with every allocation failing in turn. */
static void
test_memory(const char *text, bool fail_on)
{
	struct check_text wanted = { 0 };
	rpclog_status status = RPCLOG_ERR_NOMEM;
	struct deal d;
	uint64_t fails = 0, seed = 1;

	want(&wanted, text, NULL);
	deal(&d, 2, &seed);
	for (uint64_t at = 1; status != RPCLOG_OK; at += check_stride()) {
		struct check_memory memory;
		rpclog_options options;
		rpclog_tracker *tracker = NULL;
		struct check_text got = { 0 };

		check_casef("allocation %u fails%s: %s", (unsigned)at,
			    fail_on ? ", and all later ones" : "", text);
		check_memory_init(&memory, at);
		memory.fail_on = fail_on;
		options = check_memory_options(&memory);
		status = by_facts(&tracker, &d, &options);
		if (status == RPCLOG_OK) {
			settle_all(&got, tracker);
			CHECK_STR(got.ptr, wanted.ptr);
			check_text_free(&got);
		} else {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			fails++;
		}
		rpclog_tracker_free(tracker);
		CHECK_INT(memory.live, 0);
	}
	CHECK(fails > 20 / check_stride());
	check_text_free(&wanted);
}

int
main(void)
{
	check_rows_init(&rows);
	test_cases();
	test_random();
	test_options();
	for (int fail_on = 0; fail_on < 2; fail_on++)
		test_memory("0 leg; 1 leg; 2 leg; 3 leg c=2; 4 ok c=2; 5 basic;"
			    "6 ok m=2; 7 ok m=2 u=B; 8 leg m=- a=x; 9 fail;"
			    "10 basic m=2; 300 clock; 300 probe s=CAS02",
			    fail_on);
	check_rows_free(&rows);
	return check_report();
}
