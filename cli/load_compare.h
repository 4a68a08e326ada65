/* SPDX-License-Identifier: MIT */
/* What a file holds, beside what was stored of logs: digests at their marks. */

#ifndef RPCLOG_CLI_LOAD_COMPARE_H
#define RPCLOG_CLI_LOAD_COMPARE_H

#include "inputs.h"
#include "load.h"

/* Beside a stored log: another one; no longer than it; or with more lines. */
enum answer { IS_ANOTHER, IS_SAME, IS_LONGER };

enum answer compare_log(struct load *load, struct input *input, int64_t id);

struct candidates {
	int64_t *ids;
	size_t count, room;
};

/* Logs that begin with the same row, the longest first; begin with zeros. */
void find_candidates(struct load *load, struct input *input,
		     struct candidates *found);

#endif /* RPCLOG_CLI_LOAD_COMPARE_H */
