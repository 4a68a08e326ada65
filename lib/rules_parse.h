/* SPDX-License-Identifier: MIT */
/* From rule text to classes, rules, alternatives and samples. */

#ifndef RPCLOG_RULES_PARSE_H
#define RPCLOG_RULES_PARSE_H

#include "rules_lex.h"

/*
 * Adds what 'text', which must stay, says to 'rules'.  Built-in text may use
 * numbers below 1000, classes that only sessions give, and rules get line 0.
 */
rpclog_status rules_parse(struct rpclog_rules *rules, rpclog_slice text,
			  bool builtin, rpclog_diag *diag);

#endif /* RPCLOG_RULES_PARSE_H */
