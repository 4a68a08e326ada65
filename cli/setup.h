/* SPDX-License-Identifier: MIT */
/* What a run needs before it reads: library options, rules and filters. */

#ifndef RPCLOG_CLI_SETUP_H
#define RPCLOG_CLI_SETUP_H

#include "run.h"

/* All of a file ("-": stdin), to free; NULL after a message. */
char *file_read(const char *path, size_t *len);
/* Rules of a file and the built-in ones; NULL after a message. */
rpclog_rules *rules_read(const char *path, const rpclog_options *library);
/* The filters of the command line; NULL after a message. */
rpclog_filter *setup_filter(const struct options *options,
			    const rpclog_rules *rules,
			    const rpclog_options *library, unsigned flags,
			    int *probes);

#endif /* RPCLOG_CLI_SETUP_H */
