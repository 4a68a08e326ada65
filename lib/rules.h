/* SPDX-License-Identifier: MIT */
/* What the layers above the rules need of them beyond rpclog.h. */

#ifndef RPCLOG_RULES_H
#define RPCLOG_RULES_H

#include "base.h"
#include "class.h"

/* The rule text that the library carries (generated from builtin.rules). */
extern const char builtin_rules[];
extern const size_t builtin_rules_len;

#endif /* RPCLOG_RULES_H */
