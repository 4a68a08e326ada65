/* SPDX-License-Identifier: MIT */
/* Storms of channels, halves of channels, and what only attackers send. */

#include "check_findings.h"

static struct check_rows rows;

#define IDS "rpc_reconnect_storm|rpc_half_open|odd_anchor"
#define END "; 18000 clock s=CAS01"

#define STORM "rpc_reconnect_storm CONTOSO\\x5calice "
#define OUT   "ok p=RpcHttp x=RPC_OUT_DATA "
#define IN    "ok p=RpcHttp x=RPC_IN_DATA "
/* The other half, so that only storms are seen; long, and once. */
#define WHOLE "; 5 " IN "l=900000"
#define LATE                                                                   \
	"ok p=RpcHttp x=RPC_IN_DATA "                                          \
	"e=RpcHttpConnectionEstablishmentTimeout t=- "
#define ODD "odd_anchor 192.0.2.1 "

static const struct {
	const char *name, *rows, *want;
} cases[] = {
	/* ---- storms ---- */
	{ "twenty in an hour", "20*0+99 " OUT WHOLE, STORM "1 20; " },
	{ "nineteen", "19*0+99 " OUT WHOLE, "" },
	{ "twenty in two hours", "20*1800+180 " OUT WHOLE, "" },
	{ "a minute long", "20*0+99 " OUT "l=60000" WHOLE, "" },
	{ "nearly a minute", "20*0+99 " OUT "l=59999" WHOLE, STORM "1 20; " },
	{ "of two clients", "20*0+99 " OUT "c=#%2" WHOLE "; 5 " IN "c=2", "" },
	{ "of two users", "20*0+99 " OUT "u=C\\u#%2" WHOLE, "" },
	{ "of two targets", "20*0+99 " OUT "t=mbx#%2" WHOLE, "" },
	{ "the other half does not count", "20*0+99 " IN "; 5 " OUT, "" },
	{ "two hours, and the rest of them",
	  "25*0+99 " OUT "; 25*3600+99 " OUT "; 5*7200+99 " OUT WHOLE,
	  STORM "1 50; " },
	{ "what fails is no channel",
	  "20*0+99 fail p=RpcHttp x=RPC_OUT_DATA" WHOLE, "" },
	/* ---- halves ---- */
	{ "ten of one half", "10*0+400 " OUT "l=90000",
	  "rpc_half_open 192.0.2.1 1 10; " },
	{ "ten of the other", "10*0+400 " IN,
	  "rpc_half_open 192.0.2.1 1 10; " },
	{ "nine", "9*0+400 " OUT "l=90000", "" },
	{ "one of the other", "10*0+400 " OUT "l=90000" WHOLE, "" },
	{ "the other fails: that is another matter",
	  "10*0+400 " OUT "l=90000; 5 fail p=RpcHttp x=RPC_IN_DATA", "" },
	{ "without an address", "10*0+400 " OUT "l=90000 c=-", "" },
	{ "of two users", "10*0+400 " OUT "l=90000 u=C\\u#%2",
	  "rpc_half_open 192.0.2.1 2 10; " },
	/* ---- odd rows ---- */
	{ "an anchor", "1 clock p=Ecp b=ServerInfo~a]@b:444/x#", ODD "0 1; " },
	{ "an ordinary one", "1 ok b=ServerInfo~mbx01.contoso.com", "" },
	{ "another kind of anchor", "1 ok b=Url~a]@b", "" },
	{ "a target", "1 clock t=a]@mbx01", ODD "0 1; " },
	{ "data for a script",
	  "1 clock p=Ecp y=/ecp/y.js; 2 clock p=Ecp y=/ecp/main.css",
	  ODD "0 2; " },
	{ "of somebody who is logged on", "1 ok p=Ecp y=/ecp/y.js", "" },
	{ "fetched", "1 clock p=Ecp y=/ecp/y.js x=GET", "" },
	{ "elsewhere", "1 clock p=Owa y=/owa/y.js", "" },
	{ "by address", "3 clock t=]@; 4 clock t=]@ c=2; 5 clock t=[@ c=2",
	  "odd_anchor 192.0.2.2 0 2; " ODD "0 1; " },
	{ "called a probe", "3 probe b=ServerInfo~a]@x.example c=192.0.2.1",
	  ODD "0 1; " },
	{ "a page that probes ask for",
	  "3 clock p=Ecp y=/ecp/healthcheck.htm b=ServerInfo~x/y",
	  ODD "0 1; " },
	{ "a probe", "3 probe b=ServerInfo~x.example", "" },
	{ "a resource of another kind",
	  "3 clock p=Ecp x=POST y=/ecp/default.flt;"
	  "4 clock p=Ecp x=POST y=/ecp/x.htm",
	  ODD "0 2; " },
	{ "without an address", "3 clock t=]@ c=-", "odd_anchor  0 1; " },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_text got = { 0 }, text = { 0 };

		check_casef("%s: %s", cases[i].name, cases[i].rows);
		check_text_add(&text, "%s%s", cases[i].rows, END);
		check_findings(&got, &rows, text.ptr, IDS);
		CHECK_STR(got.ptr, cases[i].want);
		check_text_free(&got);
		check_text_free(&text);
	}
}

static const struct {
	const char *name, *rows, *said, *not_said;
} words[] = {
	{ "one PC", "20*0+99 " OUT WHOLE, "Nobody else has this at",
	  "it is that server" },
	{ "two users",
	  "20*0+99 " OUT "; 20*0+99 " OUT "u=C\\bob c=2" WHOLE "; 5 " IN "c=2",
	  "2 users have this at \\x01mbx01\\x02", "Nobody else" },
	{ "two users behind one address",
	  "20*0+99 " OUT "; 20*0+99 " OUT "u=C\\bob t=mbx02" WHOLE,
	  "2 users have it at the address \\x01192.0.2.1\\x02",
	  "users have this at" },
	{ "the half that is missing", "10*0+400 " OUT "l=90000",
	  "10 requests RPC_OUT_DATA from this address are in these logs and "
	  "not one RPC_IN_DATA",
	  "gave up waiting" },
	{ "no address", "3 clock t=]@ c=unknown", "(c-ip)",
	  "block the address" },
	{ "an address", "3 clock t=]@ c=192.0.2.9", "block the address",
	  "(c-ip)" },
	{ "what NAME stands for", "3 clock t=]@ c=203.0.113.7'$(id)",
	  "NAME in these commands stands for", "block the address" },
	{ "no name to stand for", "3 clock t=]@ c=192.0.2.9",
	  "--client '192.0.2.9'", "NAME" },
	{ "in a command only what is harmless",
	  "3 clock t=]@ c=203.0.113.7'$(id)", "--client NAME ", "--client '" },
};

static void
test_words(void)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct check_text got = { 0 }, text = { 0 };

		check_casef("words, %s", words[i].name);
		check_text_add(&text, "%s%s", words[i].rows, END);
		check_findings_told(&got, &rows, text.ptr, IDS);
		if (!CHECK(strstr(got.ptr, words[i].said) != NULL))
			CHECK_STR(got.ptr, words[i].said);
		if (!CHECK(strstr(got.ptr, words[i].not_said) == NULL))
			CHECK_STR(got.ptr, words[i].not_said);
		check_text_free(&got);
		check_text_free(&text);
	}
}

/* Three that gave up waiting, and two. */
static void
test_timeouts(void)
{
	static const struct {
		const char *rows, *want;
	} tables[] = {
		{ "3*0+400 " LATE, "rpc_half_open 192.0.2.1 1 3; " },
		{ "2*0+400 " LATE, "" },
		{ "3*0+400 " LATE "c=#", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct check_text got = { 0 };

		check_casef("timeouts: %s", tables[i].rows);
		check_findings(&got, &rows, tables[i].rows, IDS);
		CHECK_STR(got.ptr, tables[i].want);
		check_text_free(&got);
	}
}

/* ---- no memory --------------------------------------------------------------
 */

/* Everything there is, each allocation failing once. */
static void
test_memory(void)
{
	const char *text =
		"12*-3600+1 ok u=C\\u# m=# c=#; 30*60+1 leg m=#/3 c=#/3;"
		"10*60+1 basic m=#/2 c=203.0.113.7; 50*0+99 basic m=4 "
		"c=203.0.114.#%8; 20*0+99 " OUT "; 10*0+400 " OUT
		"c=3 l=90000; 3 clock t=]@" END;
	uint64_t at = 1;
	rpclog_status status;

	CHECK_CASE("memory");
	do {
		struct check_memory memory;
		struct findings *findings;
		struct gather *gather;
		rpclog_tracker *tracker;

		check_memory_init(&memory, at);

		rpclog_options options = check_memory_options(&memory);

		status = check_findings_new(&findings, &gather, &tracker, &rows,
					    at == 1 ? text : NULL, &options);
		if (status == RPCLOG_OK) {
			CHECK(findings_count(findings) >= 5);
			CHECK(memory.calls < at);
		} else {
			CHECK_STATUS(status, RPCLOG_ERR_NOMEM);
			CHECK(!findings);
		}
		findings_free(findings);
		gather_free(gather);
		rpclog_tracker_free(tracker);
		CHECK_INT(memory.live, 0);
		at += status == RPCLOG_OK ? 1 : check_stride();
	} while (status != RPCLOG_OK);
	CHECK(at > 100);
}

int
main(void)
{
	check_rows_init(&rows);
	test_cases();
	test_words();
	test_timeouts();
	test_memory();
	check_rows_free(&rows);
	return check_report();
}
