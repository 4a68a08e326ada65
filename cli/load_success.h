/* SPDX-License-Identifier: MIT */
/* Authenticated starts, gathered over many logs before they are written. */

#ifndef RPCLOG_CLI_LOAD_SUCCESS_H
#define RPCLOG_CLI_LOAD_SUCCESS_H

#include "load.h"

struct successes;

struct successes *successes_new(struct load *load);
void successes_add(struct successes *successes, int64_t who, int64_t first_us,
		   int64_t last_us);
void successes_flush(struct successes *successes);
void successes_free(struct successes *successes);

#endif /* RPCLOG_CLI_LOAD_SUCCESS_H */
