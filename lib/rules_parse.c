/* SPDX-License-Identifier: MIT */
/* From rule text to classes, rules, alternatives and samples. */

#include "rules_parse.h"

#include "diag.h"
#include "rules_cond.h"
#include "rules_sample.h"

#define SHORT ((size_t)49)

/* What a line of a class may begin with. */
enum keyword {
	KEY_POPUP,
	KEY_SEVERITY,
	KEY_TITLE,
	KEY_CAUSE,
	KEY_REMEDY,
	KEY_REFERENCE,
	KEY_WHEN,
	KEY_SAMPLE,
	KEY_NOT,
	KEY_ROW,
	KEY_NOT_ROW,
	KEY_COUNT
};

static const char *const keywords[KEY_COUNT] = {
	"popup", "severity", "title", "cause", "remedy", "reference",
	"when",	 "sample",   "not",   "row",   "not-row"
};

static const char *const popups[] = { "no", "maybe", "likely", "yes" };
static const char *const severities[] = { "info", "low", "medium", "high",
					  "critical" };

struct parser {
	struct rpclog_rules *rules;
	struct rule_lines lines;
	bool builtin;
	struct rule_class *class; /* being read, or NULL */
	struct rule rule;
	struct place begin;	      /* of the class */
	uint32_t seen;		      /* bit per keyword */
	size_t first_rule, first_alt; /* of this text */
	struct sample *samples;	      /* of this class, as they are read */
	size_t sample_count, sample_room;
};

/* ---- The end of a class ----------------------------------------------- */

static bool
has(const struct parser *p, enum keyword key)
{
	return p->seen >> key & 1;
}

static rpclog_status
check_class(const struct parser *p)
{
	const char *name = p->class->name;

	if (!has(p, KEY_POPUP))
		return rules_fail(&p->begin, "class %s has no popup line",
				  name);
	if (!has(p, KEY_SEVERITY))
		return rules_fail(&p->begin, "class %s has no severity line",
				  name);
	if (!has(p, KEY_TITLE))
		return rules_fail(&p->begin, "class %s has no title", name);
	if (!has(p, KEY_WHEN) && !p->builtin)
		return rules_fail(&p->begin,
				  "class %s has no condition: a "
				  "\"when\" line is missing",
				  name);
	if (!has(p, KEY_WHEN) && p->sample_count > 0)
		return rules_fail(&p->begin,
				  "class %s has samples and no "
				  "condition",
				  name);
	if (has(p, KEY_WHEN) && !has(p, KEY_SAMPLE) && !has(p, KEY_ROW))
		return rules_fail(&p->begin,
				  "class %s has no sample row that "
				  "it must match",
				  name);
	return RPCLOG_OK;
}

static rpclog_status
keep_rule(struct parser *p)
{
	struct rpclog_rules *rules = p->rules;
	struct rule *rule = &p->rule;

	rule->samples = arena_get(&rules->arena, p->sample_count,
				  sizeof(*rule->samples));
	if (!rule->samples ||
	    !alloc_grow(&rules->alloc, &rules->rules, &rules->rule_room,
			rules->rule_count + 1, sizeof(*rule)))
		return RPCLOG_ERR_NOMEM;
	if (p->sample_count > 0)
		memcpy(rule->samples, p->samples,
		       p->sample_count * sizeof(*rule->samples));
	rule->sample_count = (uint32_t)p->sample_count;
	rules->rules[rules->rule_count++] = *rule;
	return RPCLOG_OK;
}

static rpclog_status
end_class(struct parser *p)
{
	if (!p->class)
		return RPCLOG_OK;

	rpclog_status status = check_class(p);

	if (status == RPCLOG_OK && has(p, KEY_WHEN))
		status = keep_rule(p);
	p->class = NULL;
	return status;
}

/* ---- The lines of a class --------------------------------------------- */

static rpclog_status
word_of(const struct parser *p, rpclog_slice text, const char *const *words,
	size_t count, const char *what, uint8_t *value)
{
	char quoted[SHORT];

	for (size_t i = 0; i < count; i++) {
		if (slice_eq(text, slice_str(words[i]))) {
			*value = (uint8_t)i;
			return RPCLOG_OK;
		}
	}
	return rules_fail(&p->lines.place, "%s \"%s\" is none of %s", what,
			  diag_quote(text, quoted, sizeof(quoted)),
			  words == popups
				  ? "yes, likely, maybe, no"
				  : "critical, high, medium, low, info");
}

static rpclog_status
prose(struct parser *p, rpclog_slice text, enum keyword key, const char **out)
{
	size_t limit = key == KEY_TITLE ? RULES_MAX_TITLE : RULES_MAX_PROSE;

	if (text.len == 0)
		return rules_fail(&p->lines.place, "%s is empty",
				  keywords[key]);
	if (text.len > limit)
		return rules_fail(&p->lines.place,
				  "%s of %zu bytes is longer "
				  "than %zu",
				  keywords[key], text.len, limit);
	*out = arena_copy(&p->rules->arena, text);
	return *out ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

static rpclog_status
when(struct parser *p, rpclog_slice text)
{
	if (p->rules->alt_count - p->first_alt == RULES_MAX_ALTERNATIVES)
		return rules_fail(&p->lines.place,
				  "more than %zu \"when\" "
				  "lines",
				  RULES_MAX_ALTERNATIVES);
	return cond_parse_when(p->rules, &p->lines.place, text,
			       (uint32_t)p->rules->rule_count);
}

static rpclog_status
add_sample(struct parser *p, rpclog_slice text, enum keyword key)
{
	struct rpclog_rules *rules = p->rules;
	struct sample sample = { { "", 0 },
				 p->lines.place.line,
				 p->lines.place.offset,
				 (uint32_t)rules->rule_count,
				 key == KEY_SAMPLE || key == KEY_ROW };
	bool cells = key == KEY_SAMPLE || key == KEY_NOT;
	rpclog_status status;

	if (!alloc_grow(&rules->alloc, &p->samples, &p->sample_room,
			p->sample_count + 1, sizeof(sample)))
		return RPCLOG_ERR_NOMEM;
	status = cells ? sample_from_cells(rules, &p->lines.place, text,
					   &sample.log)
		       : sample_from_row(rules, &p->lines.place, text,
					 &sample.log);
	if (status == RPCLOG_OK)
		p->samples[p->sample_count++] = sample;
	return status;
}

static rpclog_status
class_line(struct parser *p, enum keyword key, rpclog_slice text)
{
	struct rule_class *class = p->class;

	if (has(p, key) && key < KEY_WHEN)
		return rules_fail(&p->lines.place, "a second %s line",
				  keywords[key]);
	p->seen |= UINT32_C(1) << key;
	switch (key) {
	case KEY_POPUP:
		return word_of(p, text, popups, ARRAY_LEN(popups), "popup",
			       &class->popup);
	case KEY_SEVERITY:
		return word_of(p, text, severities, ARRAY_LEN(severities),
			       "severity", &class->severity);
	case KEY_TITLE: return prose(p, text, key, &class->title);
	case KEY_CAUSE: return prose(p, text, key, &class->cause);
	case KEY_REMEDY: return prose(p, text, key, &class->remedy);
	case KEY_REFERENCE: return prose(p, text, key, &class->reference);
	case KEY_WHEN: return when(p, text);
	case KEY_SAMPLE:
	case KEY_NOT:
	case KEY_ROW:
	case KEY_NOT_ROW: return add_sample(p, text, key);
	case KEY_COUNT: break;
	}
	return RPCLOG_OK;
}

/* ---- Lines that are not indented -------------------------------------- */

static rpclog_status
check_name(const struct parser *p, rpclog_slice name)
{
	const struct place *at = &p->lines.place;
	char quoted[SHORT];

	diag_quote(name, quoted, sizeof(quoted));
	if (name.len == 0)
		return rules_fail(at, "a class reads: class NAME NUMBER");
	if (name.len > RULES_MAX_NAME)
		return rules_fail(at, "a name longer than %zu bytes",
				  RULES_MAX_NAME);
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		if ((unsigned char)(c - 'a') >= 26 &&
		    (i == 0 || (!ascii_digit(c) && c != '_')))
			return rules_fail(at,
					  "name \"%s\": a-z first, then "
					  "a-z, 0-9 and _",
					  quoted);
	}
	for (size_t i = 0; i < p->rules->class_count; i++) {
		if (slice_eq(name, slice_str(p->rules->classes[i].name)))
			return rules_fail(at, "class name \"%s\" is taken",
					  quoted);
	}
	return RPCLOG_OK;
}

static rpclog_status
check_number(const struct parser *p, rpclog_slice text, uint32_t *id)
{
	const struct place *at = &p->lines.place;
	char quoted[SHORT];
	int64_t number;

	diag_quote(text, quoted, sizeof(quoted));
	if (text.len == 0 || !ascii_digit((unsigned char)text.ptr[0]) ||
	    !parse_int(text, &number) || number > RULES_LAST_ID)
		return rules_fail(at,
				  "class number \"%s\" is no number up to "
				  "%u",
				  quoted, RULES_LAST_ID);
	if (!p->builtin && number < RULES_FIRST_USER_ID)
		return rules_fail(at,
				  "class number %s is below %d: those "
				  "belong to built-in classes",
				  quoted, RULES_FIRST_USER_ID);
	for (size_t i = 0; i < p->rules->class_count; i++) {
		if (p->rules->classes[i].id == number)
			return rules_fail(at, "class number %s is taken by %s",
					  quoted, p->rules->classes[i].name);
	}
	*id = (uint32_t)number;
	return RPCLOG_OK;
}

static rpclog_status
begin_class(struct parser *p, rpclog_slice rest)
{
	struct rpclog_rules *rules = p->rules;
	rpclog_slice name = lex_word(&rest);
	struct rule_class class = { 0, 0, 0, NULL, "", "", "", "" };
	rpclog_status status = check_name(p, name);

	if (status == RPCLOG_OK)
		status = check_number(p, rest, &class.id);
	if (status != RPCLOG_OK)
		return status;
	if (rules->rule_count - p->first_rule == RULES_MAX_RULES)
		return rules_fail(&p->lines.place, "more than %zu classes",
				  RULES_MAX_RULES);
	class.name = arena_copy(&rules->arena, name);
	if (!class.name ||
	    !alloc_grow(&rules->alloc, &rules->classes, &rules->class_room,
			rules->class_count + 1, sizeof(class)))
		return RPCLOG_ERR_NOMEM;
	p->class = &rules->classes[rules->class_count];
	*p->class = class;
	memset(&p->rule, 0, sizeof(p->rule));
	p->rule.class_index = (uint32_t)rules->class_count++;
	p->rule.line = p->builtin ? 0 : p->lines.place.line;
	p->begin = p->lines.place;
	p->seen = 0;
	p->sample_count = 0;
	rule_lines_begin_block(&p->lines);
	return RPCLOG_OK;
}

static rpclog_status
unknown_keyword(const struct parser *p, rpclog_slice word, bool indented)
{
	char quoted[SHORT];

	diag_quote(word, quoted, sizeof(quoted));
	for (size_t i = 0; i < KEY_COUNT && !indented; i++) {
		if (slice_eq(word, slice_str(keywords[i])))
			return rules_fail(&p->lines.place,
					  "\"%s\" belongs to "
					  "a class and must be indented",
					  quoted);
	}
	if (indented &&
	    (slice_eq(word, SLICE("class")) || slice_eq(word, SLICE("define"))))
		return rules_fail(&p->lines.place,
				  "\"%s\" must not be "
				  "indented",
				  quoted);
	return rules_fail(&p->lines.place, "unknown keyword \"%s\"", quoted);
}

static rpclog_status
one_line(struct parser *p, const struct rule_line *line)
{
	rpclog_slice rest = line->text;
	rpclog_slice word = lex_word(&rest);
	rpclog_status status;

	if (line->indented) {
		const char *end = line->source.ptr + line->source.len;

		for (unsigned key = 0; key < KEY_COUNT && p->class; key++) {
			if (!slice_eq(word, slice_str(keywords[key])))
				continue;
			p->rule.text.len = (size_t)(end - p->rule.text.ptr);
			return class_line(p, (enum keyword)key, rest);
		}
		return unknown_keyword(p, word, true);
	}
	status = end_class(p);
	if (status != RPCLOG_OK)
		return status;
	if (slice_eq(word, SLICE("define")))
		return cond_parse_define(p->rules, &p->lines.place, rest);
	if (!slice_eq(word, SLICE("class")))
		return unknown_keyword(p, word, false);
	status = begin_class(p, rest);
	if (status == RPCLOG_OK)
		p->rule.text = line->source;
	return status;
}

rpclog_status
rules_parse(struct rpclog_rules *rules, rpclog_slice text, bool builtin,
	    rpclog_diag *diag)
{
	struct parser p;
	struct rule_line line;
	rpclog_status status = RPCLOG_OK;

	memset(&p, 0, sizeof(p));
	p.rules = rules;
	p.builtin = builtin;
	p.first_rule = rules->rule_count;
	p.first_alt = rules->alt_count;
	rule_lines_init(&p.lines, &rules->alloc, text, diag);
	p.lines.trusted = builtin;
	while (status == RPCLOG_OK) {
		status = rule_lines_next(&p.lines, &line);
		if (status == RPCLOG_OK)
			status = one_line(&p, &line);
	}
	if (status == RPCLOG_END)
		status = end_class(&p);
	rule_lines_free(&p.lines);
	alloc_free(&rules->alloc, p.samples);
	return status;
}
