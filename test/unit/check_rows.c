/* SPDX-License-Identifier: MIT */
/* Rows out of a short text; see check_rows.h. */

#include "check_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* 2026-03-02T10:00:00Z */
#define BASE_US INT64_C(1772445600000000)

/* The changes of one row, as they are written. */
struct change {
	char start[16], kind[16];
	char u[256], m[16], c[16], a[64], s[32], t[64], p[32], x[32], d[16];
	char id[64], e[64], b[64], y[64], l[16];
	struct {
		char name[40], value[160];
	} more[8];
	size_t more_count;
};

/* "-12.345" or "7" to milliseconds. */
static int64_t
ms_of(const char *text)
{
	bool negative = text[0] == '-';
	char *end;
	long long s = strtoll(text + negative, &end, 10);
	long long ms = 0;

	if (*end == '.') {
		char digits[4] = "000";

		for (int i = 0; i < 3 && end[1 + i]; i++)
			digits[i] = end[1 + i];
		ms = strtoll(digits, NULL, 10);
	}
	return (negative ? -1 : 1) * (int64_t)(s * 1000 + ms);
}

/* Around 10:00 of 2026-03-02, up to half a day. */
static void
put_time(char out[32], const char *text)
{
	int64_t ms = ms_of(text) + INT64_C(10) * 3600 * 1000;

	if (ms < 0 || ms >= INT64_C(24) * 3600 * 1000)
		abort();
	snprintf(out, 32, "2026-03-02T%02d:%02d:%02d.%03dZ",
		 (int)(ms / 3600000), (int)(ms / 60000 % 60),
		 (int)(ms / 1000 % 60), (int)(ms % 1000));
}

/* A column by its name: + is a blank, | a semicolon. */
static void
take_column(struct change *w, const char *word)
{
	size_t len = strcspn(word, "=");
	char *value;

	if (w->more_count == ARRAY_LEN(w->more) || word[len] != '=' ||
	    len >= sizeof(w->more->name) ||
	    strlen(word + len) > sizeof(w->more->value))
		abort();
	value = w->more[w->more_count].value;
	memcpy(w->more[w->more_count++].name, word, len);
	strcpy(value, word + len + 1);
	for (; *value; value++)
		*value = *value == '+' ? ' ' : *value == '|' ? ';' : *value;
}

static void
take_change(struct change *w, const char *word)
{
	const struct {
		const char *key;
		char *value;
		size_t size;
	} known[] = {
		{ "u=", w->u, sizeof(w->u) }, { "m=", w->m, sizeof(w->m) },
		{ "c=", w->c, sizeof(w->c) }, { "a=", w->a, sizeof(w->a) },
		{ "s=", w->s, sizeof(w->s) }, { "t=", w->t, sizeof(w->t) },
		{ "p=", w->p, sizeof(w->p) }, { "x=", w->x, sizeof(w->x) },
		{ "d=", w->d, sizeof(w->d) }, { "id=", w->id, sizeof(w->id) },
		{ "e=", w->e, sizeof(w->e) }, { "b=", w->b, sizeof(w->b) },
		{ "y=", w->y, sizeof(w->y) }, { "l=", w->l, sizeof(w->l) },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		size_t len = strlen(known[i].key);

		if (strncmp(word, known[i].key, len) != 0)
			continue;
		snprintf(known[i].value, known[i].size, "%s",
			 strcmp(word + len, "-") == 0 ? "" : word + len);
		return;
	}
	if (word[0] >= 'A' && word[0] <= 'Z') {
		take_column(w, word);
		return;
	}
	printf("no such change: %s\n", word);
	abort();
}

static void
read_change(struct change *w, const char *text, size_t len)
{
	static const struct change defaults = {
		.m = "1",
		.c = "1",
		.a = "agent",
		.s = "CAS01",
		.t = "mbx01",
		.p = "Mapi",
		.x = "POST",
		.id = "id",
		.y = "/rpc/rpcproxy.dll",
		.l = "5000",
	};
	char copy[1024], *rest = copy;
	const char *word;
	int count = 0;

	if (len >= sizeof(copy))
		abort();
	memcpy(copy, text, len);
	copy[len] = '\0';
	*w = defaults;
	while ((word = strtok_r(rest, " \n", &rest)) != NULL) {
		if (count == 0)
			snprintf(w->start, sizeof(w->start), "%s", word);
		else if (count == 1)
			snprintf(w->kind, sizeof(w->kind), "%s", word);
		else
			take_change(w, word);
		if (++count == 2) {
			bool user = strcmp(w->kind, "leg") != 0 &&
				    strcmp(w->kind, "basic") != 0 &&
				    strcmp(w->kind, "clock") != 0;

			if (user)
				snprintf(w->u, sizeof(w->u), "CONTOSO\\alice");
			if (strcmp(w->kind, "probe") == 0)
				snprintf(w->c, sizeof(w->c), "10.0.0.9");
			snprintf(w->d, sizeof(w->d), "%s", w->start);
		}
	}
	if (count < 2)
		abort();
}

/* S, BE, IA, AT of a kind. */
static const char *const *
kind_cells(const char *kind)
{
	static const char *const kinds[][5] = {
		{ "leg", "401", "", "false", "Negotiate" },
		{ "ok", "200", "200", "true", "Negotiate" },
		{ "fail", "500", "401", "true", "Negotiate" },
		{ "basic", "401", "", "false", "Basic" },
		{ "deny", "401", "", "true", "Negotiate" },
		{ "probe", "200", "200", "true", "Negotiate" },
		{ "clock", "200", "200", "false", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i][0], kind) == 0)
			return kinds[i];
	}
	printf("no such kind: %s\n", kind);
	abort();
}

static void
write_row(struct check_text *out, const struct change *w)
{
	const char *const *kind = kind_cells(w->kind);
	char client[32], query[80] = "", info[64], end[32], begin[32];
	bool probe = strcmp(w->kind, "probe") == 0;

	put_time(begin, w->start);
	put_time(end, w->d);
	snprintf(info, sizeof(info), "BeginRequest=%s;", begin);
	snprintf(client, sizeof(client), "%s%s",
		 w->c[0] && !strchr(w->c, '.') ? "192.0.2." : "", w->c);
	if (w->m[0])
		snprintf(query, sizeof(query),
			 "?11111111-2222-3333-4444-5555555555%02d@contoso.com",
			 atoi(w->m));
	const char *const *own =
		ROW("DateTime", end, "RequestId", w->id, "Protocol", w->p,
		    "AuthenticationType", kind[4], "IsAuthenticated", kind[3],
		    "AuthenticatedUser", w->u, "UserAgent",
		    probe ? "AMProbe/Local" : w->a, "ClientIpAddress", client,
		    "ServerHostName", w->s, "HttpStatus", kind[1],
		    "BackEndStatus", kind[2], "Method", w->x, "TargetServer",
		    w->t, "ErrorCode", w->e, "AnchorMailbox", w->b, "UrlStem",
		    w->y, "TotalRequestTime", w->l, "UrlQuery", query,
		    "GenericInfo", info);
	const char *cells[2 * ARRAY_LEN(w->more) + 40] = { NULL };
	size_t count = 0;

	for (size_t i = 0; i < w->more_count; i++) {
		cells[count++] = w->more[i].name;
		cells[count++] = w->more[i].value;
	}
	while (*own)
		cells[count++] = *own++;
	log_columns(out, 74);
	log_row(out, 74, cells);
}

static void
parse_row(const struct check_rows *r, struct check_row *one)
{
	rpclog_status status;

	CHECK_STATUS(rpclog_parser_new(&one->parser, NULL), RPCLOG_OK);
	CHECK_STATUS(
		rpclog_parser_feed(one->parser, one->text.ptr, one->text.len),
		RPCLOG_OK);
	do {
		status = rpclog_parser_next(one->parser, &one->row);
	} while (status == RPCLOG_SCHEMA);
	if (!CHECK_STATUS(status, RPCLOG_OK) ||
	    !CHECK_STATUS(rpclog_matcher_classify(r->matcher, NULL, one->row,
						  &one->verdict),
			  RPCLOG_OK))
		abort();
}

void
check_rows_init(struct check_rows *r)
{
	memset(r, 0, sizeof(*r));
	if (rpclog_rules_builtin(&r->rules, NULL) != RPCLOG_OK ||
	    rpclog_matcher_new(&r->matcher, r->rules, NULL) != RPCLOG_OK)
		abort();
}

void
check_rows_take(struct check_rows *r, const struct check_text *line)
{
	struct check_row *one;

	if (r->count == r->room) {
		r->room = 2 * r->room + 16;
		r->row = realloc(r->row, r->room * sizeof(*r->row));
		if (!r->row)
			abort();
	}
	one = &r->row[r->count++];
	memset(one, 0, sizeof(*one));
	one->text = *line;
	parse_row(r, one);
}

void
check_rows_add(struct check_rows *r, const char *text)
{
	while (text[strspn(text, " \n;")]) {
		text += strspn(text, " \n;");

		size_t len = strcspn(text, ";");
		struct change w;

		struct check_text line = { 0 };

		read_change(&w, text, len);
		write_row(&line, &w);
		check_rows_take(r, &line);
		text += len;
	}
}

void
check_rows_clear(struct check_rows *r)
{
	for (size_t i = 0; i < r->count; i++) {
		rpclog_parser_free(r->row[i].parser);
		check_text_free(&r->row[i].text);
	}
	r->count = 0;
}

void
check_rows_free(struct check_rows *r)
{
	check_rows_clear(r);
	free(r->row);
	rpclog_matcher_free(r->matcher);
	rpclog_rules_free(r->rules);
}

const rpclog_row *
check_next_row(rpclog_parser *p, const struct check_text *text)
{
	const rpclog_row *row;

	for (;;) {
		rpclog_status status = rpclog_parser_next(p, &row);

		if (status == RPCLOG_OK)
			return row;
		if (status == RPCLOG_MORE && rpclog_parser_account(p)->bytes) {
			rpclog_parser_reset(p);
			return NULL;
		}
		if (status == RPCLOG_MORE)
			CHECK_STATUS(
				rpclog_parser_feed(p, text->ptr, text->len),
				RPCLOG_OK);
		else if (status != RPCLOG_SCHEMA &&
			 !CHECK_STATUS(status, RPCLOG_BAD_ROW))
			return NULL;
	}
}
