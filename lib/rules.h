/* SPDX-License-Identifier: MIT */
/* What the layers above the rules need of them beyond rpclog.h. */

#ifndef RPCLOG_RULES_H
#define RPCLOG_RULES_H

#include "base.h"

/* Numbers that code must know: sessions give them, probes own no mailbox. */
enum class_number {
	CLASS_ACTIVITY = 0,
	CLASS_PROBE = 10,
	CLASS_FE_AUTH_LEG = 100,
	CLASS_HANDSHAKE = 101,
	CLASS_FE_REJECTED = 102,
	CLASS_FE_SUSPECTED = 103
};

/* The rule text that the library carries (generated from builtin.rules). */
extern const char builtin_rules[];
extern const size_t builtin_rules_len;

#endif /* RPCLOG_RULES_H */
