/* SPDX-License-Identifier: MIT */
/* What stands in commands for the user, ready for a shell. */

#ifndef RPCLOG_CLI_SHELL_H
#define RPCLOG_CLI_SHELL_H

#include "command.h"

/* A word in quotes if it needs them; PATH if no shell can take it. */
void shell_word(struct out *out, const char *word);
/* One more operand, behind a blank: what begins like an option is none. */
void shell_path(struct out *out, const char *path);
/*
 * What a command that reads logs ends with: the options by which rows have
 * their classes, and the PATHs.  For free().
 */
char *shell_paths(const struct options *options);

#endif /* RPCLOG_CLI_SHELL_H */
