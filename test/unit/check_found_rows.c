/* SPDX-License-Identifier: MIT */
/* Rows out of a short text; see check_found.h. */

#include "check_found.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* 2026-03-02T10:00:00Z */
#define BASE_S INT64_C(1772445600)

#define CELLS 40

/* Columns and values of a row; the first of a name counts. */
struct cells_of {
	const char *cells[2 * CELLS + 1];
	char values[CELLS][200];
	size_t count;
};

static void
put(struct cells_of *row, const char *column, const char *value)
{
	for (size_t i = 0; i < row->count; i++) {
		if (strcmp(row->cells[2 * i], column) == 0)
			return;
	}
	if (row->count == CELLS)
		abort();
	snprintf(row->values[row->count], sizeof(row->values[0]), "%s",
		 strcmp(value, "-") == 0 ? "" : value);
	row->cells[2 * row->count] = column;
	row->cells[2 * row->count + 1] = row->values[row->count];
	row->cells[2 * ++row->count] = NULL;
}

#define SSPI "HttpException=NegotiateSecurityContext failed with for host "

static void
put_kind(struct cells_of *row, const char *kind)
{
	static const char *const kinds[][5] = {
		/* HttpStatus, BackEndStatus, ErrorCode, GenericErrors */
		{ "ok", "200", "200", "-", "-" },
		{ "krb", "500", "-", "-",
		  SSPI "'x' with status 'InvalidToken';" },
		{ "skew", "500", "-", "-", SSPI "'x' with status 'TimeSkew';" },
		{ "refuse", "500", "401", "-", "-" },
		{ "down", "503", "ConnectFailure", "-", "-" },
		{ "dns", "503", "NameResolutionFailure", "-", "-" },
		{ "tls", "503", "SecureChannelFailure", "-", "-" },
		{ "cert", "503", "TrustFailure", "-", "-" },
		{ "late", "504", "Timeout", "-", "-" },
		{ "oauth", "500", "-", "InvalidOAuthToken", "-" },
		{ "basic", "401", "-", "-", "-" },
		{ "deny", "401", "-", "-", "-" },
		{ "probe", "200", "200", "-", "-" },
	};
	size_t i = 0;

	while (i < ARRAY_LEN(kinds) && strcmp(kinds[i][0], kind) != 0)
		i++;
	if (i == ARRAY_LEN(kinds)) {
		printf("no such kind: %s\n", kind);
		abort();
	}
	if (strcmp(kind, "basic") == 0) {
		put(row, "AuthenticationType", "Basic");
		put(row, "IsAuthenticated", "false");
		put(row, "AuthenticatedUser", "-");
	} else if (strcmp(kind, "probe") == 0) {
		put(row, "UserAgent", "AMProbe/Local");
		put(row, "ClientIpAddress", "10.0.0.9");
	}
	put(row, "HttpStatus", kinds[i][1]);
	put(row, "BackEndStatus", kinds[i][2]);
	put(row, "ErrorCode", kinds[i][3]);
	put(row, "GenericErrors", kinds[i][4]);
}

static void
put_change(struct cells_of *row, const char *word)
{
	static const struct {
		const char *key, *column, *format;
	} known[] = {
		{ "u=", "AuthenticatedUser", "%sCONTOSO\\%s" },
		{ "m=", "UrlQuery",
		  "?11111111-2222-3333-4444-5555555555%s%s@contoso.com" },
		{ "c=", "ClientIpAddress", "%s192.0.2.%s" },
		{ "s=", "ServerHostName", "%s%s" },
		{ "t=", "TargetServer", "%s%s" },
		{ "p=", "Protocol", "%s%s" },
		{ "x=", "Method", "%s%s" },
		{ "a=", "UserAgent", "%s%s" },
	};
	static char columns[16][40];
	const char *is = strchr(word, '=');
	char value[200];

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (strncmp(word, known[i].key, 2) != 0)
			continue;
		/* A mailbox needs all its digits. */
		snprintf(value, sizeof(value), known[i].format,
			 word[0] == 'm' && !word[3] ? "0" : "", word + 2);
		put(row, known[i].column,
		    strcmp(word + 2, "-") == 0 ? "-" : value);
		return;
	}
	if (!is || is == word) {
		printf("no such change: %s\n", word);
		abort();
	}
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		size_t len = (size_t)(is - word);

		if (columns[i][0] && (strlen(columns[i]) != len ||
				      strncmp(columns[i], word, len) != 0))
			continue;
		snprintf(columns[i], sizeof(columns[i]), "%.*s",
			 (int)(is - word), word);
		put(row, columns[i], is + 1);
		return;
	}
	abort();
}

static void
put_defaults(struct cells_of *row, double start, bool old)
{
	int64_t ms = (int64_t)(start * 1000) + BASE_S * 1000;
	time_t seconds = (time_t)(ms / 1000);
	char text[40], info[80];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(info, sizeof(info), "BeginRequest=%s.%03dZ;", text,
		 (int)(ms % 1000));
	put(row, "GenericInfo", info);
	snprintf(info, sizeof(info), "%s.%03dZ", text, (int)(ms % 1000));
	put(row, "DateTime", info);
	put(row, "TargetServerVersion",
	    old ? "14.03.0123.000" : "15.01.2375.007");
	put(row, "RoutingHint",
	    old ? "RpcHttpProxyRules" : "MailboxGuidWithDomain");
	put_change(row, "u=alice");
	put_change(row, "m=1");
	put_change(row, "c=1");
	put_change(row, "s=ex1");
	put_change(row, "t=mbx1");
	put(row, "AuthenticationType", "Negotiate");
	put(row, "IsAuthenticated", "true");
	put(row, "UserAgent", "-");
	put(row, "TotalRequestTime", "20");
	put_change(row, "p=Mapi");
	for (size_t i = 0; i < row->count; i++) {
		if (strcmp(row->cells[2 * i], "Protocol") == 0)
			put(row, "Method",
			    strcmp(row->cells[2 * i + 1], "RpcHttp") == 0
				    ? "RPC_OUT_DATA"
				    : "POST");
	}
}

/* One row of 'text', the 'number'th of it. */
static void
add_row(struct check_rows *rows, const char *text, size_t len, double start,
	int number)
{
	struct check_text line = { 0 };
	char copy[600], *rest = copy;
	struct cells_of row;
	const char *word, *kind;
	bool old = false;
	size_t to = 0;

	for (size_t i = 0; i < len && to + 12 < sizeof(copy); i++) {
		if (text[i] == '#')
			to += (size_t)snprintf(copy + to, 12, "%d", number);
		else
			copy[to++] = text[i];
	}
	copy[to] = '\0';
	memset(&row, 0, sizeof(row));
	word = strtok_r(rest, " \n", &rest);
	kind = word ? word : "";
	while ((word = strtok_r(rest, " \n", &rest)) != NULL) {
		for (char *p = copy + (word - copy); *p; p++)
			*p = *p == '~' ? ' ' : *p == '^' ? ';' : *p;
		if (strcmp(word, "old") == 0)
			old = true;
		else
			put_change(&row, word);
	}
	put_kind(&row, kind);
	put_defaults(&row, start, old);
	log_columns(&line, 74);
	log_row(&line, 74, row.cells);
	check_rows_take(rows, &line);
}

void
check_found_rows(struct check_rows *rows, const char *text)
{
	check_rows_clear(rows);
	while (text[strspn(text, " \n;")]) {
		char *rest;
		size_t len;
		long count = 1;
		double start, step = 0;

		text += strspn(text, " \n;");
		len = strcspn(text, ";");
		start = strtod(text, &rest);
		if (*rest == '*') {
			count = (long)start;
			start = strtod(rest + 1, &rest);
			step = *rest == '+' ? strtod(rest, &rest) : 0;
		}
		for (long i = 0; i < count; i++)
			add_row(rows, rest, len - (size_t)(rest - text),
				start + step * (double)i, (int)i + 1);
		text += len;
	}
}
