/* SPDX-License-Identifier: MIT */
/*
 * Refused logons: whose fault they are.  Each threshold is met once and missed
 * once, and every row belongs to one finding.
 */

#include "check_findings.h"

static struct check_rows rows;

#define IDS "credentials_rejected|frontend_logon|password_spray|brute_force"
/* Long after all else, so that no leg is too recent. */
#define END "; 18000 clock s=CAS01; 18000 clock s=CAS02"
/* Twelve people that got in at home, each with a mailbox. */
#define STAFF "12*-3600+1 ok u=C\\u# m=# c=#;"

#define CRED "credentials_rejected "

static const struct {
	const char *name, *rows, *want;
} cases[] = {
	{ "nobody", STAFF, "" },
	{ "an ordinary logon", "2*0+1 leg; 3 ok; 2*60+1 leg; 64 ok", "" },
	/* ---- one user, one device ---- */
	{ "three legs", "3*0+1 leg",
	  CRED "mailbox:11111111-2222-3333-4444-"
	       "555555555501@contoso.com 1 3; " },
	{ "of a known user", STAFF "3*0+1 leg m=3 c=3", CRED "C\\x5cu3 1 3; " },
	{ "at two addresses", STAFF "3*0+1 leg m=3 c=3; 3*0+1 leg m=3 c=4",
	  CRED "C\\x5cu3 1 6; " },
	{ "an RPC channel", STAFF "3*0+1 leg m=3 c=3 p=RpcHttp x=RPC_OUT_DATA",
	  CRED "C\\x5cu3 1 3; " },
	{ "Basic without a name", "2*0+1 basic m=-",
	  CRED "client:192.0.2.1 0 2; " },
	{ "without an address", "2*0+1 basic m=- c=-", CRED "client: 0 2; " },
	{ "a back end's refusal is none", "9*0+1 fail", "" },
	/* ---- one address, many users ---- */
	{ "ten rows, five users", STAFF "10*0+1 basic m=#/2 c=203.0.113.7",
	  "password_spray 203.0.113.7 5 10; " },
	{ "nine rows", STAFF "9*0+1 basic m=#/2 c=203.0.113.7",
	  CRED "C\\x5cu1 1 2; " CRED "C\\x5cu2 1 2; " CRED "C\\x5cu3 1 2; " CRED
	       "C\\x5cu4 1 2; " CRED "C\\x5cu5 1 1; " },
	{ "four users", STAFF "12*0+1 basic m=#/3 c=203.0.113.7",
	  CRED "C\\x5cu1 1 3; " CRED "C\\x5cu2 1 3; " CRED "C\\x5cu3 1 3; " CRED
	       "C\\x5cu4 1 3; " },
	{ "a guess that hit",
	  STAFF "10*0+1 basic m=#/2 c=203.0.113.7;"
		"99 ok u=C\\u2 m=2 c=203.0.113.7",
	  "password_spray 203.0.113.7 5 10; " },
	{ "as many get in: users behind a router",
	  STAFF "10*0+1 basic m=#/2 c=203.0.113.7;"
		"5*-99+1 ok u=C\\u# m=# c=203.0.113.7",
	  CRED "C\\x5cu1 1 2; " CRED "C\\x5cu2 1 2; " CRED "C\\x5cu3 1 2; " CRED
	       "C\\x5cu4 1 2; " CRED "C\\x5cu5 1 2; " },
	{ "one fewer gets in",
	  STAFF "10*0+1 basic m=#/2 c=203.0.113.7;"
		"4*-99+1 ok u=C\\u# m=# c=203.0.113.7",
	  "password_spray 203.0.113.7 5 10; " },
	{ "from within", STAFF "10*0+1 basic m=#/2 c=10.0.0.7",
	  "password_spray 10.0.0.7 5 10; " },
	{ "nobody has an address", STAFF "10*0+1 basic m=#/2 c=-",
	  CRED "C\\x5cu1 1 2; " CRED "C\\x5cu2 1 2; " CRED "C\\x5cu3 1 2; " CRED
	       "C\\x5cu4 1 2; " CRED "C\\x5cu5 1 2; " },
	{ "no names, from the internet", "50*0+9 basic m=- c=203.0.113.7",
	  "password_spray 203.0.113.7 0 50; " },
	{ "a row less", "49*0+9 basic m=- c=203.0.113.7",
	  CRED "client:203.0.113.7 0 49; " },
	{ "from within: a telephone", "400*0+5 basic m=- c=10.0.0.7",
	  CRED "client:10.0.0.7 0 400; " },
	{ "somebody is at home there",
	  "50*0+9 basic m=- c=203.0.113.7; 0 ok c=203.0.113.7",
	  CRED "client:203.0.113.7 0 50; " },
	/* ---- one user, many addresses ---- */
	{ "fifty rows from eight", STAFF "50*0+99 basic m=4 c=203.0.113.#%8",
	  "brute_force C\\x5cu4 1 50; " },
	{ "forty-nine", STAFF "49*0+99 basic m=4 c=203.0.113.#%8",
	  CRED "C\\x5cu4 1 49; " },
	{ "from seven", STAFF "50*0+99 basic m=4 c=203.0.113.#%7",
	  CRED "C\\x5cu4 1 50; " },
	{ "three hundred in an hour", STAFF "300*700+11 basic m=4 c=10.0.0.7",
	  "brute_force C\\x5cu4 1 300; " },
	{ "in a little more", STAFF "300*700+16 basic m=4 c=10.0.0.7",
	  CRED "C\\x5cu4 1 300; " },
	{ "an address is nobody", "300*0+11 basic m=- c=10.0.0.7",
	  CRED "client:10.0.0.7 0 300; " },
	/* ---- a front end ---- */
	{ "ten of twelve", STAFF "30*60+1 leg m=#/3 c=#/3",
	  "frontend_logon CAS01 10 30; " },
	{ "the others of the hour get in",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 40*60+1 ok u=D\\u# m=50 c=#",
	  CRED "C\\x5cu1 1 3; " CRED "C\\x5cu10 1 3; " CRED
	       "C\\x5cu2 1 3; " CRED "C\\x5cu3 1 3; " CRED "C\\x5cu4 1 3; " CRED
	       "C\\x5cu5 1 3; " CRED "C\\x5cu6 1 3; " CRED "C\\x5cu7 1 3; " CRED
	       "C\\x5cu8 1 3; " CRED "C\\x5cu9 1 3; " },
	{ "at another front end they do",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 40*60+1 ok u=D\\u# m=50 c=# s=CAS02",
	  "frontend_logon CAS01 10 30; " },
	{ "a few are refused there, too",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 40*60+1 ok u=D\\u# m=50 c=# s=CAS02;"
		"3*60+1 basic m=- c=10.9.9.# s=CAS02",
	  "frontend_logon CAS01 10 30; " CRED "client:10.9.9.1 0 1; " CRED
	  "client:10.9.9.2 0 1; " CRED "client:10.9.9.3 0 1; " },
	{ "both front ends: not the server",
	  "10*60+1 basic m=- c=10.9.9.#; 4*60+1 basic m=- c=10.9.8.# s=CAS02",
	  CRED "client:10.9.8.1 0 1; " CRED "client:10.9.8.2 0 1; " CRED
	       "client:10.9.8.3 0 1; " CRED "client:10.9.8.4 0 1; " CRED
	       "client:10.9.9.1 0 1; " CRED "client:10.9.9.10 0 1; " CRED
	       "client:10.9.9.2 0 1; " CRED "client:10.9.9.3 0 1; " CRED
	       "client:10.9.9.4 0 1; " CRED "client:10.9.9.5 0 1; " CRED
	       "client:10.9.9.6 0 1; " CRED "client:10.9.9.7 0 1; " CRED
	       "client:10.9.9.8 0 1; " CRED "client:10.9.9.9 0 1; " },
	{ "devices without names", "10*60+1 basic m=- c=10.9.9.#",
	  "frontend_logon CAS01 0 10; " },
	{ "strangers without names", "6*60+1 basic m=- c=203.0.113.#",
	  CRED "client:203.0.113.1 0 1; " CRED "client:203.0.113.2 0 1; " CRED
	       "client:203.0.113.3 0 1; " CRED "client:203.0.113.4 0 1; " CRED
	       "client:203.0.113.5 0 1; " CRED "client:203.0.113.6 0 1; " },
	{ "nine", STAFF "9*60+1 basic m=# c=# ",
	  CRED "C\\x5cu1 1 1; " CRED "C\\x5cu2 1 1; " CRED "C\\x5cu3 1 1; " CRED
	       "C\\x5cu4 1 1; " CRED "C\\x5cu5 1 1; " CRED "C\\x5cu6 1 1; " CRED
	       "C\\x5cu7 1 1; " CRED "C\\x5cu8 1 1; " CRED "C\\x5cu9 1 1; " },
	{ "an edge before the hour, and one long after",
	  STAFF "30*60+1 leg m=#/3 c=#/3; -600 basic m=1 c=1;"
		"9000 basic m=2 c=2",
	  "frontend_logon CAS01 10 31; " CRED "C\\x5cu2 1 1; " },
	{ "a stranger among them",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 3*60+1 leg m=12 c=203.0.113.7",
	  "frontend_logon CAS01 10 30; " CRED "C\\x5cu12 1 3; " },
	{ "a spray in the same hour",
	  STAFF "30*60+1 leg m=#/3 c=#/3;"
		"10*60+1 basic m=#/2 c=203.0.113.7",
	  "frontend_logon CAS01 10 30; password_spray 203.0.113.7 5 10; " },
	{ "who tries without a pause at a broken front end",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 300*60+11 basic m=11 c=11",
	  "frontend_logon CAS01 11 330; " },
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

/* ---- what they say ---------------------------------------------------------
 */

static const struct {
	const char *name, *rows;
	const char *said;     /* must stand there */
	const char *not_said; /* must not; NULL: nothing */
} words[] = {
	{ "got in later", STAFF "3*0+1 leg m=3 c=3; 900 ok u=C\\u3 m=3 c=3",
	  "one program or device has an old password", "not once since" },
	{ "never since", STAFF "3*0+1 leg m=3 c=3", "not once since",
	  "has an old password" },
	{ "only suspected", STAFF "3*0+1 leg m=3 c=3 p=RpcHttp x=RPC_OUT_DATA",
	  "were probably refused, 3 times", NULL },
	{ "by telephone", STAFF "2*0+1 basic m=3 c=3 p=Eas",
	  "comes by ActiveSync", "keymgr" },
	{ "by Outlook", STAFF "2*0+1 basic m=3 c=3", "control keymgr.dll",
	  "ActiveSync" },
	{ "a domain's account", STAFF "1*0 basic m=3 c=3",
	  "Get-ADUser -Identity 'u3' ", NULL },
	{ "a UPN", "0 ok u=u3@contoso.com m=3; 9 basic m=3",
	  "{UserPrincipalName -eq 'u3@contoso.com'}", NULL },
	{ "a name that is no harmless word", "0 ok u=C\\$(x)'; 9 basic",
	  "Get-ADUser -Identity NAME", "Identity '" },
	{ "what only IIS knows", "9 basic", "W3SVC1", "IIS, its web server" },
	{ "nobody got in there", STAFF "10*0+1 basic m=#/2 c=203.0.113.7",
	  "Nobody got in from there", "may have been guessed" },
	{ "a guess that hit",
	  STAFF "10*0+1 basic m=#/2 c=203.0.113.7;"
		"99 ok u=C\\u2 m=2 c=203.0.113.7",
	  "may have been guessed", "Nobody got in" },
	{ "got in before, not after",
	  STAFF "10*0+1 basic m=#/2 c=203.0.113.7;"
		"-9 ok u=C\\u2 m=2 c=203.0.113.7",
	  "One user got in from there", "may have been guessed" },
	{ "a spray by Windows logons", STAFF "15*0+1 leg m=#/3 c=203.0.113.7",
	  "New-NetFirewallRule", "-BasicAuthentication" },
	{ "a spray under a word that is no address",
	  STAFF "10*0+1 basic m=#/2 c=unknown", "(c-ip)",
	  "New-NetFirewallRule" },
	{ "a spray from an address", STAFF "10*0+1 basic m=#/2 c=203.0.113.7",
	  "New-NetFirewallRule", "(c-ip)" },
	{ "a device known by no address", "9*0+1 basic m=- c=unknown",
	  "Somebody whose address is not in the log", "Somebody at" },
	{ "which front end works",
	  STAFF "30*60+1 leg m=#/3 c=#/3; 60 ok u=D\\u1 m=50 s=CAS02",
	  "At the front end \\x01CAS02\\x02 users got in",
	  "No other front end" },
	{ "the only one", STAFF "30*60+1 leg m=#/3 c=#/3", "No other front end",
	  "compare the two" },
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
		if (words[i].not_said &&
		    !CHECK(strstr(got.ptr, words[i].not_said) == NULL))
			CHECK_STR(got.ptr, words[i].not_said);
		check_text_free(&got);
		check_text_free(&text);
	}
}

int
main(void)
{
	check_rows_init(&rows);
	test_cases();
	test_words();
	check_rows_free(&rows);
	return check_report();
}
