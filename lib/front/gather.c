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
	g->tables = UINT32_MAX;
	g->first_us = INT64_MAX;
	g->last_us = INT64_MIN;
	g->last_host = DICT_NONE;
	for (size_t i = 0; i < PULSE_MEMOS; i++)
		g->pulses[i].cell = NOBODY;
	dict_init(&g->names, &alloc);
	for (size_t i = 0; i < TABLE_COUNT; i++)
		dict_init(&g->sums[i].keys, &alloc);
	g->traits_of = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*g->traits_of));
	g->whats = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*g->whats));
	if (!g->traits_of || !g->whats ||
	    !dict_add(&g->names, SLICE(""), &empty)) {
		gather_free(g);
		return RPCLOG_ERR_NOMEM;
	}
	*out = g;
	return RPCLOG_OK;
}

void
gather_only(struct gather *g, uint32_t tables)
{
	g->tables = tables;
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
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		sums_free(&g->sums[i], &alloc);
	}
	alloc_free(&alloc, g->phases);
	alloc_free(&alloc, g->crowds);
	alloc_free(&alloc, g->places);
	alloc_free(&alloc, g->refusals);
	alloc_free(&alloc, g->traits);
	uses_free(&g->uses, &alloc);
	alloc_free(&alloc, g->briefs);
	alloc_free(&alloc, g->traits_of);
	alloc_free(&alloc, g->whats);
	alloc_free(&alloc, g->servers);
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

void
sums_free(struct sums *sums, const struct alloc *a)
{
	dict_free(&sums->keys);
	alloc_free(a, sums->sum);
	sums->sum = NULL;
	sums->room = 0;
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

/* ---- rows -----------------------------------------------------------------
 */

rpclog_status
gather_row(struct gather *g, const rpclog_row *row,
	   const rpclog_verdict *verdict, uint64_t set, uint64_t tag)
{
	rpclog_choice choice = RPCLOG_CHOICE_YES;
	const rpclog_verdict *asked = verdict;
	rpclog_verdict plain;

	/* Seldom in the cache: fetched while the tracker is at work. */
	PREFETCH(&g->traits_of[row_part(row, PART_WHO).slot]);
	rpclog_tracker_tag(g->tracker, tag);

	rpclog_status status = rpclog_tracker_add(g->tracker, row, verdict);

	if (status != RPCLOG_OK)
		return status;
	/* Anybody can ask for a page that probes ask for; no probe names a
	 * host that can't be one. */
	if (verdict->class_id == CLASS_ACTIVITY ||
	    (verdict->class_id == CLASS_PROBE && !is_odd_anchor(row)))
		return RPCLOG_OK;
	/* Choosers leave probes out, and this is none. */
	if (verdict->class_id == CLASS_PROBE) {
		plain = *verdict;
		plain.class_id = CLASS_OK;
		asked = &plain;
	}
	if (g->chooser.row)
		choice = g->chooser.row(g->chooser.ctx, row, asked);
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
	if (verdict->class_id == CLASS_PROBE ? gather_disguised(g, &r)
					     : gather_take(g, &r, set))
		return RPCLOG_OK;
	g->broken = true;
	return g->tracker->broken = RPCLOG_ERR_NOMEM;
}
