/* SPDX-License-Identifier: MIT */
/* Inflates in a thread of its own, so that one big .gz uses two processors. */

#ifndef RPCLOG_CLI_PUMP_H
#define RPCLOG_CLI_PUMP_H

#include "rpclog.h"

struct pump;

/* 'source' must stay until pump_free(); NULL if there is no thread to have. */
struct pump *pump_new(rpclog_source *source);
/*
 * As rpclog_source_next(); '*taken' is what rpclog_source_consumed() said
 * after these bytes.
 */
rpclog_status pump_next(struct pump *pump, rpclog_slice *bytes,
			uint64_t *taken);
/* Ends the thread: then 'source' may be asked again. */
void pump_free(struct pump *pump);

#endif /* RPCLOG_CLI_PUMP_H */
