/* SPDX-License-Identifier: MIT */
/* How far a run is, on one line of the terminal. */

#ifndef RPCLOG_CLI_PROGRESS_H
#define RPCLOG_CLI_PROGRESS_H

#include <pthread.h>
#include <stdatomic.h>

#include "command.h"

struct progress {
	_Atomic uint64_t done;	/* bytes taken, as they lie on disk */
	uint64_t total;		/* 0: not known */
	int64_t begin_us, shown_us;
	int wanted, shown;
};

void progress_begin(struct progress *progress, const struct options *options,
		    uint64_t total);
/* Called now and then by one thread. */
void progress_show(struct progress *progress);
/* Waits for a thread and shows it meanwhile. */
void progress_join(struct progress *progress, pthread_t thread);
/* Clears the line. */
void progress_end(struct progress *progress);

#endif /* RPCLOG_CLI_PROGRESS_H */
