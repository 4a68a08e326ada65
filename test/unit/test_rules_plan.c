/* SPDX-License-Identifier: MIT */
/* The matcher's short cuts against evaluating every alternative in order. */

#include "check_log.h"
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
	{ "MajorVersion", { "15" } },
	{ "UrlQuery",
	  { "?11111111-2222-3333-4444-555555555501@contoso.com:6001", "?x" } },
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

/* Mostly empty or the first value, as in a log; users are many. */
static void
add_value(struct check_text *log, size_t pool)
{
	const char *const *values = pools[pool].values;
	const char *name = pools[pool].column;
	const char *quote = below(900) == 0 ? "\"" : "";
	const char *value = values[0];
	size_t count = 0;

	if (!strcmp(name, "AuthenticatedUser") && below(2)) {
		check_text_add(log, "u%zu", below(20000));
		return;
	}
	while (count < 16 && values[count])
		count++;
	switch (below(3)) {
	case 0: value = ""; break;
	case 1: break;
	default: value = values[below(count)];
	}
	check_text_add(log, "%s%s%s", quote, value, quote);
}

/* Every other row is one of a few, but for a cell. */
static void
add_row(struct check_text *log, const char *line)
{
	const bool again = below(2);
	const size_t other = below(2 * ARRAY_LEN(pools));
	const uint64_t before = state;
	const char *at = line;

	if (again)
		state = 88172645463325252u + below(100) * 1000003;
	while (*at) {
		size_t len = strcspn(at, ",");
		rpclog_slice name = slice_of(at, len);

		check_text_add(log, "%s", at == line ? "" : ",");
		if (slice_eq(name, SLICE("DateTime")))
			check_text_add(log, "2026-01-01T00:00:00.000Z");
		for (size_t i = 0; i < ARRAY_LEN(pools); i++) {
			if (!slice_eq(name, slice_str(pools[i].column)))
				continue;
			if (again && i == other)
				check_text_add(log, "%s", pools[i].values[0]);
			else
				add_value(log, i);
		}
		at += len + (at[len] == ',');
	}
	check_text_add(log, "\r\n");
	if (again)
		state = before;
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

/* ---- Parsers that take turns at one matcher --------------------------- */

/*
 * Each has columns of its own, and the second hosts that are legacy.  A
 * compiled pattern may look on behind a cell: there is something everywhere.
 */
struct feed {
	struct check_memory memory;
	struct check_text line, log;
	rpclog_parser *parser;
	size_t rows;
};

static void
feed_init(struct feed *f, size_t columns, bool swapped, size_t rows)
{
	static const char as[] = "AuthenticatedUser,Organization,"
				 "AnchorMailbox,UserAgent";
	static const char to[] = "UserAgent,Organization,"
				 "AuthenticatedUser,AnchorMailbox";
	rpclog_slice line = slice_str(column_set_of(columns)->line);
	rpclog_options options;
	size_t len;

	memset(f, 0, sizeof(*f));
	check_memory_init(&f->memory, 0);
	options = check_memory_options(&f->memory);
	log_replace(&f->line, line, as, swapped ? to : as);
	check_text_add(&f->log, "%s\r\n", f->line.ptr);
	for (size_t i = 0; i < rows; i++)
		add_row(&f->log, f->line.ptr);
	len = f->log.len;
	check_text_add(&f->log, "%64s", "");
	if (swapped)
		options.legacy_hosts = "cas1.contoso.com";
	CHECK_STATUS(rpclog_parser_new(&f->parser, &options), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(f->parser, f->log.ptr, len), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_finish(f->parser), RPCLOG_OK);
}

/* The next row, judged more than once; false at the end. */
static bool
feed_one(struct feed *f, rpclog_matcher *fast, rpclog_matcher *slow)
{
	const rpclog_row *row;
	rpclog_status status;

	do
		status = rpclog_parser_next(f->parser, &row);
	while (status == RPCLOG_SCHEMA);
	if (status != RPCLOG_OK) {
		CHECK_STATUS(status, RPCLOG_END);
		return false;
	}
	f->rows++;
	/* Derived values are there before or not: both must do. */
	if (f->rows % 2) {
		rpclog_verdict verdict;

		CHECK(rpclog_matcher_classify(fast, NULL, row, &verdict) >= 0);
	}
	compare(fast, slow, row);
	compare(fast, slow, row);
	return true;
}

static void
feed_free(struct feed *f)
{
	rpclog_parser_free(f->parser);
	CHECK_INT(f->memory.live, 0);
	check_text_free(&f->line);
	check_text_free(&f->log);
}

static void
run(const char *text, size_t columns, size_t rows)
{
	static const size_t others[] = { 53, 69, 74, 74 };
	rpclog_rules *rules = NULL;
	rpclog_matcher *fast = NULL;
	rpclog_matcher *slow = NULL;
	rpclog_diag diag = { 0 };
	struct feed feeds[2];
	bool more = true;

	if (!CHECK_STATUS(rpclog_rules_compile(&rules, text, strlen(text), NULL,
					       &diag),
			  RPCLOG_OK)) {
		CHECK_STR(diag.text, "");
		return;
	}
	CHECK_STATUS(rpclog_matcher_new(&fast, rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&slow, rules, NULL), RPCLOG_OK);
	feed_init(&feeds[0], columns, false, rows);
	feed_init(&feeds[1], others[below(ARRAY_LEN(others))], true, rows);
	while (more && check_failures() < 10)
		more = feed_one(&feeds[below(2)], fast, slow);
	for (size_t i = 0; i < 2; i++) {
		while (check_failures() < 10 && feed_one(&feeds[i], fast, slow))
			;
		CHECK_INT(feeds[i].rows, rows);
		feed_free(&feeds[i]);
	}
	rpclog_matcher_free(fast);
	rpclog_matcher_free(slow);
	rpclog_rules_free(rules);
}

/* ---- Rules of any conditions ------------------------------------------ */

static const char *const fields[] = {
	"client",
	"mailbox",
	"target",
	"legacy",
	"account",
	"scheme",
	"response_status",
	"web_status",
	"security_status",
	"software",
	"windows",
	"client_scope",
	"rpc_half",
	"rpc_life",
	"rpc_end",
	"authenticated",
	"client_single",
	"d0",
	"d1",
	"d2",
	"d2",
	"Organization",
	"TotalRequestTime",
};

static const char *const tests[] = {
	"= %s",
	"!= %s",
	"=/i %s",
	"in (%s, two)",
	"not in (%s, 200)",
	"starts %s",
	"not starts/i %s",
	"ends/i %s",
	"contains %s",
	"not contains %s",
	"~ \"%s\"",
	"!~/i \"^.?%s\"",
	"empty",
	"not empty",
	"= @Protocol",
	"!= 400..499",
};

static const char *const words[] = {
	"200", "401", "basic", "MSRPC", "yes",
	"no",  "two", "u1",    "con",	"Whatever"
};

static void
add_condition(struct check_text *out)
{
	const char *test = tests[below(ARRAY_LEN(tests))];
	const char *word = words[below(ARRAY_LEN(words))];
	size_t field = below(ARRAY_LEN(fields) + ARRAY_LEN(pools));
	struct check_text text = { 0 };

	check_text_add(out, "%s ",
		       field < ARRAY_LEN(fields)
			       ? fields[field]
			       : pools[field - ARRAY_LEN(fields)].column);
	log_replace(&text, slice_str(test), "%s", word);
	check_text_bytes(out, text.ptr, text.len);
	check_text_free(&text);
}

/*
 * Classes of three random alternatives.  MajorVersion keeps them from the
 * sample that each class must have.
 */
static void
make_rules(struct check_text *out, bool far)
{
	/* With d1, what defines say hangs on more than a part. */
	check_text_add(
		out,
		"define d0 first HttpStatus, scheme in (200, basic)\n"
		"define d1 first %s, BackEndStatus in (MSRPC, 401, two)\n"
		"define d2 first ErrorCode, HttpStatus"
		" in (Whatever, 401)\n",
		far ? "software, EdgeTraceId" : "ErrorCode");
	for (int c = 0; c < 40; c++) {
		check_text_add(out,
			       "class r%d %d\n popup no\n severity low\n"
			       " title t\n when RequestId = s%d\n"
			       " sample RequestId=s%d\n",
			       c, 1000 + c, c, c);
		for (int i = 0; i < 3; i++) {
			check_text_add(out, " when ");
			for (size_t n = 1 + below(4); n > 0; n--) {
				add_condition(out);
				check_text_add(out, " & ");
			}
			check_text_add(out, "MajorVersion = 15\n");
		}
	}
}

int
main(void)
{
	const size_t rows = ROWS / check_stride();

	CHECK_CASE("built-in rules");
	run("", 74, rows);
	CHECK_CASE("built-in rules, older columns");
	run("", 53, rows);
	CHECK_CASE("rules of a user");
	run(user_rules, 74, rows);
	CHECK_CASE("rules of a user, older columns");
	run(user_rules, 64, rows);
	for (int i = 0; i < 12; i++) {
		struct check_text rules = { 0 };

		check_casef("random rules %d", i);
		make_rules(&rules, i % 2);
		run(rules.ptr, 74, rows / 10);
		check_text_free(&rules);
	}
	return check_report();
}
