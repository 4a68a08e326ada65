/* SPDX-License-Identifier: MIT */
/* One piece of a split file: reads it, and takes its rows. */

#ifndef RPCLOG_CLI_PIECE_H
#define RPCLOG_CLI_PIECE_H

#include "work.h"

/* The piece that worker->unit names. */
void piece_read(struct worker *worker);

#endif /* RPCLOG_CLI_PIECE_H */
