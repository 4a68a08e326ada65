/* SPDX-License-Identifier: MIT */
/* Made logs for tests; see check_log.h. */

#include "check_log.h"

#include <stdlib.h>

#include "schema.h"

/* Every value is ours: contoso and fabrikam, addresses of RFC 5737. */
static const char *const defaults[] = {
	"DateTime",
	"2026-03-02T10:00:05.000Z",
	"RequestId",
	"6f0c1a52-0d5e-4c57-9a77-0f2b6a1c0001",
	"MajorVersion",
	"15",
	"MinorVersion",
	"0",
	"BuildVersion",
	"1497",
	"RevisionVersion",
	"10",
	"Protocol",
	"RpcHttp",
	"UrlHost",
	"mail.contoso.com",
	"UrlStem",
	"/rpc/rpcproxy.dll",
	"AuthenticationType",
	"Negotiate",
	"IsAuthenticated",
	"true",
	"AuthenticatedUser",
	"CONTOSO\\alice",
	"AnchorMailbox",
	"MailboxGuid~11111111-2222-3333-4444-555555555501",
	"UserAgent",
	"MSRPC",
	"ClientIpAddress",
	"192.0.2.10",
	"ServerHostName",
	"CAS01",
	"HttpStatus",
	"200",
	"BackEndStatus",
	"200",
	"Method",
	"RPC_OUT_DATA",
	"ProxyAction",
	"Proxy",
	"TargetServer",
	"mbx01.contoso.com",
	"TargetServerVersion",
	"15.00.1497.000",
	"RoutingType",
	"IntraForest",
	"RoutingHint",
	"MailboxGuidWithDomain",
	"RequestBytes",
	"76",
	"ResponseBytes",
	"462",
	"TotalRequestTime",
	"5000",
	"UrlQuery",
	"?11111111-2222-3333-4444-555555555501@contoso.com:6001",
	"GenericInfo",
	"BeginRequest=2026-03-02T10:00:00.000Z;EndRequest=x;",
	NULL,
};

static const char *
value_of(const char *const *cells, rpclog_slice name)
{
	for (size_t i = 0; cells[i]; i += 2) {
		if (slice_eq(slice_str(cells[i]), name))
			return cells[i + 1];
	}
	return NULL;
}

static const struct column_set *
set_of(size_t columns)
{
	const struct column_set *set = column_set_of(columns);

	if (!set)
		abort();
	return set;
}

void
log_columns(struct check_text *out, size_t columns)
{
	check_text_add(out, "%s\r\n", set_of(columns)->line);
}

void
log_block(struct check_text *out, size_t columns)
{
	check_text_add(out,
		       "#Software: Microsoft Exchange Server\r\n"
		       "#Version: 15.00.1497.010\r\n"
		       "#Log-type: HttpProxy Logs\r\n"
		       "#Date: 2026-03-02T10:00:00.000Z\r\n"
		       "#Fields: %s\r\n",
		       set_of(columns)->line);
}

void
log_header(struct check_text *out, size_t columns)
{
	log_columns(out, columns);
	log_block(out, columns);
}

void
log_row_bare(struct check_text *out, size_t columns, const char *const *cells)
{
	rpclog_slice rest = slice_str(set_of(columns)->line);

	for (size_t i = 0; i < columns; i++) {
		size_t end = slice_find(rest, SLICE(","));
		rpclog_slice name =
			slice_cut(rest, 0, end == SIZE_MAX ? rest.len : end);
		const char *value = value_of(cells, name);

		if (!value)
			value = value_of(defaults, name);
		if (i > 0)
			check_text_add(out, ",");
		if (value)
			check_text_bytes(out, value, strlen(value));
		if (end != SIZE_MAX)
			rest = slice_cut(rest, end + 1, rest.len);
	}
	/* A name that no column has is a mistake in the test. */
	for (size_t i = 0; cells[i]; i += 2) {
		if (slice_find(slice_str(set_of(columns)->line),
			       slice_str(cells[i])) == SIZE_MAX)
			abort();
	}
}

void
log_row(struct check_text *out, size_t columns, const char *const *cells)
{
	log_row_bare(out, columns, cells);
	check_text_add(out, "\r\n");
}

void
log_utf16(struct check_text *out, rpclog_slice text, bool big_endian)
{
	check_text_bytes(out, big_endian ? "\xfe\xff" : "\xff\xfe", 2);
	for (size_t i = 0; i < text.len; i++) {
		char unit[2] = { text.ptr[i], 0 };

		if (big_endian) {
			unit[0] = 0;
			unit[1] = text.ptr[i];
		}
		check_text_bytes(out, unit, 2);
	}
}

void
log_replace(struct check_text *out, rpclog_slice text, const char *from,
	    const char *to)
{
	rpclog_slice needle = slice_str(from);
	size_t at;

	while ((at = slice_find(text, needle)) != SIZE_MAX) {
		check_text_bytes(out, text.ptr, at);
		check_text_bytes(out, to, strlen(to));
		text = slice_cut(text, at + needle.len, text.len);
	}
	check_text_bytes(out, text.ptr, text.len);
}
