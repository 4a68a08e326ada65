/* SPDX-License-Identifier: MIT */
/* A file that is written all at once. */

#ifndef RPCLOG_CLI_REPLACE_H
#define RPCLOG_CLI_REPLACE_H

#include <stddef.h>

/*
 * Beside its place, and moved there when it is whole: who reads it sees the
 * old one or the new one.  What is there and no file (a pipe, a terminal) is
 * written to as it is.  EXIT_DONE, or said trouble.
 */
int file_replace(const char *path, const char *bytes, size_t len);

#endif /* RPCLOG_CLI_REPLACE_H */
