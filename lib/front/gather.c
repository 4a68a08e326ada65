/* SPDX-License-Identifier: MIT */
/* From rows to cells. */

#include "gather_inside.h"

rpclog_status
gather_new(struct gather **out, rpclog_tracker *tracker,
	   const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	struct gather *g = alloc_zero(&alloc, 1, sizeof(*g));
	uint32_t empty;

	*out = NULL;
	if (!g)
		return RPCLOG_ERR_NOMEM;
	g->alloc = alloc;
	g->tracker = tracker;
	g->first_us = INT64_MAX;
	g->last_us = INT64_MIN;
	g->last_server = g->last_target = DICT_NONE;
	g->last_protocol = g->last_host = DICT_NONE;
	dict_init(&g->names, &alloc);
	dict_init(&g->whos, &alloc);
	for (size_t i = 0; i < TABLE_COUNT; i++)
		dict_init(&g->sums[i].keys, &alloc);
	for (size_t i = 0; i < FLOW_MEMOS; i++)
		g->flows[i].flow = NOBODY;
	g->uses = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*g->uses));
	if (!g->uses || !dict_add(&g->names, SLICE(""), &empty)) {
		gather_free(g);
		return RPCLOG_ERR_NOMEM;
	}
	*out = g;
	return RPCLOG_OK;
}

void
gather_choose(struct gather *g, const rpclog_chooser *chooser)
{
	g->chooser = *chooser;
}

void
gather_free(struct gather *g)
{
	if (!g)
		return;

	struct alloc alloc = g->alloc;

	dict_free(&g->names);
	dict_free(&g->whos);
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		dict_free(&g->sums[i].keys);
		alloc_free(&alloc, g->sums[i].sum);
	}
	alloc_free(&alloc, g->phases);
	alloc_free(&alloc, g->crowds);
	alloc_free(&alloc, g->legacy);
	alloc_free(&alloc, g->uses);
	alloc_free(&alloc, g);
}

/* ---- cells ----------------------------------------------------------------
 */

void
sum_join(struct cell_sum *into, const struct cell_sum *more)
{
	into->requests += more->requests;
	if (more->first_us < into->first_us ||
	    (more->first_us == into->first_us &&
	     more->first_tag < into->first_tag)) {
		into->first_us = more->first_us;
		into->first_tag = more->first_tag;
	}
	if (more->last_us > into->last_us ||
	    (more->last_us == into->last_us &&
	     more->last_tag > into->last_tag)) {
		into->last_us = more->last_us;
		into->last_tag = more->last_tag;
	}
}

bool
sums_add(struct sums *sums, const struct alloc *a, const struct cell_key *key,
	 const struct cell_sum *more, uint32_t *id)
{
	uint32_t known = sums->keys.count;

	if (!dict_add(&sums->keys, slice_of((const char *)key, sizeof(*key)),
		      id) ||
	    !alloc_grow(a, &sums->sum, &sums->room, (size_t)*id + 1,
			sizeof(*sums->sum)))
		return false;
	if (*id == known)
		sums->sum[*id] = *more;
	else
		sum_join(&sums->sum[*id], more);
	return true;
}

static bool
add(struct gather *g, enum table_number table, const struct cell_key *key,
    const struct cell_sum *more)
{
	uint32_t id;

	return sums_add(&g->sums[table], &g->alloc, key, more, &id);
}

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

/* What the user agent says, by memory if the client was met before. */
static bool
use_memo(struct gather *g, const rpclog_row *row, struct use_memo *mine,
	 struct use_memo **memo)
{
	struct part who = row_part(row, PART_WHO);

	*memo = who.number == 0 ? mine : &g->uses[who.slot];
	if (who.number != 0 && (*memo)->part == who.number)
		return true;
	(*memo)->part = 0;
	(*memo)->cell = NOBODY;
	if (!dict_add(&g->names, row_derived(row, RPCLOG_D_SOFTWARE),
		      &(*memo)->software) ||
	    !dict_add(&g->names, row_derived(row, RPCLOG_D_WINDOWS),
		      &(*memo)->windows))
		return false;
	(*memo)->part = who.number;
	return true;
}

/* Which targets are Exchange 2010 or 2007?  One row that says so is enough. */
static bool
note_legacy(struct gather *g, const struct gathering *r)
{
	size_t known = g->legacy_room;

	if (r->target < known && g->legacy[r->target])
		return true;
	/* A working row to a server of a known version says it there. */
	if (r->verdict->class_id == CLASS_OK &&
	    slice_starts(row_known(r->row, RPCLOG_TARGET_SERVER_VERSION),
			 SLICE("15.")) &&
	    !slice_starts(row_known(r->row, RPCLOG_ROUTING_HINT),
			  SLICE("RpcHttpProxyRules")) &&
	    !r->row->legacy_hosts)
		return true;
	if (!row_is_legacy(r->row, NULL))
		return true;
	if (!alloc_grow(&g->alloc, &g->legacy, &g->legacy_room,
			(size_t)r->target + 1, sizeof(*g->legacy)))
		return false;
	memset(g->legacy + known, 0, g->legacy_room - known);
	g->legacy[r->target] = true;
	return true;
}

/* ---- tables ---------------------------------------------------------------
 */

/* Hours since 1970; rounded to the past. */
static int64_t
hour_of(int64_t us)
{
	return us / US_PER_HOUR - (us % US_PER_HOUR < 0);
}

static bool
take_use(struct gather *g, const struct gathering *r)
{
	struct use_memo mine, *memo;
	uint32_t user = g->tracker->row_user, key = g->tracker->row_key;
	uint32_t half = (uint32_t)r->half | (r->later ? 256 : 0);

	if (!use_memo(g, r->row, &mine, &memo))
		return false;
	if (memo->cell != NOBODY && memo->user == user && memo->key == key &&
	    memo->target == r->target && memo->protocol == r->protocol &&
	    memo->class_id == r->verdict->class_id && memo->half == half) {
		sum_join(&g->sums[TABLE_USE].sum[memo->cell], &r->one);
		return true;
	}

	struct cell_key cell = {
		.user = user,
		.key = key,
		.target = r->target,
		.protocol = r->protocol,
		.software = memo->software,
		.windows = memo->windows,
		.class_id = r->verdict->class_id,
		.half = (uint8_t)r->half,
		.later = r->later,
	};

	memo->user = user;
	memo->key = key;
	memo->target = r->target;
	memo->protocol = r->protocol;
	memo->class_id = r->verdict->class_id;
	memo->half = half;
	return sums_add(&g->sums[TABLE_USE], &g->alloc, &cell, &r->one,
			&memo->cell);
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
take_rpc(struct gather *g, const struct gathering *r)
{
	struct cell_key host = { .user = NOBODY, .key = NOBODY };
	int64_t ms;

	if (r->verdict->class_id != CLASS_OK)
		return true;
	if (!name_near(g, row_known(r->row, RPCLOG_URL_HOST), &g->last_host,
		       &host.host) ||
	    !add(g, TABLE_HOST, &host, &r->one))
		return false;
	if (r->half != HALF_OUT ||
	    !parse_latency(row_known(r->row, RPCLOG_TOTAL_REQUEST_TIME), &ms) ||
	    ms >= 60000)
		return true;

	struct cell_key brief = {
		.at = hour_of(r->one.first_us),
		.user = g->tracker->row_user,
		.key = g->tracker->row_key,
		.target = r->target,
	};

	return add(g, TABLE_SHORT, &brief, &r->one);
}

/* Who got in where: who did not may still have a name. */
static bool
take_pulse(struct gather *g, const struct gathering *r)
{
	if (g->tracker->row_user == NOBODY || !row_authenticated(r->row))
		return true;

	struct cell_key pulse = {
		.at = hour_of(r->one.first_us),
		.user = NOBODY,
		.key = NOBODY,
		.server = r->server,
	};

	uint32_t id;
	struct crowd *crowd;

	if (!sums_add(&g->sums[TABLE_PULSE], &g->alloc, &pulse, &r->one, &id))
		return false;
	crowd = gather_crowd(g, id);
	if (!crowd)
		return false;
	crowd_add(crowd, dict_at(&g->tracker->users, g->tracker->row_user));
	return true;
}

static bool
take_odd(struct gather *g, const struct gathering *r)
{
	bool ecp = slice_eq(dict_at(&g->names, r->protocol), SLICE("Ecp"));
	int kind = odd_kind_of(r->row, ecp);
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

static bool
take_row(struct gather *g, struct gathering *r, uint64_t set)
{
	const rpclog_row *row = r->row;
	uint32_t flow;

	if (!name_near(g, row_known(row, RPCLOG_SERVER), &g->last_server,
		       &r->server) ||
	    !name_near(g, row_known(row, RPCLOG_PROTOCOL), &g->last_protocol,
		       &r->protocol) ||
	    !name_near(g, row_derived(row, RPCLOG_D_TARGET), &g->last_target,
		       &r->target))
		return false;
	r->half = half_of(row);
	if (r->target != 0 && !note_legacy(g, r))
		return false;
	if (has_use(g, r->verdict) && !take_use(g, r))
		return false;
	/* Who knows whose row it is? Nobody yet: then it is no sum. */
	if (r->later)
		return true;
	return take_flow(g, r, &flow) && gather_phases(g, r, flow, set) &&
	       (r->half == HALF_NONE || take_rpc(g, r)) &&
	       take_pulse(g, r) &&
	       take_odd(g, r);
}

rpclog_status
gather_row(struct gather *g, const rpclog_row *row,
	   const rpclog_verdict *verdict, uint64_t set, uint64_t tag)
{
	rpclog_choice choice = RPCLOG_CHOICE_YES;

	/* Seldom in the cache: fetched while the tracker is at work. */
	PREFETCH(&g->uses[row_part(row, PART_WHO).slot]);
	rpclog_tracker_tag(g->tracker, tag);

	rpclog_status status = rpclog_tracker_add(g->tracker, row, verdict);

	if (status != RPCLOG_OK)
		return status;
	if (verdict->class_id == CLASS_ACTIVITY ||
	    verdict->class_id == CLASS_PROBE)
		return RPCLOG_OK;
	if (g->chooser.row)
		choice = g->chooser.row(g->chooser.ctx, row, verdict);
	if (choice == RPCLOG_CHOICE_NO)
		return RPCLOG_OK;

	int64_t start_us = row_start(row);
	struct gathering r = {
		.row = row,
		.verdict = verdict,
		.one = { 1, start_us, start_us, tag, tag },
		.later = choice == RPCLOG_CHOICE_LATER,
	};

	g->requests++;
	if (start_us < g->first_us)
		g->first_us = start_us;
	if (start_us > g->last_us)
		g->last_us = start_us;
	if (take_row(g, &r, set))
		return RPCLOG_OK;
	g->broken = true;
	return g->tracker->broken = RPCLOG_ERR_NOMEM;
}
