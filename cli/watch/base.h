/* SPDX-License-Identifier: MIT */
/*
 * The database of a watch: that of -d, or a temporary one that nobody else
 * sees.  It stays open; each step is a transaction.
 */

#ifndef RPCLOG_CLI_WATCH_BASE_H
#define RPCLOG_CLI_WATCH_BASE_H

#include <sys/types.h>

#include "load.h"
#include "load_open.h"

struct base {
	struct load_file file;	/* of -d */
	struct db *db;
	int temporary;
	int begun;	/* in a transaction */
	int fresh;	/* nothing is in it yet */
	int all;	/* any prompt may have changed, not only those stirred */
	int stirs;	/* prompts that change are noted in 'stirred' */
	ino_t inode;	/* of the file */
	int64_t seen;	/* of what others wrote; -1: not known */
	int64_t pruned;	/* the hour before which nothing is left */
	const struct options *options;
};

/* EXIT_DONE, or EXIT_TROUBLE after a message. */
int base_open(struct base *base, const struct options *options);
/* Has somebody else written, so that there is something to tell? */
int base_is_changed(struct base *base);
/* Waits for other writers; ask db_error() and 'interrupted'. */
void base_begin(struct base *base);
int base_commit(struct base *base);
/* The temporary one: what is older than 'horizon_us' is deleted by the hour. */
int base_prune(struct base *base, int64_t horizon_us);
/* Says what went wrong; EXIT_TROUBLE. */
int base_say(const struct base *base);
/* What was not committed is undone. */
void base_close(struct base *base);

/* When the newest row of all servers started; INT64_MIN: there is none. */
int64_t base_newest(struct base *base);

#endif /* RPCLOG_CLI_WATCH_BASE_H */
