/* SPDX-License-Identifier: MIT */
/* One worker thread: takes inputs and reads them for a command. */

#ifndef RPCLOG_CLI_WORK_H
#define RPCLOG_CLI_WORK_H

#include "inputs.h"
#include "order.h"
#include "progress.h"
#include "split.h"

/* What is handed out to workers: an input, or a piece of one. */
struct unit {
	struct input *input;
	struct split *split;	/* NULL: all of it */
	size_t piece;
};

/* What all workers of one run_do() share; read-only but for the atomics. */
struct work {
	struct run *run;
	const struct run_job *job;
	const rpclog_options *library;
	struct unit *queue;	/* in the order of being handed out */
	size_t count;
	atomic_size_t next;	/* the next of the queue */
	atomic_int stop;	/* RUN_STOP, or trouble that ends all */
	int spare;		/* more processors than files */
	int account;		/* first pass: fill accounts and errors */
	uint32_t probe_class, activity_class;
	struct order *order;	/* NULL unless RUN_ORDERED */
	struct progress *progress;
};

struct worker {
	struct run_worker face;	/* first: what the command sees */
	struct work *work;
	void *mine;
	rpclog_parser *parser;
	struct lane lane;
	pthread_t thread;
	int started;
	/* room for pieces of split files */
	char *buffer;
	size_t room;
	struct range_survey survey;
	/* what is being read */
	const struct unit *unit;
	struct input *input;
	uint64_t set;		/* of columns: grows with all that is read */
	int stopped;		/* by the command */
	int begun;		/* file_begin() was called */
	uint64_t probes, probe_bytes, activities, activity_bytes;
	int muted;		/* amid what input->known says */
	rpclog_account before;	/* of that */
	uint64_t told;		/* bytes that progress knows of */
};

/* Reads until the queue is empty or all are told to stop. */
void *worker_main(void *worker);

#endif /* RPCLOG_CLI_WORK_H */
