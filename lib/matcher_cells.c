/* SPDX-License-Identifier: MIT */
/* Which alternatives does a cell leave? */

#include "matcher_cells.h"

#define CELL_LONGEST 296

rpclog_status
cell_sets_init(struct cell_sets *sets, const struct alloc *a,
	       const struct rpclog_rules *rules)
{
	const size_t size = rules->plan->words * sizeof(uint64_t);

	sets->alloc = *a;
	sets->rules = rules;
	sets->by_slot = alloc_get(a, CELL_SLOTS, size);
	sets->by_who = alloc_zero(a, PARTS_SLOTS, sizeof(uint64_t) + size);
	sets->by_pairs = alloc_zero(a, PAIR_SLOTS, 2 * sizeof(uint64_t) + size);
	sets->scratch = alloc_get(a, 1, 2 * sizeof(uint64_t) + size);
	if (!sets->by_slot || !sets->by_who || !sets->by_pairs ||
	    !sets->scratch)
		return RPCLOG_ERR_NOMEM;
	return memo_init(&sets->memo, a, CELL_SLOTS, CELL_LONGEST, 0);
}

void
cell_sets_free(struct cell_sets *sets)
{
	/* A matcher that was never whole. */
	if (!sets->rules)
		return;
	memo_free(&sets->memo);
	alloc_free(&sets->alloc, sets->by_slot);
	alloc_free(&sets->alloc, sets->by_who);
	alloc_free(&sets->alloc, sets->by_pairs);
	alloc_free(&sets->alloc, sets->scratch);
}

static void
keep(uint64_t *left, const uint64_t *set, size_t words)
{
	for (size_t w = 0; w < words; w++)
		left[w] &= set[w];
}

/* ---- One cell ------------------------------------------------------------ */

static rpclog_status
meets(struct eval *eval, const struct alternative *alt, unsigned column)
{
	const struct plan *plan = eval->rules->plan;

	for (size_t c = 0; c < alt->count; c++) {
		const struct cond *cond = &alt->conds[c];
		rpclog_status status;

		if (plan_column_of(plan, cond) != column)
			continue;
		status = eval_cond(eval, cond, NULL);
		if (status != RPCLOG_OK)
			return status;
	}
	return RPCLOG_OK;
}

/* By evaluation: takes out what the cell of column 'at' rules out. */
static rpclog_status
cut_by_conditions(struct eval *eval, size_t at, uint64_t *left)
{
	const struct rpclog_rules *rules = eval->rules;
	const uint64_t *needs = rules->plan->columns[at].needs;

	for (size_t i = 0; i < rules->alt_count; i++) {
		rpclog_status status;

		if (!set_has(needs, i) || !set_has(left, i))
			continue;
		status = meets(eval, &rules->alts[i], (unsigned)at + 1);
		if (status < 0)
			return status;
		if (status != RPCLOG_OK)
			set_drop(left, i);
	}
	return RPCLOG_OK;
}

/* By memory, if such a cell was met before. */
static rpclog_status
cut_by_cell(struct cell_sets *sets, struct eval *eval, size_t at,
	    uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;
	struct memo_key key = {
		.tag = (uint16_t)(at + 1),
		.count = 1,
		.cells = { row_known(eval->row, plan->columns[at].known) },
	};
	uint32_t slot;

	memo_hash(&sets->memo, &key);

	bool known = memo_find(&sets->memo, &key, &slot);

	if (slot == MEMO_NONE)
		return cut_by_conditions(eval, at, left);

	uint64_t *set = &sets->by_slot[slot * plan->words];

	if (!known) {
		rpclog_status status;

		memset(set, 0xff, plan->words * sizeof(*set));
		status = cut_by_conditions(eval, at, set);
		if (status != RPCLOG_OK) {
			memo_forget(&sets->memo, slot);
			return status;
		}
	}
	keep(left, set, plan->words);
	return RPCLOG_OK;
}

/* Defines look at several columns: are they empty at all? */
static void
cut_by_defines(const struct cell_sets *sets, struct eval *eval, uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;

	for (size_t d = 0; d < sets->rules->define_count; d++) {
		const struct plan_define *define = &plan->defines[d];
		unsigned field = FIELD_DEFINE + (unsigned)d;
		const uint64_t *out;

		if (!set_meets(left, define->filled, plan->words) &&
		    !set_meets(left, define->empty, plan->words))
			continue;
		out = eval_field(eval, field).len ? define->empty
						  : define->filled;
		for (size_t w = 0; w < plan->words; w++)
			left[w] &= ~out[w];
	}
}

/* ---- Parts of rows --------------------------------------------------------
 */

/* Do the cells of 'columns' say what the defines are? */
static bool
settles_defines(const struct rpclog_rules *rules, uint32_t columns)
{
	for (size_t d = 0; d < rules->define_count; d++) {
		for (size_t i = 0; i < rules->defines[d].count; i++) {
			unsigned field = rules->defines[d].fields[i];
			unsigned at = rules->plan->column_of[field];

			if (at == 0 || !(columns >> (at - 1) & 1))
				return false;
		}
	}
	return true;
}

/* Cells of which there are as many as users are not worth remembering. */
static bool
has_few_values(rpclog_known column)
{
	switch (column) {
	case RPCLOG_AUTHENTICATED_USER:
	case RPCLOG_ANCHOR_MAILBOX:
	case RPCLOG_CLIENT_IP:
	case RPCLOG_URL_QUERY:
	case RPCLOG_GENERIC_INFO: return false;
	default: return true;
	}
}

static rpclog_status
cut_by_column(struct cell_sets *sets, struct eval *eval, size_t at,
	      uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;

	/* Another column may have ruled out what needs this one. */
	if (!set_meets(left, plan->columns[at].needs, plan->words))
		return RPCLOG_OK;
	if (has_few_values(plan->columns[at].known))
		return cut_by_cell(sets, eval, at, left);
	return cut_by_conditions(eval, at, left);
}

/* By each of their cells. */
static rpclog_status
work_out(struct cell_sets *sets, struct eval *eval, uint32_t columns,
	 uint64_t *set)
{
	memset(set, 0xff, sets->rules->plan->words * sizeof(*set));
	for (uint32_t left = columns; left != 0; left &= left - 1) {
		rpclog_status status =
			cut_by_column(sets, eval, set_lowest(left), set);

		if (status != RPCLOG_OK)
			return status;
	}
	if (settles_defines(sets->rules, columns))
		cut_by_defines(sets, eval, set);
	return RPCLOG_OK;
}

static rpclog_status
cut_by_who(struct cell_sets *sets, struct eval *eval, uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;
	struct part who = row_part(eval->row, PART_WHO);
	uint64_t *known = sets->scratch;

	if (who.number != 0)
		known = &sets->by_who[who.slot * (1 + plan->words)];
	if (UNLIKELY(who.number == 0 || known[0] != who.number)) {
		rpclog_status status;

		known[0] = 0;
		status = work_out(sets, eval, plan->in_part[PART_WHO],
				  known + 1);
		if (status != RPCLOG_OK)
			return status;
		known[0] = who.number;
	}
	keep(left, known + 1, plan->words);
	return RPCLOG_OK;
}

/* What became of it and by which error, together: so defines are settled. */
static rpclog_status
cut_by_what(struct cell_sets *sets, struct eval *eval, uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;
	struct part what = row_part(eval->row, PART_WHAT);
	struct part errors = row_part(eval->row, PART_ERRORS);
	bool keeps = what.number != 0 && errors.number != 0;
	uint64_t *known = sets->scratch;

	if (keeps) {
		size_t at = (what.slot ^ errors.slot * 37) % PAIR_SLOTS;

		known = &sets->by_pairs[at * (2 + plan->words)];
	}
	if (UNLIKELY(!keeps || known[0] != what.number ||
		     known[1] != errors.number)) {
		rpclog_status status;

		known[0] = 0;
		status = work_out(sets, eval,
				  plan->in_part[PART_WHAT] |
					  plan->in_part[PART_ERRORS],
				  known + 2);
		if (status != RPCLOG_OK)
			return status;
		known[0] = what.number;
		known[1] = errors.number;
	}
	keep(left, known + 2, plan->words);
	return RPCLOG_OK;
}

rpclog_status
cell_sets_cut(struct cell_sets *sets, struct eval *eval, uint64_t *left)
{
	const struct plan *plan = sets->rules->plan;
	uint32_t rest = plan->in_part[PART_COUNT];
	rpclog_status status;

	memset(left, 0xff, plan->words * sizeof(*left));
	/* Seldom in the cache: fetched while the other part is asked. */
	PREFETCH(&sets->by_who[row_part(eval->row, PART_WHO).slot *
			       (1 + plan->words)]);
	status = cut_by_what(sets, eval, left);
	if (status == RPCLOG_OK)
		status = cut_by_who(sets, eval, left);
	for (; rest != 0 && status == RPCLOG_OK; rest &= rest - 1)
		status = cut_by_column(sets, eval, set_lowest(rest), left);
	/* What is settled is cut already: nothing is left to ask then. */
	if (status == RPCLOG_OK)
		cut_by_defines(sets, eval, left);
	return status;
}
