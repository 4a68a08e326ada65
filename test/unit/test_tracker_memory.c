/* SPDX-License-Identifier: MIT */
/* Whom rows name is remembered: a tracker that forgets it all says the same. */

#include <stdio.h>

#include "check_rows.h"
#include "parser.h"
#include "tracker.h"

static rpclog_rules *rules;

/* Bytes of a query: such that fit into the tracker's memory, or do not. */
static void
add_query(struct check_text *out, uint64_t *seed, uint32_t boxes)
{
	static const size_t more[] = { 0, 1, 40, 41, 42, 100, 300 };
	size_t len = more[check_random(seed, ARRAY_LEN(more))];

	switch (check_random(seed, 4)) {
	case 0: break;
	case 1: check_text_add(out, "?x=%u", check_random(seed, 5)); break;
	default:
		check_text_add(
			out,
			"?11111111-2222-3333-4444-%012u@contoso.com:6001&%*s",
			check_random(seed, boxes), (int)len, "");
	}
}

static void
add_row(struct check_text *out, size_t columns, uint64_t *seed, uint32_t users,
	uint32_t at)
{
	static const char *const statuses[][3] = {
		{ "200", "200", "true" }, { "401", "", "false" },
		{ "500", "401", "true" }, { "401", "", "true" },
		{ "200", "200", "true" },
	};
	const char *const *status =
		statuses[check_random(seed, ARRAY_LEN(statuses))];
	bool quoted = check_random(seed, 30) == 0;
	struct check_text query = { 0 };
	char end[32], user[48], client[48], agent[48];

	check_text_add(&query, "%s", "");
	add_query(&query, seed, users);
	snprintf(end, sizeof(end), "2026-03-02T%02u:%02u:%02u.000Z",
		 at / 3600 % 24, at / 60 % 60, at % 60);
	snprintf(user, sizeof(user), "%s\\u%u",
		 check_random(seed, 3) ? "CONTOSO" : "contoso",
		 check_random(seed, users));
	snprintf(client, sizeof(client), "192.0.2.%u", check_random(seed, 9));
	snprintf(agent, sizeof(agent), quoted ? "\"a, %u\"" : "a %u",
		 check_random(seed, 3));
	log_row(out, columns,
		ROW("DateTime", end, "AuthenticatedUser",
		    status[2][0] == 't' || check_random(seed, 9) == 0 ? user
								      : "",
		    "UserAgent", agent, "ClientIpAddress", client, "HttpStatus",
		    status[0], "BackEndStatus", status[1], "IsAuthenticated",
		    status[2], "UrlQuery", query.ptr, "GenericInfo", "",
		    "TotalRequestTime", "0"));
	check_text_free(&query);
}

/* Where the user stands, the agent does. */
static void
swap_columns(struct check_text *text)
{
	struct check_text a = { 0 }, b = { 0 }, swapped = { 0 };

	log_replace(&a, check_text_slice(text), "AuthenticatedUser,", "?,");
	log_replace(&b, check_text_slice(&a), "UserAgent,",
		    "AuthenticatedUser,");
	log_replace(&swapped, check_text_slice(&b), "?,", "UserAgent,");
	check_text_free(text);
	check_text_free(&a);
	check_text_free(&b);
	*text = swapped;
}

struct chain {
	rpclog_parser *parsers[2];
	rpclog_matcher *matcher;
	rpclog_tracker *tracker;
};

/* 'forgets': no part of a row has a number. */
static void
chain_init(struct chain *c, const struct check_text logs[2], bool forgets)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.flags = RPCLOG_OPT_LIKELY;
	options.settle_rpc_s = 60;
	for (size_t i = 0; i < 2; i++) {
		rpclog_parser **p = &c->parsers[i];

		CHECK_STATUS(rpclog_parser_new(p, &options), RPCLOG_OK);
		(*p)->parts.off = forgets;
		CHECK_STATUS(rpclog_parser_feed(*p, logs[i].ptr, logs[i].len),
			     RPCLOG_OK);
		CHECK_STATUS(rpclog_parser_finish(*p), RPCLOG_OK);
	}
	CHECK_STATUS(rpclog_matcher_new(&c->matcher, rules, &options),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_new(&c->tracker, rules, &options),
		     RPCLOG_OK);
	c->tracker->success.limit = c->tracker->leg_limit = 100;
}

/* The next row of parser 'i'; false at its end. */
static bool
chain_step(struct chain *c, size_t i)
{
	rpclog_verdict verdict;
	const rpclog_row *row;
	rpclog_status status;

	do
		status = rpclog_parser_next(c->parsers[i], &row);
	while (status == RPCLOG_SCHEMA);
	if (status != RPCLOG_OK) {
		CHECK_STATUS(status, RPCLOG_END);
		return false;
	}
	CHECK(rpclog_matcher_classify(c->matcher, NULL, row, &verdict) >= 0);
	CHECK_STATUS(rpclog_tracker_add(c->tracker, row, &verdict), RPCLOG_OK);
	return true;
}

static void
chain_end(struct chain *c, struct check_text *out)
{
	CHECK_STATUS(rpclog_tracker_finish(c->tracker), RPCLOG_OK);
	check_prompts(out, c->tracker);
	check_text_add(out, "\n");
	check_tallies(out, c->tracker);
	check_text_add(out, "\n%u",
		       (unsigned)rpclog_tracker_too_recent(c->tracker));
	rpclog_tracker_free(c->tracker);
	rpclog_matcher_free(c->matcher);
	rpclog_parser_free(c->parsers[0]);
	rpclog_parser_free(c->parsers[1]);
}

/* The same turns for both chains. */
static void
run(struct check_text *out, const struct check_text logs[2], bool forgets,
    uint64_t seed)
{
	struct chain c;
	bool more = true;

	chain_init(&c, logs, forgets);
	while (more)
		more = chain_step(&c, check_random(&seed, 2));
	for (size_t i = 0; i < 2; i++) {
		while (chain_step(&c, i))
			;
	}
	chain_end(&c, out);
}

static void
test_users(uint32_t users, uint32_t rows)
{
	static const size_t columns[] = { 74, 53 };
	struct check_text logs[2] = { { 0 }, { 0 } };
	struct check_text with = { 0 }, without = { 0 };
	uint64_t seed = users;

	check_casef("%u rows of %u users", (unsigned)rows, (unsigned)users);
	for (size_t i = 0; i < 2; i++) {
		log_header(&logs[i], columns[i]);
		for (uint32_t n = 0; n < rows; n++)
			add_row(&logs[i], columns[i], &seed, users,
				n / 3 + check_random(&seed, 5));
	}
	swap_columns(&logs[1]);
	run(&with, logs, false, seed);
	run(&without, logs, true, seed);
	CHECK(with.len > 1000);
	CHECK_SLICE(check_text_slice(&with), check_text_slice(&without));
	check_text_free(&with);
	check_text_free(&without);
	check_text_free(&logs[0]);
	check_text_free(&logs[1]);
}

int
main(void)
{
	CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK);
	test_users(3, 5000 / (uint32_t)check_stride_few());
	test_users(300, 5000 / (uint32_t)check_stride_few());
	test_users(30000, 15000 / (uint32_t)check_stride());
	rpclog_rules_free(rules);
	return check_report();
}
