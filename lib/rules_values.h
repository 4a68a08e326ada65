/* SPDX-License-Identifier: MIT */
/* The values that a condition compares with. */

#ifndef RPCLOG_RULES_VALUES_H
#define RPCLOG_RULES_VALUES_H

#include "rules_set.h"

/* Works out what makes tests fast, once 'texts' and 'ranges' are set. */
rpclog_status values_prepare(struct value_set *set, enum cond_op op,
			     bool nocase, struct arena *arena);

/* Is 'value' one of the texts, or a number in one of the ranges? */
bool values_has(const struct value_set *set, rpclog_slice value, bool nocase);
/*
 * Does 'value' start with, end with or contain one of the texts, none of
 * which is empty?  '*hit' (may be NULL) becomes the bytes that do.
 */
bool values_start(const struct value_set *set, rpclog_slice value, bool nocase,
		  rpclog_slice *hit);
bool values_end(const struct value_set *set, rpclog_slice value, bool nocase,
		rpclog_slice *hit);
bool values_find(const struct value_set *set, rpclog_slice value, bool nocase,
		 rpclog_slice *hit);

#endif /* RPCLOG_RULES_VALUES_H */
