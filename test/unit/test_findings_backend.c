/* SPDX-License-Identifier: MIT */
/* Findings about newer servers: down, without TLS, slow, refusing. */

#include "check_found.h"

static struct check_rows rows;

#define T2 " t=mbx2"

static const struct found_case down[] = {
	{ "three", "3*0+60 down" T2, "backend_down high mbx2 [alice] 3;\n" },
	{ "of both kinds", "2*0+60 down" T2 "; 9 dns u=bob" T2,
	  "backend_down high mbx2 [alice, bob] 3;\n" },
	{ "still down after hours of work",
	  "9*0+600 ok" T2 "; 3*9000+60 down" T2,
	  "backend_down high mbx2 [alice] 3;\n" },
	{ "still at times", "9*0+600 ok" T2 "; 9*1+600 down" T2,
	  "backend_down high mbx2 [alice] 9;\n" },
	{ "seldom: medium", "200*0+60 ok" T2 "; 3*100+5900 down" T2,
	  "backend_down medium mbx2 [alice] 3;\n" },
	{ "a restart", "9*0+60 ok" T2 "; 9*600+10 down" T2 "; 9*900+60 ok" T2,
	  "backend_down info mbx2 [alice] 9 over;\n" },
	{ "a longer one that is over",
	  "9*0+60 ok" T2 "; 9*600+60 down" T2 "; 9*1200+600 ok" T2,
	  "backend_down low mbx2 [alice] 9 over;\n" },
	{ "at its pace, the next may be still to come",
	  "9*0+60 ok" T2 "; 3*600+600 down" T2 "; 3*1860+360 ok" T2,
	  "backend_down high mbx2 [alice] 3;\n" },
	{ "at its pace, three more would have come",
	  "9*0+60 ok" T2 "; 3*600+600 down" T2 "; 3*1860+720 ok" T2,
	  "backend_down low mbx2 [alice] 3 over;\n" },
	{ "four minutes are too few",
	  "9*0+60 ok" T2 "; 9*600+10 down" T2 "; 3*700+110 ok" T2,
	  "backend_down high mbx2 [alice] 9;\n" },
	{ "five are not",
	  "9*0+60 ok" T2 "; 9*600+10 down" T2 "; 3*700+140 ok" T2,
	  "backend_down info mbx2 [alice] 9 over;\n" },
	{ "two", "2*0+60 down" T2, "" },
	{ "two and two", "2*0+60 down" T2 "; 2*0+60 down t=mbx3", "" },
	{ "another transport failure", "9*0+60 late" T2, "" },
	{ "no target", "9*0+60 down t=-", "" },
	{ "a back end's own 503",
	  "9*0+60 ok HttpStatus=503 BackEndStatus=503" T2, "" },
	{ "probes", "9*0+60 probe BackEndStatus=ConnectFailure" T2, "" },
};

static const struct found_case tls[] = {
	{ "one is enough", "0 tls" T2, "backend_tls high mbx2 [alice] 1;\n" },
	{ "trust", "0 cert" T2, "backend_tls high mbx2 [alice] 1;\n" },
	{ "over", "0 tls" T2 "; 9*60+60 ok" T2,
	  "backend_tls low mbx2 [alice] 1 over;\n" },
	{ "over for others only", "0 tls" T2 "; 9*60+60 ok",
	  "backend_tls high mbx2 [alice] 1;\n" },
	{ "down", "9*0+1 down" T2, "" },
	{ "none", "9*0+1 ok" T2, "" },
	{ "words of it", "9*0+1 ok GenericErrors=SecureChannelFailure" T2, "" },
};

/* Slow and quick requests of fifty. */
#define SLOW(n, column) n "*0+9 ok TotalRequestTime=2500 " column "=2000" T2 ";"
#define QUICK(n)	n "*1+9 ok" T2 ";"
#define ANSWER		"BackendProcessingLatency"

static const struct found_case slow[] = {
	{ "one in ten", SLOW("5", ANSWER) QUICK("45"),
	  "backend_slow medium mbx2 [] 5;\n" },
	{ "another phase", SLOW("5", "KerberosAuthHeaderLatency") QUICK("45"),
	  "backend_slow medium mbx2 [] 5;\n" },
	{ "three timeouts", "3*0+9 late" T2,
	  "backend_slow medium mbx2 [alice] 3;\n" },
	{ "three of very many", "3*0+9 late" T2 "; 400*1+9 ok" T2,
	  "backend_slow low mbx2 [alice] 3;\n" },
	{ "both", SLOW("5", ANSWER) QUICK("45") "3*0+9 late u=bob" T2,
	  "backend_slow medium mbx2 [bob] 8;\n" },
	{ "forty-nine requests", SLOW("5", ANSWER) QUICK("44"), "" },
	{ "fewer than one in ten", SLOW("5", ANSWER) QUICK("46"), "" },
	{ "two timeouts", "2*0+9 late" T2, "" },
	{ "two phases, each too seldom",
	  SLOW("4", ANSWER) SLOW("4", "BackendReqInitLatency") QUICK("45"),
	  "" },
	{ "a millisecond less",
	  "50*0+9 ok TotalRequestTime=2500 " ANSWER "=1999" T2, "" },
	{ "a phase of the client",
	  "50*0+9 ok TotalRequestTime=9000 ClientReqStreamLatency=9000" T2,
	  "" },
	{ "waiting for news",
	  "50*0+9 ok ClientRequestId=R:1^RT:NotificationWait "
	  "TotalRequestTime=9000 " ANSWER "=9000" T2,
	  "" },
	{ "channels",
	  "50*0+9 ok p=RpcHttp TotalRequestTime=9000 " ANSWER "=9000" T2, "" },
	{ "failures", "50*0+9 deny TotalRequestTime=9000 " ANSWER "=9000" T2,
	  "" },
};

static const struct found_case auth[] = {
	{ "a refusal", "0 refuse" T2, "backend_auth high mbx2 [alice] 1;\n" },
	{ "a bad token from a newer server", "0 krb" T2,
	  "backend_auth high mbx2 [alice] 1;\n" },
	{ "another status from an old one", "0 skew old t=cas2",
	  "backend_auth high cas2 [alice] 1;\n" },
	{ "two classes, two findings", "2*0+1 skew" T2 "; 5 refuse u=bob" T2,
	  "backend_auth high mbx2 [alice] 2;\n"
	  "backend_auth high mbx2 [bob] 1;\n" },
	{ "over", "5*0+60 skew" T2 "; 5*4000+60 ok" T2,
	  "backend_auth info mbx2 [alice] 5 over;\n" },
	{ "of another protocol it works",
	  "5*0+60 skew" T2 "; 5*4000+60 ok p=Ews" T2,
	  "backend_auth high mbx2 [alice] 5;\n" },
	{ "from everywhere", "5*0+60 skew" T2 "; 5*0+60 skew s=ex2" T2,
	  "backend_auth high mbx2 [alice] 10;\n" },
	{ "one front end, nobody else asked",
	  "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1",
	  "backend_auth high mbx2 [alice] 5;\n" },
	{ "others asked too seldom to tell",
	  "5*0+60 skew s=ex2" T2 "; 2*0+60 ok s=ex1" T2,
	  "backend_auth high mbx2 [alice] 5;\n" },
	{ "one failure among a hundred is no front end's",
	  "999 skew s=ex2" T2 "; 99*1+1 ok s=ex2" T2 "; 99*999+1 ok s=ex1" T2,
	  "backend_auth high mbx2 [alice] 1;\n" },
	{ "one front end", "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2,
	  "frontend_kerberos high ex2 [alice] 5;\n" },
	{ "one front end that works most of the time",
	  "5*0+60 skew s=ex2" T2 "; 20*0+60 ok s=ex2" T2
	  "; 40*0+60 ok s=ex1" T2,
	  "frontend_kerberos high ex2 [alice] 5;\n" },
	{ "at all its targets",
	  "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2
	  "; 5*0+60 krb u=bob s=ex2 old t=cas2; 9*0+60 ok s=ex1 old t=cas2",
	  "frontend_kerberos high ex2 [alice, bob] 10;\n" },
	{ "and at one that only it asks",
	  "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2
	  "; 5*0+60 skew s=ex2 t=mbx9",
	  "frontend_kerberos high ex2 [alice] 10;\n" },
	{ "but one of them fails from everywhere",
	  "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2
	  "; 5*0+60 skew s=ex2 t=mbx3; 9*0+60 skew s=ex1 t=mbx3",
	  "backend_auth high mbx3 [alice] 14;\n"
	  "backend_auth high mbx2 [alice] 5;\n" },
	{ "others worked before and since, in the same hour",
	  "9*0+60 ok s=ex1" T2 "; 9*0+60 ok s=ex2" T2
	  "; 9*1200+30 skew s=ex2" T2 "; 9*2400+60 ok s=ex1" T2
	  "; 2*2400+60 ok s=ex2" T2,
	  "backend_auth info mbx2 [alice] 9 over;\n" },
	{ "others worked only before",
	  "5*4000+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2,
	  "backend_auth high mbx2 [alice] 5;\n" },
	{ "2010 refuses: another finding", "0 refuse old t=cas2", "" },
	{ "2010 has no token: another finding", "0 krb old t=cas2", "" },
	{ "the front end refuses", "0 deny" T2, "" },
	{ "no user", "0 refuse u=-" T2, "" },
	{ "a probe", "0 probe BackEndStatus=401" T2, "" },
	{ "403", "0 ok HttpStatus=403 BackEndStatus=403" T2, "" },
};

static const struct found_case prompting[] = {
	{ "to a target", "0 oauth" T2,
	  "prompting_failure high mbx2 [alice] 1;\n" },
	{ "to none", "0 oauth t=- s=ex7",
	  "prompting_failure high ex7 [alice] 1;\n" },
	{ "each class and machine",
	  "2*0+1 oauth" T2 "; 5 oauth t=mbx3;"
	  "6 ok HttpStatus=404 ErrorCode=UserNotFound" T2,
	  "prompting_failure high mbx2 [alice] 2;\n"
	  "prompting_failure high mbx3 [alice] 1;\n"
	  "prompting_failure medium mbx2 [alice] 1;\n" },
	{ "a low one", "0 deny" T2, "prompting_failure low mbx2 [alice] 1;\n" },
	{ "of nobody who is known", "0 oauth u=- m=-" T2,
	  "prompting_failure low mbx2 [] 1;\n" },
	{ "classes with findings of their own",
	  "0 krb" T2 "; 1 skew" T2 "; 2 refuse" T2 "; 3 refuse old t=cas2;"
	  "5*4+1 basic" T2,
	  "" },
	{ "that do not ask",
	  "0 down" T2 "; 1 late" T2 "; 2 ok HttpStatus=403" T2
	  "; 3 ok HttpStatus=500" T2,
	  "" },
	{ "work", "0 ok" T2, "" },
	{ "a probe", "0 probe ErrorCode=InvalidOAuthToken" T2, "" },
};

static const struct {
	const char *name, *rows, *ids, *says, *never;
} words[] = {
	{ "a name that DNS lacks", "3*0+1 dns" T2, "backend_down",
	  "Resolve-DnsName 'mbx2'", "Test-NetConnection" },
	{ "a closed port", "3*0+1 down" T2, "backend_down",
	  "Test-NetConnection 'mbx2' -Port 444", "Resolve-DnsName" },
	{ "the port of 2010", "3*0+1 down old t=cas2", "backend_down",
	  "Test-NetConnection 'cas2' -Port 443", "-Port 444" },
	{ "one front end, and the others reach it",
	  "3*0+1 down s=ex2" T2 "; 3*0+1 ok s=ex1" T2, "backend_down",
	  "requests from ex1 worked: look at ex2, too", "front ends alike" },
	{ "all front ends", "3*0+1 down s=ex2" T2 "; 3*0+1 down s=ex1" T2,
	  "backend_down", "from 2 front ends alike", "look at ex" },
	{ "the others reached it before",
	  "3*0+1 ok s=ex1" T2 "; 3*9000+1 down s=ex2" T2, "backend_down",
	  "came from the front end ex2. Whether", "look at ex2" },
	{ "numbers in a row", "3*0+1 down" T2, "backend_down",
	  "3 requests failed since", "2026-03-02 10:00 3" },
	{ "worked after, but too little to call it over",
	  "3*0+1 down" T2 "; 60 ok" T2, "backend_down", "at times",
	  "none worked" },
	{ "another machine is fine", "3*0+1 down" T2 "; 3*0+1 ok t=mbx3",
	  "backend_down", "mbx3, also an Exchange 2013 or newer server", NULL },
	{ "it is not of the same kind", "3*0+1 down" T2 "; 3*0+1 ok old t=cas2",
	  "backend_down", "mbx2", "cas2, also" },
	{ "the phase by name", SLOW("5", "BackendReqInitLatency") QUICK("45"),
	  "backend_slow", "opening the request to it (BackendReqInitLatency)",
	  "BackendProcessingLatency" },
	{ "clocks", "0 skew" T2, "backend_auth", "w32tm /stripchart", NULL },
	{ "names at two accounts", "0 krb" T2, "backend_auth", "setspn -X",
	  NULL },
	{ "a server that works is not to be repaired",
	  "5*0+60 krb s=ex2" T2 "; 9*0+60 ok s=ex1" T2, "frontend_kerberos",
	  "On ex2 test the tie of its machine account", "KB3140410" },
	{ "the clock first", "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2,
	  "frontend_kerberos", "others.\nOn ex2 compare its clock", NULL },
	{ "a step once",
	  SLOW("5", "KerberosAuthHeaderLatency=2500 "
		    "CalculateTargetBackEndLatency") QUICK("45"),
	  "backend_slow", "CurrentGlobalCatalogs\nnltest", NULL },
	{ "take it out", "5*0+60 skew s=ex2" T2 "; 9*0+60 ok s=ex1" T2,
	  "frontend_kerberos", "take ex2 out of the load balancer", NULL },
	{ "nothing of a log is run", "0 skew t=`x`$(y)", "backend_auth",
	  "/computer:NAME", "/computer:'" },
};

static void
test_words(void)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct check_text got = { 0 };

		CHECK_CASE(words[i].name);
		check_found_told(&got, &rows, words[i].rows, words[i].ids);
		if (!CHECK(strstr(got.ptr, words[i].says) != NULL) ||
		    !CHECK(!words[i].never || !strstr(got.ptr, words[i].never)))
			CHECK_STR(got.ptr, words[i].says);
		check_text_free(&got);
	}
}

/* More targets than are looked at: a stranger can name any. */
static void
test_limit(void)
{
	struct check_text got = { 0 };
	size_t findings = 0;

	CHECK_CASE("sixty targets");
	check_found_told(&got, &rows, "60*0+1 skew t=made#; 2*99+1 skew" T2,
			 "backend_auth");
	for (const char *at = got.ptr; (at = strstr(at, "backend_auth high"));
	     at++)
		findings++;
	CHECK_INT(findings, 50);
	CHECK(strstr(got.ptr, "backend_auth high mbx2 [alice] 2;") == got.ptr);
	CHECK(strstr(got.ptr, "11 more servers that fail like this one") !=
	      NULL);
	check_text_free(&got);
}

int
main(void)
{
	check_rows_init(&rows);
	check_found_cases(&rows, "backend_down", down, ARRAY_LEN(down));
	check_found_cases(&rows, "backend_tls", tls, ARRAY_LEN(tls));
	check_found_cases(&rows, "backend_slow", slow, ARRAY_LEN(slow));
	check_found_cases(&rows, "backend_auth frontend_kerberos", auth,
			  ARRAY_LEN(auth));
	check_found_cases(&rows, "prompting_failure", prompting,
			  ARRAY_LEN(prompting));
	test_words();
	test_limit();
	check_rows_free(&rows);
	return check_report();
}
