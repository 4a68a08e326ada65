/* SPDX-License-Identifier: MIT */
/*
 * Numbers of classes that code must know: sessions give them, probes own no
 * mailbox, and what is no failure need not be kept.  All others are known to
 * the rule text alone.
 */

#ifndef RPCLOG_CLASS_H
#define RPCLOG_CLASS_H

enum class_number {
	CLASS_ACTIVITY = 0,
	CLASS_PROBE = 10,
	CLASS_ANONYMOUS_CHALLENGE = 80,
	CLASS_FE_BASIC = 90,
	CLASS_FE_AUTH_LEG = 100,
	CLASS_HANDSHAKE = 101,
	CLASS_FE_REJECTED = 102,
	CLASS_FE_SUSPECTED = 103,
	CLASS_OAUTH_CHALLENGE = 110,
	CLASS_OK = 290
};

#endif /* RPCLOG_CLASS_H */
