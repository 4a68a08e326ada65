/* SPDX-License-Identifier: MIT */
/* The caller's options with every default filled in. */

#ifndef RPCLOG_OPTIONS_H
#define RPCLOG_OPTIONS_H

#include "base.h"

/*
 * Copies as much of '*in' as its size says it has; NULL is all defaults.
 * RPCLOG_ERR_USAGE for a size of zero or an allocator set by half.  In '*out'
 * no member is zero that means a default, and RPCLOG_ZERO has become 0.
 */
rpclog_status options_load(rpclog_options *out, const rpclog_options *in);

#endif /* RPCLOG_OPTIONS_H */
