/* SPDX-License-Identifier: MIT */
/* Our own prose, wrapped for people. */

#ifndef RPCLOG_CLI_WRAP_H
#define RPCLOG_CLI_WRAP_H

#include "out.h"

/* 'text' in lines of at most 80 columns, indented; ends with LF. */
void wrap_put(struct out *out, size_t indent, const char *text);

/* The same, on a line that has 'column' columns already (0: a new line). */
void wrap_from(struct out *out, size_t indent, size_t column,
	       const char *text);

#endif /* RPCLOG_CLI_WRAP_H */
