/* SPDX-License-Identifier: MIT */
/* Findings about clients: old ones, Mapi that is not used, certificates. */

#include "check_found.h"

static struct check_rows rows;

#define OFFICE(windows, outlook)                                               \
	"a=Microsoft~Office/16.0~(Windows~NT~" windows                         \
	"^~Microsoft~Outlook~" outlook "^~Pro)"
#define NEW  OFFICE("10.0", "16.0.5317")
#define W7   OFFICE("6.1", "16.0.5317")
#define O14  OFFICE("10.0", "14.0.7268")
#define O15  OFFICE("10.0", "15.0.4859")
#define RPC  " p=RpcHttp a=MSRPC"
#define TLS  "tls_old_clients medium "
#define MAPI "mapi_possible low Outlook Anywhere "

static const struct found_case old[] = {
	{ "Windows 7", "0 ok " W7,
	  TLS "Windows 7 or Server 2008 R2 [alice] 1;\n" },
	{ "Outlook 2010", "0 ok " O14, TLS "Outlook 2010 [alice] 1;\n" },
	{ "Outlook 2013", "0 ok " O15, TLS "Outlook 2013 [alice] 1;\n" },
	{ "both", "0 ok " OFFICE("6.1", "14.0.7268"),
	  TLS "Outlook 2010 [alice] 1;\n" TLS
	      "Windows 7 or Server 2008 R2 [alice] 1;\n" },
	{ "older than that",
	  "0 ok " OFFICE("6.0", "16.0") ";1 ok u=bob " OFFICE("5.1", "16.0"),
	  TLS "Windows Vista, XP or their servers [alice, bob] 2;\n" },
	{ "two users of many",
	  "0 ok " W7 "; 3*1+1 ok u=bob c=2 " W7 "; 9 ok u=carl c=3 " NEW,
	  TLS "Windows 7 or Server 2008 R2 [bob, alice] 4;\n" },
	{ "nothing works, and yet it is known", "0 krb old t=cas2 " W7,
	  TLS "Windows 7 or Server 2008 R2 [alice] 1;\n" },
	{ "a new one", "0 ok " NEW, "" },
	{ "Windows 8 and later",
	  "0 ok " OFFICE("6.2", "16.0") "; 1 ok " OFFICE(
		  "6.3",
		  "16.0") "; 2 ok " OFFICE("10.0",
					   "16.0") "; 3 ok " OFFICE("6.10",
								    "16.0"),
	  "" },
	{ "numbers that begin alike",
	  "0 ok " OFFICE("10.0", "16.0.14026") "; 1 ok " OFFICE(
		  "10.0", "160.0") "; 2 ok " OFFICE("10.0", "1.14"),
	  "" },
	{ "a stranger who says so", "3*0+1 basic c=7 m=- " W7, "" },
	{ "a stranger with somebody's mailbox",
	  "0 ok " NEW "; 3*1+1 basic c=7 " W7, "" },
	{ "a probe", "0 probe a=-", "" },
	{ "Outlook Anywhere alone says nothing", "0 ok" RPC, "" },
};

static const struct found_case mapi[] = {
	{ "one of two", "0 ok u=bob m=2; 5 ok" RPC, MAPI "[alice] 1;\n" },
	{ "a mailbox of two users",
	  "0 ok m=2; 5 ok m=3" RPC "; 6 ok m=3 u=bob" RPC,
	  MAPI "[alice, bob] 2;\n" },
	{ "their own is by Mapi, a second is not", "0 ok; 5 ok m=3" RPC,
	  MAPI "[alice] 1;\n" },
	{ "both ways", "0 ok; 5 ok" RPC, "" },
	{ "Mapi fails, but is tried", "0 ok m=2; 1 deny; 5 ok" RPC, "" },
	{ "nobody has Mapi", "0 ok m=2 p=Ews; 5 ok" RPC, "" },
	{ "Mapi works for nobody", "0 deny m=2; 5 ok" RPC, "" },
	{ "Exchange 2010", "0 ok m=2; 5 ok old t=cas2" RPC, "" },
	{ "no mailbox is named", "0 ok m=2; 5 ok UrlQuery=?mbx1:6001" RPC, "" },
	{ "it does not work", "0 ok m=2; 5 down" RPC, "" },
	{ "no channel", "0 ok m=2; 5 ok x=GET" RPC, "" },
	{ "a probe", "0 ok m=2; 5 probe p=RpcHttp", "" },
};

#define NOTE "wildcard_certificate info "

static const struct found_case wildcard[] = {
	{ "a host", "0 ok" RPC, NOTE "mail.contoso.com [] 0;\n" },
	{ "the one of most",
	  "0 ok UrlHost=a.contoso.com" RPC
	  "; 2*1+1 ok UrlHost=b.contoso.com" RPC,
	  NOTE "b.contoso.com [] 0;\n" },
	{ "no Outlook Anywhere", "0 ok", "" },
	{ "no success", "0 down" RPC, "" },
	{ "no host", "0 ok UrlHost=-" RPC, "" },
};

/* What the certificate line says for a host. */
static const struct {
	const char *host, *domain;
} hosts[] = {
	{ "mail.contoso.com", "contoso.com" },
	{ "MAIL.Contoso.Com", "Contoso.Com" },
	{ "a.b.contoso.co.uk", "b.contoso.co.uk" },
	{ "x-1.con-toso.com", "con-toso.com" },
	{ "contoso.com", "domain.com" },
	{ "mail", "domain.com" },
	{ "192.0.2.25", "domain.com" },
	{ "mail..com", "domain.com" },
	{ ".contoso.com", "domain.com" },
	{ "mail.contoso.com.", "domain.com" },
	{ "-mail.contoso.com", "domain.com" },
	{ "mail-.contoso.com", "domain.com" },
	{ "mail.contoso.com:443", "domain.com" },
	{ "mail.$(x).com", "domain.com" },
	{ "mail.a`b.com", "domain.com" },
	{ "mail.a'b.com", "domain.com" },
	{ "mail.a\xc3\xa4.com", "domain.com" },
};

static void
test_hosts(void)
{
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		struct check_text text = { 0 }, got = { 0 }, want = { 0 };

		CHECK_CASE(hosts[i].host);
		check_text_add(&text, "0 ok UrlHost=%s" RPC, hosts[i].host);
		check_text_add(&want,
			       "\nSet-OutlookProvider EXPR -CertPrincipalName "
			       "\"msstd:*.%s\"\n",
			       hosts[i].domain);
		check_found_told(&got, &rows, text.ptr, "wildcard_certificate");
		CHECK(strstr(got.ptr, want.ptr) != NULL);
		check_text_free(&text);
		check_text_free(&got);
		check_text_free(&want);
	}
}

/* The two numbers that are misprinted all over the world; 0xA80 is none. */
static bool
has_misprint(const char *text)
{
	for (const char *at = text; (at = strstr(at, "0xA")) != NULL; at++) {
		if (strncmp(at, "0xA00", 5) != 0 &&
		    strncmp(at, "0xA80", 5) != 0)
			return true;
	}
	return strstr(text, "a08") || strstr(text, "A08");
}

#define SETTINGS                                                               \
	"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"
#define SETTINGS_32                                                            \
	"SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\"          \
	"Internet Settings"
#define ADD_A00	   " /t REG_DWORD /d 0xA00 /f\n"
#define ADD_A80	   " /t REG_DWORD /d 0xA80 /f\n"
#define ONE_JOINED "1 of them also uses Outlook Anywhere from the same address"

static void
test_values(void)
{
	static const char *const says[] = {
		"reg add \"HKLM\\" SETTINGS
		"\\WinHttp\" /v DefaultSecureProtocols" ADD_A00,
		"reg add \"HKLM\\" SETTINGS_32
		"\\WinHttp\" /v DefaultSecureProtocols" ADD_A00,
		"reg add \"HKLM\\" SETTINGS "\" /v SecureProtocols" ADD_A80,
		"reg add \"HKCU\\" SETTINGS "\" /v SecureProtocols" ADD_A80,
		"reg delete \"HKCU\\" SETTINGS "\" /v SecureProtocols /f\n",
		"KB3140245",
		"leaves no row at all",
		ONE_JOINED,
	};
	struct check_text got = { 0 };

	CHECK_CASE("values of Windows 7");
	check_found_told(&got, &rows,
			 "0 ok " W7 "; 1 ok" RPC "; 2 ok u=bob c=2 " W7
			 "; 3 ok u=bob c=3" RPC,
			 "tls_old_clients");
	for (size_t i = 0; i < ARRAY_LEN(says); i++)
		CHECK(strstr(got.ptr, says[i]) != NULL);
	CHECK(!has_misprint(got.ptr));
	check_text_free(&got);
}

int
main(void)
{
	check_rows_init(&rows);
	check_found_cases(&rows, "tls_old_clients", old, ARRAY_LEN(old));
	check_found_cases(&rows, "mapi_possible", mapi, ARRAY_LEN(mapi));
	check_found_cases(&rows, "wildcard_certificate", wildcard,
			  ARRAY_LEN(wildcard));
	test_hosts();
	test_values();
	check_rows_free(&rows);
	return check_report();
}
