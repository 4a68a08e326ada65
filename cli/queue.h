/* SPDX-License-Identifier: MIT */
/* What there is to read, in the order in which workers take it. */

#ifndef RPCLOG_CLI_QUEUE_H
#define RPCLOG_CLI_QUEUE_H

#include "engine.h"

/* Answers the bytes to be read, as they lie on disk. */
uint64_t queue_fill(struct work *work, struct inputs *inputs, size_t threads);
/* After all workers have ended. */
void queue_end(struct work *work);
void queue_free(struct work *work);

#endif /* RPCLOG_CLI_QUEUE_H */
