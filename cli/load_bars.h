/* SPDX-License-Identifier: MIT */
/* Histograms of latencies, as they lie in the table of traffic. */

#ifndef RPCLOG_CLI_LOAD_BARS_H
#define RPCLOG_CLI_LOAD_BARS_H

#include "histogram.h"

struct bars;

struct bars *bars_new(void);
/*
 * 'bars' (by ascending step) joined to what is packed.  Counts may be less than
 * nothing, wrapped.  The answer holds until the next one.
 */
rpclog_slice bars_merge(struct bars *b, rpclog_slice packed,
			const struct histogram_bar *bars, size_t count);
void bars_free(struct bars *b);

#endif /* RPCLOG_CLI_LOAD_BARS_H */
