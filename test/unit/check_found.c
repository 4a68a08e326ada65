/* SPDX-License-Identifier: MIT */
/* Findings of rows out of a short text; see check_found.h. */

#include "check_found.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "findings.h"

/* 2026-03-02T10:00:00Z */
#define BASE_S INT64_C(1772445600)

/* ---- rows -------------------------------------------------------------------
 */

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
	const char *word;
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
	put_kind(&row, word ? word : "");
	while ((word = strtok_r(rest, " \n", &rest)) != NULL) {
		for (char *p = copy + (word - copy); *p; p++)
			*p = *p == '~' ? ' ' : *p;
		if (strcmp(word, "old") == 0)
			old = true;
		else
			put_change(&row, word);
	}
	put_defaults(&row, start, old);
	log_columns(&line, 74);
	log_row(&line, 74, row.cells);
	check_rows_take(rows, &line);
}

static void
add_rows(struct check_rows *rows, const char *text)
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

/* ---- findings ---------------------------------------------------------------
 */

static void
print_time(char text[64], int64_t us)
{
	time_t seconds = (time_t)(us / 1000000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, 64, "%Y-%m-%dT%H:%M:%S.000Z", &tm);
}

struct work {
	rpclog_tracker *tracker;
	struct gather *gather;
};

/* Every 'step'th row from 'from' on, from the last to the first if 'back'. */
static void
gather_some(struct work *w, const struct check_rows *rows, size_t from,
	    size_t step, bool back)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.flags |= RPCLOG_OPT_LIKELY;
	CHECK_STATUS(rpclog_tracker_new(&w->tracker, rows->rules, &options),
		     RPCLOG_OK);
	CHECK_STATUS(gather_new(&w->gather, w->tracker, &options), RPCLOG_OK);
	for (size_t i = 0; i < rows->count; i++) {
		size_t at = back ? rows->count - 1 - i : i;

		if (at % step == from)
			CHECK_STATUS(gather_row(w->gather, rows->row[at].row,
						&rows->row[at].verdict, 1,
						at + 1),
				     RPCLOG_OK);
	}
	CHECK_STATUS(rpclog_tracker_tidy(w->tracker), RPCLOG_OK);
	CHECK_STATUS(gather_close(w->gather), RPCLOG_OK);
}

static void
free_work(struct work *w)
{
	rpclog_tracker_free(w->tracker);
	gather_free(w->gather);
}

static bool
is_in(const char *id, const char *ids)
{
	size_t len = strlen(id);

	for (; *ids; ids += strcspn(ids, " "), ids += strspn(ids, " ")) {
		if (strcspn(ids, " ") == len && strncmp(ids, id, len) == 0)
			return true;
	}
	return false;
}

static void
put_text(struct check_text *out, rpclog_slice text, const char *omit)
{
	while (text.len > 0) {
		size_t len = omit ? strlen(omit) : 0;

		if (len > 0 && slice_starts(text, slice_of(omit, len))) {
			text = slice_cut(text, len, text.len);
			continue;
		}
		if (text.ptr[0] != FINDING_LOG && text.ptr[0] != FINDING_END)
			check_text_bytes(out, text.ptr, 1);
		text = slice_cut(text, 1, text.len);
	}
}

static void
put_finding(struct check_text *out, const struct finding *finding, bool told)
{
	static const char *const severities[] = { "info", "low", "medium",
						  "high", "critical" };

	check_text_add(out, "%s %s %.*s [", finding->id,
		       severities[finding->severity], (int)finding->subject.len,
		       finding->subject.ptr);
	for (size_t i = 0; i < finding->line_count; i++) {
		if (finding->lines[i].kind == LINE_USERS)
			put_text(out, finding->lines[i].text, "CONTOSO\\");
	}
	check_text_add(out, "] %d%s;\n", (int)finding->requests,
		       finding->trend == TREND_ENDED ||
				       finding->trend == TREND_FIXED
			       ? " over"
			       : "");
	if (!told)
		return;
	check_text_add(out, "%lld %lld %llu %llu\n",
		       (long long)finding->first_us,
		       (long long)finding->last_us,
		       (unsigned long long)finding->first_tag,
		       (unsigned long long)finding->last_tag);
	put_text(out, finding->sentence, NULL);
	for (size_t i = 0; i < finding->line_count; i++) {
		check_text_add(out, "\n");
		put_text(out, finding->lines[i].text, NULL);
	}
	check_text_add(out, "\n");
}

/* In one gather as they come, or in two and back to front. */
static void
find(struct check_text *out, const struct check_rows *rows, const char *ids,
     bool told, bool parted)
{
	struct findings_options how = { .print_time = print_time };
	struct findings *findings;
	struct work one, two;

	check_text_add(out, "%s", "");
	gather_some(&one, rows, 0, parted ? 2 : 1, parted);
	if (parted) {
		gather_some(&two, rows, 1, 2, true);
		CHECK_STATUS(rpclog_tracker_merge(one.tracker, two.tracker),
			     RPCLOG_OK);
		CHECK_STATUS(gather_merge(one.gather, two.gather), RPCLOG_OK);
		free_work(&two);
	}
	CHECK_STATUS(rpclog_tracker_finish(one.tracker), RPCLOG_OK);
	if (CHECK_STATUS(findings_new(&findings, one.gather, one.tracker,
				      rows->rules, &how),
			 RPCLOG_OK)) {
		for (size_t i = 0; i < findings_count(findings); i++) {
			if (is_in(findings_at(findings, i)->id, ids))
				put_finding(out, findings_at(findings, i),
					    told);
		}
		for (size_t i = 0; i < findings_notes(findings); i++) {
			if (is_in(findings_note(findings, i)->id, ids))
				put_finding(out, findings_note(findings, i),
					    told);
		}
	}
	findings_free(findings);
	free_work(&one);
}

void
check_found(struct check_text *out, struct check_rows *rows, const char *text,
	    const char *ids)
{
	add_rows(rows, text);
	find(out, rows, ids, false, false);
}

void
check_found_told(struct check_text *out, struct check_rows *rows,
		 const char *text, const char *ids)
{
	add_rows(rows, text);
	find(out, rows, ids, true, false);
}

void
check_found_cases(struct check_rows *rows, const char *ids,
		  const struct found_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct check_text got = { 0 }, told = { 0 }, parted = { 0 };

		CHECK_CASE(cases[i].name);
		check_found(&got, rows, cases[i].rows, ids);
		CHECK_STR(got.ptr, cases[i].want);
		find(&told, rows, ids, true, false);
		find(&parted, rows, ids, true, true);
		CHECK_STR(parted.ptr, told.ptr);
		check_text_free(&got);
		check_text_free(&told);
		check_text_free(&parted);
	}
}
