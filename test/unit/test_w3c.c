/* SPDX-License-Identifier: MIT */
/* IIS W3C logs: columns, cells, request ids, damage, and every cut. */

#include <stdlib.h>

#include "check_foreign.h"
#include "w3c.h"

#define HEAD                                                                   \
	"#Software: Microsoft Internet Information Services 10.0\r\n"          \
	"#Version: 1.0\r\n"                                                    \
	"#Date: 2026-03-02 10:00:00\r\n"                                       \
	"#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port "   \
	"cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus "  \
	"sc-win32-status time-taken\r\n"
#define GUID  "cde28fc4-299e-4179-b3e9-de56f5c1d9ee"
#define BYTES "cde28fc4299e4179b3e9de56f5c1d9ee"
/* 2026-03-02 10:00:01 */
#define T    "1772445601"
#define FEW  "#Fields: date time cs-uri-query sc-win32-status\n"
#define WHEN "2026-03-02 10:00:01 "

static const struct {
	const char *name, *text, *want;
} logs[] = {
	{ "nothing", "", "= 0 0 0 0" },
	{ "a line as IIS writes it",
	  HEAD "2026-03-02 10:00:01 192.0.2.1 RPC_IN_DATA /rpc/rpcproxy.dll "
	       "m@contoso.com:6001&CorrelationID=<empty>;&cafeReqId=" GUID
	       ";&encoding=; 443 CONTOSO\\alice 198.51.100.7 MSRPC - 401 1 "
	       "1326 15\r\n",
	  "5 t=" T " s=401 sub=1 win32=1326 ms=15 port=443 c=198.51.100.7 "
	  "u=CONTOSO\\x5calice m=RPC_IN_DATA stem=/rpc/rpcproxy.dll "
	  "q=m@contoso.com:6001&CorrelationID=<empty>;&cafeReqId=" GUID
	  ";&encoding=; ua=MSRPC rid=" GUID " id:" BYTES "\n= 5 1 4 0" },
	{ "minus is empty, a number too",
	  HEAD "2026-03-02 10:00:01 - - - - - - - - - - - - -\r\n",
	  "5 t=" T "\n= 5 1 4 0" },
	{ "columns change in mid-file, and stand in any order and case",
	  "#FIELDS: TIME Sc-Win32-Status DATE\n10:00:01 5 2026-03-02\n"
	  "#Date: x\n#Fields: c-ip x-forwarded-for\n192.0.2.1 x\n",
	  "2 t=" T " win32=5\n5 c=192.0.2.1\n= 5 2 3 0" },
	{ "blanks and tabs around the names",
	  "#Fields:\ttime  date c-ip  \n10:00:01 2026-03-02 192.0.2.1  \n",
	  "2 t=" T " c=192.0.2.1\n= 2 1 1 0" },
	{ "of two columns with one name the first counts",
	  "#Fields: c-ip c-ip\n192.0.2.1 192.0.2.2\n",
	  "2 c=192.0.2.1\n= 2 1 1 0" },
	{ "a date without a time is no time",
	  "#Fields: date c-ip\n2026-03-02 192.0.2.1\n",
	  "2 c=192.0.2.1\n= 2 1 1 0" },
	{ "cells before any columns", WHEN "- 5\n" FEW WHEN "- 5\n",
	  "3 t=" T " win32=5\n= 3 1 1 1" },
	{ "columns without a name", "#Fields:\nx\n", "= 2 0 1 1" },
	{ "too few and too many cells",
	  FEW WHEN "-\n" WHEN "- 5 6\n" WHEN "-  5\n" WHEN "\n" WHEN "- 5\n",
	  "6 t=" T " win32=5\n= 6 1 1 4" },
	{ "no time and no number",
	  FEW "2026-13-02 10:00:01 - 5\n2026-03-02 10:00 - 5\n"
	      "- 10:00:01 - 5\n" WHEN "- five\n" WHEN "- 5.0\n",
	  "= 6 0 1 5" },
	{ "a number below zero",
	  "#Fields: sc-status sc-substatus time-taken s-port\n-1 0 0 0\n"
	  "0 -1 0 0\n0 0 -1 0\n0 0 0 -1\n0 0 0 0\n",
	  "6 s=0 sub=0 ms=0 port=0\n= 6 1 1 4" },
	{ "32 bits with and without a sign",
	  "#Fields: sc-win32-status\n-2146893042\n2148074254\n4294967295\n"
	  "4294967296\n-2147483649\n",
	  "2 win32=2148074254\n3 win32=2148074254\n4 win32=4294967295\n"
	  "= 6 3 1 2" },
	{ "line ends of every kind, and blank lines",
	  "\r\n" FEW "\n" WHEN "- 1\r\r\n\r\n" WHEN "- 2",
	  "4 t=" T " win32=1\n6 t=" T " win32=2\n= 6 2 1 0" },
	{ "a BOM", "\xef\xbb\xbf" FEW WHEN "- 1\n",
	  "2 t=" T " win32=1\n= 2 1 1 0" },
	{ "bytes that are no text", FEW WHEN "\x1b[31m\xff 1\n",
	  "2 t=" T " win32=1 q=\\x1b[31m\\xff\n= 2 1 1 0" },
};

static void
test_logs(void)
{
	for (size_t i = 0; i < ARRAY_LEN(logs); i++) {
		CHECK_CASE(logs[i].name);
		check_foreign_is(check_w3c, slice_str(logs[i].text),
				 logs[i].want);
		check_foreign_sweep(check_w3c, slice_str(logs[i].text));
	}
}

/* What cs-uri-query gives; NULL: no id, but perhaps a value. */
static const struct {
	const char *query, *value, *id;
} queries[] = {
	{ "cafeReqId=" GUID, GUID, BYTES },
	{ "&cafeReqId=" GUID ";", GUID, BYTES },
	{ ";CAFEREQID=" GUID "&x", GUID, BYTES },
	{ "?cafereqid=" GUID, GUID, BYTES },
	{ "&cafeReqId=CDE28FC4-299E-4179-B3E9-DE56F5C1D9EE;",
	  "CDE28FC4-299E-4179-B3E9-DE56F5C1D9EE", BYTES },
	{ "&cafeReqId=" BYTES ";", BYTES, BYTES },
	/* A client's own stands before the front end's. */
	{ "cafeReqId=11111111-2222-3333-4444-555555555555&cafeReqId=" GUID ";",
	  GUID, BYTES },
	{ "cafeReqId=" GUID ";&cafeReqId=;", "", NULL },
	{ "xcafeReqId=" GUID, "", NULL },
	{ "x=cafeReqId=" GUID, "", NULL },
	{ "cafeReqId:" GUID, "", NULL },
	{ "cafeReqId", "", NULL },
	{ "cafeReqId=", "", NULL },
	{ "=", "", NULL },
	{ "afeReqId=" GUID, "", NULL },
	{ "&cafeReqId=<ID>;", "<ID>", NULL },
	{ "&cafeReqId=" GUID "0;", GUID "0", NULL },
	{ "&cafeReqId=cde28fc4-299e-4179-b3e9-de56f5c1d9eg;",
	  "cde28fc4-299e-4179-b3e9-de56f5c1d9eg", NULL },
	{ "&cafeReqId=cde28fc4+299e-4179-b3e9-de56f5c1d9ee;",
	  "cde28fc4+299e-4179-b3e9-de56f5c1d9ee", NULL },
	{ "&cafeReqId=cde28fc-4299e-4179-b3e9-de56f5c1d9ee;",
	  "cde28fc-4299e-4179-b3e9-de56f5c1d9ee", NULL },
};

static void
test_queries(void)
{
	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		struct check_text log = { 0 }, want = { 0 };

		CHECK_CASE(queries[i].query);
		check_text_add(&log, "#Fields: cs-uri-query\n%s\n",
			       queries[i].query);
		check_text_add(&want, "2 q=%s", queries[i].query);
		if (queries[i].value[0])
			check_text_add(&want, " rid=%s", queries[i].value);
		if (queries[i].id)
			check_text_add(&want, " id:%s", queries[i].id);
		check_text_add(&want, "\n= 2 1 1 0");
		check_foreign_is(check_w3c, check_text_slice(&log), want.ptr);
		check_text_free(&log);
		check_text_free(&want);
	}
}

/* Slices and not strings: there are NULs. */
static void
test_nuls(void)
{
	static const char log[] = FEW WHEN "- 1\n"
					   "\0\0\0\0\0\0\0\0\0\0" WHEN "- 2\n"
					   "\0\0\0" FEW WHEN "\0 3\n"
					   "\0\0\0\n" WHEN "- 4";

	CHECK_CASE("NULs of a crash, and one in a cell");
	check_foreign_is(check_w3c, slice_of(log, sizeof(log) - 1),
			 "2 t=" T " win32=1\n3 t=" T " win32=2\n7 t=" T
			 " win32=4\n= 7 3 2 1");
	check_foreign_sweep(check_w3c, slice_of(log, sizeof(log) - 1));
}

static void
test_long_lines(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct foreign_way way = { .options = &options };
	struct check_text log = { 0 };

	options.max_row = 64;
	check_text_add(&log,
		       FEW WHEN "%01000d 1\n" WHEN "- 2\n#%01000d\n" WHEN
				"- 3\n",
		       0, 0);
	for (way.chunk = 0; way.chunk < 40; way.chunk++) {
		struct check_text got = { 0 };

		check_casef("lines over the limit, in chunks of %u",
			    (unsigned)way.chunk);
		CHECK_STATUS(check_w3c(&got, check_text_slice(&log), &way),
			     RPCLOG_OK);
		CHECK_STR(got.ptr,
			  "3 t=" T " win32=2\n5 t=" T " win32=3\n= 5 2 1 2");
		check_text_free(&got);
	}
	check_text_free(&log);
}

/* 128 columns can be read, 129 can't. */
static void
test_many_columns(void)
{
	for (int count = 128; count <= 129; count++) {
		struct check_text log = { 0 };

		check_text_add(&log, "#Fields: c-ip");
		for (int i = 1; i < count; i++)
			check_text_add(&log, " x%d", i);
		check_text_add(&log, "\n192.0.2.1");
		for (int i = 1; i < count; i++)
			check_text_add(&log, " -");
		check_text_add(&log, "\n");
		check_casef("%d columns", count);
		check_foreign_is(check_w3c, check_text_slice(&log),
				 count == 128 ? "2 c=192.0.2.1\n= 2 1 1 0"
					      : "= 2 0 1 1");
		check_text_free(&log);
	}
}

/* A reset forgets the columns and the tail, not the counts. */
static void
test_reset(void)
{
	static const char log[] = FEW WHEN "- 1\n" WHEN "- 2";
	static const char want[] =
		"2 t=" T " win32=1\n2 t=" T " win32=1\n= 4 2 2 0";
	const struct foreign_way way = { .runs = 2, .cut = true };
	struct check_text got = { 0 };

	CHECK_CASE("a log after another");
	CHECK_STATUS(check_w3c(&got, slice_str(log), &way), RPCLOG_OK);
	CHECK_STR(got.ptr, want);
	check_text_free(&got);

	struct w3c *w3c;
	struct w3c_record record;

	CHECK_CASE("a log without columns after another");
	CHECK_STATUS(w3c_new(&w3c, NULL), RPCLOG_OK);
	w3c_feed(w3c, SLICE(FEW));
	CHECK_STATUS(w3c_next(w3c, &record), RPCLOG_MORE);
	w3c_reset(w3c);
	w3c_feed(w3c, SLICE(WHEN "- 1\n"));
	CHECK_STATUS(w3c_next(w3c, &record), RPCLOG_MORE);
	CHECK_INT(w3c_counts(w3c)->damaged, 1);
	w3c_free(w3c);
	w3c_free(NULL);
}

/* Keys without end must not take the square of time: this ends at all. */
static void
test_many_keys(void)
{
	struct check_text log = { 0 }, got = { 0 };
	const struct foreign_way way = { 0 };

	check_text_add(&log, "#Fields: cs-uri-query\n");
	for (int i = 0; i < 90000; i++)
		check_text_add(&log, "%s", i % 2 ? "=====" : "cafeReqId=;");
	check_text_add(&log, "\n");
	CHECK_CASE("very many keys");
	CHECK_STATUS(check_w3c(&got, check_text_slice(&log), &way), RPCLOG_OK);
	CHECK(got.len > 10 && !strcmp(got.ptr + got.len - 9, "= 2 1 1 0"));
	check_text_free(&log);
	check_text_free(&got);
}

int
main(void)
{
	test_logs();
	test_queries();
	test_nuls();
	test_long_lines();
	test_many_columns();
	test_reset();
	test_many_keys();
	return check_report();
}
