/* SPDX-License-Identifier: MIT */
/* From a row to its verdict. */

#include "matcher.h"

#include "matcher_cells.h"
#include "options.h"

struct rpclog_matcher {
	struct alloc alloc;
	const struct rpclog_rules *rules;
	struct legacy_hosts *legacy;
	struct regex_run *run;
	struct eval eval;
	struct cell_sets cells;
	uint64_t *left;	      /* alternatives that the row may meet */
	rpclog_status failed; /* what ended this handle, or RPCLOG_OK */
};

rpclog_status
rpclog_matcher_new(rpclog_matcher **out, const rpclog_rules *rules,
		   const rpclog_options *options)
{
	rpclog_options o;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;
	if (!rules || options_load(&o, options) != RPCLOG_OK)
		return RPCLOG_ERR_USAGE;

	struct alloc a = alloc_from(&o);
	rpclog_matcher *m = alloc_zero(&a, 1, sizeof(*m));
	rpclog_status status = RPCLOG_OK;

	if (!m)
		return RPCLOG_ERR_NOMEM;
	m->alloc = a;
	m->rules = rules;
	m->left = alloc_zero(&a, rules->plan->words, sizeof(uint64_t));
	if (!m->left)
		status = RPCLOG_ERR_NOMEM;
	if (status == RPCLOG_OK)
		status = cell_sets_init(&m->cells, &a, rules);
	if (status == RPCLOG_OK)
		status = legacy_hosts_new(&m->legacy, &a, o.legacy_hosts);
	if (status == RPCLOG_OK && rules->regex_count > 0)
		status = regex_run_new(&m->run, &a, o.match_limit);
	if (status != RPCLOG_OK) {
		rpclog_matcher_free(m);
		return status;
	}
	eval_init(&m->eval, rules, m->legacy, m->run);
	*out = m;
	return RPCLOG_OK;
}

void
rpclog_matcher_free(rpclog_matcher *m)
{
	if (!m)
		return;

	struct alloc a = m->alloc;

	regex_run_free(m->run);
	legacy_hosts_free(m->legacy, &a);
	cell_sets_free(&m->cells);
	alloc_free(&a, m->left);
	alloc_free(&a, m);
}

/* 'all': also what cell_sets_cut() has decided. */
static rpclog_status
meets(rpclog_matcher *m, const struct alternative *alt, bool all)
{
	const struct plan *plan = m->rules->plan;

	for (size_t i = 0; i < alt->count; i++) {
		const struct cond *cond = &alt->conds[i];

		if (!all && plan_column_of(plan, cond) > 0)
			continue;

		rpclog_status status = eval_cond(&m->eval, cond, NULL);

		if (status != RPCLOG_OK)
			return status;
	}
	return RPCLOG_OK;
}

static rpclog_status
judge(rpclog_matcher *m, const struct alternative *alt, rpclog_verdict *verdict)
{
	const struct rule *rule = &m->rules->rules[alt->rule];
	const struct rule_class *class = &m->rules->classes[rule->class_index];

	verdict->class_id = class->id;
	verdict->rule = alt->rule;
	verdict->severity = class->severity;
	verdict->popup = class->popup;
	verdict->class_name = class->name;
	if (!alt->evidence)
		return RPCLOG_OK;
	verdict->column = eval_column(&m->eval, alt->evidence->field);
	return eval_evidence(&m->eval, alt->evidence, &verdict->evidence);
}

/*
 * Equals every_match(); test_rules_plan.c compares them.  Cells that were met
 * before leave few alternatives, and of their conditions only those that look
 * at several cells.
 */
static rpclog_status
first_match(rpclog_matcher *m, rpclog_verdict *verdict)
{
	const size_t words = m->rules->plan->words;

	rpclog_status status = cell_sets_cut(&m->cells, &m->eval, m->left);

	for (size_t w = 0; w < words && status == RPCLOG_OK; w++) {
		for (; m->left[w] != 0; m->left[w] &= m->left[w] - 1) {
			size_t i = w * 64 + set_lowest(m->left[w]);

			if (i >= m->rules->alt_count)
				return RPCLOG_NO_MATCH;
			status = meets(m, &m->rules->alts[i], false);
			if (status == RPCLOG_OK)
				return judge(m, &m->rules->alts[i], verdict);
			if (status < 0)
				return status;
			status = RPCLOG_OK;
		}
	}
	return status < 0 ? status : RPCLOG_NO_MATCH;
}

static rpclog_status
every_match(rpclog_matcher *m, rpclog_verdict *verdict)
{
	for (size_t i = 0; i < m->rules->alt_count; i++) {
		rpclog_status status = meets(m, &m->rules->alts[i], true);

		if (status == RPCLOG_OK)
			return judge(m, &m->rules->alts[i], verdict);
		if (status < 0)
			return status;
	}
	return RPCLOG_NO_MATCH;
}

static rpclog_status
classify(rpclog_matcher *m, const rpclog_row *row, rpclog_verdict *verdict,
	 rpclog_status (*match)(rpclog_matcher *, rpclog_verdict *))
{
	rpclog_status status;

	memset(verdict, 0, sizeof(*verdict));
	verdict->column = UINT16_MAX;
	verdict->class_name = "";
	verdict->evidence = slice_of("", 0);
	if (m->failed != RPCLOG_OK)
		return m->failed;
	eval_begin(&m->eval, row);
	status = match(m, verdict);
	if (status < 0)
		m->failed = status;
	return status;
}

rpclog_status
rpclog_matcher_classify(rpclog_matcher *m, const rpclog_schema *schema,
			const rpclog_row *row, rpclog_verdict *verdict)
{
	/* Every row knows the schema that it was read by. */
	(void)schema;
	if (!m || !row || !verdict)
		return RPCLOG_ERR_USAGE;
	return classify(m, row, verdict, first_match);
}

rpclog_status
matcher_classify_slowly(rpclog_matcher *m, const rpclog_row *row,
			rpclog_verdict *verdict)
{
	return classify(m, row, verdict, every_match);
}
