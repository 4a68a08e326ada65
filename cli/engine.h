/* SPDX-License-Identifier: MIT */
/* The inside of a run, shared by its parts. */

#ifndef RPCLOG_CLI_ENGINE_H
#define RPCLOG_CLI_ENGINE_H

#include <pthread.h>

#include "work.h"

/* The workers of one pass; kept until run_end(), since choosers need sieves. */
struct crew {
	struct work work;
	struct worker *workers;
	size_t count;
	struct order order;
	struct progress progress;
	struct crew *next;
};

struct run {
	const struct options *options;
	char *const *paths;	/* as named; none: standard input */
	size_t path_count;
	unsigned flags;
	rpclog_options library;
	rpclog_rules *rules;
	int rules_lent;		/* the command frees them */
	rpclog_filter *filter;
	int probes;		/* probe rows are wanted */
	struct inputs inputs;
	struct crew *crews;	/* newest first */
	unsigned passes;
	pthread_mutex_t lock;	/* of 'failed' and what it says */
	int failed;
};

/* Warnings and errors of a run, in order of path; 1 if one is trouble. */
int run_report(const struct run *run);
/* --ledger and -v; EXIT_DONE, or EXIT_TROUBLE after a message. */
int ledger_write(const struct run *run);
void ledger_show(const struct run *run);

#endif /* RPCLOG_CLI_ENGINE_H */
