/* SPDX-License-Identifier: MIT */
/* Sample rows of rules: made into logs, and held against the rules. */

#ifndef RPCLOG_RULES_SAMPLE_H
#define RPCLOG_RULES_SAMPLE_H

#include "rules_lex.h"

/* "Column=value | .." as a log of one row, in the arena. */
rpclog_status sample_from_cells(struct rpclog_rules *rules,
				const struct place *at, rpclog_slice text,
				rpclog_slice *log);
/* The same of a row as it stands in a log. */
rpclog_status sample_from_row(struct rpclog_rules *rules,
			      const struct place *at, rpclog_slice row,
			      rpclog_slice *log);

/*
 * Classifies the samples of all rules that have a line (are not built in), or
 * of all if 'builtin': RPCLOG_ERR_RULE and the sample's line in the diag.
 */
rpclog_status samples_run(const struct rpclog_rules *rules, bool builtin,
			  const rpclog_options *options, rpclog_diag *diag);

#endif /* RPCLOG_RULES_SAMPLE_H */
