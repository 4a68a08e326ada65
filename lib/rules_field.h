/* SPDX-License-Identifier: MIT */
/* Fields by name: any log column, derived values, values of 'define'. */

#ifndef RPCLOG_RULES_FIELD_H
#define RPCLOG_RULES_FIELD_H

#include "rules_set.h"

/* In any case; FIELD_NONE if there is no such name. */
unsigned field_find(const struct rpclog_rules *rules, rpclog_slice name);
/* The name that 'name' may be a slip of; NULL if none is near. */
const char *field_nearest(const struct rpclog_rules *rules, rpclog_slice name);
/* As field_nearest(), among log columns alone. */
const char *column_nearest(rpclog_slice name);

/* The column that a field is read from: an rpclog_known, or FIELD_NONE. */
unsigned field_base(unsigned field);
/* Is the field dear to read, as against a cell? */
static inline bool
field_is_derived(unsigned field)
{
	return field >= FIELD_DERIVED && field < FIELD_COLUMN;
}

#endif /* RPCLOG_RULES_FIELD_H */
