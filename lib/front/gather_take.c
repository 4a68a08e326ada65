/* SPDX-License-Identifier: MIT */
/* One row into the cells of each table, mostly by memory of the rows before. */

#include "gather_inside.h"

/* An RPC channel that lives no longer is short. */
#define BRIEF_MS 60000

/* ---- names ----------------------------------------------------------------
 */

/* The number of a name that is often the one before's, '*last'. */
static bool
name_near(struct gather *g, rpclog_slice name, uint32_t *last, uint32_t *id)
{
	if (*last == DICT_NONE || !slice_eq(dict_at(&g->names, *last), name)) {
		if (!dict_add(&g->names, name, last))
			return false;
	}
	*id = *last;
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
static bool
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

/* ---- tables ---------------------------------------------------------------
 */

static bool
add(struct gather *g, enum table_number table, const struct cell_key *key,
    const struct cell_sum *more)
{
	uint32_t id;

	return sums_add(&g->sums[table], &g->alloc, key, more, &id);
}

/* Hours since 1970; rounded to the past. */
static int64_t
hour_of(int64_t us)
{
	return us / US_PER_HOUR - (us % US_PER_HOUR < 0);
}

/* Where what is known of this client and session lies. */
static struct use_memo *
use_memo_of(const struct gather *g, uint64_t part)
{
	uint32_t hash = (uint32_t)part * 0x9e3779b1u ^
			g->tracker->row_key * 0x85ebca6bu;

	return &g->uses[hash >> 18];
}

static bool
new_use(struct gather *g, const struct gathering *r, struct use_memo *memo)
{
	struct cell_key cell = {
		.user = memo->user,
		.key = memo->key,
		.target = memo->target,
		.protocol = memo->protocol,
		.class_id = memo->class_id,
		.half = (uint8_t)r->half,
		.later = r->later,
	};

	return dict_add(&g->names, row_derived(r->row, RPCLOG_D_SOFTWARE),
			&cell.software) &&
	       dict_add(&g->names, row_derived(r->row, RPCLOG_D_WINDOWS),
			&cell.windows) &&
	       sums_add(&g->sums[TABLE_USE], &g->alloc, &cell, &r->one,
			&memo->cell);
}

/* '*memo' is left where the row's cell is remembered. */
static bool
take_use(struct gather *g, const struct gathering *r, struct use_memo **memo)
{
	struct part who = row_part(r->row, PART_WHO);
	struct use_memo now = {
		.part = who.number,
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.target = r->target,
		.protocol = r->protocol,
		.class_id = r->verdict->class_id,
		.half = (uint32_t)r->half | (r->later ? 256 : 0),
		.cell = NOBODY,
		.brief = NOBODY,
	};
	struct use_memo *known = use_memo_of(g, who.number);

	*memo = known;
	if (who.number != 0 && known->part == now.part &&
	    known->user == now.user && known->key == now.key &&
	    known->target == now.target && known->protocol == now.protocol &&
	    known->class_id == now.class_id && known->half == now.half) {
		sum_join(&g->sums[TABLE_USE].sum[known->cell], &r->one);
		return true;
	}
	*known = now;
	if (new_use(g, r, known))
		return true;
	known->part = 0;
	return false;
}

static bool
new_flow(struct gather *g, const struct gathering *r, struct flow_memo *memo)
{
	struct cell_key flow = {
		.at = memo->at,
		.user = NOBODY,
		.key = NOBODY,
		.target = r->target,
		.protocol = r->protocol,
		.class_id = r->verdict->class_id,
	};
	struct cell_key route = {
		.user = NOBODY,
		.key = NOBODY,
		.server = r->server,
		.target = r->target,
		.class_id = r->verdict->class_id,
	};
	size_t known = g->phases_room;

	if (!sums_add(&g->sums[TABLE_FLOW], &g->alloc, &flow, &r->one,
		      &memo->flow) ||
	    !sums_add(&g->sums[TABLE_ROUTE], &g->alloc, &route, &r->one,
		      &memo->route) ||
	    !alloc_grow(&g->alloc, &g->phases, &g->phases_room,
			(size_t)memo->flow + 1, sizeof(*g->phases)))
		return false;
	if (g->phases_room > known)
		memset(g->phases + known, 0,
		       (g->phases_room - known) * sizeof(*g->phases));
	memo->server = r->server;
	memo->target = r->target;
	memo->protocol = r->protocol;
	memo->class_id = r->verdict->class_id;
	return true;
}

/* Flow and route of the row; the flow's number in '*id'. */
static bool
take_flow(struct gather *g, const struct gathering *r, uint32_t *id)
{
	int64_t at = hour_of(r->one.first_us);
	uint32_t class_id = r->verdict->class_id;
	struct flow_memo *memo =
		&g->flows[(r->target * 5 + class_id + r->protocol * 3) %
			  FLOW_MEMOS];

	if (memo->flow != NOBODY && memo->at == at &&
	    memo->target == r->target && memo->class_id == class_id &&
	    memo->server == r->server && memo->protocol == r->protocol) {
		sum_join(&g->sums[TABLE_FLOW].sum[memo->flow], &r->one);
		sum_join(&g->sums[TABLE_ROUTE].sum[memo->route], &r->one);
	} else {
		memo->at = at;
		memo->flow = NOBODY;
		if (!new_flow(g, r, memo)) {
			memo->flow = NOBODY;
			return false;
		}
	}
	*id = memo->flow;
	return true;
}

static bool
take_host(struct gather *g, const struct gathering *r)
{
	struct cell_key host = { .user = NOBODY, .key = NOBODY };
	uint32_t last = g->last_host;

	if (!name_near(g, row_known(r->row, RPCLOG_URL_HOST), &g->last_host,
		       &host.host))
		return false;
	if (last == g->last_host) {
		sum_join(&g->sums[TABLE_HOST].sum[g->host_cell], &r->one);
		return true;
	}
	return sums_add(&g->sums[TABLE_HOST], &g->alloc, &host, &r->one,
			&g->host_cell);
}

/* An RPC_OUT channel that was over soon. */
static bool
take_brief(struct gather *g, const struct gathering *r, struct use_memo *memo)
{
	int64_t ms;

	if (!parse_latency(row_known(r->row, RPCLOG_TOTAL_REQUEST_TIME), &ms) ||
	    ms >= BRIEF_MS)
		return true;

	struct cell_key brief = {
		.at = hour_of(r->one.first_us),
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.target = r->target,
	};

	if (!memo)
		return add(g, TABLE_SHORT, &brief, &r->one);
	if (memo->brief != NOBODY && memo->brief_at == brief.at) {
		sum_join(&g->sums[TABLE_SHORT].sum[memo->brief], &r->one);
		return true;
	}
	memo->brief_at = brief.at;
	return sums_add(&g->sums[TABLE_SHORT], &g->alloc, &brief, &r->one,
			&memo->brief);
}

static bool
take_rpc(struct gather *g, const struct gathering *r, struct use_memo *memo)
{
	return r->half == HALF_NONE || r->verdict->class_id != CLASS_OK ||
	       (take_host(g, r) &&
		(r->half != HALF_OUT || take_brief(g, r, memo)));
}

static bool
take_pulse(struct gather *g, const struct gathering *r)
{
	struct cell_key pulse = {
		.at = hour_of(r->one.first_us),
		.user = NOBODY,
		.key = NOBODY,
		.server = r->server,
	};
	struct pulse_memo *memo = &g->pulses[(uint64_t)pulse.at % PULSE_MEMOS];

	if (memo->cell != NOBODY && memo->at == pulse.at &&
	    memo->server == pulse.server) {
		sum_join(&g->sums[TABLE_PULSE].sum[memo->cell], &r->one);
		return true;
	}
	memo->at = pulse.at;
	memo->server = pulse.server;
	memo->cell = NOBODY;
	return sums_add(&g->sums[TABLE_PULSE], &g->alloc, &pulse, &r->one,
			&memo->cell);
}

static bool
take_odd(struct gather *g, const struct gathering *r)
{
	bool ecp = slice_eq(dict_at(&g->names, r->protocol), SLICE("Ecp"));
	bool target = r->target != 0 && g->traits[r->target] & TARGET_ODD;
	int kind = target ? ODD_TARGET : odd_kind_of(r->row, ecp);
	struct cell_key odd = { .user = NOBODY, .key = NOBODY };

	if (!kind)
		return true;
	odd.kind = (uint8_t)kind;
	return dict_add(&g->names, row_derived(r->row, RPCLOG_D_CLIENT),
			&odd.client) &&
	       add(g, TABLE_ODD, &odd, &r->one);
}

/* ---- rows -----------------------------------------------------------------
 */

static enum half
half_of(const rpclog_row *row)
{
	rpclog_slice method = row_known(row, RPCLOG_METHOD);

	if (!slice_starts(method, SLICE("RPC_")))
		return HALF_NONE;
	return slice_starts(method, SLICE("RPC_IN")) ? HALF_IN : HALF_OUT;
}

/* Rows of users, and what can prompt: these have an actor worth a cell.  What
 * becomes of a leg the tracker tells. */
static bool
has_use(const struct gather *g, const rpclog_verdict *verdict)
{
	if (verdict->class_id == CLASS_FE_AUTH_LEG)
		return false;
	return g->tracker->row_user != NOBODY ||
	       verdict->popup == RPCLOG_POPUP_YES ||
	       verdict->popup == RPCLOG_POPUP_LIKELY;
}

bool
gather_take(struct gather *g, struct gathering *r, uint64_t set)
{
	const rpclog_row *row = r->row;
	struct use_memo *memo = NULL;
	uint32_t flow;

	if (!name_near(g, row_known(row, RPCLOG_SERVER), &g->last_server,
		       &r->server) ||
	    !name_near(g, row_known(row, RPCLOG_PROTOCOL), &g->last_protocol,
		       &r->protocol) ||
	    !name_near(g, row_derived(row, RPCLOG_D_TARGET), &g->last_target,
		       &r->target))
		return false;
	r->half = half_of(row);
	if (r->target != 0 && !note_target(g, r))
		return false;
	if (has_use(g, r->verdict) && !take_use(g, r, &memo))
		return false;
	/* Who knows whose row it is? Nobody yet: then it is no sum. */
	if (r->later)
		return true;
	return take_flow(g, r, &flow) && gather_phases(g, r, flow, set) &&
	       take_rpc(g, r, memo) &&
	       (g->tracker->row_user == NOBODY || take_pulse(g, r)) &&
	       take_odd(g, r);
}
