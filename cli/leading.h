/* SPDX-License-Identifier: MIT */
/* What is written before each of many parts, and taken off the first one. */

#ifndef RPCLOG_CLI_LEADING_H
#define RPCLOG_CLI_LEADING_H

#include <stddef.h>

/*
 * Files are read side by side, so nobody knows which will be the first to
 * print: each part is written with what divides it from the one before, and
 * the first 'len' bytes that reach standard output from here on are dropped.
 */
void leading_take_off(size_t len);
/* Back to the usual; what was printed is flushed.  Harmless if not needed. */
void leading_end(void);

#endif /* RPCLOG_CLI_LEADING_H */
