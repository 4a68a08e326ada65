/* SPDX-License-Identifier: MIT */
/* Two looks at single rows: is a phase slow, is the row odd? */

#include "gather_inside.h"

/* ---- phases ---------------------------------------------------------------
 */

static const char *const phase_names[PHASE_COUNT] = {
	"CalculateTargetBackEndLatency", "KerberosAuthHeaderLatency",
	"BackendReqInitLatency",	 "BackendReqStreamLatency",
	"BackendProcessingLatency",	 "BackendRespStreamLatency",
};

static void
find_columns(struct gather *g, const rpclog_row *row, uint64_t set)
{
	g->set = set;
	for (size_t i = 0; i < PHASE_COUNT; i++)
		g->phase_column[i] =
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

/* Protocols whose requests are answered at once, if nothing is wrong. */
bool
is_prompt(rpclog_slice protocol)
{
	return slice_eq(protocol, SLICE("Mapi")) ||
	       slice_eq(protocol, SLICE("Autodiscover")) ||
	       slice_eq(protocol, SLICE("Oab"));
}

void
phases_join(struct cell_phases *into, const struct cell_sum *more)
{
	if (into->any.requests == 0)
		into->any = *more;
	else if (more->requests > 0)
		sum_join(&into->any, more);
}

void
gather_phases(struct gather *g, const struct gathering *r,
	      struct cell_phases *phases, uint64_t set)
{
	bool any = false;
	int64_t ms;

	if (r->target == 0 || !r->what.prompt ||
	    r->verdict->class_id != CLASS_OK ||
	    !parse_latency(row_known(r->row, RPCLOG_TOTAL_REQUEST_TIME), &ms))
		return;
	if (ms < PHASE_SLOW_MS) {
		phases->ordinary++;
		return;
	}
	if (is_waiting(r->row))
		return;
	phases->ordinary++;
	if (g->set != set)
		find_columns(g, r->row, set);
	for (size_t i = 0; i < PHASE_COUNT; i++) {
		rpclog_slice cell = row_cell(r->row, g->phase_column[i]);

		/* Mostly it has too few digits to be slow. */
		if (cell.len < 4 || !parse_latency(cell, &ms) ||
		    ms < PHASE_SLOW_MS)
			continue;
		phases->slow[i]++;
		any = true;
	}
	if (any)
		phases_join(phases, &r->one);
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

int
odd_kind_of(const rpclog_row *row, bool ecp)
{
	if (is_odd_anchor(row))
		return ODD_ANCHOR;
	if (ecp && row_known(row, RPCLOG_AUTHENTICATED_USER).len == 0 &&
	    slice_eq(row_known(row, RPCLOG_METHOD), SLICE("POST")) &&
	    is_resource(row_known(row, RPCLOG_URL_STEM)))
		return ODD_RESOURCE;
	return 0;
}
