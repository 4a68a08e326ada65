/* SPDX-License-Identifier: MIT */
/* Findings about Exchange 2010 and 2007: which are there, and whom they hit. */

#include "check_found.h"

static struct check_rows rows;

#define OLD " old t=cas2 p=RpcHttp"
/* Two hours of work at another server, so that there is a time to judge. */
#define DAY "20*0+600 ok u=zoe m=90 c=90;"

static const struct found_case unpatched[] = {
	{ "one failure is enough", "0 krb" OLD,
	  "legacy_unpatched critical cas2 [alice] 1;\n" },
	{ "two servers, two findings",
	  "0 krb" OLD "; 1 krb old t=cas1 p=RpcHttp u=bob; 2 krb" OLD,
	  "legacy_unpatched critical cas2 [alice] 2;\n"
	  "legacy_unpatched critical cas1 [bob] 1;\n" },
	{ "fixed: it works since", "5*0+60 krb" OLD "; 5*4000+60 ok" OLD,
	  "legacy_unpatched info cas2 [alice] 5 over;\n" },
	{ "two successes are not enough to say so",
	  "5*0+60 krb" OLD "; 2*4000+60 ok" OLD,
	  "legacy_unpatched critical cas2 [alice] 5;\n" },
	{ "nor those of another protocol",
	  "5*0+60 krb" OLD "; 5*4000+60 ok old t=cas2 p=Ews",
	  "legacy_unpatched critical cas2 [alice] 5;\n" },
	{ "nor those of before", "5*0+60 ok" OLD "; 5*4000+60 krb" OLD,
	  "legacy_unpatched critical cas2 [alice] 5;\n" },
	{ "a newer server", "5*0+60 krb t=mbx2", "" },
	{ "another status", "5*0+60 skew" OLD, "" },
	{ "one front end alone, and others reach it",
	  "5*0+60 krb s=ex2" OLD "; 20*0+60 ok s=ex1" OLD, "" },
	{ "one front end a little more often",
	  "5*0+60 krb s=ex2" OLD "; 5*0+60 krb s=ex1" OLD
	  "; 5*0+60 ok s=ex1" OLD,
	  "legacy_unpatched critical cas2 [alice] 10;\n" },
};

static const struct found_case secondary[] = {
	{ "another mailbox", "0 ok; 9 krb m=2" OLD,
	  "secondary_mailbox high cas2 [alice] 1;\n" },
	{ "without NTLM, too", "0 ok; 9 refuse m=2" OLD,
	  "secondary_mailbox high cas2 [alice] 1;\n" },
	{ "the server alone is named", "0 ok; 9 krb UrlQuery=?cas2:6001" OLD,
	  "secondary_mailbox high cas2 [alice] 1;\n" },
	{ "of two users one", "0 ok; 9 krb m=2" OLD "; 9 krb u=bob m=2 c=2" OLD,
	  "secondary_mailbox high cas2 [alice] 1;\n" },
	{ "over", "0 ok; 5*9+60 krb m=2" OLD "; 5*4000+60 ok m=2" OLD,
	  "secondary_mailbox info cas2 [alice] 5 over;\n" },
	{ "the same mailbox", "0 ok; 9 krb m=1" OLD, "" },
	{ "no Mapi", "0 ok p=Ews; 9 krb m=2" OLD, "" },
	{ "Mapi that does not work", "0 deny; 9 krb m=2" OLD, "" },
	{ "somebody else's Mapi", "0 ok u=bob; 9 krb m=2" OLD, "" },
	{ "Ews to the other", "0 ok; 9 krb m=2 old t=cas2 p=Ews", "" },
	{ "a newer server", "0 ok; 9 krb m=2 t=mbx2 p=RpcHttp", "" },
	{ "another failure", "0 ok; 9 down m=2" OLD, "" },
	{ "it works", "0 ok; 9 ok m=2" OLD, "" },
	{ "nobody is known", "0 basic c=7; 9 krb m=2 u=- c=8" OLD, "" },
};

static const struct found_case no_ntlm[] = {
	{ "one failure is enough", "0 refuse" OLD,
	  "legacy_no_ntlm high cas2 [alice] 1;\n" },
	{ "fixed", "5*0+60 refuse" OLD "; 5*4000+60 ok" OLD,
	  "legacy_no_ntlm info cas2 [alice] 5 over;\n" },
	{ "users", "0 refuse" OLD "; 2*5+1 refuse u=bob" OLD,
	  "legacy_no_ntlm high cas2 [bob, alice] 3;\n" },
	{ "a newer server", "0 refuse t=mbx2", "" },
	{ "a bad token", "0 krb" OLD, "" },
	{ "it works", "0 ok" OLD, "" },
	{ "the front end refused", "0 deny" OLD, "" },
};

static const struct found_case dependency[] = {
	{ "who uses it", "0 ok" OLD "; 9 ok u=bob c=2 m=2" OLD,
	  "legacy_dependency info cas2 [alice, bob] 2;\n" },
	{ "failures are use", "0 down" OLD,
	  "legacy_dependency info cas2 [alice] 1;\n" },
	{ "two servers", "2*0+1 ok" OLD "; 5 ok old t=cas1",
	  "legacy_dependency info cas2 [alice] 2;\n"
	  "legacy_dependency info cas1 [alice] 1;\n" },
	{ "long ago", DAY "1 ok" OLD,
	  "legacy_dependency info cas2 [alice] 1 over;\n" },
	{ "newer servers", "0 ok t=mbx1; 1 ok t=mbx2 p=RpcHttp", "" },
	{ "probes", "0 probe" OLD, "" },
	{ "no target", "0 ok old t=- p=RpcHttp", "" },
};

/* What the texts say beside names and numbers. */
static const struct {
	const char *name, *rows, *ids, *says, *never;
} words[] = {
	{ "the beginning", "5*0+60 ok" OLD "; 5*4000+60 krb" OLD,
	  "legacy_unpatched", "It began at 2026-03-02 11:06",
	  "may have begun" },
	{ "an unknown beginning", "5*0+60 krb" OLD, "legacy_unpatched",
	  "may have begun earlier", "It began" },
	{ "a machine that works",
	  "5*0+60 krb" OLD "; 3*0+60 ok old t=cas1 p=RpcHttp",
	  "legacy_unpatched", "cas1, also an Exchange 2010 or 2007 server",
	  "mbx1, also" },
	{ "a machine that fails, too",
	  "5*0+60 krb" OLD "; 3*0+60 ok old t=cas1 p=RpcHttp;"
	  "5 krb old t=cas1 p=RpcHttp",
	  "legacy_unpatched", "KB3140410", "cas1, also" },
	{ "passwords are right", "0 ok; 5*0+60 krb" OLD, "legacy_unpatched",
	  "wrong passwords are not the cause", NULL },
	{ "nothing is known of passwords", "5*0+60 krb" OLD, "legacy_unpatched",
	  "KB3140410", "wrong passwords" },
	{ "fixed without a restart", "5*0+60 krb" OLD "; 5*300+60 ok" OLD,
	  "legacy_unpatched", "fits the stop-gap", "fits a restart" },
	{ "others saw no restart",
	  "5*0+60 krb" OLD "; 9*250+300 ok old t=cas2 p=Ews;"
	  "5*4000+60 ok" OLD,
	  "legacy_unpatched", "fits the stop-gap", "does not show" },
	{ "nobody asked meanwhile", "5*0+60 krb" OLD "; 5*4000+60 ok" OLD,
	  "legacy_unpatched", "the log does not show", "fits the stop-gap" },
	{ "it worked before and since, within an hour",
	  "5*0+60 ok" OLD "; 5*1000+60 krb" OLD "; 5*2000+60 ok" OLD,
	  "legacy_unpatched", "Fixed since 2026-03-02 10:33", "can't use" },
	{ "it began and goes on, within an hour",
	  "5*0+60 ok" OLD "; 5*1000+60 krb" OLD "; 2000 ok" OLD,
	  "legacy_unpatched", "It began at 2026-03-02 10:16",
	  "requests worked" },
	{ "it began within a quarter of an hour",
	  "5*0+60 ok" OLD "; 5*300+60 krb" OLD "; 700 ok" OLD,
	  "legacy_unpatched", "It began at 2026-03-02 10:05", "not one" },
	{ "fixed by a restart",
	  "5*0+60 krb" OLD "; 3*1000+9 down" OLD "; 5*4000+60 ok" OLD,
	  "legacy_unpatched", "that fits a restart", "fits the stop-gap" },
	{ "thirty days apart",
	  "3*0+60 krb" OLD "; 9*90000+60 ok" OLD "; 3*2592000+60 krb" OLD,
	  "legacy_unpatched", "30 days apart", NULL },
	{ "three weeks apart",
	  "3*0+60 krb" OLD "; 9*90000+60 ok" OLD "; 3*1814400+60 krb" OLD,
	  "legacy_unpatched", "KB3140410", "days apart" },
	{ "one front end", "0 krb" OLD, "legacy_unpatched",
	  "It came from the front end", "front ends alike" },
	{ "two front ends", "0 krb" OLD "; 1 krb s=ex2" OLD, "legacy_unpatched",
	  "from 2 front ends alike", "came from the front end" },
	{ "other mailboxes, and none named",
	  "0 ok; 9 krb m=2" OLD "; 9 krb UrlQuery=?cas2:6001" OLD,
	  "secondary_mailbox", "name the server alone", NULL },
	{ "all are named", "0 ok; 9 krb m=2" OLD, "secondary_mailbox",
	  "-AutoMapping $false", "name the server alone" },
	{ "who is fine", "0 ok; 9 krb m=2" OLD "; 5 ok u=bob c=2 m=3",
	  "secondary_mailbox", "1 other user uses newer servers alone",
	  "2010 or 2007 alone" },
	{ "no name out of a log in a command", "0 krb old t=$(x)`y` p=RpcHttp",
	  "legacy_unpatched", "-ComputerName NAME", "-ComputerName '$" },
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

int
main(void)
{
	check_rows_init(&rows);
	check_found_cases(&rows, "legacy_unpatched", unpatched,
			  ARRAY_LEN(unpatched));
	check_found_cases(&rows, "secondary_mailbox", secondary,
			  ARRAY_LEN(secondary));
	check_found_cases(&rows, "legacy_no_ntlm", no_ntlm, ARRAY_LEN(no_ntlm));
	check_found_cases(&rows, "legacy_dependency", dependency,
			  ARRAY_LEN(dependency));
	test_words();
	check_rows_free(&rows);
	return check_report();
}
