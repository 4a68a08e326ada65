/* SPDX-License-Identifier: MIT */
/* Filters: which rows each term chooses, and which it leaves for later. */

#include <stdlib.h>

#include "check.h"
#include "filter.h"

/* Rows 1 to 5; the first log has more columns than the second. */
static const char log_text[] =
	"DateTime,RequestId,Protocol,UrlStem,UrlQuery,AuthenticationType,"
	"IsAuthenticated,AuthenticatedUser,UserAgent,ClientIpAddress,"
	"ServerHostName,HttpStatus,BackEndStatus,ErrorCode,Method,"
	"TargetServer,TotalRequestTime,GenericInfo,GenericErrors\r\n"
	/* 1: ok, alice */
	"2026-11-20T13:00:02.000Z,1,RpcHttp,/rpc,,Negotiate,True,"
	"CONTOSO\\alice,MSRPC,10.0.0.1,EX1,200,200,,RPC_IN_DATA,"
	"Cas1.contoso.com,1500.75,,\r\n"
	/* 2: a 401 leg without a user */
	"2026-11-20T13:59:59.999Z,2,Mapi,/mapi,,Negotiate,false,,"
	"Microsoft Outlook 16.0,[2001:DB8::1]:99,EX2,401,,,POST,,2,,\r\n"
	/* 3: anonymous challenge, no user */
	"2026-11-20T14:00:00.000Z,3,Ews,/ews,,,false,,x,10.0.0.2,EX1,401,,,"
	"POST,,9,,\r\n"
	/* 4: probe */
	"2026-11-20T14:00:00.500Z,4,Ews,/ews,,,false,,AMProbe/Local,"
	"127.0.0.1,EX1,200,200,,GET,ex1.contoso.com,10,,\r\n"
	/* 5: activity */
	"2026-11-20T15:00:00.000Z,5,,,,,,,,,EX1,,,,,,,,\r\n";

#define ROWS 5

struct term {
	enum filter_term kind;
	const char *text;
	const char *want; /* y, n or l (later) for rows 1 to 5 */
};

static const struct term terms[] = {
	{ FILTER_WHERE, "HttpStatus = 401", "nyynn" },
	{ FILTER_WHERE, "status=401", "nyynn" },
	{ FILTER_WHERE, "HttpStatus!=401", "ynnyy" },
	{ FILTER_WHERE, "HttpStatus >= 300", "nyynn" },
	{ FILTER_WHERE, "HttpStatus < 300", "ynnyy" },
	{ FILTER_WHERE, "TotalRequestTime > 9", "nnnyn" },
	{ FILTER_WHERE, "latency_ms > 9", "ynnyn" },
	{ FILTER_WHERE, "latency_ms = 1500", "ynnnn" },
	{ FILTER_WHERE, "UserAgent ~ [Oo]utlook 1[56]", "nynnn" },
	{ FILTER_WHERE, "UserAgent !~ ^M", "nnyyy" },
	{ FILTER_WHERE, "Protocol ~ ", "yyyyy" },
	{ FILTER_WHERE, "ServerHostName = EX1", "ynyyy" },
	{ FILTER_WHERE, "servername = x", NULL },
	{ FILTER_WHERE, "ProxyAction = ", "yyyyy" },
	{ FILTER_WHERE, "ProxyAction != ", "nnnnn" },
	{ FILTER_WHERE, "hour = 2026-11-20T13:00:00Z", "yyynn" },
	{ FILTER_WHERE, "hour > 2026-11-20T13:00:00Z", "nnnyy" },
	{ FILTER_WHERE, "hour >= 2026-11-20T13:00:00Z", "yyyyy" },
	{ FILTER_WHERE, "day = 2026-11-20", "yyyyy" },
	{ FILTER_WHERE, "day > 2026-11-20", "nnnnn" },
	{ FILTER_WHERE, "day <= 2026-11-20", "yyyyy" },
	{ FILTER_WHERE, "start < 2026-11-20T13:00:01Z", "ynnnn" },
	{ FILTER_WHERE, "end < 2026-11-20T13:00:02Z", "nnnnn" },
	{ FILTER_WHERE, "end <= 2026-11-20T13:00:02Z", "ynnnn" },
	{ FILTER_WHERE, "DateTime <= 2026-11-20T13:00:02Z", "ynnnn" },
	{ FILTER_WHERE, "start = 2026-11-20T13:00:00.500Z", "ynnnn" },
	{ FILTER_WHERE, "start = 2026-11-20T13:00:00.502Z", "nnnnn" },
	{ FILTER_WHERE, "end ~ T13:59", "nynnn" },
	{ FILTER_WHERE, "start > soon", NULL },
	{ FILTER_WHERE, "line > 3", "nnyyy" },
	{ FILTER_WHERE, "line = 2", "ynnnn" },
	{ FILTER_WHERE, "offset > 0", "yyyyy" },
	{ FILTER_WHERE, "file = dir/a.log", "yyyyy" },
	{ FILTER_WHERE, "file ~ b", "nnnnn" },
	{ FILTER_WHERE, "user = CONTOSO\\alice", "lllll" },
	{ FILTER_WHERE, "account = alice", "lllll" },
	{ FILTER_WHERE, "class = ok", "ynnnn" },
	{ FILTER_WHERE, "class = fe_auth_leg", "nlnnn" },
	{ FILTER_WHERE, "class ~ ^fe_", "nlnnn" },
	{ FILTER_WHERE, "class != ok", "nyyyy" },
	{ FILTER_WHERE, "popup = yes", "nlnnn" },
	{ FILTER_WHERE, "severity = critical", "nnnnn" },
	{ FILTER_WHERE, "client = 2001:db8::1", "nynnn" },
	{ FILTER_WHERE, "HttpStatus", NULL },
	{ FILTER_WHERE, "= 3", NULL },
	{ FILTER_WHERE, "HttpStatus ! 3", NULL },
	{ FILTER_WHERE, "Method ~ (", NULL },
	{ FILTER_USER, "alice", "yllll" },
	{ FILTER_USER, "contoso\\*", "yllll" },
	{ FILTER_USER, "bob", "nllll" },
	{ FILTER_CLIENT, "10.0.0.?", "ynynn" },
	{ FILTER_CLIENT, "2001:DB8::*", "nynnn" },
	{ FILTER_SERVER, "ex1", "ynyyy" },
	{ FILTER_TARGET, "CAS1.*", "ynnnn" },
	{ FILTER_TARGET, "", "nyyny" },
	{ FILTER_PROTOCOL, "rpchttp,MAPI", "yynnn" },
	{ FILTER_PROTOCOL, " e*", "nnyyn" },
	{ FILTER_PROTOCOL, " , ", NULL },
	{ FILTER_CLASS, "ok", "ynnnn" },
	{ FILTER_CLASS, "probe,activity", "nnnyy" },
	{ FILTER_CLASS, "be_krb_*", "nnnnn" },
	{ FILTER_CLASS, "handshake", "nlnnn" },
	{ FILTER_CLASS, "fe_auth_leg,handshake,fe_credentials_*", "nynnn" },
	{ FILTER_CLASS, "*", "yyyyy" },
	{ FILTER_CLASS, "be_kbr_*", NULL },
	{ FILTER_CLASS, "okay", NULL },
	{ FILTER_CLASS, "", NULL },
};

struct bench {
	rpclog_rules *rules;
	rpclog_matcher *matcher;
	rpclog_filter *filter;
};

static void
ask(struct bench *b, char got[ROWS + 1])
{
	rpclog_parser *parser;
	rpclog_sieve *sieve;
	const rpclog_row *row;
	size_t i = 0;
	rpclog_status status;

	memset(got, 0, ROWS + 1);
	CHECK_STATUS(sieve_new(&sieve, b->filter, NULL), RPCLOG_OK);
	sieve_set_file(sieve, "dir/a.log");
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, log_text, strlen(log_text)),
		     RPCLOG_OK);
	while ((status = rpclog_parser_next(parser, &row)) != RPCLOG_MORE &&
	       status >= 0 && i < ROWS) {
		rpclog_verdict verdict;

		if (status != RPCLOG_OK)
			continue;
		CHECK_STATUS(rpclog_matcher_classify(
				     b->matcher, rpclog_parser_schema(parser),
				     row, &verdict),
			     RPCLOG_OK);
		got[i++] = "nyl"[sieve_row(
			sieve, row,
			filter_needs_verdict(b->filter) ? &verdict : NULL)];
	}
	rpclog_parser_free(parser);
	sieve_free(sieve);
}

static void
test_terms(struct bench *b)
{
	for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
		char got[ROWS + 1];
		rpclog_diag diag;

		check_casef("term %d \"%s\"", (int)terms[i].kind,
			    terms[i].text);
		CHECK_STATUS(filter_new(&b->filter, b->rules, NULL), RPCLOG_OK);

		rpclog_status status = filter_add(b->filter, terms[i].kind,
						  terms[i].text, &diag);

		if (!terms[i].want) {
			CHECK(status < 0);
			CHECK(diag.text[0] != '\0');
			CHECK(filter_is_empty(b->filter));
		} else if (CHECK_STATUS(status, RPCLOG_OK)) {
			ask(b, got);
			CHECK_STR(got, terms[i].want);
			CHECK_INT(filter_needs_settling(b->filter),
				  strchr(terms[i].want, 'l') != NULL);
			CHECK(!filter_is_empty(b->filter));
		}
		filter_free(b->filter);
	}
}

static void
test_nearest(struct bench *b)
{
	rpclog_diag diag;

	CHECK_CASE("the nearest class and name");
	CHECK_STATUS(filter_new(&b->filter, b->rules, NULL), RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_CLASS, "handshak", &diag),
		     RPCLOG_ERR_USAGE);
	CHECK_STR(diag.text, "unknown class \"handshak\": did you mean "
			     "handshake?");
	CHECK_STATUS(filter_add(b->filter, FILTER_WHERE, "HttpStat=1", &diag),
		     RPCLOG_ERR_USAGE);
	CHECK_STR(diag.text, "unknown name \"HttpStat\": did you mean "
			     "HttpStatus?");
	filter_free(b->filter);
}

static void
test_together(struct bench *b)
{
	char got[ROWS + 1];
	const int64_t hour = INT64_C(1795179600) * 1000000;

	CHECK_CASE("time, probes and terms together");
	CHECK_STATUS(filter_new(&b->filter, b->rules, NULL), RPCLOG_OK);
	CHECK(filter_is_empty(b->filter));
	filter_time(b->filter, hour, INT64_MAX);
	ask(b, got);
	CHECK_STR(got, "yyyyy");
	filter_time(b->filter, hour, hour + INT64_C(3600000000));
	ask(b, got);
	CHECK_STR(got, "yyynn");
	filter_time(b->filter, INT64_MIN, hour + INT64_C(3599991000));
	ask(b, got);
	CHECK_STR(got, "ynnnn");
	filter_time(b->filter, INT64_MIN, INT64_MAX);
	filter_leave_out(b->filter, 1, 1);
	CHECK(!filter_is_empty(b->filter));
	ask(b, got);
	CHECK_STR(got, "yyynn");
	CHECK(!filter_selects_probe(b->filter));
	CHECK_STATUS(filter_add(b->filter, FILTER_USER, "alice", NULL),
		     RPCLOG_OK);
	ask(b, got);
	CHECK_STR(got, "yllnn");
	CHECK_STATUS(filter_add(b->filter, FILTER_WHERE, "status = 401", NULL),
		     RPCLOG_OK);
	ask(b, got);
	CHECK_STR(got, "nllnn");
	filter_free(b->filter);
	CHECK_STATUS(filter_new(&b->filter, b->rules, NULL), RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_CLASS, "ok,pro*", NULL),
		     RPCLOG_OK);
	CHECK(filter_selects_probe(b->filter));
	filter_free(b->filter);
}

static void
test_settled(struct bench *b)
{
	rpclog_sieve *sieve;
	rpclog_settled s;

	CHECK_CASE("settled");
	memset(&s, 0, sizeof(s));
	s.actor = SLICE("CONTOSO\\Alice");
	s.class_id = 101;
	s.class_name = "handshake";
	CHECK_STATUS(filter_new(&b->filter, b->rules, NULL), RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_CLASS, "hand*", NULL),
		     RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_USER, "alice", NULL),
		     RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_WHERE, "account ~ ^Al", NULL),
		     RPCLOG_OK);
	CHECK_STATUS(filter_add(b->filter, FILTER_WHERE, "status = 401", NULL),
		     RPCLOG_OK);
	CHECK_STATUS(sieve_new(&sieve, b->filter, NULL), RPCLOG_OK);
	CHECK_INT(sieve_settled(sieve, &s), 1);
	s.class_id = 100;
	CHECK_INT(sieve_settled(sieve, &s), 0);
	s.class_id = 101;
	s.actor = SLICE("bob");
	CHECK_INT(sieve_settled(sieve, &s), 0);
	CHECK_INT(sieve_gave_up(sieve), 0);
	sieve_free(sieve);
	filter_free(b->filter);
}

/* Every allocation fails once. */
static void
test_failing(struct bench *b, enum filter_term kind, const char *text)
{
	check_casef("failing allocations for %s", text);
	for (uint64_t at = 1; at < 200; at++) {
		struct check_memory memory;
		rpclog_options options;
		rpclog_filter *filter;
		rpclog_sieve *sieve = NULL;
		rpclog_diag diag;

		check_memory_init(&memory, at);
		options = check_memory_options(&memory);

		rpclog_status status = filter_new(&filter, b->rules, &options);

		if (status == RPCLOG_OK)
			status = filter_add(filter, kind, text, &diag);
		if (status == RPCLOG_OK)
			status = sieve_new(&sieve, filter, &options);
		sieve_free(sieve);
		filter_free(filter);
		CHECK_INT(memory.live, 0);
		if (status == RPCLOG_OK && memory.calls < at)
			return;
		CHECK(status == RPCLOG_OK || status == RPCLOG_ERR_NOMEM);
	}
	CHECK(false);
}

int
main(void)
{
	struct bench b;

	if (CHECK_STATUS(rpclog_rules_builtin(&b.rules, NULL), RPCLOG_OK) &&
	    CHECK_STATUS(rpclog_matcher_new(&b.matcher, b.rules, NULL),
			 RPCLOG_OK)) {
		test_terms(&b);
		test_nearest(&b);
		test_together(&b);
		test_settled(&b);
		test_failing(&b, FILTER_WHERE, "UserAgent ~ ^Micro");
		test_failing(&b, FILTER_WHERE, "class ~ ^fe_");
		test_failing(&b, FILTER_CLASS, "ok,be_*");
		test_failing(&b, FILTER_PROTOCOL, "Mapi,Ews");
		test_failing(&b, FILTER_USER, "alice");
		rpclog_matcher_free(b.matcher);
	}
	rpclog_rules_free(b.rules);
	return check_report();
}
