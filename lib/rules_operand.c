/* SPDX-License-Identifier: MIT */
/* What stands behind an operator: fields, lists of values, patterns. */

#include "rules_operand.h"

#include "diag.h"
#include "rules_field.h"
#include "rules_values.h"

/* Values of one list while they are read. */
struct list {
	rpclog_slice texts[RULES_MAX_VALUES];
	struct number_range ranges[RULES_MAX_VALUES];
	uint32_t text_count, range_count;
};

rpclog_status
parse_expected(const struct parse *p, const char *what)
{
	char text[PARSE_SHORT];

	if (p->rest.len == 0)
		return rules_fail(p->at, "%s expected at the end of the line",
				  what);
	return rules_fail(p->at, "%s expected at \"%s\"", what,
			  diag_quote(p->rest, text, sizeof(text)));
}

rpclog_status
parse_field(struct parse *p, uint16_t *field)
{
	rpclog_slice name = lex_word(&p->rest);
	char text[PARSE_SHORT];

	if (name.len == 0)
		return parse_expected(p, "a column or derived value");

	unsigned f = field_find(p->rules, name);

	if (f == FIELD_NONE) {
		const char *near = field_nearest(p->rules, name);

		diag_quote(name, text, sizeof(text));
		if (near)
			return rules_fail(p->at,
					  "unknown column \"%s\": did "
					  "you mean \"%s\"",
					  text, near);
		return rules_fail(p->at, "unknown column \"%s\"", text);
	}
	*field = (uint16_t)f;
	return RPCLOG_OK;
}

/* "500..599" */
static bool
parse_range(rpclog_slice text, struct number_range *range)
{
	size_t dots = slice_find(text, SLICE(".."));

	return dots != SIZE_MAX &&
	       parse_int(slice_cut(text, 0, dots), &range->first) &&
	       parse_int(slice_cut(text, dots + 2, text.len), &range->last);
}

static rpclog_status
take_item(struct parse *p, struct list *list, bool ranges, bool empty)
{
	rpclog_slice value;
	bool quoted;
	rpclog_status status =
		lex_value(&p->rest, p->at, &p->rules->arena, &value, &quoted);
	struct number_range *range = &list->ranges[list->range_count];

	if (status != RPCLOG_OK)
		return status;
	if (list->text_count + list->range_count == RULES_MAX_VALUES)
		return rules_fail(p->at, "a list has more than %zu values",
				  RULES_MAX_VALUES);
	if (ranges && !quoted && parse_range(value, range)) {
		if (range->first > range->last)
			return rules_fail(p->at, "a range runs backwards");
		list->range_count++;
		return RPCLOG_OK;
	}
	if (value.len == 0 && !empty)
		return rules_fail(p->at, "an empty value is in everything");
	list->texts[list->text_count++] = value;
	return RPCLOG_OK;
}

static rpclog_status
keep_list(struct parse *p, const struct list *list, struct value_set *set)
{
	struct arena *arena = &p->rules->arena;

	set->text_count = list->text_count;
	set->range_count = list->range_count;
	set->texts = arena_get(arena, list->text_count, sizeof(*set->texts));
	set->ranges = arena_get(arena, list->range_count, sizeof(*set->ranges));
	if (!set->texts || !set->ranges)
		return RPCLOG_ERR_NOMEM;
	memcpy(set->texts, list->texts, list->text_count * sizeof(*set->texts));
	memcpy(set->ranges, list->ranges,
	       list->range_count * sizeof(*set->ranges));
	return RPCLOG_OK;
}

/* One value, or several in parentheses. */
rpclog_status
parse_list(struct parse *p, struct value_set *set, enum cond_op op, bool nocase)
{
	struct list list;
	bool in = op == COND_IN;
	bool several = lex_symbol(&p->rest, "(");
	rpclog_status status;

	list.text_count = list.range_count = 0;
	do {
		status = take_item(p, &list, in, in);
	} while (status == RPCLOG_OK && several && lex_symbol(&p->rest, ","));
	if (status == RPCLOG_OK && several && !lex_symbol(&p->rest, ")"))
		return parse_expected(p, "',' or ')'");
	if (status == RPCLOG_OK)
		status = keep_list(p, &list, set);
	if (status != RPCLOG_OK)
		return status;
	return values_prepare(set, op, nocase, &p->rules->arena);
}

/* Regexes need freeing: the rule set owns them from here. */
rpclog_status
parse_regex(struct parse *p, struct cond *cond)
{
	struct rpclog_rules *rules = p->rules;
	struct regex_error error;
	rpclog_slice pattern;
	bool quoted;
	rpclog_status status =
		lex_value(&p->rest, p->at, &rules->arena, &pattern, &quoted);

	if (status != RPCLOG_OK)
		return status;
	if (rules->regex_count == RULES_MAX_REGEXES)
		return rules_fail(p->at, "more than %zu patterns",
				  RULES_MAX_REGEXES);
	if (!alloc_grow(&rules->alloc, &rules->regexes, &rules->regex_room,
			rules->regex_count + 1, sizeof(struct regex *)))
		return RPCLOG_ERR_NOMEM;
	status = regex_new(&cond->regex, &rules->alloc, pattern,
			   cond->nocase ? REGEX_NOCASE : 0, &error);
	if (status == RPCLOG_ERR_RULE) {
		rules_fail(p->at, "bad pattern at byte %zu: %s", error.offset,
			   error.text);
		if (p->at->diag)
			p->at->diag->sys = error.code;
	}
	if (status == RPCLOG_OK)
		rules->regexes[rules->regex_count++] = cond->regex;
	return status;
}
