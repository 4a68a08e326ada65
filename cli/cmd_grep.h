/* SPDX-License-Identifier: MIT */
/* What the parts of grep share: one search, and what a worker keeps of it. */

#ifndef RPCLOG_CLI_CMD_GREP_H
#define RPCLOG_CLI_CMD_GREP_H

#include <stdatomic.h>

#include "fields.h"
#include "pattern.h"
#include "run.h"

enum grep_output {
	GREP_ROWS,		/* rows, raw, with context */
	GREP_PARTS,		/* -o */
	GREP_FIELDS,		/* --fields, --json, --format */
	GREP_COUNT,		/* -c */
	GREP_LIST,		/* -l */
	GREP_LIST_OTHERS,	/* -L */
	GREP_QUIET		/* -q */
};

/* A row whose match went past PCRE2's limits. */
struct grep_gave_up {
	const struct run_file *file;
	uint64_t line;
};

#define GREP_GAVE_UP	8	/* as many are named */

struct grep_limits {
	struct grep_gave_up rows[GREP_GAVE_UP];	/* the first in order */
	size_t kept;
	uint64_t count;		/* all of them */
};

struct grep {
	const struct options *options;
	struct run *run;
	rpclog_pattern *pattern;
	enum grep_output output;
	int prefix;			/* file names before rows */
	int context;			/* -A, -B or -C tells of other rows */
	struct fields fields;		/* none: all columns, as JSON */
	int settles;			/* two passes */
	rpclog_tracker *tracker;	/* after the first pass, or NULL */
	int found;
	struct grep_limits limits;
	atomic_uint_fast64_t *selected;	/* rows, by number of the file */
};

/* A row kept for -B. */
struct grep_kept {
	char *text;
	size_t len, capacity;
	uint64_t line, number;
};

struct grep_worker {
	struct grep *grep;
	struct run_worker *worker;
	rpclog_finder *finder;
	struct fields_rows rows;	/* GREP_FIELDS */
	int found;
	struct grep_limits limits;

	/* the file that is being read */
	uint64_t number;		/* of the row, from 1 */
	uint64_t selected;
	uint64_t printed;		/* number of the last row printed */
	uint64_t after_left;		/* rows of -A still to print */
	struct grep_kept *kept;		/* a ring of options->before rows */
};

/* Patterns of -e, -f or the first operand; EXIT_DONE or said trouble. */
int grep_patterns(struct grep *grep, const rpclog_options *library,
		  size_t *operands_used);

/* --fields and formats; EXIT_DONE or said trouble. */
int grep_fields(struct grep *grep);
/* One row in the fields; 'settled' may be NULL if nothing asks for it. */
void grep_fields_row(struct grep_worker *w, const struct run_row *row,
		     const rpclog_settled *settled);

/* A whole row (':' selected, '-' context), or with -o the parts that match. */
void grep_print(struct grep_worker *w, const struct run_file *file,
		uint64_t line, rpclog_slice raw, char mark);
/* A path as it is shown, and the ':' or '-' behind it. */
void grep_print_path(struct out *out, const struct run_file *file);
void grep_print_mark(struct out *out, char mark);

/* The job that prints: callbacks for run_do(). */
void *grep_worker_new(void *ctx, struct run_worker *worker);
void grep_file_begin(void *mine, const struct run_file *file);
enum run_next grep_row(void *mine, const struct run_row *row);
void grep_file_end(void *mine, const struct run_file *file);
void grep_file_done(void *mine, const struct run_file *file);
void grep_worker_done(void *ctx, void *mine);

/* Keeps the first of the rows whose match gave up, in order. */
void grep_limits_add(struct grep_limits *limits, const struct run_file *file,
		     uint64_t line);
void grep_limits_merge(struct grep_limits *into,
		       const struct grep_limits *from);
void grep_limits_say(const struct grep_limits *limits);

#endif /* RPCLOG_CLI_CMD_GREP_H */
