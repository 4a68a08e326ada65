/* SPDX-License-Identifier: MIT */
/* Attacker text in every cell that a client can fill; all rows whole. */
#include "scen.h"

#include <string.h>

#include "texts.h"
#include "traffic.h"
#include "tree.h"

struct text {
	const char *data;
	size_t len;
};

#define T(s) { s, sizeof s - 1 }

static const struct text texts[] = {
	T("\"quoted agent/1.0\""),
	T("a\"b"), T("\""), T("\"\""), T("\"\"\"\"\","),
	T("say \"hi\", then, go"),
	T("=cmd|'/C calc'!A0"), T("+1+1"), T("-2+3"), T("@SUM(A1:A9)"),
	T("\t=1+1"),
	T("x;ErrorCode=ClientDisconnect;BeginRequest="
	    "1999-01-01T00:00:00.000Z;"),
	T("\x1b[2J\x1b[31mred\x1b]0;title\x07"),
	T("nul\0one"), T("seven\0\0\0\0\0\0\0nuls"),
	T("bad \xff\xfe utf-8 \xc3"), T("over\xc0\xaflong"),
	T("surrogate \xed\xa0\x80 half"),
	T("right to left \xe2\x80\xae" "gpj.exe"),
	T("\xef\xbb\xbf" "bom inside"), T("line\xe2\x80\xa8separator"),
	T("next\xc2\x85line"), T("form\ffeed\vtab"),
	T("cr\rlf\ncrlf\r\nend"),
	T("\\r\\n literal"), T("C:\\new\\readme"),
	T("<script>alert(1)</script>"), T("'; DROP TABLE rows; --"),
	T("%n%n%s%s%x"), T("$(reboot)`reboot`"), T("../../../../etc/passwd"),
	T("#Fields: DateTime,RequestId"), T("DateTime"), T("|||"),
	T("with status 'InvalidToken'"), T("\x7f\x01\x02\x08\x08\x08"),
};
#define TEXTS (sizeof texts / sizeof texts[0])

/* Cells that a client fills, with or without a password. */
static const enum col cells[] = {
	C_UserAgent, C_UrlStem, C_UrlQuery, C_UrlHost, C_ClientIpAddress,
	C_AuthenticatedUser, C_AnchorMailbox, C_ClientRequestId,
	C_AuthenticationType, C_Method, C_GenericErrors, C_ProtocolAction,
};
#define CELLS (sizeof cells / sizeof cells[0])

static void
one(struct gen *g, enum col c, const void *data, size_t len, int *n)
{
	struct row r = { .bytes = { 0 } };
	struct req q = req_mapi(g, &g->server[0], &g->user[0],
	    g->start_ms + MS_MINUTE + (int64_t)(*n)++ * 3 * MS_SECOND);

	req_fill(g, &q, &r);
	row_put(&r, c, data, len);
	row_emit(g, &q, &r);
	row_free(&r);
}

static void
long_cells(struct gen *g, int *n)
{
	struct buf b = { 0 };

	for (int i = 0; i < 100 * 1024; i++)
		buf_char(&b, (char)('a' + i % 26));
	for (size_t i = 0; i < CELLS; i++)
		one(g, cells[i], b.data, b.len, n);
	b.data[50000] = '"';
	b.data[b.len - 1] = '"';
	one(g, C_UserAgent, b.data, b.len, n);
	memset(b.data, '"', b.len);
	one(g, C_UserAgent, b.data, b.len, n);
	memset(b.data, ';', b.len);
	one(g, C_GenericInfo, b.data, b.len, n);
	memset(b.data, '=', b.len);
	one(g, C_GenericErrors, b.data, b.len, n);
	buf_free(&b);
}

/* Names whose backslash and letter look like an escaped line end. */
static void
newline_names(struct gen *g, int *n)
{
	static const char *const names[] = {
		"CONTOSO\\nancy", "CONTOSO\\renee", "CONTOSO\\rn",
		"contoso\\\\nadia", "CONTOSO\\n", "CONTOSO\\tomas",
		"CONTOSO\\0scar", "AUTORITE NT\\Syst\xc3\xa8me",
		"S-1-5-21-1004336348-1177238915-682003330-1999",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		one(g, C_AuthenticatedUser, names[i], strlen(names[i]), n);
}

void
scen_hostile(struct gen *g)
{
	int n = 0;

	g->opt.rollover_bytes = 10 * 1024 * 1024;
	for (size_t c = 0; c < CELLS; c++)
		for (size_t t = 0; t < TEXTS; t++)
			one(g, cells[c], texts[t].data, texts[t].len, &n);
	long_cells(g, &n);
	newline_names(g, &n);
	struct req q = req_mapi(g, &g->server[0], &g->user[1],
	    g->start_ms + 50 * MS_MINUTE);
	q.status = 500;
	q.be = "500";
	q.errors = errors_endless(g, 2);
	q.expect = "be_http_5xx";
	req_emit(g, &q);
	struct buf info = { 0 };
	for (int i = 0; i < 900; i++)
		buf_fmt(&info, "RoutingEntry=Server:ex16-01+%d@0;", i);
	q.info = info.data;
	q.stats = "S:ServiceCommonMetadata.Cookie=;'S:AS.R=a=1;b=''x'';'";
	q.errors = NULL;
	q.start += 2000;
	q.end += 2000;
	req_emit(g, &q);
	buf_free(&info);
}
