/* SPDX-License-Identifier: MIT */
/* From the text of 'when' and 'define' to conditions. */

#ifndef RPCLOG_RULES_COND_H
#define RPCLOG_RULES_COND_H

#include "rules_lex.h"

/* "FIELD OP VALUE & ..", added to rules->alts as one of rule 'rule'. */
rpclog_status cond_parse_when(struct rpclog_rules *rules,
			      const struct place *at, rpclog_slice text,
			      uint32_t rule);
/* "NAME first FIELD, .. in (..)", added to rules->defines. */
rpclog_status cond_parse_define(struct rpclog_rules *rules,
				const struct place *at, rpclog_slice text);

#endif /* RPCLOG_RULES_COND_H */
