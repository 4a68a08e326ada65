/* SPDX-License-Identifier: MIT */
/* From the text of 'when' and 'define' to conditions. */

#include "rules_cond.h"

#include "diag.h"
#include "rules_field.h"
#include "rules_operand.h"

/* ---- Operators -------------------------------------------------------- */

struct operator
{
	const char *text;
	uint8_t op;
	bool negated;
};

/* A symbol before those that it begins with. */
static const struct operator symbols[] = {
	{ "!=", COND_IN, true },
	{ "!~", COND_REGEX, true },
	{ "=", COND_IN, false },
	{ "~", COND_REGEX, false },
};

static const struct operator words[] = {
	{ "in", COND_IN, false },	{ "starts", COND_STARTS, false },
	{ "ends", COND_ENDS, false },	{ "contains", COND_CONTAINS, false },
	{ "empty", COND_EMPTY, false },
};

/* "/i" right behind an operator that ends at 'end'. */
static bool
take_nocase(struct parse *p, const char *end)
{
	rpclog_slice s =
		slice_of(end, (size_t)(p->rest.ptr + p->rest.len - end));

	if (!slice_starts(s, SLICE("/i")) ||
	    (s.len > 2 && !strchr(" \t(\"", s.ptr[2])))
		return false;
	p->rest = slice_trim(slice_cut(s, 2, s.len));
	return true;
}

static rpclog_status
take_operator(struct parse *p, struct cond *cond, bool *equals)
{
	struct parse start = *p;

	*equals = false;
	for (size_t i = 0; i < ARRAY_LEN(symbols); i++) {
		const char *text = symbols[i].text;

		if (lex_symbol(&p->rest, text)) {
			cond->op = symbols[i].op;
			cond->negated = symbols[i].negated;
			*equals = cond->op == COND_IN;
			cond->nocase =
				take_nocase(p, start.rest.ptr + strlen(text));
			return RPCLOG_OK;
		}
	}

	rpclog_slice word = lex_word(&p->rest);

	cond->negated = slice_eq(word, SLICE("not"));
	if (cond->negated)
		word = lex_word(&p->rest);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (slice_eq(word, slice_str(words[i].text))) {
			cond->op = words[i].op;
			cond->nocase = cond->op != COND_EMPTY &&
				       take_nocase(p, word.ptr + word.len);
			return RPCLOG_OK;
		}
	}
	return parse_expected(&start, "an operator");
}

static rpclog_status
take_operand(struct parse *p, struct cond *cond, bool equals)
{
	if (equals && lex_symbol(&p->rest, "@")) {
		cond->op = COND_SAME;
		return parse_field(p, &cond->other);
	}
	switch ((enum cond_op)cond->op) {
	case COND_IN:
	case COND_STARTS:
	case COND_ENDS:
	case COND_CONTAINS:
		return parse_list(p, &cond->set, cond->op, cond->nocase);
	case COND_REGEX: return parse_regex(p, cond);
	case COND_SAME:
	case COND_EMPTY:
	case COND_ALWAYS: break;
	}
	return RPCLOG_OK;
}

/* What the value must be for the condition to hold: the plan's raw material. */
static void
derive_needs(struct cond *cond)
{
	bool lists = cond->op == COND_IN || cond->op == COND_STARTS ||
		     cond->op == COND_ENDS || cond->op == COND_CONTAINS;

	if (cond->op == COND_EMPTY) {
		cond->needs_value = cond->negated;
		cond->needs_empty = !cond->negated;
	} else if (lists && !cond->negated) {
		cond->needs_value = cond->set.shortest > 0;
	}
}

static rpclog_status
take_cond(struct parse *p, struct cond *cond)
{
	rpclog_slice before = p->rest;
	bool equals;
	rpclog_status status;

	memset(cond, 0, sizeof(*cond));
	if (slice_eq(lex_word(&p->rest), SLICE("always"))) {
		cond->op = COND_ALWAYS;
		cond->field = FIELD_NONE;
		return RPCLOG_OK;
	}
	p->rest = before;
	status = parse_field(p, &cond->field);
	if (status == RPCLOG_OK)
		status = take_operator(p, cond, &equals);
	if (status == RPCLOG_OK)
		status = take_operand(p, cond, equals);
	if (status == RPCLOG_OK)
		derive_needs(cond);
	return status;
}

/* ---- Alternatives and defines ----------------------------------------- */

static unsigned
cost(const struct cond *cond)
{
	if (cond->op == COND_REGEX)
		return 3;
	if (field_is_derived(cond->field) ||
	    (cond->op == COND_SAME && field_is_derived(cond->other)))
		return 2;
	return cond->op == COND_CONTAINS;
}

/*
 * Cheap conditions first, else as written; the answer of a conjunction does
 * not depend on it.  The evidence is the first positive one as written.
 */
static rpclog_status
add_alternative(struct parse *p, const struct cond *conds, size_t count,
		uint32_t rule)
{
	struct rpclog_rules *rules = p->rules;
	struct cond *kept = arena_get(&rules->arena, count, sizeof(*kept));
	struct alternative alt = { kept, NULL, (uint32_t)count, rule };
	size_t done = 0;
	size_t positive = 0;

	if (!kept || !alloc_grow(&rules->alloc, &rules->alts, &rules->alt_room,
				 rules->alt_count + 1, sizeof(*rules->alts)))
		return RPCLOG_ERR_NOMEM;
	while (positive < count &&
	       (conds[positive].op == COND_ALWAYS ||
		conds[positive].negated != (conds[positive].op == COND_EMPTY)))
		positive++;
	for (unsigned c = 0; c <= 3; c++) {
		for (size_t i = 0; i < count; i++) {
			if (cost(&conds[i]) != c)
				continue;
			if (i == positive)
				alt.evidence = &kept[done];
			kept[done++] = conds[i];
		}
	}
	rules->alts[rules->alt_count++] = alt;
	return RPCLOG_OK;
}

rpclog_status
cond_parse_when(struct rpclog_rules *rules, const struct place *at,
		rpclog_slice text, uint32_t rule)
{
	struct parse p = { rules, at, text };
	struct cond conds[RULES_MAX_CONDITIONS];
	size_t count = 0;

	do {
		if (count == RULES_MAX_CONDITIONS)
			return rules_fail(at, "more than %zu conditions",
					  RULES_MAX_CONDITIONS);

		rpclog_status status = take_cond(&p, &conds[count++]);

		if (status != RPCLOG_OK)
			return status;
	} while (lex_symbol(&p.rest, "&"));
	if (p.rest.len > 0)
		return parse_expected(&p, "'&' or the end of the line");
	return add_alternative(&p, conds, count, rule);
}

static rpclog_status
take_define(struct parse *p, struct define *define)
{
	uint16_t fields[8];
	rpclog_status status;

	if (!slice_eq(lex_word(&p->rest), SLICE("first")))
		return rules_fail(p->at,
				  "a define reads: "
				  "define NAME first FIELD, .. in (VALUE, ..)");
	define->count = 0;
	do {
		if (define->count == ARRAY_LEN(fields))
			return rules_fail(p->at, "more than %zu fields",
					  ARRAY_LEN(fields));
		status = parse_field(p, &fields[define->count]);
		if (status != RPCLOG_OK)
			return status;

		unsigned f = fields[define->count++];

		if (f >= FIELD_DEFINE && f < FIELD_COLUMN)
			return rules_fail(p->at, "a define of a define");
	} while (lex_symbol(&p->rest, ","));
	if (!slice_eq(lex_word(&p->rest), SLICE("in")))
		return parse_expected(p, "',' or \"in\"");
	define->fields =
		arena_get(&p->rules->arena, define->count, sizeof(*fields));
	if (!define->fields)
		return RPCLOG_ERR_NOMEM;
	memcpy(define->fields, fields, define->count * sizeof(*fields));
	status = parse_list(p, &define->set, COND_IN, false);
	if (status == RPCLOG_OK && define->set.shortest == 0)
		return rules_fail(p->at, "an empty value is no value");
	if (status == RPCLOG_OK && p->rest.len > 0)
		return parse_expected(p, "the end of the line");
	return status;
}

rpclog_status
cond_parse_define(struct rpclog_rules *rules, const struct place *at,
		  rpclog_slice text)
{
	struct parse p = { rules, at, text };
	rpclog_slice name = lex_word(&p.rest);
	struct define define;
	char quoted[PARSE_SHORT];

	memset(&define, 0, sizeof(define));
	if (name.len == 0 || name.len > RULES_MAX_NAME)
		return parse_expected(&p, "a name");
	if (field_find(rules, name) != FIELD_NONE)
		return rules_fail(at, "the name \"%s\" is taken",
				  diag_quote(name, quoted, sizeof(quoted)));
	if (rules->define_count == RULES_MAX_DEFINES)
		return rules_fail(at, "more than %zu defines",
				  RULES_MAX_DEFINES);
	define.name = arena_copy(&rules->arena, name);
	if (!define.name ||
	    !alloc_grow(&rules->alloc, &rules->defines, &rules->define_room,
			rules->define_count + 1, sizeof(define)))
		return RPCLOG_ERR_NOMEM;

	rpclog_status status = take_define(&p, &define);

	if (status == RPCLOG_OK)
		rules->defines[rules->define_count++] = define;
	return status;
}
