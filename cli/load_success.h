/* SPDX-License-Identifier: MIT */
/* Authenticated starts, gathered over many logs before they are written. */

#ifndef RPCLOG_CLI_LOAD_SUCCESS_H
#define RPCLOG_CLI_LOAD_SUCCESS_H

#include "load.h"

struct successes;

struct successes *successes_new(struct load *load);
/* 'who' is a place in load->whos. */
void successes_add(struct successes *successes, size_t who, int64_t first_us,
		   int64_t last_us);
/* The next one added lets go of all before. */
int successes_full(const struct successes *successes);
/* Is there a start in [from, to] among those that are still in hand? */
int successes_within(struct successes *successes, size_t who, int64_t from,
		     int64_t to);
void successes_flush(struct successes *successes);
void successes_free(struct successes *successes);

#endif /* RPCLOG_CLI_LOAD_SUCCESS_H */
