/* SPDX-License-Identifier: MIT */
/* The matcher's short cuts against evaluating every alternative in order. */

#include "check.h"
#include "matcher.h"
#include "schema.h"

#define ROWS 20000

/* What cells may hold; NULL ends a list.  Empty ones are put in besides. */
static const struct {
	const char *column;
	const char *values[16];
} pools[] = {
	{ "Protocol", { "RpcHttp", "Mapi" } },
	{ "Method", { "RPC_OUT_DATA", "GET" } },
	{ "UrlStem", { "/rpc/rpcproxy.dll", "/rpc/HEALTHCHECK.htm" } },
	{ "AuthenticationType",
	  { "NTLM", "basic", "Negotiate;NegoCap", "Bearer", "kerberos",
	    "Digest", ";x" } },
	{ "IsAuthenticated", { "true", "True", "false", "FALSE" } },
	{ "AuthenticatedUser",
	  { "CONTOSO\\alice", "HealthMailbox1@contoso.com", "A\\extest_1",
	    "bob" } },
	{ "AnchorMailbox", { "Url~https://x", "MailboxGuid~1" } },
	{ "UserAgent",
	  { "MSRPC", "xAMProbe", "mapihttpclient", "MapiHttpClient",
	    "TESTActiveSyncConnectivity", "Microsoft Office/16.0 amprobe" } },
	{ "ClientIpAddress",
	  { "10.0.0.1", "203.0.113.1", "::1", "fe80::1%3", "169.254.0.1",
	    "10.0.0.1  203.0.113.1", "unknown", "127.0.0.1:80" } },
	{ "HttpStatus",
	  { "200", "401", "500", "503", "400", "403", "404", "429", "302", "99",
	    "099", "1000", "abc", "600", "+401" } },
	{ "BackEndStatus",
	  { "200", "401", "500", "503", "400", "ConnectFailure", "Timeout",
	    "RequestCanceled", "TrustFailure", "0401" } },
	{ "ErrorCode",
	  { "ServerKerberosAuthenticationFailure", "UserNotFound",
	    "TooManyOutstandingProxyRequestsToForest", "InvalidOAuthToken",
	    "BackEndRequestTimedOut", "SendFailure", "ClientDisconnect",
	    "EndpointNotFound", "ServerNotFound", "Whatever" } },
	{ "TargetServer", { "cas1.contoso.com", "MBX1" } },
	{ "TargetServerVersion", { "14.03.0123.000", "15.00.1497.000" } },
	{ "RoutingHint", { "RpcHttpProxyRules", "MailboxGuidWithDomain" } },
	{ "GenericInfo", { "ProxyToDownLevel=True;", "S:WLM.OverBudget=1" } },
	{ "GenericErrors",
	  { "WebExceptionStatus=ConnectFailure;",
	    "WebExceptionStatus=ProtocolError;ResponseStatusCode=401;",
	    "HttpException=NegotiateSecurityContext failed with for host 'a' "
	    "with status 'InvalidToken';",
	    "X=NegotiateSecurityContext .. with status '-2146892984';",
	    "PossibleException=IOException;", "X=OverBudget;",
	    "X=Cannot proxy OAuth request to down level server;" } },
	{ "EdgeTraceId", { "one", "two" } },
};

static const char user_rules[] =
	"define where first EdgeTraceId, ErrorCode, software\n"
	"\tin (two, Whatever)\n"
	"class a 1000\n popup no\n severity low\n title a\n"
	" when where = two & HttpStatus not in (200, 400..499)\n"
	" when GenericErrors ~ \"status '-?[0-9]+'\" & client not empty\n"
	" when HttpStatus != 401 & BackEndStatus empty & EdgeTraceId empty"
	" & software empty & UserAgent not empty & account =/i BOB\n"
	" sample EdgeTraceId=two | HttpStatus=500\n"
	"class b 1001\n popup no\n severity low\n title b\n"
	" when EdgeTraceId = @Protocol & Method empty & ErrorCode not empty\n"
	" when HttpStatus = 0401\n"
	" when BackEndStatus not empty & HttpStatus empty\n"
	" sample HttpStatus=0401\n";

static uint64_t state = 88172645463325252u;

static size_t
below(size_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state >> 11) % limit;
}

/* Mostly empty or the first value, as in a log. */
static const char *
pick(const char *const *values)
{
	size_t count = 0;

	while (count < 16 && values[count])
		count++;
	switch (below(3)) {
	case 0: return "";
	case 1: return values[0];
	default: return values[below(count)];
	}
}

static void
add_row(struct check_text *log, const char *line)
{
	const char *at = line;

	while (*at) {
		size_t len = strcspn(at, ",");
		rpclog_slice name = slice_of(at, len);
		const char *value = slice_eq(name, SLICE("DateTime"))
					    ? "2026-01-01T00:00:00.000Z"
					    : "";

		for (size_t i = 0; i < ARRAY_LEN(pools); i++) {
			if (slice_eq(name, slice_str(pools[i].column)))
				value = pick(pools[i].values);
		}
		check_text_add(log, "%s%s", at == line ? "" : ",", value);
		at += len + (at[len] == ',');
	}
	check_text_add(log, "\r\n");
}

static void
compare(rpclog_matcher *fast, rpclog_matcher *slow, const rpclog_row *row)
{
	rpclog_verdict a;
	rpclog_verdict b;
	rpclog_status want = matcher_classify_slowly(slow, row, &b);

	if (CHECK_STATUS(rpclog_matcher_classify(fast, NULL, row, &a), want) &&
	    CHECK_STR(a.class_name, b.class_name) &&
	    CHECK_INT(a.rule, b.rule) && CHECK_INT(a.column, b.column) &&
	    CHECK_SLICE(a.evidence, b.evidence))
		return;
	check_slice_str(__FILE__, __LINE__, "the row", rpclog_row_raw(row), "");
}

static void
run(const char *text, size_t columns)
{
	const char *line = column_set_of(columns)->line;
	struct check_text log = { 0 };
	const rpclog_row *row;
	rpclog_rules *rules = NULL;
	rpclog_matcher *fast = NULL;
	rpclog_matcher *slow = NULL;
	rpclog_parser *parser = NULL;
	rpclog_status status;
	size_t rows = 0;

	check_text_add(&log, "%s\r\n", line);
	for (size_t i = 0; i < ROWS; i++)
		add_row(&log, line);
	CHECK_STATUS(
		rpclog_rules_compile(&rules, text, strlen(text), NULL, NULL),
		RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&fast, rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&slow, rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, log.ptr, log.len), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_finish(parser), RPCLOG_OK);
	while ((status = rpclog_parser_next(parser, &row)) != RPCLOG_END &&
	       status >= 0 && check_failures() < 10) {
		if (status == RPCLOG_OK) {
			compare(fast, slow, row);
			rows++;
		}
	}
	CHECK_INT(rows, ROWS);
	rpclog_parser_free(parser);
	rpclog_matcher_free(fast);
	rpclog_matcher_free(slow);
	rpclog_rules_free(rules);
	check_text_free(&log);
}

int
main(void)
{
	CHECK_CASE("built-in rules");
	run("", 74);
	CHECK_CASE("built-in rules, older columns");
	run("", 53);
	CHECK_CASE("rules of a user");
	run(user_rules, 74);
	CHECK_CASE("rules of a user, older columns");
	run(user_rules, 64);
	return check_report();
}
