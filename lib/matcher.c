/* SPDX-License-Identifier: MIT */
/* From a row to its verdict. */

#include "matcher.h"

#include "options.h"
#include "rules_eval.h"
#include "rules_plan.h"

struct rpclog_matcher {
	struct alloc alloc;
	const struct rpclog_rules *rules;
	struct legacy_hosts *legacy;
	struct regex_run *run;
	struct eval eval;
	uint64_t *candidates; /* plan->words of them */
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
	m->candidates = alloc_zero(&a, rules->plan->words, sizeof(uint64_t));
	if (!m->candidates)
		status = RPCLOG_ERR_NOMEM;
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
	alloc_free(&a, m->candidates);
	alloc_free(&a, m);
}

/* The first condition that fails goes to '*failed'. */
static rpclog_status
meets(rpclog_matcher *m, const struct alternative *alt,
      const struct cond **failed)
{
	for (size_t i = 0; i < alt->count; i++) {
		rpclog_status status =
			eval_cond(&m->eval, &alt->conds[i], NULL);

		if (status != RPCLOG_OK) {
			*failed = &alt->conds[i];
			return status;
		}
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
	return eval_cond(&m->eval, alt->evidence, &verdict->evidence);
}

static void
keep_only(rpclog_matcher *m, const uint64_t *left, size_t from)
{
	for (size_t w = from; w < m->rules->plan->words; w++)
		m->candidates[w] &= left[w];
}

/*
 * A condition that wants a value failed since the field is empty, or the
 * other way round: so it does in every other alternative.
 */
static void
drop_by_gate(rpclog_matcher *m, const struct cond *failed, size_t from)
{
	const struct plan *plan = m->rules->plan;

	if (!failed->needs_value && !failed->needs_empty)
		return;

	const struct plan_gate *gate =
		&plan->gates[plan->gate_of[failed->field]];

	keep_only(m,
		  eval_field(&m->eval, failed->field).len == 0
			  ? gate->if_empty
			  : gate->if_filled,
		  from);
}

/* What the cells that are cheap to look at leave of all alternatives. */
static void
begin_candidates(rpclog_matcher *m)
{
	const struct rpclog_row *row = m->eval.row;
	const struct plan *plan = m->rules->plan;
	const uint64_t *by_status =
		plan_set(&plan->tables[PLAN_HTTP_STATUS],
			 row_known(row, RPCLOG_HTTP_STATUS));
	const uint64_t *by_backend =
		plan_set(&plan->tables[PLAN_BACKEND_STATUS],
			 row_known(row, RPCLOG_BACKEND_STATUS));

	for (size_t w = 0; w < plan->words; w++)
		m->candidates[w] = by_status[w] & by_backend[w];
	for (size_t e = 0; e < plan->early_count; e++) {
		unsigned field = plan->early[e];

		if (row_known(row, (rpclog_known)field).len == 0)
			keep_only(m, plan->gates[plan->gate_of[field]].if_empty,
				  0);
	}
}

/*
 * Equals matcher_classify_slowly(); test_rules_plan.c compares them.  Status
 * and empty cells leave a fraction of the alternatives; each of those that
 * fails since a field is empty, or is not, takes all with the same need along.
 */
static rpclog_status
first_match(rpclog_matcher *m, rpclog_verdict *verdict)
{
	const struct plan *plan = m->rules->plan;

	begin_candidates(m);
	for (size_t w = 0; w < plan->words; w++) {
		while (m->candidates[w] != 0) {
			size_t i = w * 64 + plan_lowest(m->candidates[w]);
			const struct alternative *alt = &m->rules->alts[i];
			const struct cond *failed = NULL;
			rpclog_status status = meets(m, alt, &failed);

			if (status == RPCLOG_OK)
				return judge(m, alt, verdict);
			if (status < 0)
				return status;
			m->candidates[w] &= m->candidates[w] - 1;
			drop_by_gate(m, failed, w);
		}
	}
	return RPCLOG_NO_MATCH;
}

static rpclog_status
every_match(rpclog_matcher *m, rpclog_verdict *verdict)
{
	for (size_t i = 0; i < m->rules->alt_count; i++) {
		const struct cond *failed;
		rpclog_status status = meets(m, &m->rules->alts[i], &failed);

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
