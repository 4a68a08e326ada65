/* SPDX-License-Identifier: MIT */
/* The numbers of a row's names, mostly by memory of the rows before. */

#include "gather_inside.h"

bool
server_of(struct gather *g, const rpclog_row *row, uint32_t *server)
{
	uint32_t there = g->tracker->last_server;
	size_t known = g->servers_room;

	if (there < known && g->servers[there]) {
		*server = g->servers[there];
		return true;
	}
	if (!dict_add(&g->names, row_known(row, RPCLOG_SERVER), server) ||
	    !alloc_grow(&g->alloc, &g->servers, &g->servers_room,
			(size_t)there + 1, sizeof(*g->servers)))
		return false;
	if (g->servers_room > known)
		memset(g->servers + known, 0,
		       (g->servers_room - known) * sizeof(*g->servers));
	g->servers[there] = *server;
	return true;
}

bool
target_of(struct gather *g, const rpclog_row *row, uint32_t *target)
{
	rpclog_slice cell = row_known(row, RPCLOG_TARGET_SERVER);
	struct target_memo *memo;
	uint64_t head = 0;

	*target = 0;
	if (cell.len == 0)
		return true;
	memcpy(&head, cell.ptr, cell.len < 8 ? cell.len : 8);
	memo = &g->targets[head * 0x9e3779b97f4a7c15u >> 59];
	if (memo->len == cell.len && !memcmp(memo->cell, cell.ptr, cell.len)) {
		*target = memo->target;
		return true;
	}
	if (!dict_add(&g->names, row_derived(row, RPCLOG_D_TARGET), target))
		return false;
	if (cell.len <= TARGET_ROOM) {
		memo->len = (uint8_t)cell.len;
		memo->target = *target;
		memcpy(memo->cell, cell.ptr, cell.len);
	}
	return true;
}

bool
what_of(struct gather *g, const rpclog_row *row, struct what_memo *what)
{
	struct part part = row_part(row, PART_WHAT);
	struct what_memo *memo = &g->whats[part.slot];
	rpclog_slice protocol;

	if (part.number != 0 && memo->part == part.number) {
		*what = *memo;
		return true;
	}
	protocol = row_known(row, RPCLOG_PROTOCOL);
	what->part = part.number;
	what->half = (uint8_t)row_half(row);
	what->prompt = is_prompt(protocol);
	what->ecp = slice_eq(protocol, SLICE("Ecp"));
	what->authenticated = row_authenticated(row);
	if (!dict_add(&g->names, protocol, &what->protocol))
		return false;
	if (part.number != 0)
		*memo = *what;
	return true;
}

/* Is the row's target Exchange 2010 or 2007?  As rpclog_row_derived() tells,
 * but nobody looks further if the version says that it is not. */
static bool
says_legacy(const rpclog_row *row)
{
	if (slice_starts(row_known(row, RPCLOG_TARGET_SERVER_VERSION),
			 SLICE("15.")) &&
	    !slice_starts(row_known(row, RPCLOG_ROUTING_HINT),
			  SLICE("RpcHttpProxyRules")) &&
	    !slice_starts(row_known(row, RPCLOG_ANCHOR_MAILBOX),
			  SLICE("Url~")) &&
	    !row->legacy_hosts)
		return false;
	return row_is_legacy(row, NULL);
}

bool
gather_trait(struct gather *g, uint32_t target, uint8_t trait)
{
	size_t known = g->trait_room;

	if (!alloc_grow(&g->alloc, &g->traits, &g->trait_room,
			(size_t)target + 1, sizeof(*g->traits)))
		return false;
	if (g->trait_room > known)
		memset(g->traits + known, 0, g->trait_room - known);
	g->traits[target] |= trait;
	return true;
}

/* One row that says a target is legacy is enough. */
bool
note_target(struct gather *g, const struct gathering *r)
{
	uint8_t trait = r->target < g->trait_room ? g->traits[r->target] : 0;

	if (!(trait & TARGET_KNOWN) &&
	    !gather_trait(g, r->target,
			  is_odd_target(dict_at(&g->names, r->target))
				  ? TARGET_KNOWN | TARGET_ODD
				  : TARGET_KNOWN))
		return false;
	if (trait & TARGET_LEGACY || !says_legacy(r->row))
		return true;
	return gather_trait(g, r->target, TARGET_LEGACY);
}

/* Software and Windows, by memory if the client was met before. */
bool
trait_of(struct gather *g, const rpclog_row *row, struct use *use)
{
	struct part who = row_part(row, PART_WHO);
	struct trait_memo *memo = &g->traits_of[who.slot];

	if (who.number == 0 || memo->part != who.number) {
		if (!dict_add(&g->names, row_derived(row, RPCLOG_D_SOFTWARE),
			      &use->software) ||
		    !dict_add(&g->names, row_derived(row, RPCLOG_D_WINDOWS),
			      &use->windows))
			return false;
		if (who.number == 0)
			return true;
		memo->part = who.number;
		memo->software = use->software;
		memo->windows = use->windows;
	}
	use->software = memo->software;
	use->windows = memo->windows;
	return true;
}
