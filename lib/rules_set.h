/* SPDX-License-Identifier: MIT */
/*
 * A compiled rule set as the files of this layer share it: fields,
 * conditions, alternatives, rules, classes.
 */

#ifndef RPCLOG_RULES_SET_H
#define RPCLOG_RULES_SET_H

#include "regex.h"
#include "row.h"
#include "rules.h"
#include "rules_arena.h"

#define RULES_MAX_TEXT	       ((size_t)1 << 20)
#define RULES_MAX_RULES	       ((size_t)4096) /* in one text; so are .. */
#define RULES_MAX_ALTERNATIVES ((size_t)4096)
#define RULES_MAX_CONDITIONS   ((size_t)32)  /* in an alternative */
#define RULES_MAX_VALUES       ((size_t)256) /* in a list */
#define RULES_MAX_DEFINES      ((size_t)64)
#define RULES_MAX_REGEXES      ((size_t)1024)
#define RULES_MAX_TITLE	       ((size_t)120)
#define RULES_MAX_PROSE	       ((size_t)4096)
#define RULES_MAX_NAME	       ((size_t)64)
#define RULES_FIRST_USER_ID    1000
#define RULES_LAST_ID	       UINT32_C(999999999)

/*
 * What a condition looks at, in one number: below FIELD_DERIVED an
 * rpclog_known, then an rpclog_derived, two answers of ours, 'define'd
 * values, and columns that are not among the known.
 */
#define FIELD_DERIVED	    32u
#define FIELD_AUTHENTICATED 48u
#define FIELD_CLIENT_SINGLE 49u
#define FIELD_DEFINE	    64u
#define FIELD_COLUMN	    128u /* + i: column_name_at(i) */
#define FIELD_COUNT	    512u
#define FIELD_NONE	    FIELD_COUNT

enum cond_op {
	COND_IN,
	COND_STARTS,
	COND_ENDS,
	COND_CONTAINS,
	COND_REGEX,
	COND_SAME,
	COND_EMPTY,
	COND_ALWAYS
};

struct number_range {
	int64_t first, last;
};

/*
 * Values that a condition compares with.  'first' has a bit per byte that a
 * text may begin with and 'shortest' and 'longest' bound its length: most
 * cells are told apart by these.
 */
struct value_set {
	rpclog_slice *texts;
	struct number_range *ranges;
	uint32_t text_count, range_count;
	size_t shortest, longest;
	uint64_t first[4];
	uint8_t *skips; /* see values_find(); may be NULL */
};

struct cond {
	uint8_t op; /* an enum cond_op */
	bool negated, nocase;
	bool needs_value;      /* false whenever the field is empty */
	bool needs_empty;      /* false whenever it is not */
	uint16_t field, other; /* 'other': COND_SAME */
	struct value_set set;
	struct regex *regex; /* COND_REGEX; owned by the rule set */
};

/* Conditions of one 'when', the cheap ones first. */
struct alternative {
	const struct cond *conds;
	const struct cond *evidence; /* first positive as written, or NULL */
	uint32_t count, rule;
};

/* The first of 'fields' whose value is in the set. */
struct define {
	const char *name;
	uint16_t *fields;
	size_t count;
	struct value_set set;
};

struct rule_class {
	uint32_t id;
	uint8_t popup, severity;
	const char *name, *title, *cause, *remedy, *reference;
};

struct sample {
	rpclog_slice log;
	uint64_t line, offset; /* in the rule text */
	uint32_t rule;
	bool matches;
};

/* A class that rows are given by conditions. */
struct rule {
	uint32_t class_index;
	uint32_t sample_count;
	uint64_t line; /* 0: built in */
	rpclog_slice text;
	struct sample *samples;
};

struct plan;

struct rpclog_rules {
	struct alloc alloc;
	struct arena arena;
	struct rule_class *classes;
	size_t class_count, class_room;
	uint32_t *by_id; /* classes in order of their numbers */
	struct rule *rules;
	size_t rule_count, rule_room;
	struct alternative *alts;
	size_t alt_count, alt_room;
	struct define *defines;
	size_t define_count, define_room;
	struct regex **regexes;
	size_t regex_count, regex_room;
	struct plan *plan;
	rpclog_slice *sample_columns; /* of the newest set, once needed */
};

#endif /* RPCLOG_RULES_SET_H */
