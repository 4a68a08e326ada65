/* SPDX-License-Identifier: MIT */
/* Logs of the RpcHttp module: columns, items, quotes, damage, every cut. */

#include "check_foreign.h"

#define HEAD                                                                   \
	"\xef\xbb\xbf#Software: Microsoft Exchange Server\r\n"                 \
	"#Version: 15.00.1497.010\r\n"                                         \
	"#Log-type: RpcHttp Log\r\n"                                           \
	"#Date: 2026-03-02T10:00:00.000Z\r\n"                                  \
	"#Fields: TimeStamp,ServerName,EventId,EventData\r\n"
#define GUID  "cde28fc4-299e-4179-b3e9-de56f5c1d9ee"
#define BYTES "cde28fc4299e4179b3e9de56f5c1d9ee"
#define WHEN  "2026-03-02T10:00:01.250Z,CAS01,RpcHttp,"
#define T     "t=1772445601+250000"
#define ROW   T " server=CAS01"

static const struct {
	const char *name, *text, *want;
} logs[] = {
	{ "nothing", "", "= 0 0 0 0" },
	{ "a line as the module writes it",
	  HEAD WHEN
	  "S:Stage=EndRequest;S:UserName=CONTOSO\\alice;S:OutlookSessionId="
	  "{1};S:AuthType=NTLM;S:Status=200.0.OK;S:HttpVerb=RPC_IN_DATA;"
	  "S:UriQueryString=?m@contoso.com:6001;S:RpcHttpUserName=alice@"
	  "contoso.com;S:ServerTarget=mbx1:6001;S:FEServer=CAS02;S:"
	  "RequestId=" GUID ";S:AssociationGuid={2};S:ClientIp=192.0.2.1\r\n",
	  "6 " T " http=200 sub=0 server=CAS01 stage=EndRequest "
	  "u=CONTOSO\\x5calice session={1} auth=NTLM status=200.0.OK "
	  "verb=RPC_IN_DATA q=?m@contoso.com:6001 rpcuser=alice@contoso.com "
	  "target=mbx1:6001 fe=CAS02 rid=" GUID " assoc={2} c=192.0.2.1 "
	  "id:" BYTES "\n= 6 1 5 0" },
	{ "without a header", WHEN "S:Stage=BeginRequest\n",
	  "1 " ROW " stage=BeginRequest\n= 1 1 0 0" },
	{ "columns in another order, twice",
	  "#Fields: EventData,EventId,X,ServerName,TimeStamp\n"
	  "S:Stage=a,e,x,CAS01,2026-03-02T10:00:01.250Z\n"
	  "TimeStamp,ServerName,EventId,EventData\n" WHEN "S:Stage=b,c\n",
	  "2 " ROW " stage=a\n4 " ROW " stage=b,c\n= 4 2 2 0" },
	{ "columns of which one is missing change nothing",
	  "#Fields: EventData,ServerName,TimeStamp\n" WHEN "S:Stage=a\n",
	  "2 " ROW " stage=a\n= 2 1 1 0" },
	{ "a quoted cell",
	  WHEN "\"S:Stage=a, \"\"b\"\";S:AuthType=c\"\r\n" WHEN "S:Stage=d\r\n",
	  "1 " ROW " stage=a, \"b\" auth=c\n2 " ROW " stage=d\n= 2 2 0 0" },
	{ "an item in quotes may hold a semicolon",
	  WHEN "'S:UriQueryString=?a;b';S:Stage=c;;X;I32:ClientIp=d;",
	  "1 " ROW " stage=c q=?a;b c=d\n= 1 1 0 0" },
	{ "of two items the last counts, in any case",
	  WHEN "S:stage=a;Stage=b\n", "1 " ROW " stage=b\n= 1 1 0 0" },
	{ "no items at all", WHEN "\n" WHEN ";;;\n",
	  "1 " ROW "\n2 " ROW "\n= 2 2 0 0" },
	{ "a comma in the last cell is part of it",
	  WHEN "S:Stage=a,S:b,c;S:AuthType=d\n",
	  "1 " ROW " stage=a,S:b,c auth=d\n= 1 1 0 0" },
	{ "statuses",
	  WHEN "S:Status=401\n" WHEN "S:Status=401.1\n" WHEN
	       "S:Status=401.x\n" WHEN "S:Status=4010.1\n" WHEN
	       "S:Status=.1\n" WHEN "S:Status=OK\n" WHEN "S:Status=401.\n",
	  "1 " T " http=401 server=CAS01 status=401\n"
	  "2 " T " http=401 sub=1 server=CAS01 status=401.1\n"
	  "3 " T " http=401 server=CAS01 status=401.x\n"
	  "4 " ROW " status=4010.1\n5 " ROW " status=.1\n6 " ROW
	  " status=OK\n7 " T " http=401 server=CAS01 status=401.\n= 7 7 0 0" },
	{ "damage",
	  "x\n2026-03-02T10:00:01.250Z,CAS01,RpcHttp\nx,CAS01,RpcHttp,a\n" WHEN
	  "\"S:Stage=a\n" WHEN "S:Stage=b\n\n",
	  "5 " ROW " stage=b\n= 6 1 0 4" },
	{ "an id that is none", WHEN "S:RequestId=<ID>\n",
	  "1 " ROW " rid=<ID>\n= 1 1 0 0" },
	{ "a torn last line", WHEN "S:Stage=a\r\n2026-03-02T10:0",
	  "1 " ROW " stage=a\n= 2 1 0 1" },
};

static void
test_logs(void)
{
	for (size_t i = 0; i < ARRAY_LEN(logs); i++) {
		CHECK_CASE(logs[i].name);
		check_foreign_is(check_rpchttp, slice_str(logs[i].text),
				 logs[i].want);
		check_foreign_sweep(check_rpchttp, slice_str(logs[i].text));
	}
}

/* Slices and not strings: there are NULs. */
static void
test_nuls(void)
{
	static const char log[] = WHEN "S:Stage=a\n"
				       "\0\0\0\0\0\0\0\0\n" WHEN "S:Stage=b\n";

	CHECK_CASE("NULs of a crash");
	check_foreign_is(check_rpchttp, slice_of(log, sizeof(log) - 1),
			 "1 " ROW " stage=a\n3 " ROW " stage=b\n= 3 2 0 1");
	check_foreign_sweep(check_rpchttp, slice_of(log, sizeof(log) - 1));
}

static void
test_utf16(void)
{
	static const char log[] = "#Fields: TimeStamp,ServerName,EventId,"
				  "EventData\r\n" WHEN "S:Stage=a\r\n";
	struct check_text wide = { 0 };

	check_text_bytes(&wide, "\xff\xfe", 2);
	for (size_t i = 0; log[i]; i++) {
		check_text_bytes(&wide, &log[i], 1);
		check_text_bytes(&wide, "", 1);
	}
	CHECK_CASE("UTF-16");
	check_foreign_is(check_rpchttp, check_text_slice(&wide),
			 "2 " ROW " stage=a\n= 2 1 1 0");
	check_foreign_sweep(check_rpchttp, check_text_slice(&wide));
	check_text_free(&wide);
}

static void
test_long_lines(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct foreign_way way = { .options = &options };
	struct check_text log = { 0 };

	options.max_row = 64;
	check_text_add(&log, WHEN "%01000d\n" WHEN "S:Stage=a\n#%01000d\n", 0,
		       0);
	for (way.chunk = 0; way.chunk < 40; way.chunk++) {
		struct check_text got = { 0 };

		check_casef("lines over the limit, in chunks of %u",
			    (unsigned)way.chunk);
		CHECK_STATUS(check_rpchttp(&got, check_text_slice(&log), &way),
			     RPCLOG_OK);
		CHECK_STR(got.ptr, "2 " ROW " stage=a\n= 3 1 0 2");
		check_text_free(&got);
	}
	check_text_free(&log);
}

/* A reset gives the usual columns back. */
static void
test_reset(void)
{
	static const char log[] =
		WHEN "S:Stage=a\n"
		     "#Fields: EventData,EventId,ServerName,TimeStamp\n";
	const struct foreign_way way = { .runs = 2, .cut = true };
	struct check_text got = { 0 };

	CHECK_CASE("a log after another");
	CHECK_STATUS(check_rpchttp(&got, slice_str(log), &way), RPCLOG_OK);
	CHECK_STR(got.ptr, "1 " ROW " stage=a\n1 " ROW " stage=a\n= 4 2 2 0");
	check_text_free(&got);
}

int
main(void)
{
	test_logs();
	test_nuls();
	test_utf16();
	test_long_lines();
	test_reset();
	return check_report();
}
