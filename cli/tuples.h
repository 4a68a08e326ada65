/* SPDX-License-Identifier: MIT */
/* Groups (groups.h) for commands: out of memory ends the program. */

#ifndef RPCLOG_CLI_TUPLES_H
#define RPCLOG_CLI_TUPLES_H

#include "groups.h"

struct groups *tuples_new(size_t width);
/* The number of a tuple, new or known. */
uint32_t tuples_add(struct groups *groups, const rpclog_slice *values);
/* All numbers in bytewise order of the first 'width' values, to free(). */
uint32_t *tuples_sorted(const struct groups *groups, size_t width);
/* Do two values hold the same bytes? */
int tuples_same(rpclog_slice a, rpclog_slice b);

#endif /* RPCLOG_CLI_TUPLES_H */
