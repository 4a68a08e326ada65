/* SPDX-License-Identifier: MIT */
/* Rule sets: made from text, and what can be asked of them. */

#include "rules.h"

#include "diag.h"
#include "options.h"
#include "rules_parse.h"
#include "rules_plan.h"
#include "rules_sample.h"

/*
 * Built-in text is read first, so that a user's rules can name its values and
 * are told what is taken; then the user's come to the front.
 */
static rpclog_status
put_user_first(struct rpclog_rules *rules, size_t own_rules, size_t own_alts)
{
	const struct alloc *a = &rules->alloc;
	size_t user_rules = rules->rule_count - own_rules;
	size_t user_alts = rules->alt_count - own_alts;
	struct rule *r = alloc_get(a, rules->rule_count, sizeof(*r));
	struct alternative *alts =
		alloc_get(a, rules->alt_count, sizeof(*alts));

	if (!r || !alts) {
		alloc_free(a, r);
		alloc_free(a, alts);
		return RPCLOG_ERR_NOMEM;
	}
	for (size_t i = 0; i < rules->rule_count; i++) {
		size_t to = i < own_rules ? i + user_rules : i - own_rules;

		r[to] = rules->rules[i];
		for (size_t n = 0; n < r[to].sample_count; n++)
			r[to].samples[n].rule = (uint32_t)to;
	}
	for (size_t i = 0; i < rules->alt_count; i++) {
		size_t to = i < own_alts ? i + user_alts : i - own_alts;
		size_t rule = rules->alts[i].rule;

		alts[to] = rules->alts[i];
		alts[to].rule = (uint32_t)(rule < own_rules ? rule + user_rules
							    : rule - own_rules);
	}
	alloc_free(a, rules->rules);
	alloc_free(a, rules->alts);
	rules->rules = r;
	rules->alts = alts;
	return RPCLOG_OK;
}

/* A class and its place, for sorting: numbers are told apart by the parser. */
static rpclog_status
sort_classes(struct rpclog_rules *rules)
{
	size_t count = rules->class_count;
	uint32_t *order = arena_get(&rules->arena, count, sizeof(*order));

	if (!order)
		return RPCLOG_ERR_NOMEM;
	/* Nearly sorted as written; at most a few thousand. */
	for (size_t i = 0; i < count; i++) {
		uint32_t id = rules->classes[i].id;
		size_t at = i;

		while (at > 0 && rules->classes[order[at - 1]].id > id) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = (uint32_t)i;
	}
	rules->by_id = order;
	return RPCLOG_OK;
}

static rpclog_status
build(struct rpclog_rules *rules, rpclog_slice text,
      const rpclog_options *options, rpclog_diag *diag)
{
	rpclog_slice own = slice_of(builtin_rules, builtin_rules_len);
	rpclog_status status = rules_parse(rules, own, true, diag);
	size_t own_rules = rules->rule_count;
	size_t own_alts = rules->alt_count;
	bool user = text.len > 0;

	if (status == RPCLOG_OK && user) {
		const char *copy = arena_copy(&rules->arena, text);

		status = copy ? rules_parse(rules, slice_of(copy, text.len),
					    false, diag)
			      : RPCLOG_ERR_NOMEM;
	}
	if (status == RPCLOG_OK && user)
		status = put_user_first(rules, own_rules, own_alts);
	if (status == RPCLOG_OK)
		status = sort_classes(rules);
	if (status == RPCLOG_OK)
		status = plan_new(rules);
	/* Built-in samples are run by a test, not at every start. */
	if (status == RPCLOG_OK && user)
		status = samples_run(rules, false, options, diag);
	return status;
}

rpclog_status
rpclog_rules_compile(rpclog_rules **out, const char *text, size_t len,
		     const rpclog_options *options, rpclog_diag *diag)
{
	struct place at = { diag, 1, 0 };
	rpclog_options o;
	rpclog_status status;

	if (out)
		*out = NULL;
	if (!out || (!text && len > 0) ||
	    options_load(&o, options) != RPCLOG_OK)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	if (len > RULES_MAX_TEXT)
		return rules_fail(&at,
				  "rule text of %zu bytes is longer than "
				  "%zu",
				  len, RULES_MAX_TEXT);

	struct alloc a = alloc_from(&o);
	rpclog_rules *rules = alloc_zero(&a, 1, sizeof(*rules));

	if (!rules)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	rules->alloc = a;
	arena_init(&rules->arena, &a);
	status = build(rules, slice_of(text, len), &o, diag);
	if (status != RPCLOG_OK) {
		rpclog_rules_free(rules);
		return status == RPCLOG_ERR_RULE ? status
						 : diag_plain(diag, status);
	}
	*out = rules;
	return RPCLOG_OK;
}

rpclog_status
rpclog_rules_builtin(rpclog_rules **out, const rpclog_options *options)
{
	return rpclog_rules_compile(out, NULL, 0, options, NULL);
}

void
rpclog_rules_free(rpclog_rules *rules)
{
	if (!rules)
		return;

	struct alloc a = rules->alloc;

	for (size_t i = 0; i < rules->regex_count; i++)
		regex_free(rules->regexes[i]);
	alloc_free(&a, rules->regexes);
	alloc_free(&a, rules->defines);
	alloc_free(&a, rules->alts);
	alloc_free(&a, rules->rules);
	alloc_free(&a, rules->classes);
	arena_free(&rules->arena);
	alloc_free(&a, rules);
}

/* ---- Questions -------------------------------------------------------- */

size_t
rpclog_rules_count(const rpclog_rules *rules)
{
	return rules ? rules->rule_count : 0;
}

size_t
rpclog_rules_classes(const rpclog_rules *rules)
{
	return rules ? rules->class_count : 0;
}

static int
tell(const struct rule_class *class, rpclog_class *info)
{
	rpclog_class told = { class->id,       class->popup,
			      class->severity, 0,
			      class->name,     class->title,
			      class->cause,    class->remedy,
			      class->reference };

	if (info)
		*info = told;
	return 1;
}

static int
tell_nothing(rpclog_class *info)
{
	static const struct rule_class none = { 0, 0, 0, "", "", "", "", "" };

	tell(&none, info);
	return 0;
}

int
rpclog_rules_class(const rpclog_rules *rules, size_t i, rpclog_class *info)
{
	if (!rules || i >= rules->class_count)
		return tell_nothing(info);
	return tell(&rules->classes[rules->by_id[i]], info);
}

int
rpclog_rules_find(const rpclog_rules *rules, const char *name,
		  rpclog_class *info)
{
	for (size_t i = 0; rules && name && i < rules->class_count; i++) {
		if (!strcmp(rules->classes[i].name, name))
			return tell(&rules->classes[i], info);
	}
	return tell_nothing(info);
}

int
rpclog_rules_by_id(const rpclog_rules *rules, uint32_t id, rpclog_class *info)
{
	size_t from = 0;
	size_t to = rules ? rules->class_count : 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct rule_class *class =
			&rules->classes[rules->by_id[middle]];

		if (class->id == id)
			return tell(class, info);
		if (class->id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return tell_nothing(info);
}

int
rpclog_rules_rule(const rpclog_rules *rules, size_t rule, uint32_t *class_id,
		  uint64_t *line, rpclog_slice *text)
{
	bool is = rules && rule < rules->rule_count;
	const struct rule *r = is ? &rules->rules[rule] : NULL;

	if (class_id)
		*class_id = is ? rules->classes[r->class_index].id : 0;
	if (line)
		*line = is ? r->line : 0;
	if (text)
		*text = is ? r->text : slice_of("", 0);
	return is;
}

int
rpclog_rules_sample(const rpclog_rules *rules, size_t rule, size_t n,
		    rpclog_slice *log, int *matches)
{
	bool is = rules && rule < rules->rule_count &&
		  n < rules->rules[rule].sample_count;
	const struct sample *s = is ? &rules->rules[rule].samples[n] : NULL;

	if (log)
		*log = is ? s->log : slice_of("", 0);
	if (matches)
		*matches = is ? s->matches : 0;
	return is;
}
