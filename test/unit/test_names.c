/* SPDX-License-Identifier: MIT */
/* Names: which spelling means what, and the values behind them. */

#include "check.h"
#include "names.h"

static const struct {
	const char *text;
	const char *want; /* name_text(), or what is offered */
	int known;
	int is_column;
} find_cases[] = {
	{ "Protocol", "Protocol", 1, 1 },
	{ "protocol", "protocol", 1, 0 },
	{ "PROTOCOL", "protocol", 1, 0 },
	{ "Method", "Method", 1, 1 },
	{ "method", "method", 1, 0 },
	{ "User", "user", 1, 0 },
	{ "start", "start", 1, 0 },
	{ "httpstatus", "HttpStatus", 1, 1 },
	{ "HttpStatus", "HttpStatus", 1, 1 },
	{ "genericerrors", "GenericErrors", 1, 1 },
	{ "datetime", "DateTime", 1, 1 },
	{ "latency_MS", "latency_ms", 1, 0 },
	{ "RPC_Half", "rpc_half", 1, 0 },
	{ "rpc_live", "rpc_life", 0, 0 },
	{ "HttpStats", "HttpStatus", 0, 0 },
	{ "latencyms", "latency_ms", 0, 0 },
	{ "clas", "class", 0, 0 },
	{ "sevreity", "severity", 0, 0 },
	{ "usr", "user", 0, 0 },
};

static void
test_find(void)
{
	for (size_t i = 0; i < ARRAY_LEN(find_cases); i++) {
		uint32_t name;
		rpclog_diag diag;
		rpclog_status status =
			name_find(slice_str(find_cases[i].text), &name, &diag);

		check_casef("name %s", find_cases[i].text);
		if (!find_cases[i].known) {
			CHECK_STATUS(status, RPCLOG_ERR_USAGE);
			CHECK(strstr(diag.text, find_cases[i].want) != NULL);
			continue;
		}
		CHECK_STATUS(status, RPCLOG_OK);
		CHECK_STR(name_text(name), find_cases[i].want);
		CHECK_INT(name >= NAME_COLUMN, find_cases[i].is_column);
	}
	for (uint32_t i = 0; i < name_count(); i++) {
		uint32_t name;

		check_casef("name %s finds itself", name_text(i));
		CHECK_STATUS(name_find(slice_str(name_text(i)), &name, NULL),
			     RPCLOG_OK);
		CHECK_INT(name, i);
	}
}

static void
test_kinds(void)
{
	CHECK_CASE("kinds");
	CHECK_INT(name_kind(NAME_START), NAME_IS_TIME);
	CHECK_INT(name_kind(NAME_HOUR), NAME_IS_HOUR);
	CHECK_INT(name_kind(NAME_DAY), NAME_IS_DAY);
	CHECK_INT(name_kind(NAME_LATENCY_MS), NAME_IS_INT);
	CHECK_INT(name_kind(NAME_COLUMN + 3), NAME_IS_TEXT);
	CHECK_INT(name_is_settled(NAME_USER), 1);
	CHECK_INT(name_is_settled(NAME_ACCOUNT), 1);
	CHECK_INT(name_is_settled(NAME_CLASS), 1);
	CHECK_INT(name_is_settled(NAME_MAILBOX), 0);
	CHECK_INT(name_is_settled(NAME_COLUMN), 0);
	CHECK_INT(name_is_of_class(NAME_POPUP), 1);
	CHECK_INT(name_is_of_class(NAME_USER), 0);
	CHECK_STR(popup_text(RPCLOG_POPUP_LIKELY), "likely");
	CHECK_STR(severity_text(RPCLOG_CRITICAL), "critical");
	CHECK_STR(popup_text(77), "");
	CHECK_SLICE(user_account(SLICE("A\\b@c")), "b@c");
	CHECK_SLICE(user_account(SLICE("b@c")), "b");
	CHECK_SLICE(user_account(SLICE("b")), "b");
	CHECK_SLICE(user_account(SLICE("")), "");
}

static const char log_text[] =
	"DateTime,RequestId,Protocol,UrlStem,AuthenticatedUser,Method,"
	"HttpStatus,BackEndStatus,ClientIpAddress,TargetServer,"
	"ServerHostName,TotalRequestTime,GenericInfo,Core\r\n"
	"2026-11-20T13:00:02.000Z,1,RpcHttp,/rpc,CONTOSO\\alice,RPC_IN_DATA,"
	"500,401,[2001:DB8::1]:99,CAS1.Contoso.com,EX1,1500.75,,mine\r\n"
	"2026-11-20T13:00:02.000Z,2,Mapi,/mapi,,POST,200,200,,,EX1,x,,\r\n";

static const struct {
	const char *name, *first, *second;
} value_cases[] = {
	{ "protocol", "RpcHttp", "Mapi" },
	{ "status", "500", "200" },
	{ "backend_status", "401", "200" },
	{ "server", "EX1", "EX1" },
	{ "target", "cas1.contoso.com", "" },
	{ "client", "2001:db8::1", "" },
	{ "latency_ms", "1500", "" },
	{ "method", "RPC_IN_DATA", "POST" },
	{ "UserAgent", "", "" },
	{ "AuthenticatedUser", "CONTOSO\\alice", "" },
	{ "totalrequesttime", "1500.75", "x" },
	{ "user", "", "" },
	{ "start", "", "" },
};

static void
check_values(const rpclog_row *row, bool first)
{
	int64_t value;

	for (size_t i = 0; i < ARRAY_LEN(value_cases); i++) {
		uint32_t name;
		size_t hint = 0;
		const char *want =
			first ? value_cases[i].first : value_cases[i].second;

		check_casef("value of %s", value_cases[i].name);
		CHECK_STATUS(
			name_find(slice_str(value_cases[i].name), &name, NULL),
			RPCLOG_OK);
		CHECK_SLICE(name_value(name, row), want);
		CHECK_SLICE(name_value_near(name, row, &hint), want);
		CHECK_SLICE(name_value_near(name, row, &hint), want);
	}
	CHECK_CASE("integers");
	CHECK_INT(name_integer(NAME_LATENCY_MS, row, &value), first);
	CHECK_INT(value, first ? 1500 : 0);
	CHECK_INT(name_integer(NAME_LINE, row, &value), 1);
	CHECK_INT(value, first ? 2 : 3);
	CHECK_INT(name_integer(NAME_STATUS, row, &value), 0);

	int64_t start, end;

	CHECK_INT(name_integer(NAME_START, row, &start), 1);
	CHECK_INT(name_integer(NAME_END, row, &end), 1);
	CHECK_INT(end - start, first ? 1500000 : 0);
}

static void
test_values(void)
{
	rpclog_parser *parser;
	const rpclog_row *row;
	size_t rows = 0;
	rpclog_status status;

	CHECK_CASE("values");
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, log_text, strlen(log_text)),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_next(parser, &row), RPCLOG_SCHEMA);
	while ((status = rpclog_parser_next(parser, &row)) == RPCLOG_OK)
		check_values(row, rows++ == 0);
	CHECK_STATUS(status, RPCLOG_MORE);
	CHECK_INT(rows, 2);
	rpclog_parser_free(parser);
}

static void
test_settled(void)
{
	rpclog_settled s;

	CHECK_CASE("settled values");
	memset(&s, 0, sizeof(s));
	s.actor = SLICE("CONTOSO\\alice");
	s.class_name = "ok";
	s.popup = RPCLOG_POPUP_YES;
	CHECK_SLICE(name_settled(NAME_USER, &s), "CONTOSO\\alice");
	CHECK_SLICE(name_settled(NAME_ACCOUNT, &s), "alice");
	CHECK_SLICE(name_settled(NAME_CLASS, &s), "ok");
	CHECK_SLICE(name_settled(NAME_POPUP, &s), "yes");
	CHECK_SLICE(name_settled(NAME_SEVERITY, &s), "info");
	CHECK_SLICE(name_settled(NAME_LINE, &s), "");
}

int
main(void)
{
	test_find();
	test_kinds();
	test_values();
	test_settled();
	return check_report();
}
