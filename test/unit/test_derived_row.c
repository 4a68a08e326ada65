/* SPDX-License-Identifier: MIT */
/* What hangs on several cells: legacy targets, starts, typed readings. */

#include "check_seen.h"

/* ---- legacy --- */

static const struct {
	const char *column, *cell, *want;
} criteria[] = {
	{ "RoutingHint", "RpcHttpProxyRules-x", "yes" },
	{ "RoutingHint", "RpcHttpProxyRules", "yes" },
	{ "RoutingHint", "xRpcHttpProxyRules", "no" },
	{ "RoutingHint", "rpchttpproxyrules", "no" },
	{ "AnchorMailbox", "Url~https://x", "yes" },
	{ "AnchorMailbox", "url~x", "no" },
	{ "AnchorMailbox", "x Url~", "no" },
	{ "TargetServerVersion", "14.03.0123.000", "yes" },
	{ "TargetServerVersion", "08.03.0000.000", "yes" },
	{ "TargetServerVersion", "8.3.0", "yes" },
	{ "TargetServerVersion", "15.00.1497.000", "no" },
	{ "TargetServerVersion", "14", "no" },
	{ "TargetServerVersion", "114.0", "no" },
	{ "TargetServerVersion", "80.1", "no" },
	{ "TargetServerVersion", "", "no" },
	{ "GenericInfo", "BeginRequest=x;ProxyToDownLevel=True;", "yes" },
	{ "GenericInfo", "ProxyToDownLevel=True", "yes" },
	{ "GenericInfo", "ProxyToDownLevel=False", "no" },
	{ "GenericErrors", "ProxyToDownLevel=True", "no" },
	{ "TargetServer", "cas2010.contoso.com", "no" },
};

static void
test_criteria(void)
{
	for (size_t i = 0; i < ARRAY_LEN(criteria); i++) {
		check_casef("legacy by %s \"%s\"", criteria[i].column,
			    criteria[i].cell);
		seen_one(ROW(criteria[i].column, criteria[i].cell),
			 seen_derived, RPCLOG_D_LEGACY, criteria[i].want);
	}
}

/* ---- RPC channels --- */

#define PROXY(what) "StreamProxy=StreamProxy-" what ";"
#define IO_ERROR    "PossibleException=IOException;"

static const struct {
	const char *method, *status, *backend, *code, *errors, *time;
	const char *half, *life, *end;
} channels[] = {
	/* Who ended it. */
	{ "RPC_IN_DATA", "200", "200", "", "", "5", "in", "00:00:00",
	  "closed" },
	{ "RPC_OUT_DATA", "200", "200", "", "", "5", "out", "00:00:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "200", "", PROXY("Request-ExpectReadCallback"),
	  "", "in", "", "client" },
	{ "RPC_OUT_DATA", "200", "200", "InternalServerError",
	  PROXY("Response-ExpectWriteCallback") IO_ERROR, "", "out", "",
	  "client" },
	{ "RPC_IN_DATA", "200", "200", "",
	  IO_ERROR PROXY("Request-ExpectWriteCallback"), "", "in", "",
	  "backend" },
	{ "RPC_OUT_DATA", "200", "", "", PROXY("Response-ExpectReadCallback"),
	  "", "out", "", "backend" },
	{ "RPC_OUT_DATA", "200", "200", "",
	  PROXY("Request-ExpectReadCallback")
		  PROXY("Response-ExpectReadCallback"),
	  "", "out", "", "client" },
	{ "RPC_OUT_DATA", "200", "ConnectionClosed", "", "", "", "out", "",
	  "backend" },
	{ "RPC_OUT_DATA", "200", "200", "", "WebExceptionStatus=Timeout;", "",
	  "out", "", "backend" },
	{ "RPC_OUT_DATA", "200", "401", "",
	  "WebExceptionStatus=ProtocolError;ResponseStatusCode=401;", "", "out",
	  "", "unknown" },
	{ "RPC_OUT_DATA", "200", "Success", "", "", "", "out", "", "closed" },
	{ "RPC_OUT_DATA", "200", "Time out", "", "", "", "out", "", "closed" },
	{ "RPC_OUT_DATA", "200", "200", "", IO_ERROR, "", "out", "",
	  "unknown" },
	{ "RPC_OUT_DATA", "200", "200", "ClientDisconnect", "", "", "out", "",
	  "unknown" },
	/* A value that is none of the four, and one within another pair. */
	{ "RPC_OUT_DATA", "200", "200", "", PROXY("Request-ExpectRead"), "",
	  "out", "", "unknown" },
	{ "RPC_OUT_DATA", "200", "200", "",
	  "HttpException=x StreamProxy=StreamProxy-Request-ExpectReadCallback;",
	  "", "out", "", "unknown" },
	{ "RPC_OUT_DATA", "", "", "", "", "", "out", "", "closed" },
	{ "RPC_IN_DATA", "399", "", "", "", "1", "in", "00:00:00", "closed" },
	{ "RPC_IN_DATA", "400", "", "", "", "1", "in", "", "refused" },
	{ "RPC_IN_DATA", "401", "", "", "", "9999999", "in", "", "refused" },
	{ "RPC_OUT_DATA", "503", "ConnectFailure", "ConnectFailure",
	  PROXY("Request-ExpectReadCallback"), "70000", "out", "", "refused" },
	/* How long it lived. */
	{ "RPC_IN_DATA", "200", "", "", "", "0", "in", "00:00:00", "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "999.9", "in", "00:00:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "1000", "in", "00:00:01",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "9999", "in", "00:00:01",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "10000", "in", "00:00:10",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "59999", "in", "00:00:10",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "60000", "in", "00:01:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "599999", "in", "00:01:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "600000", "in", "00:10:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "3599999", "in", "00:10:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "3600000", "in", "01:00:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "28799999", "in", "01:00:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "28800000", "in", "08:00:00",
	  "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "-1", "in", "", "closed" },
	{ "RPC_IN_DATA", "200", "", "", "", "long", "in", "", "closed" },
	/* No channel. */
	{ "POST", "200", "200", "", IO_ERROR, "5", "", "", "" },
	{ "rpc_in_data", "200", "200", "", "", "5", "", "", "" },
	{ "RPC_IN_DATAX", "401", "", "", "", "5", "", "", "" },
	{ "", "401", "", "", "", "5", "", "", "" },
};

static void
test_channels(void)
{
	for (size_t i = 0; i < ARRAY_LEN(channels); i++) {
		const char *const *cells =
			ROW("Method", channels[i].method, "HttpStatus",
			    channels[i].status, "BackEndStatus",
			    channels[i].backend, "ErrorCode", channels[i].code,
			    "GenericErrors", channels[i].errors,
			    "TotalRequestTime", channels[i].time);

		check_casef("channel %zu", i);
		seen_one(cells, seen_derived, RPCLOG_D_RPC_HALF,
			 channels[i].half);
		seen_one(cells, seen_derived, RPCLOG_D_RPC_LIFE,
			 channels[i].life);
		seen_one(cells, seen_derived, RPCLOG_D_RPC_END,
			 channels[i].end);
	}
}

struct one_row {
	struct check_text text;
	rpclog_parser *parser;
	const rpclog_row *row;
};

static void
one_row_init(struct one_row *o, size_t columns, const char *const *cells,
	     const rpclog_options *options)
{
	memset(o, 0, sizeof(*o));
	log_columns(&o->text, columns);
	log_row(&o->text, columns, cells);
	CHECK_STATUS(rpclog_parser_new(&o->parser, options), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(o->parser, o->text.ptr, o->text.len),
		     RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_next(o->parser, &o->row), RPCLOG_SCHEMA);
	CHECK_STATUS(rpclog_parser_next(o->parser, &o->row), RPCLOG_OK);
}

static void
one_row_free(struct one_row *o)
{
	rpclog_parser_free(o->parser);
	check_text_free(&o->text);
}

static void
test_list(void)
{
	static const struct {
		const char *list, *target, *want;
	} cases[] = {
		{ "cas2010", "CAS2010.contoso.com", "yes" },
		{ "x, CAS2010.contoso.com", "cas2010.contoso.com", "yes" },
		{ "cas2010.fabrikam.com", "cas2010.contoso.com", "no" },
		{ "cas2010", "", "no" },
		{ "", "cas2010", "no" },
		{ NULL, "cas2010", "no" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		rpclog_options options = RPCLOG_OPTIONS_INIT;
		struct one_row o;

		check_casef("legacy, %s on the list %s", cases[i].target,
			    cases[i].list ? cases[i].list : "NULL");
		options.legacy_hosts = cases[i].list;
		one_row_init(&o, 74, ROW("TargetServer", cases[i].target),
			     &options);
		CHECK_SLICE(rpclog_row_derived(o.row, RPCLOG_D_LEGACY),
			    cases[i].want);
		one_row_free(&o);
	}
}

/* ---- the start --- */

/* Microseconds after the default DateTime less 5 s: 10:00:00. */
#define BASE INT64_C(1772445600000000)
#define MS   INT64_C(1000)
#define S    INT64_C(1000000)

static const struct {
	const char *info, *total;
	int64_t want;
} starts[] = {
	{ "BeginRequest=2026-03-02T10:00:01.000Z;", "1", 1 * S },
	{ "BeginRequest=2026-03-02T10:00:01.000Z", "1", 1 * S },
	{ "A=1;BeginRequest=2026-03-02T10:00:02.5Z;B=2", "1", 2500 * MS },
	{ ";BeginRequest=2026-03-02T10:00:02.000Z", "1", 2 * S },
	{ "BeginRequest=2026-03-02T12:00:02+02:00", "1", 2 * S },
	{ "BeginRequest=2026-03-02T10:00:09.000Z", "1", 9 * S },
	{ "OnBeginRequest=0;BeginRequest=2026-03-02T10:00:03.000Z", "1",
	  3 * S },
	{ "OnBeginRequest=0;", "1000", 4 * S },
	{ "x BeginRequest=2026-03-02T10:00:01.000Z", "1000", 4 * S },
	{ "BeginRequest=x;BeginRequest=2026-03-02T10:00:01.000Z", "1000",
	  4 * S },
	{ "BeginRequest=2026-03-02T10:00:0...", "1000", 4 * S },
	{ "BeginRequest=", "1000", 4 * S },
	{ "BeginRequest", "1000", 4 * S },
	{ "beginrequest=2026-03-02T10:00:01.000Z", "1000", 4 * S },
	{ "BeginRequest= 2026-03-02T10:00:01.000Z", "1000", 4 * S },
	{ "", "5000", 0 },
	{ "", "5001.999", -1 * MS },
	{ "", "0", 5 * S },
	{ "", "", 5 * S },
	{ "", "-1", 5 * S },
	{ "", "x", 5 * S },
	{ "", "1e3", 5 * S },
	{ "", "999999999999999", 5 * S },
	{ "", "99999999999999999999", 5 * S },
	/* As far as year 1, and a millisecond further. */
	{ "", "63908042405000", -63908042400000 * MS },
	{ "", "63908042405001", 5 * S },
};

static void
test_starts(void)
{
	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		for (int set = 0; set < 2; set++) {
			struct one_row o;
			int64_t us = 99;

			check_casef("start, \"%s\" and \"%s\"", starts[i].info,
				    starts[i].total);
			one_row_init(&o, set ? 53 : 74,
				     ROW("GenericInfo", starts[i].info,
					 "TotalRequestTime", starts[i].total),
				     NULL);
			CHECK_INT(rpclog_row_start(o.row, &us), 1);
			CHECK_INT(us - BASE, starts[i].want);
			CHECK_INT(rpclog_row_start(o.row, &us), 1);
			CHECK_INT(us - BASE, starts[i].want);
			one_row_free(&o);
		}
	}

	int64_t us = 99;

	CHECK_CASE("start of no row");
	CHECK_INT(rpclog_row_start(NULL, &us), 0);
	CHECK_INT(us, 0);
}

/* ---- typed readings --- */

static void
test_readings(void)
{
	struct one_row o;
	int64_t value = 99;

	CHECK_CASE("typed readings");
	one_row_init(&o, 74,
		     ROW("RequestBytes", "76", "ResponseBytes", "7x",
			 "ErrorCode", ""),
		     NULL);

	const rpclog_schema *schema = rpclog_parser_schema(o.parser);
	size_t time = rpclog_schema_find(schema, "DateTime");
	size_t bytes = rpclog_schema_find(schema, "RequestBytes");
	size_t bad = rpclog_schema_find(schema, "ResponseBytes");
	size_t empty = rpclog_schema_find(schema, "ErrorCode");

	CHECK_INT(rpclog_row_int(o.row, bytes, &value), 1);
	CHECK_INT(value, 76);
	CHECK_INT(rpclog_row_int(o.row, bad, &value), 0);
	CHECK_INT(value, 0);
	CHECK_INT(rpclog_row_time(o.row, time, &value), 1);
	CHECK_INT(value, BASE + 5 * S);
	CHECK_INT(rpclog_row_time(o.row, bytes, &value), 0);
	CHECK_INT(value, 0);
	CHECK_INT(rpclog_row_int(o.row, empty, &value), 0);
	CHECK_INT(rpclog_row_time(o.row, empty, &value), 0);
	CHECK_CASE("typed readings past the end");
	CHECK_INT(rpclog_row_int(o.row, 9999, &value), 0);
	CHECK_INT(rpclog_row_time(o.row, RPCLOG_NO_COLUMN, &value), 0);
	CHECK_INT(rpclog_row_int(NULL, 0, &value), 0);
	CHECK_INT(rpclog_row_time(NULL, 0, &value), 0);
	CHECK_SLICE(rpclog_row_field(o.row, RPCLOG_NO_COLUMN), "");
	CHECK_SLICE(rpclog_row_known(o.row, (rpclog_known)99), "");
	one_row_free(&o);
}

/* A short row, and cells in quotes: alike by number and all at once. */
static void
test_fields(void)
{
	for (int quoted = 0; quoted < 2; quoted++) {
		struct one_row o;
		const rpclog_slice *cells;
		size_t count;

		check_casef("fields, %s", quoted ? "quoted" : "plain");
		one_row_init(&o, 74,
			     ROW("UserAgent", quoted ? "\"a,\"\"b\"" : "MSRPC"),
			     NULL);
		cells = rpclog_row_fields(o.row, &count);
		CHECK_INT(count, 74);
		for (size_t i = 0; i < count; i++)
			CHECK_SLICE(cells[i], rpclog_row_field(o.row, i));
		CHECK_SLICE(rpclog_row_known(o.row, RPCLOG_USER_AGENT),
			    quoted ? "a,\"b" : "MSRPC");
		one_row_free(&o);
	}

	size_t count = 9;

	CHECK_CASE("fields of no row");
	CHECK(rpclog_row_fields(NULL, &count) == NULL);
	CHECK_INT(count, 0);
	CHECK_SLICE(rpclog_row_raw(NULL), "");
	CHECK_INT(rpclog_row_line(NULL) + rpclog_row_offset(NULL) +
			  rpclog_row_span(NULL),
		  0);
}

int
main(void)
{
	test_criteria();
	test_channels();
	test_list();
	test_starts();
	test_readings();
	test_fields();
	return check_report();
}
