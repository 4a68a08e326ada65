/* SPDX-License-Identifier: MIT */
/* One row into the cells of each table, mostly by memory of the rows before. */

#include "gather_inside.h"

/* ---- tables ---------------------------------------------------------------
 */

static bool
add(struct gather *g, enum table_number table, const struct cell_key *key,
    const struct cell_sum *more)
{
	uint32_t id;

	return sums_add(&g->sums[table], &g->alloc, key, more, &id);
}

static bool
take_use(struct gather *g, const struct gathering *r)
{
	struct use use = {
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.target = r->target,
		.protocol = r->what.protocol,
		.what = r->verdict->class_id << USE_CLASS_SHIFT |
			(r->later ? USE_LATER : 0) | r->what.half,
		.requests = 1,
		.first_us = r->one.first_us,
		.last_us = r->one.last_us,
		.first_tag = r->one.first_tag,
		.last_tag = r->one.last_tag,
	};

	return trait_of(g, r->row, &use) && uses_add(g, &use);
}

static bool
flush(struct gather *g, struct flow_memo *memo)
{
	struct cell_key key = {
		.at = memo->at,
		.user = NOBODY,
		.key = NOBODY,
		.target = memo->target,
		.protocol = memo->protocol,
		.class_id = memo->class_id,
	};
	uint32_t flow;

	if (memo->sum.requests == 0)
		return true;
	if (!sums_add(&g->sums[TABLE_FLOW], &g->alloc, &key, &memo->sum,
		      &flow) ||
	    !phases_add(g, flow, &memo->phases))
		return false;
	key.protocol = 0;
	key.server = memo->server;
	if (!add(g, TABLE_ROUTE, &key, &memo->sum))
		return false;
	memset(memo, 0, sizeof(*memo));
	return true;
}

bool
gather_flush(struct gather *g)
{
	for (size_t i = 0; i < FLOW_MEMOS; i++) {
		if (!flush(g, &g->flows[i]))
			return false;
	}
	return true;
}

static void
take_phases(struct gather *g, const struct gathering *r,
	    struct cell_phases *phases, uint64_t set)
{
	unsigned slow;

	if (r->target == 0 || !r->what.prompt ||
	    r->verdict->class_id != CLASS_OK ||
	    !row_phases(r->row, &g->phase_columns, set, &slow))
		return;
	phases->ordinary++;
	for (size_t i = 0; i < PHASE_COUNT; i++)
		phases->slow[i] += slow >> i & 1;
	if (slow)
		phases_join(phases, &r->one);
}

static bool
take_flow(struct gather *g, const struct gathering *r, uint64_t set)
{
	int64_t at = r->quarter;
	uint32_t class_id = r->verdict->class_id;
	struct flow_memo *memo =
		&g->flows[(r->target * 5 + class_id + r->what.protocol * 3 +
			   (uint32_t)at * 7) %
			  FLOW_MEMOS];

	if (memo->at != at || memo->target != r->target ||
	    memo->class_id != class_id || memo->server != r->server ||
	    memo->protocol != r->what.protocol) {
		if (!flush(g, memo))
			return false;
		memo->at = at;
		memo->server = r->server;
		memo->target = r->target;
		memo->protocol = r->what.protocol;
		memo->class_id = class_id;
	}
	if (memo->sum.requests == 0)
		memo->sum = r->one;
	else
		sum_join(&memo->sum, &r->one);
	take_phases(g, r, &memo->phases, set);
	return true;
}

static bool
take_host(struct gather *g, const struct gathering *r)
{
	struct cell_key host = { .user = NOBODY, .key = NOBODY };
	uint32_t last = g->last_host;

	rpclog_slice name = row_known(r->row, RPCLOG_URL_HOST);

	if (last != DICT_NONE && slice_eq(dict_at(&g->names, last), name)) {
		sum_join(&g->sums[TABLE_HOST].sum[g->host_cell], &r->one);
		return true;
	}
	if (!dict_add(&g->names, name, &host.host) ||
	    !sums_add(&g->sums[TABLE_HOST], &g->alloc, &host, &r->one,
		      &g->host_cell))
		return false;
	g->last_host = host.host;
	return true;
}

static struct brief_memo *
brief_memo(struct gather *g, uint32_t key)
{
	size_t known = g->briefs_room;

	if (!alloc_grow(&g->alloc, &g->briefs, &g->briefs_room, (size_t)key + 1,
			sizeof(*g->briefs)))
		return NULL;
	if (g->briefs_room > known)
		memset(g->briefs + known, 0,
		       (g->briefs_room - known) * sizeof(*g->briefs));
	return &g->briefs[key];
}

static bool
take_end(struct gather *g, const struct gathering *r,
	 const struct cell_key *brief, struct brief_memo *memo)
{
	enum channel_end kind = row_channel_end(r->row);
	struct cell_key key = *brief;
	uint32_t id;

	if (memo->ends[kind] > 0) {
		sum_join(&g->sums[TABLE_END].sum[memo->ends[kind] - 1],
			 &r->one);
		return true;
	}
	key.at = 0;
	key.kind = (uint8_t)kind;
	if (!sums_add(&g->sums[TABLE_END], &g->alloc, &key, &r->one, &id))
		return false;
	memo->ends[kind] = id + 1;
	return true;
}

/* An RPC_OUT channel that was over soon. */
static bool
take_brief(struct gather *g, const struct gathering *r)
{
	if (!row_is_brief(r->row))
		return true;

	struct cell_key brief = {
		.at = r->hour,
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.target = r->target,
	};
	struct brief_memo *memo = brief_memo(g, brief.key);
	uint32_t id;

	if (!memo)
		return false;
	if (memo->user != brief.user || memo->target != brief.target ||
	    memo->at != brief.at)
		*memo = (struct brief_memo){ .at = brief.at,
					     .user = brief.user,
					     .target = brief.target };
	if (memo->cell == 0) {
		if (!sums_add(&g->sums[TABLE_SHORT], &g->alloc, &brief, &r->one,
			      &id))
			return false;
		memo->cell = id + 1;
	} else {
		sum_join(&g->sums[TABLE_SHORT].sum[memo->cell - 1], &r->one);
	}
	return take_end(g, r, &brief, memo);
}

static bool
take_rpc(struct gather *g, const struct gathering *r)
{
	if (r->what.half == HALF_NONE || r->verdict->class_id != CLASS_OK)
		return true;
	return (!is_gathered(g, TABLE_HOST) || take_host(g, r)) &&
	       (!is_gathered(g, TABLE_SHORT) || r->what.half != HALF_OUT ||
		take_brief(g, r));
}

/* Where a user is in crowds, worked out once. */
static bool
place_of(struct gather *g, uint32_t user, uint16_t *place)
{
	size_t known = g->places_room;

	if (user >= known || g->places[user] == 0) {
		if (!alloc_grow(&g->alloc, &g->places, &g->places_room,
				(size_t)user + 1, sizeof(*g->places)))
			return false;
		if (g->places_room > known)
			memset(g->places + known, 0,
			       (g->places_room - known) * sizeof(*g->places));
		g->places[user] =
			(uint16_t)(1 + crowd_place(dict_at(&g->tracker->users,
							   user)));
	}
	*place = (uint16_t)(g->places[user] - 1);
	return true;
}

static bool
new_pulse(struct gather *g, const struct gathering *r, struct pulse_memo *memo)
{
	struct cell_key pulse = {
		.at = r->hour,
		.user = NOBODY,
		.key = NOBODY,
		.server = r->server,
	};

	memo->at = r->hour;
	memo->server = r->server;
	memo->cell = NOBODY;
	return sums_add(&g->sums[TABLE_PULSE], &g->alloc, &pulse, &r->one,
			&memo->cell) &&
	       gather_crowd(g, memo->cell);
}

/* Who got in where: who did not may still have a name. */
static bool
take_pulse(struct gather *g, const struct gathering *r)
{
	struct pulse_memo *memo = &g->pulses[(uint64_t)r->hour % PULSE_MEMOS];
	uint16_t place;

	if (g->tracker->row_user == NOBODY || !r->what.authenticated)
		return true;
	if (memo->cell != NOBODY && memo->at == r->hour &&
	    memo->server == r->server)
		sum_join(&g->sums[TABLE_PULSE].sum[memo->cell], &r->one);
	else if (!new_pulse(g, r, memo))
		return false;
	if (!place_of(g, g->tracker->row_user, &place))
		return false;
	crowd_set(&g->crowds[memo->cell], place);
	return true;
}

static inline bool
may_be_odd(const struct gather *g, const struct gathering *r)
{
	return row_may_be_odd(r->row, r->what.ecp) ||
	       (r->target != 0 && g->traits[r->target] & TARGET_ODD);
}

static bool
add_odd(struct gather *g, const struct gathering *r, int kind)
{
	struct cell_key odd = { .user = NOBODY, .key = NOBODY };

	odd.kind = (uint8_t)kind;
	return dict_add(&g->names, row_derived(r->row, RPCLOG_D_CLIENT),
			&odd.client) &&
	       add(g, TABLE_ODD, &odd, &r->one);
}

static bool
take_odd(struct gather *g, const struct gathering *r)
{
	bool target = r->target != 0 && g->traits[r->target] & TARGET_ODD;
	int kind = target ? ODD_TARGET : row_odd_kind(r->row, r->what.ecp);

	return !kind || add_odd(g, r, kind);
}

bool
gather_disguised(struct gather *g, const struct gathering *r)
{
	return r->later || add_odd(g, r, ODD_ANCHOR);
}

static bool
take_refusal(struct gather *g, const struct gathering *r)
{
	struct refusal refusal = {
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.server = r->server,
		.later = r->later,
		.start_us = r->one.first_us,
		.tag = r->one.first_tag,
	};

	return !guid_parse(row_known(r->row, RPCLOG_REQUEST_ID), refusal.id) ||
	       refusals_add(g, &refusal);
}

/* ---- rows -----------------------------------------------------------------
 */

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

/* Cells that have no person. */
static bool
take_sums(struct gather *g, const struct gathering *r, uint64_t set)
{
	return (!is_gathered(g, TABLE_FLOW) || take_flow(g, r, set)) &&
	       (!is_gathered(g, TABLE_PULSE) || take_pulse(g, r)) &&
	       (!is_gathered(g, TABLE_ODD) || !may_be_odd(g, r) ||
		take_odd(g, r)) &&
	       take_rpc(g, r);
}

bool
gather_take(struct gather *g, struct gathering *r, uint64_t set)
{
	bool used = is_gathered(g, TABLE_USE) && has_use(g, r->verdict);

	r->quarter = quarter_of(r->one.first_us);
	r->hour = hour_of(r->one.first_us);
	if (!server_of(g, r->row, &r->server) ||
	    !target_of(g, r->row, &r->target) ||
	    !what_of(g, r->row, &r->what) ||
	    (r->target != 0 && !note_target(g, r)) || (used && !take_use(g, r)))
		return false;
	if (r->verdict->class_id == CLASS_FE_BASIC &&
	    is_gathered(g, TABLE_REASON) && !take_refusal(g, r))
		return false;
	/* Who knows whose row it is? Nobody yet: then it is no sum. */
	return r->later || take_sums(g, r, set);
}
