/* SPDX-License-Identifier: MIT */
/* What the workers do: facts out of the rows of each log. */

#ifndef RPCLOG_CLI_LOAD_TAKE_H
#define RPCLOG_CLI_LOAD_TAKE_H

#include "load.h"

/* As run_do(); the writer must be running. */
int load_take(struct load *load, struct run *run);

#endif /* RPCLOG_CLI_LOAD_TAKE_H */
