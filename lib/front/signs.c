/* SPDX-License-Identifier: MIT */
/* What a single row shows beyond its class. */

#include "signs.h"

#include <string.h>

#include "../row.h"

/* ---- phases ---------------------------------------------------------------
 */

static const char *const phase_names[PHASE_COUNT] = {
	"CalculateTargetBackEndLatency", "KerberosAuthHeaderLatency",
	"BackendReqInitLatency",	 "BackendReqStreamLatency",
	"BackendProcessingLatency",	 "BackendRespStreamLatency",
};

static void
find_columns(struct phase_columns *columns, const rpclog_row *row, uint64_t set)
{
	columns->set = set;
	for (size_t i = 0; i < PHASE_COUNT; i++)
		columns->at[i] =
			rpclog_schema_find_nocase(row->schema, phase_names[i]);
}

/*
 * Requests that wait because they are asked to: "R:..;RT:NotificationWait"; and
 * the end of a session, for which nobody waits.
 */
static bool
is_waiting(const rpclog_row *row)
{
	rpclog_slice id = row_known(row, RPCLOG_CLIENT_REQUEST_ID);
	const char *semicolon = id.len ? memchr(id.ptr, ';', id.len) : NULL;
	rpclog_slice type;

	if (!semicolon)
		return false;
	type = slice_cut(id, (size_t)(semicolon - id.ptr) + 1, id.len);
	return slice_starts(type, SLICE("RT:NotificationWait")) ||
	       slice_starts(type, SLICE("RT:PING")) ||
	       slice_starts(type, SLICE("RT:Disconnect"));
}

bool
is_prompt(rpclog_slice protocol)
{
	return slice_eq(protocol, SLICE("Mapi")) ||
	       slice_eq(protocol, SLICE("Autodiscover")) ||
	       slice_eq(protocol, SLICE("Oab"));
}

bool
row_phases(const rpclog_row *row, struct phase_columns *columns, uint64_t set,
	   unsigned *slow)
{
	int64_t ms;

	*slow = 0;
	if (!parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME), &ms))
		return false;
	if (ms < PHASE_SLOW_MS)
		return true;
	if (is_waiting(row))
		return false;
	if (columns->set != set)
		find_columns(columns, row, set);
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		rpclog_slice cell = row_cell(row, columns->at[i]);

		/* Mostly it has too few digits to be slow. */
		if (cell.len >= 4 && parse_latency(cell, &ms) &&
		    ms >= PHASE_SLOW_MS)
			*slow |= 1u << i;
	}
	return true;
}

/* ---- channels -------------------------------------------------------------
 */

enum half
row_half(const rpclog_row *row)
{
	rpclog_slice method = row_known(row, RPCLOG_METHOD);

	if (!slice_starts(method, SLICE("RPC_")))
		return HALF_NONE;
	return slice_starts(method, SLICE("RPC_IN")) ? HALF_IN : HALF_OUT;
}

bool
row_is_brief(const rpclog_row *row)
{
	int64_t ms;

	return row_half(row) == HALF_OUT &&
	       parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME), &ms) &&
	       ms < BRIEF_MS;
}

enum channel_end
row_channel_end(const rpclog_row *row)
{
	rpclog_slice end = row_derived(row, RPCLOG_D_RPC_END);

	return slice_eq(end, SLICE("closed"))	 ? END_CLOSED
	       : slice_eq(end, SLICE("client"))	 ? END_CLIENT
	       : slice_eq(end, SLICE("backend")) ? END_BACKEND
						 : END_UNKNOWN;
}

/* ---- odd rows -------------------------------------------------------------
 */

/* A host name, or an address, with a port or a version behind it. */
static bool
is_host(rpclog_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (!ascii_digit(c) && (c < 'a' || c > 'z') &&
		    (c < 'A' || c > 'Z') && c != '.' && c != '-' && c != '_' &&
		    c != ':' && c != '~' && c < 0x80)
			return false;
	}
	return true;
}

/* What the front end takes for a file that needs no logon. */
static bool
is_resource(rpclog_slice stem)
{
	static const char ends[][10] = {
		".js",	 ".css", ".png", ".gif", ".ico",  ".html",     ".htm",
		".jpg",	 ".svg", ".eot", ".ttf", ".woff", ".flt",      ".axd",
		".skin", ".xap", ".crx", ".mui", ".msi",  ".manifest", ".mp3",
		".wav",	 ".bin", ".dat", ".exe",
	};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		if (slice_ends_nocase(stem, slice_str(ends[i])))
			return true;
	}
	return false;
}

bool
is_odd_target(rpclog_slice target)
{
	return !is_host(target);
}

bool
is_odd_anchor(const rpclog_row *row)
{
	static const rpclog_slice named = { "ServerInfo~", 11 };
	rpclog_slice anchor = row_known(row, RPCLOG_ANCHOR_MAILBOX);

	return slice_starts(anchor, named) &&
	       !is_host(slice_cut(anchor, named.len, anchor.len));
}

bool
row_may_be_odd(const rpclog_row *row, bool ecp)
{
	rpclog_slice anchor = row_known(row, RPCLOG_ANCHOR_MAILBOX);

	/* "ServerInfo~.." */
	return ecp || (anchor.len > 10 && anchor.ptr[6] == 'I');
}

int
row_odd_kind(const rpclog_row *row, bool ecp)
{
	if (is_odd_anchor(row))
		return ODD_ANCHOR;
	if (ecp && row_known(row, RPCLOG_AUTHENTICATED_USER).len == 0 &&
	    slice_eq(row_known(row, RPCLOG_METHOD), SLICE("POST")) &&
	    is_resource(row_known(row, RPCLOG_URL_STEM)))
		return ODD_RESOURCE;
	return 0;
}
