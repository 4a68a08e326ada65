/* SPDX-License-Identifier: MIT */
/* Does a row meet a condition, and by which bytes? */

#ifndef RPCLOG_RULES_EVAL_H
#define RPCLOG_RULES_EVAL_H

#include "rules_set.h"

/* What evaluation needs beside the row.  One per thread. */
struct eval {
	const struct rpclog_rules *rules;
	const struct rpclog_row *row;
	const struct legacy_hosts *legacy; /* may be NULL */
	struct regex_run *run;		   /* NULL if no rule has a pattern */
	uint64_t defined; /* bit per define: its value is worked out */
	struct {
		rpclog_slice value;
		uint16_t field; /* where it was found */
	} defines[RULES_MAX_DEFINES];
	/* Where a column that is not among the known stood last. */
	uint32_t columns[FIELD_COUNT - FIELD_COLUMN];
};

void eval_init(struct eval *eval, const struct rpclog_rules *rules,
	       const struct legacy_hosts *legacy, struct regex_run *run);
void eval_begin(struct eval *eval, const struct rpclog_row *row);

rpclog_slice eval_far_field(struct eval *eval, unsigned field);
/* The bytes of a field. */
static inline rpclog_slice
eval_field(struct eval *eval, unsigned field)
{
	if (field < FIELD_DERIVED)
		return row_known(eval->row, (rpclog_known)field);
	return eval_far_field(eval, field);
}
/*
 * RPCLOG_OK, RPCLOG_NO_MATCH or a negative status.  '*hit' (may be NULL)
 * becomes the bytes of the field that met the condition.
 */
rpclog_status eval_cond(struct eval *eval, const struct cond *cond,
			rpclog_slice *hit);
/* The bytes by which a condition is met that is known to be. */
rpclog_status eval_evidence(struct eval *eval, const struct cond *cond,
			    rpclog_slice *hit);
/* The number of the column that 'field' comes from; UINT16_MAX if none. */
uint16_t eval_column(struct eval *eval, unsigned field);

#endif /* RPCLOG_RULES_EVAL_H */
