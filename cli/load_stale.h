/* SPDX-License-Identifier: MIT */
/* Which 401 legs may have become something else. */

#ifndef RPCLOG_CLI_LOAD_STALE_H
#define RPCLOG_CLI_LOAD_STALE_H

#include "load.h"

/* No rule looks further behind a leg: handshake_ms and reject_window_s. */
#define LEG_REACH_US (INT64_C(60) * 1000000)

/* The key of a session, whose legs from here on must be settled anew. */
struct stale {
	int64_t session, since_us;
};

struct stales {
	struct stale *keys;
	size_t count, room;
};

/* Each key once. */
void stales_find(struct load *load, struct stales *stales);
void stales_free(struct stales *stales);

#endif /* RPCLOG_CLI_LOAD_STALE_H */
