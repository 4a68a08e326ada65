/* SPDX-License-Identifier: MIT */
/* Values of a row that are no columns, asked of rows that a parser gave. */

#include "check_seen.h"

#define GUID	  "11111111-2222-3333-4444-555555555501"
#define LONG_HOST "host-with status 'LogonDenied' in it"
#define NSC(host, status)                                                      \
	"NegotiateSecurityContext failed with for host '" host                 \
	"' with status '" status "'"

/* The columns that every known set has: no UrlHost. */
static const size_t sets[] = { 53, 64, 68, 69, 70, 74 };

struct derived_case {
	const char *cell, *want;
};

struct derived_table {
	const char *column;
	rpclog_derived which;
	const struct derived_case *cases;
	size_t count;
};

static const struct derived_case mailboxes[] = {
	{ "?" GUID "@contoso.com:6001", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com&x=1", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com/x", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com?x", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com x", GUID "@contoso.com" },
	{ "?" GUID "@contoso.com\tx", GUID "@contoso.com" },
	{ "?" GUID "@Contoso.COM", GUID "@contoso.com" },
	{ "?AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE@x",
	  "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee@x" },
	{ "?MailboxId=" GUID "@contoso.com", GUID "@contoso.com" },
	{ "?mailboxid=" GUID "@contoso.com&a=b", GUID "@contoso.com" },
	{ "?MAILBOXID=" GUID "@c", GUID "@c" },
	{ "?" GUID "@", "" },
	{ "?" GUID "@:6001", "" },
	{ "?" GUID "@ contoso.com", "" },
	{ "?" GUID, "" },
	{ "?" GUID "contoso.com", "" },
	{ GUID "@contoso.com", "" },
	{ "x?" GUID "@contoso.com", "" },
	{ "?x=1&MailboxId=" GUID "@contoso.com", "" },
	{ "?MailboxId=x" GUID "@contoso.com", "" },
	{ "?g1111111-2222-3333-4444-555555555501@contoso.com", "" },
	{ "?11111111x2222-3333-4444-555555555501@contoso.com", "" },
	{ "?1111111-2222-3333-4444-5555555555012@contoso.com", "" },
	{ "?server.contoso.com:6001", "" },
	{ "?MailboxId=", "" },
	{ "?", "" },
	{ "", "" },
};

static const struct derived_case targets[] = {
	{ "MBX01.Contoso.com", "mbx01.contoso.com" },
	{ "mbx01", "mbx01" },
	{ "\xc3\x84", "\xc3\x84" },
	{ "", "" },
};

static const struct derived_case accounts[] = {
	{ "CONTOSO\\alice", "alice" }, { "alice@contoso.com", "alice" },
	{ "alice", "alice" },	       { "CONTOSO\\a@b", "a@b" },
	{ "a\\b\\c", "b\\c" },	       { "CONTOSO\\", "" },
	{ "@contoso.com", "" },	       { "", "" },
};

static const struct derived_case schemes[] = {
	{ "Negotiate", "Negotiate" },
	{ "Basic;x", "Basic" },
	{ "Bearer;;y", "Bearer" },
	{ ";x", "" },
	{ "", "" },
};

static const struct derived_case response_statuses[] = {
	{ "ResponseStatusCode=401", "401" },
	{ "ResponseStatusCode=401;", "401" },
	{ "ResponseStatusCode= 401;x", "401" },
	{ "ResponseStatusCode=500;A=1;ResponseStatusCode=401;B=2", "401" },
	{ "ResponseStatusCode=401 Unauthorized;x", "401" },
	{ "ResponseStatusCode=;x", "" },
	{ "ResponseStatusCode=", "" },
	{ "ResponseStatusCode=401;ResponseStatusCode=", "" },
	{ "ResponseStatusCod", "" },
	{ "responsestatuscode=401", "" },
	{ "", "" },
};

static const struct derived_case web_statuses[] = {
	{ "WebExceptionStatus=ConnectFailure;x=y", "ConnectFailure" },
	{ "WebExceptionStatus=Timeout;WebExceptionStatus= TrustFailure",
	  "TrustFailure" },
	{ "ResponseStatusCode=401;WebExceptionStatus=ProtocolError",
	  "ProtocolError" },
	{ "WebException=x", "" },
	{ "", "" },
};

static const struct derived_case security_statuses[] = {
	{ NSC("mbx01", "LogonDenied"), "LogonDenied" },
	{ "x=1;" NSC("mbx01", "TimeSkew") ";y=2", "TimeSkew" },
	{ NSC("mbx01", "-2146892990"), "-2146892990" },
	{ NSC("a", "TimeSkew") ";" NSC("b", "InvalidToken"), "InvalidToken" },
	{ NSC("a", "TimeSkew") NSC("b", "InvalidToken"), "InvalidToken" },
	{ "NegotiateSecurityContext failed with for host \\u0027a\\u0027 with "
	  "status \\u0027WrongPrincipal\\u0027",
	  "WrongPrincipal" },
	{ "NegotiateSecurityContext failed with for host 'a' with "
	  "status 'WrongPrincipal\\u0027",
	  "WrongPrincipal" },
	{ NSC(LONG_HOST, "InvalidToken"), "InvalidToken" },
	{ NSC("a", "InvalidToken") ";x with status 'LogonDenied'",
	  "InvalidToken" },
	{ NSC("a", "TimeSkew") ";NegotiateSecurityContext failed with for ho",
	  "TimeSkew" },
	{ NSC("a", "TimeSkew") ";NegotiateSecurityContext failed with for host "
			       "'a' with status 'Invalid",
	  "TimeSkew" },
	{ "NegotiateSecurityContext failed with for host 'a' with status 'Inv",
	  "" },
	{ "NegotiateSecurityContext failed with for host 'a' with status '",
	  "" },
	{ "NegotiateSecurityContext failed with for host 'a' with status ",
	  "" },
	{ "NegotiateSecurityContext failed with for host 'a' with status x'",
	  "" },
	{ NSC("a", "TimeSkew") "NegotiateSecurityContext failed with for host "
			       "'a' with status 'Invalid",
	  "TimeSkew" },
	{ NSC("a", ""), "" },
	{ "failed with for host 'a' with status 'LogonDenied'", "" },
	{ "NegotiateSecurityContext", "" },
	{ "negotiatesecuritycontext failed with status 'LogonDenied'", "" },
	{ "", "" },
};

static const struct derived_case softwares[] = {
	{ "MSRPC", "MSRPC" },
	{ "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook "
	  "16.0.4266; Pro)",
	  "Outlook 16.0" },
	{ "Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook "
	  "14.0.7113; Pro)",
	  "Outlook 14.0" },
	{ "Microsoft Outlook 15", "Outlook 15" },
	{ "Microsoft Outlook 15.", "Outlook 15" },
	{ "Microsoft Outlook Social Connector", "Outlook" },
	{ "Mozilla/5.0 (X11)", "Mozilla" },
	{ "Outlook-iOS-Android/1.0", "Outlook-iOS-Android" },
	{ "MapiHttpClient", "MapiHttpClient" },
	{ "Apple-iPhone9C4/1602.92", "Apple-iPhone9C4" },
	{ "Two Words (x)", "Two Words" },
	{ "a;b", "a" },
	{ "/1.0", "" },
	{ "", "" },
};

static const struct derived_case windows[] = {
	{ "Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook 14.0)",
	  "6.1" },
	{ "x (Windows NT 10.0; Win64)", "10.0" },
	{ "x (Windows NT 10.0.19045)", "10.0" },
	{ "Windows NT 6", "6" },
	{ "Windows NT 6.", "6" },
	{ "Windows NT x", "" },
	{ "Windows NT ", "" },
	{ "Windows NT", "" },
	{ "Macintosh", "" },
	{ "", "" },
};

static const struct derived_case clients[] = {
	{ "[2001:DB8::1]:443", "2001:db8::1" },
	{ "192.0.2.1:49660", "192.0.2.1" },
	{ "192.0.2.1  10.0.0.1", "192.0.2.1" },
	{ "unknown", "unknown" },
	{ "", "" },
};

static const struct derived_case scopes[] = {
	{ "127.0.0.1", "loopback" },
	{ "::1", "loopback" },
	{ "169.254.1.1", "link-local-4" },
	{ "fe80::1%3", "link-local-6" },
	{ "10.1.2.3:5", "private" },
	{ "fd00::9", "private" },
	{ "::ffff:10.0.0.1", "private" },
	{ "198.51.100.7", "public" },
	{ "unknown", "" },
	{ "", "" },
};

#define TABLE(column, which, cases)                                            \
	{                                                                      \
		column, which, cases, ARRAY_LEN(cases)                         \
	}

static const struct derived_table tables[] = {
	TABLE("UrlQuery", RPCLOG_D_MAILBOX, mailboxes),
	TABLE("TargetServer", RPCLOG_D_TARGET, targets),
	TABLE("AuthenticatedUser", RPCLOG_D_ACCOUNT, accounts),
	TABLE("AuthenticationType", RPCLOG_D_SCHEME, schemes),
	TABLE("GenericErrors", RPCLOG_D_RESPONSE_STATUS, response_statuses),
	TABLE("GenericErrors", RPCLOG_D_WEB_STATUS, web_statuses),
	TABLE("GenericErrors", RPCLOG_D_SECURITY_STATUS, security_statuses),
	TABLE("UserAgent", RPCLOG_D_SOFTWARE, softwares),
	TABLE("UserAgent", RPCLOG_D_WINDOWS, windows),
	TABLE("ClientIpAddress", RPCLOG_D_CLIENT, clients),
	TABLE("ClientIpAddress", RPCLOG_D_CLIENT_SCOPE, scopes),
};

/* One cell of one row of a log of this column set. */
static void
check_cell(size_t columns, const char *column, const char *cell, bool quoted,
	   seen_cell ask, int which, const char *want)
{
	struct check_text text = { 0 }, value = { 0 };
	struct seen s;

	check_text_add(&value, quoted ? "\"%s\"" : "%s", cell);
	log_columns(&text, columns);
	log_row(&text, columns, ROW(column, value.ptr));
	seen_init(&s, &text, ask, which);
	if (CHECK_INT(s.rows, 1))
		CHECK_SLICE(slice_of(s.values.ptr, s.values.len - 1), want);
	seen_clear(&s);
	check_text_free(&value);
}

static void
test_tables(void)
{
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		const struct derived_table *table = &tables[t];

		for (size_t i = 0; i < table->count; i++) {
			for (size_t s = 0; s < ARRAY_LEN(sets); s++) {
				check_casef("%zu columns, %s \"%s\"", sets[s],
					    table->column,
					    table->cases[i].cell);
				check_cell(sets[s], table->column,
					   table->cases[i].cell, s % 2,
					   seen_derived, (int)table->which,
					   table->cases[i].want);
			}
		}
	}
}

/* Capitals are looked for eight bytes at a time: each byte at each place. */
static void
test_lower(void)
{
	CHECK_CASE("every byte in lower case, at every place");
	for (unsigned c = 1; c < 256; c++) {
		/* Those end a cell, or begin a quoted one. */
		if (c == '\n' || c == '\r' || c == ',' || c == '"')
			continue;
		for (size_t at = 0; at < 18; at++) {
			char cell[] = "az09-_.zzzzzzzzzzz", want[sizeof(cell)];

			cell[at] = (char)c;
			memcpy(want, cell, sizeof(want));
			if (c >= 'A' && c <= 'Z')
				want[at] = (char)(c - 'A' + 'a');
			check_cell(74, "TargetServer", cell, false,
				   seen_derived, RPCLOG_D_TARGET, want);
		}
	}
}

/* ---- several at once, and names of columns --- */

/* All that need room of their own, in rows that are longer than usual. */
static void
test_together(void)
{
	static const struct {
		rpclog_derived which;
		const char *want;
	} all[] = {
		{ RPCLOG_D_TARGET, "mbx01" },
		{ RPCLOG_D_MAILBOX, "aaaaaaaa-2222-3333-4444-555555555501@c" },
		{ RPCLOG_D_CLIENT_SCOPE, "public" },
		{ RPCLOG_D_CLIENT, "2001:db8::1" },
		{ RPCLOG_D_LEGACY, "no" },
		{ RPCLOG_D_TARGET, "mbx01" },
		{ RPCLOG_D_CLIENT, "2001:db8::1" },
	};
	struct check_text text = { 0 };
	rpclog_parser *parser;
	const rpclog_row *row;

	CHECK_CASE("derived values do not disturb each other");
	log_columns(&text, 74);
	log_row(&text, 74,
		ROW("TargetServer", "MBX01", "UrlQuery",
		    "?AAAAAAAA-2222-3333-4444-555555555501@C",
		    "ClientIpAddress", "2001:DB8:0:0:0:0:0:1"));
	CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_feed(parser, text.ptr, text.len), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_next(parser, &row), RPCLOG_SCHEMA);
	CHECK_STATUS(rpclog_parser_next(parser, &row), RPCLOG_OK);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		CHECK_SLICE(rpclog_row_derived(row, all[i].which), all[i].want);
	CHECK_CASE("no such value");
	CHECK_SLICE(rpclog_row_derived(row, (rpclog_derived)99), "");
	CHECK_SLICE(rpclog_row_derived(NULL, RPCLOG_D_CLIENT), "");
	rpclog_parser_free(parser);
	check_text_free(&text);
}

int
main(void)
{
	test_tables();
	test_lower();
	test_together();
	return check_report();
}
