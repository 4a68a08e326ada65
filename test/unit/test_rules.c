/* SPDX-License-Identifier: MIT */
/* Rule text: what is refused and how, what conditions mean, the built-in. */

#include "check.h"
#include "options.h"
#include "rules_sample.h"

#include <stdio.h>

#define HEAD   "class t 1000\n\tpopup no\n\tseverity low\n\ttitle t\n"
#define WHEN   "\twhen HttpStatus = 299\n"
#define SAMPLE "\tsample HttpStatus=299\n"

static const struct {
	const char *text;
	uint64_t line;
	const char *message;
} refused[] = {
	{ "clas t 1000\n", 1, "unknown keyword \"clas\"" },
	{ HEAD "\twen x\n", 5, "unknown keyword \"wen\"" },
	{ "class t 1000\npopup no\n", 1, "class t has no popup line" },
	{ "popup no\n", 1,
	  "\"popup\" belongs to a class and must be indented" },
	{ HEAD "  when always\n", 5,
	  "indented by 2 columns, the lines above by 8" },
	{ "\tclass t 1000\n", 1,
	  "indented by 8 columns, the lines above by 0" },
	{ "class t\n", 1, "class number \"\" is no number up to 999999999" },
	{ "class t 999\n", 1,
	  "class number 999 is below 1000: those belong to built-in classes" },
	{ "class t -5\n", 1,
	  "class number \"-5\" is no number up to 999999999" },
	{ "class T 1000\n", 1, "name \"T\": a-z first, then a-z, 0-9 and _" },
	{ "class ok 1000\n", 1, "class name \"ok\" is taken" },
	{ "class handshake 1000\n", 1, "class name \"handshake\" is taken" },
	{ HEAD WHEN SAMPLE HEAD, 7, "class name \"t\" is taken" },
	{ HEAD WHEN SAMPLE "class u 1000\n", 7,
	  "class number 1000 is taken by t" },
	{ "class t 1000\n\tpopup perhaps\n", 2,
	  "popup \"perhaps\" is none of yes, likely, maybe, no" },
	{ "class t 1000\n\tseverity bad\n", 2,
	  "severity \"bad\" is none of critical, high, medium, low, info" },
	{ HEAD "\tpopup yes\n", 5, "a second popup line" },
	{ HEAD "\tcause\n", 5, "cause is empty" },
	{ HEAD SAMPLE, 1,
	  "class t has no condition: a \"when\" line is missing" },
	{ HEAD WHEN, 1, "class t has no sample row that it must match" },
	{ HEAD WHEN "\tnot HttpStatus=200\n", 1,
	  "class t has no sample row that it must match" },
	{ HEAD "\twhen HttpStats = 1\n", 5,
	  "unknown column \"HttpStats\": did you mean \"HttpStatus\"" },
	{ HEAD "\twhen zzzzzzzzzzzz = 1\n", 5,
	  "unknown column \"zzzzzzzzzzzz\"" },
	{ HEAD "\twhen HttpStatus is 1\n", 5,
	  "an operator expected at \"is 1\"" },
	{ HEAD "\twhen HttpStatus\n", 5,
	  "an operator expected at the end of the line" },
	{ HEAD "\twhen HttpStatus =\n", 5, "a value is missing" },
	{ HEAD "\twhen HttpStatus = 1 2\n", 5,
	  "'&' or the end of the line expected at \"2\"" },
	{ HEAD "\twhen HttpStatus in (1, 2\n", 5,
	  "',' or ')' expected at the end of the line" },
	{ HEAD "\twhen HttpStatus in 9..1\n", 5, "a range runs backwards" },
	{ HEAD "\twhen Method starts \"\"\n", 5,
	  "an empty value is in everything" },
	{ HEAD "\twhen Method = \"x\n", 5, "a quote is not closed" },
	{ HEAD "\twhen Method ~ \"(x\"\n", 5,
	  "bad pattern at byte 2: missing closing parenthesis" },
	{ HEAD WHEN "\tsample HttpStats=299\n", 6,
	  "unknown column \"HttpStats\": did you mean \"HttpStatus\"" },
	{ HEAD WHEN "\tsample Method\n", 6, "\"Method\" is no Column=value" },
	{ HEAD WHEN "\tsample Method=a | method=b\n", 6,
	  "column \"method\" stands twice in a sample" },
	{ HEAD WHEN "\tsample HttpStatus=298\n", 6,
	  "class t does not match its sample: ok does" },
	{ HEAD WHEN SAMPLE "\tnot HttpStatus=299\n", 7,
	  "class t matches a row that it must not" },
	{ HEAD WHEN "\tsample DateTime= | HttpStatus=299\n", 6,
	  "the sample is no row: " },
	{ HEAD WHEN "\trow 1,2,3\n", 6,
	  "a row of 3 cells: no known column set has so many" },
	{ "define ok first Method in (a)\ndefine OK first Method in (b)\n", 2,
	  "the name \"OK\" is taken" },
	{ "define method first Method in (a)\n", 1,
	  "the name \"method\" is taken" },
	{ "define x Method in (a)\n", 1,
	  "a define reads: define NAME first FIELD, .. in (VALUE, ..)" },
	{ "define x first transport in (a)\n", 1, "a define of a define" },
	{ "# \x01\n# x\nclass t 1000 # \x02\n", 3,
	  "control byte 0x02 in the text" },
};

static void
test_refused(void)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		rpclog_rules *rules;
		rpclog_diag diag;
		const char *text = refused[i].text;
		size_t len = strlen(refused[i].message);

		check_casef("refused: %s", refused[i].message);
		memset(&diag, 0, sizeof(diag));
		CHECK_STATUS(rpclog_rules_compile(&rules, text, strlen(text),
						  NULL, &diag),
			     RPCLOG_ERR_RULE);
		CHECK(rules == NULL);
		CHECK_INT(diag.line, refused[i].line);
		if (strncmp(diag.text, refused[i].message, len) != 0 ||
		    refused[i].message[len - 1] != ' ')
			CHECK_STR(diag.text, refused[i].message);
	}
}

/* A condition, a row that meets it, a row that does not. */
static const char *const conditions[][3] = {
	{ "HttpStatus = 299", "HttpStatus=299", "HttpStatus=2990" },
	{ "httpstatus=299", "HttpStatus=299", "HttpStatus=" },
	{ "Method != GET & UrlHost=x", "Method=PUT | UrlHost=x",
	  "Method=GET | UrlHost=x" },
	{ "Method =/i get", "Method=GeT", "Method=GETS" },
	{ "Method !=/i get & UrlHost=x", "Method=PUT | UrlHost=x",
	  "Method=gEt | UrlHost=x" },
	{ "Method in (GET, \"P,T\")", "Method=GET", "Method=P" },
	{ "Method in/i (get)", "Method=GET", "Method=GE" },
	{ "Method not in (GET, PUT)", "Method=X", "Method=PUT" },
	{ "HttpStatus in 500..599", "HttpStatus=500", "HttpStatus=600" },
	{ "HttpStatus in (7, 210..220)", "HttpStatus=220", "HttpStatus=221" },
	{ "HttpStatus not in (100..298, 300..999)", "HttpStatus=299",
	  "HttpStatus=200" },
	{ "RequestBytes in 1000..2000", "RequestBytes=01999",
	  "RequestBytes=1e3" },
	{ "HttpStatus = \"1..9\"", "HttpStatus=1..9", "HttpStatus=5" },
	{ "UrlStem starts /rpc", "UrlStem=/rpc/x", "UrlStem=/Rpc" },
	{ "UrlStem starts /index", "UrlStem=/index.htm", "UrlStem=ndex" },
	{ "UrlStem starts/i (/RPC, /ews)", "UrlStem=/EWS", "UrlStem=/ew" },
	{ "UrlStem not starts /rpc", "UrlStem=/ews", "UrlStem=/rpc" },
	{ "UrlStem ends .dll", "UrlStem=a.dll",
	  "UrlStem=a.dll "
	  "x" },
	{ "UrlStem ends/i (.DLL)", "UrlStem=a.dlL", "UrlStem=dll" },
	{ "GenericErrors contains \"say \"\"no\"\"\"",
	  "GenericErrors=x say \"no\"", "GenericErrors=say no" },
	{ "GenericErrors contains (ab, x)", "GenericErrors=..aab",
	  "GenericErrors=a b" },
	{ "GenericErrors contains/i (Invalid, Denied)",
	  "GenericErrors=logonDENIED", "GenericErrors=invali" },
	{ "Protocol empty & UrlHost not empty", "Protocol= | UrlHost=x",
	  "Protocol= | UrlHost=" },
	{ "HttpStatus = @BackEndStatus", "HttpStatus=200 | BackEndStatus=200",
	  "HttpStatus=200 | BackEndStatus=201" },
	{ "HttpStatus != @BackEndStatus", "HttpStatus=200",
	  "HttpStatus=200 | BackEndStatus=200" },
	{ "UrlStem ~ \"^/r.c$\"", "UrlStem=/rpc", "UrlStem=/rpcs" },
	{ "UrlStem ~/i ^/r.c$", "UrlStem=/RPC", "UrlStem=/rc" },
	{ "UrlStem !~ r.c", "UrlStem=/ews", "UrlStem=/rpc" },
	{ "EdgeTraceId = x", "EdgeTraceId=x", "EdgeTraceId=y" },
	{ "client = 10.1.2.3", "ClientIpAddress=10.1.2.3:80",
	  "ClientIpAddress=10.1.2.30" },
	{ "mailbox ends @contoso.com",
	  "UrlQuery=?11111111-2222-3333-4444-555555555501@Contoso.com:6001",
	  "UrlQuery=?cas1.contoso.com:6001" },
	{ "target = cas1", "TargetServer=CAS1", "TargetServer=cas2" },
	{ "legacy = yes", "RoutingHint=RpcHttpProxyRules", "RoutingHint=x" },
	{ "account =/i ALICE", "AuthenticatedUser=C\\alice",
	  "AuthenticatedUser=alice\\bob" },
	{ "software starts Outlook",
	  "UserAgent=Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook "
	  "15.0.4859; Pro)",
	  "UserAgent=MSRPC" },
	{ "windows = 6.1",
	  "UserAgent=Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook "
	  "15.0.4859; Pro)",
	  "UserAgent=MSRPC" },
	{ "client_scope = public", "ClientIpAddress=203.0.113.9",
	  "ClientIpAddress=10.0.0.1" },
	{ "rpc_half = in", "Method=RPC_IN_DATA", "Method=RPC_OUT_DATA" },
	{ "rpc_life = 00:01:00",
	  "Method=RPC_IN_DATA | HttpStatus=200 | TotalRequestTime=60000",
	  "Method=RPC_IN_DATA | HttpStatus=401 | TotalRequestTime=60000" },
	{ "rpc_end = client",
	  "Method=RPC_OUT_DATA | HttpStatus=200 | "
	  "GenericErrors=StreamProxy=StreamProxy-Response-ExpectWriteCallback;",
	  "Method=RPC_OUT_DATA | HttpStatus=200 | "
	  "GenericErrors=StreamProxy=StreamProxy-Request-"
	  "ExpectWriteCallback;" },
	{ "client_single = yes", "ClientIpAddress=10.0.0.1",
	  "ClientIpAddress=10.0.0.1  10.0.0.2" },
	{ "client_single = no & UrlHost=x", "UrlHost=x",
	  "UrlHost=x | ClientIpAddress=10.0.0.1" },
	{ "authenticated = yes", "IsAuthenticated=True",
	  "IsAuthenticated=false" },
	{ "thing = b", "Method=z | UrlHost=b", "Method=a | UrlHost=b" },
	{ "thing empty & UrlHost not empty", "UrlHost=c", "UrlHost=b" },
	{ "transport = Timeout & UrlHost = x",
	  "BackEndStatus=Timeout | UrlHost=x", "UrlHost=x" },
};

static void
test_conditions(void)
{
	for (size_t i = 0; i < ARRAY_LEN(conditions); i++) {
		rpclog_rules *rules;
		rpclog_diag diag;
		char text[1000];
		int len = snprintf(text, sizeof(text),
				   "define thing first Method, UrlHost "
				   "in (a, b)\n" HEAD "\twhen %s\n\tsample %s\n"
				   "\tnot %s\n",
				   conditions[i][0], conditions[i][1],
				   conditions[i][2]);

		check_casef("condition %s", conditions[i][0]);
		memset(&diag, 0, sizeof(diag));
		if (!CHECK_STATUS(rpclog_rules_compile(&rules, text,
						       (size_t)len, NULL,
						       &diag),
				  RPCLOG_OK))
			CHECK_STR(diag.text, "");
		rpclog_rules_free(rules);
	}
}

static void
test_builtin(void)
{
	rpclog_rules *rules;
	rpclog_options options;
	rpclog_diag diag;
	rpclog_class class;
	uint32_t last = 0;
	size_t samples = 0;

	CHECK_CASE("built-in rules");
	memset(&diag, 0, sizeof(diag));
	CHECK_STATUS(options_load(&options, NULL), RPCLOG_OK);
	if (!CHECK_STATUS(rpclog_rules_compile(&rules, NULL, 0, NULL, &diag),
			  RPCLOG_OK)) {
		CHECK_STR(diag.text, "");
		return;
	}
	if (!CHECK_STATUS(samples_run(rules, true, &options, &diag), RPCLOG_OK))
		CHECK_STR(diag.text, "");
	for (size_t i = 0; rpclog_rules_class(rules, i, &class); i++) {
		rpclog_class same;

		check_casef("class %s", class.name);
		CHECK(i == 0 || class.id > last);
		last = class.id;
		CHECK(class.title[0] && class.cause[0] && class.remedy[0]);
		CHECK(rpclog_rules_find(rules, class.name, &same) &&
		      same.id == class.id);
		CHECK(rpclog_rules_by_id(rules, class.id, &same) &&
		      same.name == class.name);
		CHECK(!strstr(class.remedy, "0xA8") &&
		      !strstr(class.remedy, "0xA08"));
	}
	CHECK_INT(rpclog_rules_classes(rules), 58);
	CHECK_INT(rpclog_rules_count(rules), 49);
	CHECK(!rpclog_rules_by_id(rules, 1, &class));
	CHECK(!rpclog_rules_find(rules, "none", &class));
	for (size_t i = 0; i < rpclog_rules_count(rules); i++) {
		rpclog_slice log;
		int matches;
		size_t n = 0;

		while (rpclog_rules_sample(rules, i, n, &log, &matches))
			n++;
		check_casef("samples of rule %d", (int)i);
		CHECK(n > 0);
		samples += n;
	}
	CHECK(samples > 150);
	rpclog_rules_free(rules);
}

static const char whole[] =
	"\xef\xbb\xbf# a comment\r\n"
	"define thing first Method,\r\n\tUrlHost in (a,\r\n\t\tb)\r\n\r\n"
	"class mine 1000\r\n  popup likely\r\n  severity high\r\n"
	"  title One line\r\n  cause It goes\r\n    on and\r\n\r\n"
	"  # even so\r\n    on.\r\n"
	"  when thing = b\r\n    & HttpStatus = 503\r\n"
	"  sample Method=b | HttpStatus=503\r\n"
	"class other 1001\n\tpopup no\n\tseverity info\n\ttitle x\n"
	"\twhen UrlHost ~ \"a(b|c)d\"\n\tsample UrlHost=xacd";

static void
test_user(void)
{
	rpclog_rules *rules;
	rpclog_class class;
	rpclog_slice text;
	uint32_t id;
	uint64_t line;

	CHECK_CASE("rules of a user");
	if (!CHECK_STATUS(rpclog_rules_compile(&rules, whole, strlen(whole),
					       NULL, NULL),
			  RPCLOG_OK))
		return;
	CHECK_INT(rpclog_rules_count(rules), 51);
	CHECK_INT(rpclog_rules_rule(rules, 0, &id, &line, &text), 1);
	CHECK_INT(id, 1000);
	CHECK_INT(line, 6);
	CHECK(slice_starts(text, SLICE("class mine 1000\r\n")));
	CHECK(slice_ends_nocase(text, SLICE("HttpStatus=503")));
	CHECK_INT(rpclog_rules_rule(rules, 2, &id, &line, &text), 1);
	CHECK_INT(id, 0);
	CHECK_INT(line, 0);
	CHECK(slice_starts(text, SLICE("class activity 0\n")));
	CHECK_INT(rpclog_rules_rule(rules, 51, &id, &line, &text), 0);
	CHECK(rpclog_rules_find(rules, "mine", &class));
	CHECK_STR(class.cause, "It goes on and on.");
	CHECK_INT(class.popup, RPCLOG_POPUP_LIKELY);
	CHECK_INT(class.severity, RPCLOG_HIGH);
	CHECK_STR(class.remedy, "");
	rpclog_rules_free(rules);
}

static void
test_memory(void)
{
	for (uint64_t n = 1; n < 1000; n++) {
		struct check_memory memory;
		rpclog_rules *rules;
		rpclog_status status;

		check_memory_init(&memory, n);

		rpclog_options options = check_memory_options(&memory);

		check_casef("allocation %d fails", (int)n);
		status = rpclog_rules_compile(&rules, whole, strlen(whole),
					      &options, NULL);
		CHECK(status == RPCLOG_OK || status == RPCLOG_ERR_NOMEM);
		CHECK((status == RPCLOG_OK) == (rules != NULL));
		rpclog_rules_free(rules);
		CHECK_INT(memory.live, 0);
		if (memory.calls < n)
			return;
	}
	CHECK(false);
}

int
main(void)
{
	test_refused();
	test_conditions();
	test_builtin();
	test_user();
	test_memory();
	return check_report();
}
