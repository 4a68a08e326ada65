/* SPDX-License-Identifier: MIT */
/* Which cell decides what?  Worked out at compile time. */

#include "rules_plan.h"

#include "rules_field.h"

/* What is known of a column before its place in the order is. */
struct draft {
	uint64_t *needs;
	size_t alternatives;
	bool derived; /* some condition has to work out its value first */
};

static uint64_t *
no_set(struct rpclog_rules *rules)
{
	size_t words = rules->plan->words;
	uint64_t *set = arena_get(&rules->arena, words, sizeof(*set));

	if (set)
		memset(set, 0, words * sizeof(*set));
	return set;
}

/* The one column that a field comes from; FIELD_NONE if it looks at several. */
static unsigned
base_of(unsigned field)
{
	switch (field) {
	case FIELD_DERIVED + RPCLOG_D_LEGACY:
	case FIELD_DERIVED + RPCLOG_D_RPC_LIFE:
	case FIELD_DERIVED + RPCLOG_D_RPC_END: return FIELD_NONE;
	default: return field_base(field);
	}
}

/* The column whose cell alone decides a condition, or FIELD_NONE. */
static unsigned
deciding_column(const struct cond *cond)
{
	return cond->op == COND_SAME || cond->op == COND_ALWAYS
		       ? FIELD_NONE
		       : base_of(cond->field);
}

static rpclog_status
draft_column(struct rpclog_rules *rules, struct draft *draft, unsigned field,
	     size_t alternative)
{
	if (!draft->needs)
		draft->needs = no_set(rules);
	if (!draft->needs)
		return RPCLOG_ERR_NOMEM;
	draft->derived |= field_is_derived(field);
	draft->alternatives += !set_has(draft->needs, alternative);
	set_add(draft->needs, alternative);
	return RPCLOG_OK;
}

static rpclog_status
draft_columns(struct rpclog_rules *rules, struct draft drafts[KNOWN_COUNT])
{
	for (size_t i = 0; i < rules->alt_count; i++) {
		for (size_t c = 0; c < rules->alts[i].count; c++) {
			const struct cond *cond = &rules->alts[i].conds[c];
			unsigned column = deciding_column(cond);

			if (column != FIELD_NONE &&
			    draft_column(rules, &drafts[column], cond->field,
					 i) != RPCLOG_OK)
				return RPCLOG_ERR_NOMEM;
		}
	}
	return RPCLOG_OK;
}

/* What is read as it stands comes first; of equals what rules out most. */
static bool
asked_before(const struct draft *a, const struct draft *b)
{
	return a->derived == b->derived ? a->alternatives > b->alternatives
					: b->derived;
}

static void
order_columns(struct plan *plan, const struct draft drafts[KNOWN_COUNT])
{
	for (unsigned column = 0; column < KNOWN_COUNT; column++) {
		size_t at = plan->column_count;

		if (!drafts[column].needs)
			continue;
		for (; at > 0 &&
		       asked_before(&drafts[column],
				    &drafts[plan->columns[at - 1].known]);
		     at--)
			plan->columns[at] = plan->columns[at - 1];
		plan->columns[at].known = (rpclog_known)column;
		plan->columns[at].needs = drafts[column].needs;
		plan->column_count++;
	}
	for (size_t at = 0; at < plan->column_count; at++) {
		rpclog_known known = plan->columns[at].known;

		plan->in_part[part_of(known)] |= UINT32_C(1) << at;
	}
}

static void
number_columns(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;
	uint8_t place[KNOWN_COUNT] = { 0 };

	for (size_t i = 0; i < plan->column_count; i++)
		place[plan->columns[i].known] = (uint8_t)(i + 1);
	for (size_t i = 0; i < rules->alt_count; i++) {
		for (size_t c = 0; c < rules->alts[i].count; c++) {
			const struct cond *cond = &rules->alts[i].conds[c];
			unsigned column = deciding_column(cond);

			if (column != FIELD_NONE)
				plan->column_of[cond->field] = place[column];
		}
	}
	/* What defines look at, as far as it is among these columns. */
	for (size_t d = 0; d < rules->define_count; d++) {
		for (size_t i = 0; i < rules->defines[d].count; i++) {
			unsigned field = rules->defines[d].fields[i];
			unsigned column = base_of(field);

			if (column != FIELD_NONE)
				plan->column_of[field] = place[column];
		}
	}
}

static rpclog_status
plan_columns(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;
	struct draft drafts[KNOWN_COUNT];

	memset(drafts, 0, sizeof(drafts));
	plan->columns =
		arena_get(&rules->arena, KNOWN_COUNT, sizeof(*plan->columns));
	if (!plan->columns || draft_columns(rules, drafts) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	order_columns(plan, drafts);
	number_columns(rules);
	return RPCLOG_OK;
}

static rpclog_status
plan_defines(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;

	plan->defines = arena_get(&rules->arena, rules->define_count,
				  sizeof(*plan->defines));
	if (!plan->defines)
		return RPCLOG_ERR_NOMEM;
	for (size_t d = 0; d < rules->define_count; d++) {
		struct plan_define *define = &plan->defines[d];

		define->empty = no_set(rules);
		define->filled = no_set(rules);
		if (!define->empty || !define->filled)
			return RPCLOG_ERR_NOMEM;
		for (size_t i = 0; i < rules->alt_count; i++) {
			const struct alternative *alt = &rules->alts[i];

			for (size_t c = 0; c < alt->count; c++) {
				if (alt->conds[c].field != FIELD_DEFINE + d)
					continue;
				if (alt->conds[c].needs_empty)
					set_add(define->empty, i);
				if (alt->conds[c].needs_value)
					set_add(define->filled, i);
			}
		}
	}
	return RPCLOG_OK;
}

rpclog_status
plan_new(struct rpclog_rules *rules)
{
	struct plan *plan = arena_get(&rules->arena, 1, sizeof(*plan));

	if (!plan)
		return RPCLOG_ERR_NOMEM;
	memset(plan, 0, sizeof(*plan));
	rules->plan = plan;
	plan->words = (rules->alt_count + 63) / 64;
	if (plan_columns(rules) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	return plan_defines(rules);
}
