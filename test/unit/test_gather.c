/* SPDX-License-Identifier: MIT */
/* What is gathered of rows: every table, and what is left out of them. */

#include "check_gather.h"
#include "class.h"

static struct check_rows rows;

#define ALICE "CONTOSO\\x5calice"
#define TOKEN                                                                  \
	"GenericErrors=HttpException=NegotiateSecurityContext+failed+with+"    \
	"for+host+'x'+with+status+'InvalidToken'"

static const struct {
	const char *name;
	enum table_number table;
	const char *rows, *want;
} tables[] = {
	{ "nothing", TABLE_FLOW, "", "" },
	{ "fail: sessions decide", TABLE_FAIL,
	  "0 leg; 1 leg; 2 leg; 300 ok c=2; 301 fail c=2 u=bob m=2",
	  "0..2 3 #1-3 at=0 a=" ALICE
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=102;"
	  "301..301 1 #5-5 at=0 a=bob c=192.0.2.2 s=CAS01 t=mbx01 p=Mapi "
	  "k=50;" },
	{ "fail: by quarter", TABLE_FAIL,
	  "899 fail; 900 fail; 901 fail; 902 deny s=CAS02 t=mbx02 p=Ews c=3",
	  "899..899 1 #1-1 at=0 a=" ALICE
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=50;"
	  "900..901 2 #2-3 at=900 a=" ALICE
	  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=50;"
	  "902..902 1 #4-4 at=900 a=" ALICE
	  " c=192.0.2.3 s=CAS02 t=mbx02 p=Ews k=120;" },
	{ "use: known users, and who can prompt", TABLE_USE,
	  "0 ok; 1 ok; 2 leg; 3 basic c=3 m=-; 4 ok u=- c=9 m=- "
	  "IsAuthenticated=false; 5 fail",
	  "5..5 1 #6-6 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=agent k=50;"
	  "0..1 2 #1-2 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=agent k=290;"
	  "3..3 1 #4-4 a=client:192.0.2.3 c=192.0.2.3 t=mbx01 p=Mapi sw=agent "
	  "k=90;" },
	{ "use: software, windows and halves", TABLE_USE,
	  "0 ok UserAgent=Microsoft+Office/15.0+(Windows+NT+6.1|+Microsoft+"
	  "Outlook+15.0.4797|+Pro);"
	  "1 ok UserAgent=Microsoft+Office/15.0+(Windows+NT+6.1|+Microsoft+"
	  "Outlook+15.0.4797|+Pro);"
	  "2 ok p=RpcHttp x=RPC_IN_DATA a=MSRPC;"
	  "3 ok p=RpcHttp x=RPC_OUT_DATA a=MSRPC; 4 ok p=RpcHttp x=GET a=MSRPC",
	  "0..1 2 #1-2 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=Outlook 15.0 w=6.1 k=290;"
	  "4..4 1 #5-5 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=RpcHttp sw=MSRPC k=290;"
	  "2..2 1 #3-3 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=RpcHttp sw=MSRPC k=290 half=1;"
	  "3..3 1 #4-4 a=" ALICE
	  " m=01 c=192.0.2.1 t=mbx01 p=RpcHttp sw=MSRPC k=290 half=2;" },
	{ "use: users that become one actor", TABLE_USE,
	  "0 ok u=CONTOSO\\Alice; 1 ok u=contoso\\ALICE; 2 basic",
	  "2..2 1 #3-3 a=CONTOSO\\x5cAlice m=01 c=192.0.2.1 t=mbx01 p=Mapi "
	  "sw=agent k=90;"
	  "0..1 2 #1-2 a=CONTOSO\\x5cAlice m=01 c=192.0.2.1 t=mbx01 p=Mapi "
	  "sw=agent k=290;" },
	{ "flow: by quarter, of all but probes", TABLE_FLOW,
	  "-1 ok; 0 ok; 899 ok; 900 ok; 5 probe; 6 fail; 7 ok p=Ews;"
	  "8 ok t=-; 9 clock Protocol= Method= HttpStatus=",
	  "-1..-1 1 #1-1 at=-900 t=mbx01 p=Mapi k=290;"
	  "8..8 1 #8-8 at=0 p=Mapi k=290;"
	  "7..7 1 #7-7 at=0 t=mbx01 p=Ews k=290;"
	  "6..6 1 #6-6 at=0 t=mbx01 p=Mapi k=50;"
	  "0..899 2 #2-3 at=0 t=mbx01 p=Mapi k=290;"
	  "900..900 1 #4-4 at=900 t=mbx01 p=Mapi k=290;" },
	{ "flow: slow phases", TABLE_FLOW,
	  "0 ok TotalRequestTime=1999 BackendProcessingLatency=9999;"
	  "1 ok TotalRequestTime=2000 BackendProcessingLatency=2000;"
	  "2 ok TotalRequestTime=9000 BackendProcessingLatency=1999;"
	  "3 ok TotalRequestTime=9000 BackendReqInitLatency=3000 "
	  "BackendRespStreamLatency=3000;"
	  "4 ok TotalRequestTime=9000 BackendProcessingLatency=8000 "
	  "ClientRequestId=R:1|RT:NotificationWait|x;"
	  "5 ok p=Ews TotalRequestTime=9000 BackendProcessingLatency=8000;"
	  "6 ok t=- TotalRequestTime=9000 BackendProcessingLatency=8000;"
	  "7 fail TotalRequestTime=9000 BackendProcessingLatency=8000",
	  "6..6 1 #7-7 at=0 p=Mapi k=290;"
	  "5..5 1 #6-6 at=0 t=mbx01 p=Ews k=290;"
	  "7..7 1 #8-8 at=0 t=mbx01 p=Mapi k=50;"
	  "0..4 5 #1-5 at=0 t=mbx01 p=Mapi k=290 slow=2/4;" },
	{ "route: servers and targets, by quarter", TABLE_ROUTE,
	  "0 ok; 1 ok s=CAS02; 2 ok t=mbx02; 7200 ok; 3 fail; 4 ok p=Ews",
	  "3..3 1 #5-5 at=0 s=CAS01 t=mbx01 k=50;"
	  "0..4 2 #1-6 at=0 s=CAS01 t=mbx01 k=290;"
	  "2..2 1 #3-3 at=0 s=CAS01 t=mbx02 k=290;"
	  "1..1 1 #2-2 at=0 s=CAS02 t=mbx01 k=290;"
	  "7200..7200 1 #4-4 at=7200 s=CAS01 t=mbx01 k=290;" },
	{ "pulse: who got in, by hour and server", TABLE_PULSE,
	  "0 ok; 1 ok u=bob; 2 ok u=BOB; 3 ok s=CAS02; 3600 ok; 4 fail u=eve;"
	  "5 basic; 6 leg",
	  "0..4 4 #1-6 at=0 s=CAS01 crowd=3;"
	  "3..3 1 #4-4 at=0 s=CAS02 crowd=1;"
	  "3600..3600 1 #5-5 at=3600 s=CAS01 crowd=1;" },
	{ "host: of Outlook Anywhere alone", TABLE_HOST,
	  "0 ok x=RPC_IN_DATA UrlHost=a.example; 1 ok UrlHost=b.example;"
	  "2 ok x=RPC_OUT_DATA UrlHost=c.example;"
	  "3 fail x=RPC_OUT_DATA UrlHost=d.example;"
	  "4 ok x=RPC_OUT_DATA UrlHost=a.example",
	  "0..4 2 #1-5 h=a.example;"
	  "2..2 1 #3-3 h=c.example;" },
	{ "odd: each kind", TABLE_ODD,
	  "0 ok AnchorMailbox=ServerInfo~a]@b:444/x;"
	  "1 ok AnchorMailbox=ServerInfo~mbx01.contoso.com~1941;"
	  "2 basic x=POST p=Ecp UrlStem=/ecp/y.js;"
	  "3 basic x=GET p=Ecp UrlStem=/ecp/y.js;"
	  "4 ok x=POST p=Ecp UrlStem=/ecp/y.js;"
	  "5 basic x=POST p=Owa UrlStem=/owa/y.js;"
	  "6 ok t=a/b c=7; 7 ok t=m\xc3\xbcller:444 c=8;"
	  "8 ok t=a/b AnchorMailbox=ServerInfo~a/b",
	  "0..0 1 #1-1 c=192.0.2.1 kind=1;"
	  "2..2 1 #3-3 c=192.0.2.1 kind=2;"
	  "8..8 1 #9-9 c=192.0.2.1 kind=3;"
	  "6..6 1 #7-7 c=192.0.2.7 kind=3;" },
	{ "short: RPC_OUT channels under a minute, by hour", TABLE_SHORT,
	  "0 ok x=RPC_OUT_DATA TotalRequestTime=59999;"
	  "1 ok x=RPC_OUT_DATA TotalRequestTime=60000;"
	  "2 ok x=RPC_IN_DATA TotalRequestTime=1;"
	  "3 ok x=RPC_OUT_DATA TotalRequestTime=1;"
	  "3600 ok x=RPC_OUT_DATA TotalRequestTime=1;"
	  "4 ok x=RPC_OUT_DATA TotalRequestTime=1 t=mbx02;"
	  "5 fail x=RPC_OUT_DATA TotalRequestTime=1;"
	  "6 ok x=RPC_OUT_DATA TotalRequestTime=",
	  "0..3 2 #1-4 at=0 a=" ALICE " c=192.0.2.1 t=mbx01;"
	  "4..4 1 #6-6 at=0 a=" ALICE " c=192.0.2.1 t=mbx02;"
	  "3600..3600 1 #5-5 at=3600 a=" ALICE " c=192.0.2.1 t=mbx01;" },
	{ "short: mailboxes of a user do not part them", TABLE_SHORT,
	  "0 ok x=RPC_OUT_DATA TotalRequestTime=1;"
	  "1 ok x=RPC_OUT_DATA TotalRequestTime=1 m=02",
	  "0..1 2 #1-2 at=0 a=" ALICE " c=192.0.2.1 t=mbx01;" },
	{ "end: who ended short channels", TABLE_END,
	  "0 ok x=RPC_OUT_DATA TotalRequestTime=1;"
	  "3600 ok x=RPC_OUT_DATA TotalRequestTime=1;"
	  "1 ok x=RPC_OUT_DATA TotalRequestTime=1 "
	  "GenericErrors=PossibleException=IOException;"
	  "2 ok x=RPC_OUT_DATA TotalRequestTime=1 "
	  "GenericErrors=StreamProxy=StreamProxy-Response-ExpectWriteCallback;"
	  "3 ok x=RPC_OUT_DATA TotalRequestTime=1 "
	  "GenericErrors=StreamProxy=StreamProxy-Response-ExpectReadCallback;"
	  "4 ok x=RPC_OUT_DATA TotalRequestTime=60000",
	  "1..1 1 #3-3 a=" ALICE " t=mbx01;"
	  "0..3600 2 #1-2 a=" ALICE " t=mbx01 kind=1;"
	  "2..2 1 #4-4 a=" ALICE " t=mbx01 kind=2;"
	  "3..3 1 #5-5 a=" ALICE " t=mbx01 kind=3;" },
	{ "legacy: one row that says so is enough", TABLE_ROUTE,
	  "0 ok t=old; 1 ok t=old TargetServerVersion=14.03.0123.004; 2 ok",
	  "2..2 1 #3-3 at=0 s=CAS01 t=mbx01 k=290;"
	  "0..1 2 #1-2 at=0 s=CAS01 t=old k=290 legacy;" },
	{ "legacy: failures, too", TABLE_FAIL,
	  "0 fail t=old TargetServerVersion=14.03.0123.004 " TOKEN,
	  "0..0 1 #1-1 at=0 a=" ALICE
	  " c=192.0.2.1 s=CAS01 t=old p=Mapi k=20 legacy;" },
	{ "ties: the first and the last tag", TABLE_FLOW,
	  "5 ok; 0 ok; 5 ok; 0 ok; 3 ok",
	  "0..5 5 #2-3 at=0 t=mbx01 p=Mapi k=290;" },
};

static void
test_tables(void)
{
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct check_text got = { 0 };
		struct gathered *in;

		check_casef("%s", tables[i].name);
		in = check_gathered(&rows, tables[i].rows, NULL);
		check_cells(&got, in, tables[i].table);
		CHECK_STR(got.ptr, tables[i].want);
		check_text_free(&got);
		gathered_free(in);
	}
}

/* ---- the chooser ----------------------------------------------------------
 */

struct wish {
	rpclog_choice row;   /* the answer to rows of 192.0.2.1 */
	const char *settled; /* and the actor that counts */
};

static rpclog_choice
choose_row(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	const struct wish *wish = ctx;

	(void)verdict;
	return slice_eq(rpclog_row_known(row, RPCLOG_CLIENT_IP),
			SLICE("192.0.2.1"))
		       ? wish->row
		       : RPCLOG_CHOICE_YES;
}

static int
choose_settled(void *ctx, const rpclog_settled *settled)
{
	const struct wish *wish = ctx;

	return slice_eq(settled->actor, slice_str(wish->settled));
}

/* What hangs on the actor is in no table that has no actors. */
static void
test_chooser(void)
{
	static const char text[] =
		"0 ok; 1 basic; 2 ok x=RPC_OUT_DATA TotalRequestTime=1;"
		"3 ok t=a/b; 4 ok c=2 u=bob m=2";
	static const char bob[] =
		"flow: 4..4 1 #5-5 at=0 t=mbx01 p=Mapi "
		"k=290;\nroute: 4..4 1 #5-5 at=0 s=CAS01 t=mbx01 "
		"k=290;\npulse: 4..4 1 #5-5 at=0 s=CAS01 "
		"crowd=1;\n";
	static const char by_bob[] = "4..4 1 #5-5 a=bob m=02 c=192.0.2.2 "
				     "t=mbx01 p=Mapi sw=agent k=290;\n";
	static const struct {
		const char *name;
		struct wish wish;
		const char *fail, *use;
		int count;
	} cases[] = {
		{ "no", { RPCLOG_CHOICE_NO, "" }, "", "", 1 },
		{ "later, and no", { RPCLOG_CHOICE_LATER, "bob" }, "", "", 5 },
		{ "later, and yes",
		  { RPCLOG_CHOICE_LATER, "CONTOSO\\alice" },
		  "fail: 1..1 1 #2-2 at=0 a=" ALICE
		  " c=192.0.2.1 s=CAS01 t=mbx01 p=Mapi k=90;\n",
		  "3..3 1 #4-4 a=" ALICE
		  " m=01 c=192.0.2.1 t=a/b p=Mapi sw=agent k=290;"
		  "1..1 1 #2-2 a=" ALICE
		  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=agent k=90;"
		  "0..0 1 #1-1 a=" ALICE
		  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=agent k=290;"
		  "2..2 1 #3-3 a=" ALICE
		  " m=01 c=192.0.2.1 t=mbx01 p=Mapi sw=agent k=290 half=2;",
		  5 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wish wish = cases[i].wish;
		rpclog_chooser chooser = { choose_row, choose_settled, &wish };
		struct check_text got = { 0 }, want = { 0 };
		struct gathered *in;

		check_casef("chooser: %s", cases[i].name);
		in = check_gathered(&rows, text, &chooser);
		check_tables(&got, in);
		check_text_add(&want, "%d requests\n%suse: %s%s%s",
			       cases[i].count, cases[i].fail, cases[i].use,
			       by_bob, bob);
		CHECK_STR(got.ptr, want.ptr);
		check_text_free(&got);
		check_text_free(&want);
		gathered_free(in);
	}
}

int
main(void)
{
	check_rows_init(&rows);
	test_tables();
	test_chooser();
	check_rows_free(&rows);
	return check_report();
}
