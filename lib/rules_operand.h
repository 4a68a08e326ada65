/* SPDX-License-Identifier: MIT */
/* What stands behind an operator: fields, lists of values, patterns. */

#ifndef RPCLOG_RULES_OPERAND_H
#define RPCLOG_RULES_OPERAND_H

#include "rules_lex.h"

/* Room for a bit of text, quoted in a diag. */
#define PARSE_SHORT ((size_t)49)

/* What is still to be read of one line. */
struct parse {
	struct rpclog_rules *rules;
	const struct place *at;
	rpclog_slice rest;
};

/* Each takes its part off the front of 'rest'. */
rpclog_status parse_field(struct parse *p, uint16_t *field);
/* One value, or several in parentheses. */
rpclog_status parse_list(struct parse *p, struct value_set *set,
			 enum cond_op op, bool nocase);
/* The rule set owns the regex. */
rpclog_status parse_regex(struct parse *p, struct cond *cond);
/* "WHAT expected at .."; always RPCLOG_ERR_RULE. */
rpclog_status parse_expected(const struct parse *p, const char *what);

#endif /* RPCLOG_RULES_OPERAND_H */
