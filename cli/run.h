/* SPDX-License-Identifier: MIT */
/*
 * The engine under every command that reads logs: inputs, duplicates, worker
 * threads, filters, warnings, the ledger, progress and the exit code.
 *
 *	struct run *run = run_new(options, paths, count, RUN_REQUESTS);
 *	if (run && run_do(run, &job) == 0)
 *		...print...
 *	return run_end(run);
 */

#ifndef RPCLOG_CLI_RUN_H
#define RPCLOG_CLI_RUN_H

#include "command.h"

struct run;

/* A log as it is read.  The same pointer in every call about it. */
struct run_file {
	const char *path;	/* as named or found; "-": standard input */
	size_t number;		/* place in bytewise order of path, from 0 */
	int by_name;		/* named on the command line, not found */
};

/* What a worker thread has: made before worker_new(), gone in run_end(). */
struct run_worker {
	struct run *run;
	size_t number;			/* from 0 */
	const rpclog_options *options;	/* fit for tracker and finder */
	rpclog_sieve *sieve;		/* the filters of the command line */
	rpclog_matcher *matcher;	/* NULL unless rows are classified */
	/*
	 * RUN_ORDERED: bytes for stdout; the engine puts files in order.
	 * Only between file_begin() and file_end().  NULL otherwise.
	 */
	struct out *out;
};

struct run_row {
	const struct run_file *file;
	const rpclog_schema *schema;
	uint64_t set;	/* never 0; another one wherever 'schema' may be: its
			 * address tells nothing, memory is used again */
	const rpclog_row *row;
	const rpclog_verdict *verdict;	/* NULL unless classified */
	rpclog_choice choice;	/* RUN_SIEVE: YES or LATER; else YES */
};

enum run_next {
	RUN_ON,		/* next row */
	RUN_NEXT_FILE,	/* enough of this file ("stopped" in the ledger) */
	RUN_STOP	/* enough of everything */
};

enum run_flag {
	/* for run_new() */
	RUN_REQUESTS = 1,	/* leave out activity, and probes unless
				 * --probes or --class probe: popups, count */
	RUN_TWICE = 2,		/* run_do() may be called again: streams are
				 * spooled to an unlinked file */
	/* for run_job.flags */
	RUN_CLASSIFY = 4,	/* rows come with a verdict (also done if filter
				 * or ledger need it) */
	RUN_SIEVE = 8,		/* rows that the filters refuse (NO) do not
				 * reach row(); else every row does */
	RUN_ORDERED = 16,	/* files in order of path; worker->out */
	RUN_BY_NAME = 64,	/* files by the last part of their path, so
				 * that hours come one after the other; else
				 * the largest first */
	RUN_SPLITS = 32		/* a big file may come in pieces, each begun and
				 * ended, perhaps by several workers, like a
				 * file of its own; no RUN_NEXT_FILE */
};

/*
 * What a command does with the rows.  Every callback but 'row' may be NULL.
 * 'mine' is what worker_new() gave; calls about one worker never overlap, and
 * one file is one worker's unless the job splits.
 */
struct run_job {
	unsigned flags;
	void *ctx;
	/* Rows without these bytes are counted, and may not be handed out. */
	rpclog_slice wanted;
	/*
	 * Other logs that are wanted too, by what rpclog_parser_foreign() calls
	 * them; NULL at the end, or none.  Files that are such a log are left
	 * for run_join().
	 */
	const char *const *join;
	/* On the main thread before threads start, workers in order. */
	void *(*worker_new)(void *ctx, struct run_worker *worker);
	/* On the worker's thread. Only for HttpProxy logs that are read. */
	void (*file_begin)(void *mine, const struct run_file *file);
	/*
	 * Around each run of bytes, inflated, before and after its rows; also
	 * before file_begin().  Not for split files.
	 */
	void (*bytes)(void *mine, const struct run_file *file,
		      rpclog_slice bytes);
	void (*bytes_end)(void *mine, const rpclog_account *account);
	enum run_next (*row)(void *mine, const struct run_row *row);
	void (*file_end)(void *mine, const struct run_file *file);
	/*
	 * After file_end(), for a split file once: all its pieces have ended,
	 * and the caller is the worker of the last one.
	 */
	void (*file_done)(void *mine, const struct run_file *file);
	/* On the worker's thread after its last file. */
	void (*rest)(void *mine);
	/*
	 * On the main thread after all threads have ended, workers in order:
	 * the place to merge and free.  Also after an interrupt.
	 */
	void (*worker_done)(void *ctx, void *mine);
};

/*
 * Reads rules and filters, lists 'paths' (0: standard input), finds
 * duplicates, skips old logs.  NULL if something is wrong that was said
 * already: return run_end(NULL), which is exit 2.
 */
struct run *run_new(const struct options *options, char *const *paths,
		    size_t count, unsigned flags);

struct inputs;

/* A command that knows some logs already: it may set their state. */
struct run_screen {
	void *ctx;
	/* Once all are listed, and once duplicates are known (inputs.h). */
	void (*listed)(void *ctx, struct inputs *inputs,
		       const rpclog_options *library);
	void (*identified)(void *ctx, struct inputs *inputs,
			   const rpclog_options *library);
	/* Lent: then none are read; or NULL. */
	rpclog_rules *rules;
};

struct run *run_new_screened(const struct options *options, char *const *paths,
			     size_t count, unsigned flags,
			     const struct run_screen *screen);

/*
 * From now on 'interrupted' tells of the first SIGINT; the second one ends the
 * program the hard way.  run_new() does it, but some have to begin before.
 */
void run_catch_interrupt(void);

/*
 * Reads all.  0: done; else interrupted (or a callback called run_fail()
 * with RUN_STOP): print nothing more, go to run_end().  The second call reads
 * the same inputs again without warnings or ledger.
 */
int run_do(struct run *run, const struct run_job *job);

/*
 * What a command does with the logs that run_job.join names.  Every callback
 * but 'bytes' may be NULL; the rules are those of run_job.
 */
struct run_joiner {
	void *ctx;
	void *(*worker_new)(void *ctx, struct run *run);
	/* 'what' is the pointer that run_job.join held. */
	void (*file_begin)(void *mine, const struct run_file *file,
			   const char *what);
	/* Inflated, cut anywhere.  After run_fail(): RUN_STOP. */
	enum run_next (*bytes)(void *mine, rpclog_slice bytes);
	/* 'whole': the log was read to its end, and nothing was wrong. */
	void (*file_end)(void *mine, int whole);
	void (*worker_done)(void *ctx, void *mine);
};

/*
 * Reads what run_do() left for it, each file in one piece, side by side and in
 * no order.  Once, after run_do(); calls nothing if there are no such logs.
 * Answers as run_do().
 */
int run_join(struct run *run, const struct run_joiner *joiner);

/*
 * Warnings, ledger, flushing of stdout.  Answers the exit code: 130, 2 or 0;
 * a command with a code of its own puts 2 and 130 before it.  Frees.
 */
int run_end(struct run *run);

/* Trouble that a command met in its callbacks: said once, exit 2.
 * From any thread. */
void run_fail(struct run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* For a status of the library that is an error: says it as run_fail() does. */
void run_fail_status(struct run *run, rpclog_status status);

const rpclog_rules *run_rules(const struct run *run);
const rpclog_filter *run_filter(const struct run *run);
/* One more than the greatest run_file.number. */
size_t run_numbers(const struct run *run);
/* Paths by number, run_numbers() of them; to free(), the paths stay ours. */
const char **run_paths(const struct run *run);
/* Logs that will be read (no duplicates, skipped or known foreign ones). */
size_t run_file_count(const struct run *run);
/* After run_do(): those of them that were HttpProxy logs. */
size_t run_logs_read(const struct run *run);

/*
 * For rpclog_tracker_choose(): the worker's sieve as a chooser.  0 if there
 * is nothing to choose (no filter): then leave the tracker alone.
 */
int run_chooser(struct run_worker *worker, rpclog_chooser *chooser);

/* rpclog_options from what was parsed. */
void run_library_options(const struct options *options,
			 rpclog_options *library);
/* --rules and the built-in ones; NULL if that was said to be wrong. */
rpclog_rules *run_load_rules(const struct options *options,
			     const rpclog_options *library);

#endif /* RPCLOG_CLI_RUN_H */
