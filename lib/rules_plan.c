/* SPDX-License-Identifier: MIT */
/* Which alternatives can a row meet at all?  Worked out at compile time. */

#include "rules_plan.h"

#include "rules_field.h"
#include "rules_values.h"

static const rpclog_known status_columns[PLAN_STATUSES] = {
	RPCLOG_HTTP_STATUS, RPCLOG_BACKEND_STATUS
};

static void
set_bit(uint64_t *set, size_t i)
{
	set[i / 64] |= UINT64_C(1) << i % 64;
}

static void
clear_bit(uint64_t *set, size_t i)
{
	set[i / 64] &= ~(UINT64_C(1) << i % 64);
}

/* A set with the bits of all alternatives. */
static uint64_t *
full_set(struct rpclog_rules *rules)
{
	size_t words = rules->plan->words;
	uint64_t *set = arena_get(&rules->arena, words, sizeof(*set));

	if (!set)
		return NULL;
	memset(set, 0, words * sizeof(*set));
	for (size_t i = 0; i < rules->alt_count; i++)
		set_bit(set, i);
	return set;
}

/* ---- Status columns --------------------------------------------------- */

/*
 * Conditions on a column alone whose answer is the same for all numbers of a
 * bucket.  Others are left to evaluation.
 */
static bool
is_about(const struct cond *cond, rpclog_known column)
{
	return cond->field == column &&
	       (cond->op == COND_IN || cond->op == COND_EMPTY);
}

/* A bucket begins at 'number'. */
static void
cut_at(bool cuts[1000], int64_t number)
{
	if (number >= 0 && number < 1000)
		cuts[number] = true;
}

static void
cut_by_cond(const struct cond *cond, bool cuts[1000])
{
	const struct value_set *set = &cond->set;
	int64_t number;

	for (size_t i = 0; i < set->text_count; i++) {
		if (!parse_int(set->texts[i], &number) || number < 0 ||
		    number > 999)
			continue;
		cut_at(cuts, number);
		cut_at(cuts, number + 1);
	}
	for (size_t i = 0; i < set->range_count; i++) {
		cut_at(cuts, set->ranges[i].first);
		if (set->ranges[i].last < 999)
			cut_at(cuts, set->ranges[i].last + 1);
	}
}

static void
cut_buckets(const struct rpclog_rules *rules, struct plan_table *table,
	    rpclog_known column)
{
	bool cuts[1000] = { false };
	uint16_t bucket = PLAN_TEXT;

	cuts[0] = true;
	for (size_t i = 0; i < rules->alt_count; i++) {
		const struct alternative *alt = &rules->alts[i];

		for (size_t c = 0; c < alt->count; c++) {
			if (is_about(&alt->conds[c], column))
				cut_by_cond(&alt->conds[c], cuts);
		}
	}
	for (size_t number = 0; number < 1000; number++) {
		bucket = (uint16_t)(bucket + cuts[number]);
		table->bucket_of[number] = bucket;
	}
	table->buckets = (uint16_t)(bucket + 1);
}

/* Takes the alternatives out of 'set' that 'value' of 'column' rules out. */
static void
rule_out(const struct rpclog_rules *rules, uint64_t *set, rpclog_known column,
	 rpclog_slice value)
{
	for (size_t i = 0; i < rules->alt_count; i++) {
		const struct alternative *alt = &rules->alts[i];

		for (size_t c = 0; c < alt->count; c++) {
			const struct cond *cond = &alt->conds[c];

			if (!is_about(cond, column))
				continue;

			bool is = cond->op == COND_EMPTY
					  ? value.len == 0
					  : values_has(&cond->set, value,
						       cond->nocase);

			if (is == cond->negated)
				clear_bit(set, i);
		}
	}
}

static rpclog_status
fill_table(struct rpclog_rules *rules, struct plan_table *table,
	   rpclog_known column)
{
	cut_buckets(rules, table, column);
	table->sets =
		arena_get(&rules->arena, table->buckets, sizeof(*table->sets));
	if (!table->sets)
		return RPCLOG_ERR_NOMEM;
	for (size_t b = 0; b < table->buckets; b++) {
		table->sets[b] = full_set(rules);
		if (!table->sets[b])
			return RPCLOG_ERR_NOMEM;
	}
	rule_out(rules, table->sets[PLAN_EMPTY], column, slice_of("", 0));
	for (unsigned number = 0; number < 1000; number++) {
		char text[3] = { (char)('0' + number / 100),
				 (char)('0' + number / 10 % 10),
				 (char)('0' + number % 10) };
		uint16_t bucket = table->bucket_of[number];

		if (number == 0 || bucket != table->bucket_of[number - 1])
			rule_out(rules, table->sets[bucket], column,
				 slice_of(text, sizeof(text)));
	}
	return RPCLOG_OK;
}

/* ---- Gates ------------------------------------------------------------ */

static const struct plan_gate *
gate_of(const struct plan *plan, unsigned field)
{
	return &plan->gates[plan->gate_of[field]];
}

static void
number_gate(struct plan *plan, unsigned field, uint16_t *count)
{
	if (field < FIELD_COUNT && plan->gate_of[field] == PLAN_NO_GATE)
		plan->gate_of[field] = (*count)++;
}

/* Is the value empty whenever the cell is that it comes from? */
static bool
hangs_on_base(unsigned field)
{
	return field >= FIELD_DERIVED && field < FIELD_AUTHENTICATED &&
	       field != FIELD_DERIVED + RPCLOG_D_LEGACY;
}

static rpclog_status
number_gates(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;
	uint16_t count = 0;

	memset(plan->gate_of, 0xff, sizeof(plan->gate_of));
	for (size_t i = 0; i < rules->alt_count; i++) {
		for (size_t c = 0; c < rules->alts[i].count; c++) {
			const struct cond *cond = &rules->alts[i].conds[c];

			if (cond->needs_value || cond->needs_empty)
				number_gate(plan, cond->field, &count);
			if (cond->needs_value && hangs_on_base(cond->field))
				number_gate(plan, field_base(cond->field),
					    &count);
		}
	}
	plan->gates = arena_get(&rules->arena, count, sizeof(*plan->gates));
	if (!plan->gates)
		return RPCLOG_ERR_NOMEM;
	for (size_t g = 0; g < count; g++) {
		plan->gates[g].if_empty = full_set(rules);
		plan->gates[g].if_filled = full_set(rules);
		if (!plan->gates[g].if_empty || !plan->gates[g].if_filled)
			return RPCLOG_ERR_NOMEM;
	}
	return RPCLOG_OK;
}

static void
fill_gates(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;

	for (size_t i = 0; i < rules->alt_count; i++) {
		for (size_t c = 0; c < rules->alts[i].count; c++) {
			const struct cond *cond = &rules->alts[i].conds[c];
			unsigned field = cond->field;

			if (cond->needs_empty)
				clear_bit(gate_of(plan, field)->if_filled, i);
			if (!cond->needs_value)
				continue;
			clear_bit(gate_of(plan, field)->if_empty, i);
			if (hangs_on_base(cond->field))
				clear_bit(gate_of(plan, field_base(cond->field))
						  ->if_empty,
					  i);
		}
	}
}

/* How many alternatives are out if the field is empty? */
static size_t
weight(const struct rpclog_rules *rules, unsigned field)
{
	const struct plan *plan = rules->plan;
	size_t out = 0;

	if (plan->gate_of[field] == PLAN_NO_GATE)
		return 0;
	for (size_t i = 0; i < rules->alt_count; i++)
		out += !(gate_of(plan, field)->if_empty[i / 64] >> i % 64 & 1);
	return out;
}

/* The cells that rule out most, of those that cost more than one look. */
static void
choose_early(struct rpclog_rules *rules)
{
	struct plan *plan = rules->plan;
	size_t weights[KNOWN_COUNT];

	for (unsigned field = 0; field < KNOWN_COUNT; field++)
		weights[field] = weight(rules, field);
	for (size_t s = 0; s < PLAN_STATUSES; s++)
		weights[status_columns[s]] = 0;
	while (plan->early_count < PLAN_EARLY) {
		unsigned best = 0;

		for (unsigned field = 1; field < KNOWN_COUNT; field++) {
			if (weights[field] > weights[best])
				best = field;
		}
		/* As many alternatives as one question saves evaluations. */
		if (weights[best] < 8)
			return;
		plan->early[plan->early_count++] = (uint16_t)best;
		weights[best] = 0;
	}
}

rpclog_status
plan_new(struct rpclog_rules *rules)
{
	struct plan *plan = arena_get(&rules->arena, 1, sizeof(*plan));
	rpclog_status status = RPCLOG_OK;

	if (!plan)
		return RPCLOG_ERR_NOMEM;
	rules->plan = plan;
	plan->early_count = 0;
	plan->words = (rules->alt_count + 63) / 64;
	for (size_t t = 0; t < PLAN_STATUSES && status == RPCLOG_OK; t++)
		status = fill_table(rules, &plan->tables[t], status_columns[t]);
	if (status == RPCLOG_OK)
		status = number_gates(rules);
	if (status == RPCLOG_OK) {
		fill_gates(rules);
		choose_early(rules);
	}
	return status;
}
