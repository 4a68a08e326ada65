/* SPDX-License-Identifier: MIT */
/* Once warm, parser, matcher and tracker allocate nothing for a row. */

#include "check_log.h"
#include "tracker.h"

#define ROUNDS 12
#define ROWS   400

struct chain {
	struct check_memory memory;
	rpclog_options options;
	rpclog_rules *rules;
	rpclog_parser *parser;
	rpclog_matcher *matcher;
	rpclog_tracker *tracker;
};

static void
chain_init(struct chain *c)
{
	memset(c, 0, sizeof(*c));
	check_memory_init(&c->memory, 0);
	c->options = check_memory_options(&c->memory);
	c->options.legacy_hosts = "cas2010";
	CHECK_STATUS(rpclog_rules_builtin(&c->rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_new(&c->parser, &c->options), RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&c->matcher, c->rules, &c->options),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_new(&c->tracker, c->rules, &c->options),
		     RPCLOG_OK);
	/* Less than a round brings: the tracker must let go what it can. */
	c->tracker->leg_limit = c->tracker->run_limit = 32;
	c->tracker->success.limit = 32;
}

static void
chain_free(struct chain *c)
{
	rpclog_tracker_free(c->tracker);
	rpclog_matcher_free(c->matcher);
	rpclog_parser_free(c->parser);
	rpclog_rules_free(c->rules);
	CHECK_INT(c->memory.live, 0);
}

static void
take(struct chain *c, const rpclog_row *row)
{
	rpclog_verdict verdict;

	for (int d = 0; d <= RPCLOG_D_RPC_END; d++)
		(void)rpclog_row_derived(row, (rpclog_derived)d);
	CHECK_STATUS(rpclog_matcher_classify(c->matcher, NULL, row, &verdict),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_tracker_add(c->tracker, row, &verdict), RPCLOG_OK);
}

/* All of 'text' through the chain, in chunks; rows that came out. */
static uint64_t
run(struct chain *c, rpclog_slice text, size_t chunk)
{
	uint64_t rows = 0;
	size_t at = 0;
	const rpclog_row *row;

	rpclog_parser_reset(c->parser);
	for (;;) {
		rpclog_status status = rpclog_parser_next(c->parser, &row);

		if (status == RPCLOG_OK) {
			rows++;
			take(c, row);
		} else if (status == RPCLOG_MORE && at == text.len) {
			CHECK_STATUS(rpclog_parser_finish(c->parser),
				     RPCLOG_OK);
		} else if (status == RPCLOG_MORE) {
			size_t len =
				text.len - at < chunk ? text.len - at : chunk;

			CHECK_STATUS(rpclog_parser_feed(c->parser,
							text.ptr + at, len),
				     RPCLOG_OK);
			at += len;
		} else if (status < 0 || status == RPCLOG_END) {
			CHECK_STATUS(status, RPCLOG_END);
			return rows;
		}
	}
}

/* Rows of every way: healthy, evidence, legs that a success settles. */
static void
make_rows(struct check_text *out, size_t columns)
{
	log_header(out, columns);
	for (int i = 0; i < ROWS; i++) {
		const char *const *kinds[] = {
			PLAIN_ROW,
			ROW("HttpStatus", "500", "BackEndStatus", "401",
			    "AuthenticatedUser", "contoso\\ALICE"),
			ROW("HttpStatus", "401", "BackEndStatus", "",
			    "IsAuthenticated", "false", "AuthenticatedUser",
			    ""),
			ROW("HttpStatus", "401", "BackEndStatus", "",
			    "IsAuthenticated", "false", "AuthenticatedUser", "",
			    "AuthenticationType", "Basic", "UrlQuery", ""),
			ROW("UserAgent", "\"quoted, \"\"agent\"\"\"",
			    "TargetServer", "CAS2010.Contoso.com",
			    "ClientIpAddress", "[2001:DB8::1]:443"),
			ROW("GenericErrors", "WebExceptionStatus=Timeout;"
					     "ResponseStatusCode=500"),
		};

		log_row(out, columns, kinds[i % (int)ARRAY_LEN(kinds)]);
	}
}

static void
check_warm(const char *name, rpclog_slice text, size_t chunk)
{
	struct chain c;
	uint64_t calls[ROUNDS + 1];
	size_t bytes[ROUNDS + 1];

	check_casef("warm, %s in chunks of %zu", name, chunk);
	chain_init(&c);
	calls[0] = c.memory.calls;
	for (size_t i = 1; i <= ROUNDS; i++) {
		CHECK_INT(run(&c, text, chunk), ROWS);
		calls[i] = c.memory.calls;
		bytes[i] = c.memory.bytes;
	}
	/* The header makes a schema in each round; rows add nothing. */
	uint64_t header = calls[ROUNDS] - calls[ROUNDS - 1];

	CHECK(header <= 4);
	for (size_t i = 3; i <= ROUNDS; i++) {
		CHECK_INT(calls[i] - calls[i - 1], header);
		CHECK_INT(bytes[i], bytes[2]);
	}
	CHECK(calls[2] - calls[0] < ROWS / 2);
	chain_free(&c);
}

static void
test_warm(void)
{
	static const size_t sets[] = { 53, 69, 74 };
	static const size_t chunks[] = { 100, 4096, (size_t)1 << 20 };

	for (size_t s = 0; s < ARRAY_LEN(sets); s++) {
		struct check_text text = { 0 }, wide = { 0 };

		make_rows(&text, sets[s]);
		log_utf16(&wide, check_text_slice(&text), s % 2);
		for (size_t i = 0; i < ARRAY_LEN(chunks); i++) {
			check_warm("UTF-8", check_text_slice(&text), chunks[i]);
			check_warm("UTF-16", check_text_slice(&wide),
				   chunks[i]);
		}
		check_text_free(&text);
		check_text_free(&wide);
	}
}

int
main(void)
{
	test_warm();
	return check_report();
}
