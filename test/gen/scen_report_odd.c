/* SPDX-License-Identifier: MIT */
/* Days for `rpclog report` with harm in the logs, or with attacks. */
#include "scen_diagnose.h"

#include <string.h>

#include "file.h"
#include "logtext.h"
#include "scen.h"
#include "tree.h"

/* ---- Harm ---------------------------------------------------------------- */

/* A server's day: it is there, and its people fail now and then. */
static void
server_day(struct gen *g, int server, int64_t day, int from, int to)
{
	const struct server *s = &g->server[server];

	for (int hour = from; hour < to; hour++) {
		int64_t at = day + hour * MS_HOUR;

		probes(g, s, "RpcHttp", at, at + MS_HOUR, MS_HOUR);
		for (int i = 0; i < g->user_count; i++)
			if (g->user[i].home == server && (hour + i) % 4 == 0)
				dx_mapi_fail(g, &g->user[i],
					     at + (i + 1) * MS_MINUTE,
					     "be_auth_401");
	}
}

/* A log beside the others of its hour. */
static void
beside(struct gen *g, int server, int64_t at, const char *suffix,
       const struct buf *text)
{
	struct buf hour = { 0 };

	buf_hour(&hour, at);
	file_put(tmp(g, "%s/%s/HttpProxy/Mapi/HttpProxy_%s-7.LOG%s", g->opt.out,
		     g->server[server].name, hour.data, suffix),
		 text->data, text->len);
	buf_free(&hour);
}

static void
cut_gzip(struct gen *g, int server, int64_t at)
{
	struct buf text = { 0 }, packed = { 0 };

	log_make(g, &g->server[server], at, 26, &text);
	gzip_member(&packed, text.data, text.len);
	/* In the second member: where its bytes end depends on no zlib. */
	size_t whole = packed.len;
	buf_clear(&text);
	log_rows(g, &g->server[server], at + MS_MINUTE, 14, &text);
	gzip_member(&packed, text.data, text.len);
	packed.len = whole + 12;
	beside(g, server, at, ".gz", &packed);
	buf_free(&text);
	buf_free(&packed);
}

static void
bad_rows(struct gen *g, int server, int64_t at)
{
	struct buf text = { 0 };

	log_make(g, &g->server[server], at, 9, &text);
	buf_str(&text, "2026-11-20T15:02:00.000Z,\"never closed,15,1\r\n"
		       "2026-11-20T15:02:01.000Z,short,15,1\r\n");
	log_rows(g, &g->server[server], at + 3 * MS_MINUTE, 3, &text);
	beside(g, server, at, "", &text);
	buf_free(&text);
}

static void
torn_end(struct gen *g, int server, int64_t at)
{
	struct buf text = { 0 };

	log_make(g, &g->server[server], at, 9, &text);
	text.len -= 300;
	beside(g, server, at, "", &text);
	buf_free(&text);
}

/*
 * Three servers; on the second day one of them is silent for three hours and
 * one altogether.  The first one's logs are harmed, and one of the day before.
 */
void
scen_rp_damaged(struct gen *g)
{
	int64_t day = g->start_ms + MS_DAY;

	dx_people(g);
	for (int i = 0; i < g->server_count; i++)
		server_day(g, i, g->start_ms, 0, 24);
	server_day(g, 0, day, 0, 24);
	server_day(g, 1, day, 0, 10);
	server_day(g, 1, day, 13, 24);
	cut_gzip(g, 0, day + 14 * MS_HOUR + MS_MINUTE);
	bad_rows(g, 0, day + 15 * MS_HOUR + MS_MINUTE);
	torn_end(g, 0, day + 16 * MS_HOUR + MS_MINUTE);
	bad_rows(g, 1, day - 15 * MS_HOUR);
	file_put(tmp(g, "%s/notes.txt", g->opt.out), "not a log\n", 10);
}

/* ---- Attacks ------------------------------------------------------------- */

struct text {
	const char *data;
	size_t len;
};

#define T(s)                                                                   \
	{                                                                      \
		s, sizeof s - 1                                                \
	}

/* RAW_CR stands for a CR that the writer would not have written. */
#define RAW_CR "\x1c"

static const struct text texts[] = {
	/* pages */
	T("<script>alert(1)</script>"),
	T("</style><style>*{display:none}</style>"),
	T("</title></svg><svg onload=alert(2)>"),
	T("<svg/onload=fetch(`//evil.example/`)>"),
	T("<img src=x onerror=alert(3)>"),
	T("\" onmouseover=\"alert(4)"),
	T("' autofocus onfocus='alert(5)"),
	T("javascript:alert(6)"),
	T("data:text/html;base64 PHNjcmlwdD4="),
	T("url(https://evil.example/x.png)"),
	T("expression(alert(7))}body{background:red"),
	T("&lt;b&gt;&#60;i&#62;&amp"),
	T("--> <!-- ]]> <![CDATA["),
	T("<a href=https://evil.example/>click</a>"),
	/* Markdown */
	T("[click](https://evil.example/)"),
	T("![](https://evil.example/x.png)"),
	T("**bold** _it_ `code` ~~no~~ # head"),
	T("a|b|c"),
	T("```"),
	T("- item"),
	T("> quote"),
	T("www.evil.example"),
	/* headers and messages */
	T("x\r\nBcc: all@contoso.com"),
	T("x" RAW_CR "Bcc: all@contoso.com"),
	T("=?utf-8?Q?=0ABcc=3A?="),
	T("."),
	T("From nobody"),
	T("--boundary--"),
	T("=0A=0A=\r"),
	/* metrics, tables, JSON */
	T("x\"} 1\nrpclog_evil{a=\"b"),
	T("back\\slash\\"),
	T("\\\""),
	T("=cmd|'/C calc'!A0"),
	T("\t=1+1"),
	T("{\"a\":[null]}"),
	/* shells, SQL, formats */
	T("$(reboot)`reboot`"),
	T("'; DROP TABLE event; --"),
	T("%n%s%x"),
	T("it's"),
	T("-rf"),
	T("--output=/etc/passwd"),
	T("*"),
	T("[a-z]?"),
	/* bytes */
	/* unlike, and alike once they are shown */
	T("\x03twin"),
	T("\x04twin"),
	T("\x01marked\x02"),
	T("\x02\x02\x01"),
	T("nul\0one"),
	T("\x1b[2J\x1b[31mred\x07"),
	T("bad \xff\xfe utf-8 \xc3"),
	T("over\xc0\xaflong"),
	T("half \xed\xa0\x80"),
	T("right to left \xe2\x80\xae"
	  "gpj.exe"),
	T("isolate \xe2\x81\xa6 mark \xe2\x80\x8f"),
	T("zero\xe2\x80\x8bwidth\xef\xbb\xbf"),
	T("line\xe2\x80\xa8"
	  "end"),
	T("next\xc2\x85line"),
	T("wide \xe6\xbc\xa2\xe5\xad\x97"),
	T("piled e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86"),
	T("\xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"),
	T(" "),
	T("client:203.0.113.5"),
};
#define TEXTS (sizeof texts / sizeof texts[0])

static void
put_raw_cr(struct buf *b, size_t from)
{
	for (size_t i = from; i < b->len; i++)
		if (b->data[i] == *RAW_CR)
			b->data[i] = '\r';
}

/* A failure that asks, with the text in these cells. */
static void
attack(struct gen *g, const enum col *cells, size_t count,
       const struct text *text, int64_t at)
{
	struct row r = { .bytes = { 0 } };
	const struct user *u = &g->user[(size_t)at / 7 % 2];
	struct req q = req_mapi(g, &g->server[0], u, at);

	q.to = &target_cas2;
	dx_fail(g, &q, at % 3 ? "be_krb_invalid_token" : "be_auth_401_legacy");
	req_fill(g, &q, &r);
	for (size_t i = 0; i < count; i++)
		row_put(&r, cells[i], text->data, text->len);
	struct buf *out = tree_row(g->tree, q.srv, q.proto, q.end);
	size_t before = out->len;
	row_write(&r, server_set(q.srv, q.end), out);
	put_raw_cr(out, before);
	row_free(&r);
}

/* User, target, server and client in turn; then all of them at once. */
static void
attack_all(struct gen *g, const struct text *text, int64_t at)
{
	static const enum col cells[] = { C_AuthenticatedUser, C_TargetServer,
					  C_ServerHostName, C_ClientIpAddress };

	for (size_t i = 0; i < 4; i++)
		attack(g, cells + i, 1, text, at + (int64_t)i * MS_SECOND);
	attack(g, cells, 4, text, at + 5 * MS_SECOND);
}

/* Half of the texts are met on the first day, two thirds on the second. */
void
scen_rp_hostile(struct gen *g)
{
	int64_t day = g->start_ms + MS_DAY;
	struct buf name = { 0 };

	g->opt.rollover_bytes = 10 * 1024 * 1024;
	dx_people(g);
	for (int64_t at = g->start_ms; at < g->stop_ms; at += 4 * MS_HOUR)
		probes(g, &g->server[0], "Mapi", at, at + MS_HOUR, MS_HOUR);
	for (size_t i = 0; i < TEXTS; i++) {
		int64_t at = (8 * 60 + (int64_t)i * 7) * MS_MINUTE;

		if (i % 2)
			attack_all(g, &texts[i], g->start_ms + at);
		if (i % 3)
			attack_all(g, &texts[i], day + at);
	}
	for (int i = 0; i < 5 * 1024 / 16; i++)
		buf_str(&name, "<b>long name</b>");
	attack_all(g, &(struct text){ name.data, name.len },
		   day + 20 * MS_HOUR);
	buf_clear(&name);
	for (int i = 0; i < 2560; i++)
		buf_str(&name, "\xc3\xa9");
	attack_all(g, &(struct text){ name.data, name.len },
		   day + 21 * MS_HOUR);
	buf_free(&name);
}
