/* SPDX-License-Identifier: MIT */
/* Help texts, made from the tables of commands and options. */

#ifndef RPCLOG_CLI_HELP_H
#define RPCLOG_CLI_HELP_H

#include "options.h"

void help_command(const struct command *command);
/* 'commands' ends with NULL. */
void help_all(const struct command *const *commands);

#endif /* RPCLOG_CLI_HELP_H */
