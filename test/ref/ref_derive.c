/* SPDX-License-Identifier: MIT */
/* What a row says, one function a word. */
#include "ref.h"

/* A whole number whose decimals are cut off; false: it is none. */
static bool
read_millis(struct text t, int64_t *ms)
{
	size_t i;

	*ms = 0;
	for (i = 0; i < t.len && t.ptr[i] >= '0' && t.ptr[i] <= '9'; i++) {
		if (i == 15)
			return false;
		*ms = *ms * 10 + (t.ptr[i] - '0');
	}
	if (i == 0)
		return false;
	if (i < t.len && t.ptr[i] == '.')
		for (i++; i < t.len && t.ptr[i] >= '0' && t.ptr[i] <= '9';)
			i++;
	return i == t.len;
}

static struct text
whole_millis(struct text t)
{
	int64_t ms;

	if (!read_millis(t, &ms))
		return text_of("");
	return text_cut(t, 0, text_find(t, ".", 0));
}

/* The value of BeginRequest=, the key first or after ; */
static bool
begin_request(struct text GI, int64_t *start)
{
	size_t at;

	if (text_starts(GI, "BeginRequest="))
		at = 0;
	else if ((at = text_find(GI, ";BeginRequest=", 0)) < GI.len)
		at++;
	else
		return false;
	at += sizeof "BeginRequest=" - 1;
	return time_parse(text_cut(GI, at, text_find(GI, ";", at)), start);
}

/* Year 1 is the earliest; a start before it is unreadable. */
static int64_t
start_of(const struct row *row)
{
	int64_t start, ms, earliest = 0;

	time_parse(text_of("0001-01-01T00:00:00Z"), &earliest);
	if (begin_request(row->GI, &start))
		return start;
	if (read_millis(row_cell(row, "TotalRequestTime"), &ms) &&
	    row->end - ms * 1000 >= earliest)
		return row->end - ms * 1000;
	return row->end;
}

/* The value after the last key in t, up to ; and without blanks before it */
static struct text
last_value(struct text t, const char *key)
{
	struct text value = text_of("");
	size_t at = text_find(t, key, 0);

	for (; at < t.len; at = text_find(t, key, at + 1)) {
		const size_t from = at + text_of(key).len;

		value = text_cut(t, from, text_find(t, ";", from));
	}
	while (value.len && value.ptr[0] == ' ')
		value = text_cut(value, 1, value.len);
	return value;
}

/* S of the first `with status 'S'` in t; the quote may be \u0027 */
static struct text
status_in(struct text t)
{
	static const char with[] = "with status ";
	size_t from = text_find(t, with, 0);
	const char *quote;
	size_t to;

	if (from == t.len)
		return text_of("");
	t = text_cut(t, from + sizeof with - 1, t.len);
	quote = text_starts(t, "'") ? "'" : "\\u0027";
	if (!text_starts(t, quote))
		return text_of("");
	from = text_of(quote).len;
	to = text_find(t, quote, from);
	return to == t.len ? text_of("") : text_cut(t, from, to);
}

/* The last NegotiateSecurityContext text that has a status counts. */
static struct text
security_status(struct text GE)
{
	static const char name[] = "NegotiateSecurityContext";
	struct text last = text_of("");
	size_t at = text_find(GE, name, 0);

	while (at < GE.len) {
		const size_t next = text_find(GE, name, at + 1);
		const struct text word = status_in(text_cut(GE, at, next));

		if (word.len)
			last = word;
		at = next;
	}
	return last;
}

/* xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx at the head of t */
static bool
starts_with_guid(struct text t)
{
	if (t.len < 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		const char c = t.ptr[i];
		const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		const bool hex = (c >= '0' && c <= '9') ||
				 (c >= 'a' && c <= 'f') ||
				 (c >= 'A' && c <= 'F');

		if (dash ? c != '-' : !hex)
			return false;
	}
	return true;
}

static struct text
mailbox_of(struct text query)
{
	size_t to = 37;

	if (!text_starts(query, "?"))
		return text_of("");
	query = text_cut(query, 1, query.len);
	if (text_starts_nocase(query, "MailboxId="))
		query = text_cut(query, 10, query.len);
	if (!starts_with_guid(query) || query.len < 37 || query.ptr[36] != '@')
		return text_of("");
	while (to < query.len && query.ptr[to] != ':' && query.ptr[to] != '&' &&
	       query.ptr[to] != '/' && query.ptr[to] != '?' &&
	       query.ptr[to] != ' ' && query.ptr[to] != '\t')
		to++;
	if (to == 37)
		return text_of("");
	return text_lower(text_cut(query, 0, to));
}

/* The part after \, or else the part before @ */
struct text
account_part(struct text user)
{
	const size_t slash = text_find(user, "\\", 0);

	if (slash < user.len)
		return text_cut(user, slash + 1, user.len);
	return text_cut(user, 0, text_find(user, "@", 0));
}

static bool
is_legacy(const struct row *row, const struct options *options)
{
	const struct text version = row_cell(row, "TargetServerVersion");

	return text_starts(row_cell(row, "RoutingHint"), "RpcHttpProxyRules") ||
	       text_starts(row_cell(row, "AnchorMailbox"), "Url~") ||
	       text_starts(version, "14.") || text_starts(version, "08.") ||
	       text_starts(version, "8.") ||
	       text_has(row->GI, "ProxyToDownLevel=True") ||
	       text_in_list(row_cell(row, "TargetServer"), options->legacy);
}

void
derive_row(struct row *row, const struct options *options)
{
	const struct text IA = row_cell(row, "IsAuthenticated");
	const struct text AT = row_cell(row, "AuthenticationType");

	row->S = row_cell(row, "HttpStatus");
	row->BE = row_cell(row, "BackEndStatus");
	row->EC = row_cell(row, "ErrorCode");
	row->AT = text_cut(AT, 0, text_find(AT, ";", 0));
	row->IA = text_is(IA, "true") || text_is(IA, "True");
	row->U = row_cell(row, "AuthenticatedUser");
	row->UA = row_cell(row, "UserAgent");
	row->GE = row_cell(row, "GenericErrors");
	row->GI = row_cell(row, "GenericInfo");
	row->RSC = last_value(row->GE, "ResponseStatusCode=");
	row->WES = last_value(row->GE, "WebExceptionStatus=");
	row->status_word = security_status(row->GE);
	row->start = start_of(row);
	row->protocol = row_cell(row, "Protocol");
	row->method = row_cell(row, "Method");
	row->server = row_cell(row, "ServerHostName");
	row->request_id = row_cell(row, "RequestId");
	row->mailbox = mailbox_of(row_cell(row, "UrlQuery"));
	row->client = client_normal(row_cell(row, "ClientIpAddress"));
	row->target = text_lower(row_cell(row, "TargetServer"));
	row->account = account_part(row->U);
	row->user_folded = text_lower(row->U);
	row->latency_ms = whole_millis(row_cell(row, "TotalRequestTime"));
	row->legacy = is_legacy(row, options);
}
