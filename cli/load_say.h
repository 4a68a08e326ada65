/* SPDX-License-Identifier: MIT */
/* What load tells of itself: the summary, and the plan of --dry-run. */

#ifndef RPCLOG_CLI_LOAD_SAY_H
#define RPCLOG_CLI_LOAD_SAY_H

#include "load.h"

struct load_said {
	uint64_t logs[LOG_STATES]; /* by enum log_state */
	uint64_t foreign, rows, prompts;
};

/* Counts, while the database is still open. */
void load_sum_up(struct load *load, const struct inputs *inputs,
		 struct load_said *said);
void load_say(const struct load *load, const struct load_said *said);
void load_say_plan(struct load *load, const struct inputs *inputs);

#endif /* RPCLOG_CLI_LOAD_SAY_H */
