/* SPDX-License-Identifier: MIT */
/*
 * The traps of what is inside of cells (numbered; a comment above each names
 * it). Those of lines, headers and files are in test_traps.c.
 */

#include <inttypes.h>
#include <stdio.h>

#include "check_seen.h"

/* 8: the letters \r and \n are not undone: CONTOSO\nancy is a name. */
static void
trap_08(void)
{
	CHECK_CASE("trap 08");
	seen_one(ROW("AuthenticatedUser", "CONTOSO\\nancy"), seen_known,
		 RPCLOG_AUTHENTICATED_USER, "CONTOSO\\nancy");
	seen_one(ROW("AuthenticatedUser", "CONTOSO\\nancy"), seen_derived,
		 RPCLOG_D_ACCOUNT, "nancy");
	seen_one(ROW("GenericErrors", "a\\r\\nb"), seen_known,
		 RPCLOG_GENERIC_ERRORS, "a\\r\\nb");
}

/* All pairs of a cell as "key>value|". */
static void
check_pairs(const char *cell, const char *want)
{
	struct check_text got = { 0 };
	rpclog_slice key, value;
	size_t cursor = 0;

	check_text_add(&got, "%s", "");
	while (rpclog_pairs_next(slice_str(cell), &cursor, &key, &value)) {
		check_text_bytes(&got, key.ptr, key.len);
		check_text_add(&got, ">");
		check_text_bytes(&got, value.ptr, value.len);
		check_text_add(&got, "|");
		if (!CHECK(got.len < 10000))
			break;
	}
	CHECK_STR(got.ptr, want);
	check_text_free(&got);
}

/* 9: two grammars in one cell, with quotes of their own. */
static void
trap_09(void)
{
	CHECK_CASE("trap 09, A and then B");
	check_pairs("BeginRequest=T;CorrelationID=<empty>;"
		    "S:ServiceLatencyMetadata.AuthModuleLatency=0;"
		    "Dbl:WLM.TS=5000;I32:ATE.C[dc01.contoso.com]=1",
		    "BeginRequest>T|CorrelationID><empty>|"
		    "S:ServiceLatencyMetadata.AuthModuleLatency>0|"
		    "Dbl:WLM.TS>5000|I32:ATE.C[dc01.contoso.com]>1|");
	CHECK_CASE("trap 09, an item in quotes");
	check_pairs("EndRequest=T;'S:AS.ReqStats=AddressCount=1;Id=2';F:X=1",
		    "EndRequest>T|S:AS.ReqStats>AddressCount=1;Id=2|F:X>1|");
	CHECK_CASE("trap 09, a value with =");
	check_pairs("S:A.B=c=d;E=f", "S:A.B>c=d|E>f|");
}

/* 10: pairs repeat, are empty, have odd keys, or are cut off. */
static void
trap_10(void)
{
	static const struct {
		const char *name, *cell, *want;
	} cases[] = {
		{ "nothing", "", "" },
		{ "repeated", "K=1;K=2;", "K>1|K>2|" },
		{ "empty pairs", "A=1;;B=2;;", "A>1|B>2|" },
		{ "no last ;", "A=1;B=2", "A>1|B>2|" },
		{ "odd keys", "Unable to parse TargetServer: {0}=x;a b-c/d=y;",
		  "Unable to parse TargetServer: {0}>x|a b-c/d>y|" },
		{ "empty value", "A=;B=;", "A>|B>|" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_casef("trap 10, %s", cases[i].name);
		check_pairs(cases[i].cell, cases[i].want);
	}
	CHECK_CASE("trap 10, the last of several counts");
	seen_one(ROW("GenericErrors", "ResponseStatusCode=500;X=1;"
				      "ResponseStatusCode=401;"),
		 seen_derived, RPCLOG_D_RESPONSE_STATUS, "401");
	seen_one(ROW("GenericErrors", "WebExceptionStatus=Timeout;"
				      "WebExceptionStatus= TrustFailure;"),
		 seen_derived, RPCLOG_D_WEB_STATUS, "TrustFailure");
	CHECK_CASE("trap 10, cut by the writer's limit");
	seen_one(ROW("GenericInfo", "BeginRequest=2026-03-02T09:59:5..."),
		 seen_known, RPCLOG_GENERIC_INFO,
		 "BeginRequest=2026-03-02T09:59:5...");
}

/* 11: = ; : | mean nothing in other cells. */
static void
trap_11(void)
{
	CHECK_CASE("trap 11");
	seen_one(ROW("ClientRequestId", "R:{a}:1;RT:Connect;CI:{b}:2"),
		 seen_known, RPCLOG_CLIENT_REQUEST_ID,
		 "R:{a}:1;RT:Connect;CI:{b}:2");
	seen_one(ROW("AuthenticationType", "Negotiate;NegoCap=1"), seen_derived,
		 RPCLOG_D_SCHEME, "Negotiate");
	seen_one(ROW("AnchorMailbox", "LiveIdMemberName:x@contoso.com;|"),
		 seen_known, RPCLOG_ANCHOR_MAILBOX,
		 "LiveIdMemberName:x@contoso.com;|");
	seen_one(ROW("UrlQuery", "?a=YmFzZTY0==&b=c;d"), seen_known,
		 RPCLOG_URL_QUERY, "?a=YmFzZTY0==&b=c;d");
}

/* A row's column read as an integer: "none" or its digits. */
static void
check_integer(const char *column, const char *cell, const char *want)
{
	struct check_text text = { 0 };
	rpclog_parser *parser = NULL;
	const rpclog_row *row = NULL;
	char got[32] = "none";
	int64_t value = -1;
	rpclog_status status;

	log_columns(&text, 74);
	log_row(&text, 74, ROW(column, cell));
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, text.ptr, text.len), RPCLOG_OK);
	do {
		status = rpclog_parser_next(parser, &row);
	} while (status == RPCLOG_SCHEMA);
	if (CHECK_STATUS(status, RPCLOG_OK)) {
		const rpclog_schema *schema = rpclog_parser_schema(parser);

		if (rpclog_row_int(row, rpclog_schema_find(schema, column),
				   &value))
			snprintf(got, sizeof(got), "%" PRId64, value);
		else
			CHECK_INT(value, 0);
	}
	CHECK_STR(got, want);
	rpclog_parser_free(parser);
	check_text_free(&text);
}

/* 12: statuses are words, odd numbers, or nothing. */
static void
trap_12(void)
{
	static const char *const cells[][2] = {
		{ "200", "200" },
		{ "241", "241" },
		{ "ConnectFailure", "none" },
		{ "", "none" },
		{ "-1", "-1" },
		{ "4 1", "none" },
		{ "401x", "none" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		check_casef("trap 12, \"%s\"", cells[i][0]);
		check_integer("BackEndStatus", cells[i][0], cells[i][1]);
		check_integer("HttpStatus", cells[i][0], cells[i][1]);
	}
	seen_one(ROW("BackEndStatus", "ConnectFailure"), seen_known,
		 RPCLOG_BACKEND_STATUS, "ConnectFailure");
}

static rpclog_slice
start_of(const rpclog_row *row, int which)
{
	static char text[32];
	int64_t us = 0;

	(void)which;
	if (!rpclog_row_start(row, &us))
		return SLICE("none");

	/* Milliseconds before 2026-03-02T10:00:05. */
	int len = snprintf(text, sizeof(text), "%" PRId64,
			   (INT64_C(1772445605000000) - us) / 1000);

	return slice_of(text, (size_t)len);
}

/* 13: decimals in milliseconds, ids without dashes, redacted cells. */
static void
trap_13(void)
{
	CHECK_CASE("trap 13");
	seen_one(ROW("GenericInfo", "", "TotalRequestTime", "16272.3359"),
		 start_of, 0, "16272");
	seen_one(ROW("GenericInfo", "", "TotalRequestTime", "46.8744"),
		 start_of, 0, "46");
	seen_one(ROW("RequestId", "6f0c1a520d5e4c579a770f2b6a1c0001"),
		 seen_known, RPCLOG_REQUEST_ID,
		 "6f0c1a520d5e4c579a770f2b6a1c0001");
	seen_one(ROW("IsAuthenticated", "True"), seen_known,
		 RPCLOG_IS_AUTHENTICATED, "True");
	seen_one(ROW("RequestId", "<ID>", "AuthenticatedUser", "******"),
		 seen_known, RPCLOG_AUTHENTICATED_USER, "******");
}

/* 14: one gigabyte a row is announced: two of them overflow 32 bits. */
static void
trap_14(void)
{
	CHECK_CASE("trap 14");
	check_integer("RequestBytes", "1073741824", "1073741824");
	check_integer("RequestBytes", "9223372036854775807",
		      "9223372036854775807");
	check_integer("RequestBytes", "9223372036854775808", "none");
	check_integer("RequestBytes", "-9223372036854775808",
		      "-9223372036854775808");
	check_integer("RequestBytes", "99999999999999999999999", "none");
}

/* 15: DateTime is the end; the start may be days before. */
static void
trap_15(void)
{
	static const struct {
		const char *info, *total, *want;
	} cases[] = {
		{ "BeginRequest=2026-03-02T10:00:01.000Z;", "1", "4000" },
		{ "A=1;BeginRequest=2026-02-28T10:00:05.000Z;", "1",
		  "172800000" },
		{ "", "86400000", "86400000" },
		{ "", "", "0" },
		{ "OnBeginRequest=0;", "7", "7" },
		{ "BeginRequest=soon;", "8", "8" },
		{ "BeginRequest=2026-03-02T1...", "9", "9" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_casef("trap 15, \"%s\" and %s", cases[i].info,
			    cases[i].total);
		seen_one(ROW("GenericInfo", cases[i].info, "TotalRequestTime",
			     cases[i].total),
			 start_of, 0, cases[i].want);
	}
}

/* 16: the client may be a list, have a port or a scope, or be forged. */
static void
trap_16(void)
{
	static const char *const cells[][2] = {
		{ "192.0.2.1", "192.0.2.1" },
		{ "192.0.2.1:49660", "192.0.2.1" },
		{ "192.0.2.1  198.51.100.2", "192.0.2.1" },
		{ "fe80::1%3", "fe80::1" },
		{ "[2001:DB8::1]:443", "2001:db8::1" },
		{ "2001:0db8:0:0:0:0:0:1", "2001:db8::1" },
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "forged:text", "forged:text" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		check_casef("trap 16, %s", cells[i][0]);
		seen_one(ROW("ClientIpAddress", cells[i][0]), seen_derived,
			 RPCLOG_D_CLIENT, cells[i][1]);
	}
}

/* 17: before anyone has authenticated, the client chooses the type. */
static void
trap_17(void)
{
	CHECK_CASE("trap 17");
	seen_one(ROW("AuthenticationType", "x';DROP", "IsAuthenticated",
		     "false", "HttpStatus", "401"),
		 seen_known, RPCLOG_AUTHENTICATION_TYPE, "x';DROP");
}

/* The class of the row that 'cells' make. */
static void
check_class(const char *const *cells, const char *want)
{
	struct check_text text = { 0 };
	rpclog_parser *parser = NULL;
	rpclog_matcher *matcher = NULL;
	rpclog_rules *rules = NULL;
	const rpclog_row *row = NULL;
	rpclog_verdict verdict;
	rpclog_status status;

	log_columns(&text, 74);
	log_row(&text, 74, cells);
	CHECK_STATUS(rpclog_rules_builtin(&rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_matcher_new(&matcher, rules, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, text.ptr, text.len), RPCLOG_OK);
	do {
		status = rpclog_parser_next(parser, &row);
	} while (status == RPCLOG_SCHEMA);
	if (CHECK_STATUS(status, RPCLOG_OK) &&
	    CHECK_STATUS(rpclog_matcher_classify(matcher,
						 rpclog_parser_schema(parser),
						 row, &verdict),
			 RPCLOG_OK))
		CHECK_STR(verdict.class_name, want);
	rpclog_matcher_free(matcher);
	rpclog_rules_free(rules);
	rpclog_parser_free(parser);
	check_text_free(&text);
}

/* 18: 200 with errors is healthy; 500 without an error code is not. */
static void
trap_18(void)
{
	CHECK_CASE("trap 18");
	check_class(ROW("GenericErrors", "PossibleException=IOException;"),
		    "ok");
	check_class(ROW("HttpStatus", "500", "BackEndStatus", "500"),
		    "be_http_5xx");
	check_class(ROW("HttpStatus", "401", "BackEndStatus", "401"),
		    "be_auth_401");
}

/* 19: exception texts come in every language and may be cut anywhere. */
static void
trap_19(void)
{
	CHECK_CASE("trap 19");
	check_class(ROW("HttpStatus", "500", "BackEndStatus", "",
			"GenericErrors",
			"HttpException=\xc2\xab\xc2\xa0"
			"Ausnahme\xc2\xa0\xc2\xbb"
			" NegotiateSecurityContext failed with for host "
			"'cas07.contoso.com' with status 'InvalidToken'"
			"    bei X    \xc3\xa0 Y \xff\xfe\xef\xbf"),
		    "be_krb_invalid_token");
	seen_one(ROW("GenericErrors", "\xc3\xa0 \xff \xef\xbf\xbd \xc3"),
		 seen_known, RPCLOG_GENERIC_ERRORS,
		 "\xc3\xa0 \xff \xef\xbf\xbd \xc3");
}

int
main(void)
{
	trap_08();
	trap_09();
	trap_10();
	trap_11();
	trap_12();
	trap_13();
	trap_14();
	trap_15();
	trap_16();
	trap_17();
	trap_18();
	trap_19();
	return check_report();
}
