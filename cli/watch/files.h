/* SPDX-License-Identifier: MIT */
/*
 * What a watch remembers of files that are in no database: those that are no
 * logs, so that they are not read again and again, and what was wrong with
 * others, so that it is said once and not while they are still written.
 */

#ifndef RPCLOG_CLI_WATCH_FILES_H
#define RPCLOG_CLI_WATCH_FILES_H

#include "inputs.h"
#include "load.h"

struct files;

struct files *files_new(const struct options *options);
/* Once all are listed: what need not be read. */
void files_excuse(struct files *files, const struct load *load,
		  struct inputs *inputs);
/* After they were read; 'all': those that are not there are gone. */
void files_note(struct files *files, const struct load *load,
		const struct inputs *inputs, int all);
/* Says what is wrong with files that are not written any more. */
void files_say(struct files *files);
void files_free(struct files *files);

#endif /* RPCLOG_CLI_WATCH_FILES_H */
