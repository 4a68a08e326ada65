/* SPDX-License-Identifier: MIT */
/* The diagnose command's rooms: feeding the engine, and its three faces. */

#ifndef RPCLOG_CLI_DIAGNOSE_H
#define RPCLOG_CLI_DIAGNOSE_H

#include "findings.h"
#include "run.h"

/* Where a row is, as a tag: the file's number and the line. */
#define TAG_LINE_BITS 40

struct diagnose {
	const struct options *options;
	struct run *run;
	const char **paths; /* by file number */
	size_t path_count;
	size_t logs; /* that were read */
	uint64_t too_recent;
	const struct findings *findings;
};

/* For run_job.join: logs of other kinds that tell more. */
extern const char *const diagnose_joined[];
/*
 * Reads them.  1 and '*joins', to joins_free(); 0 if there is nothing to go on
 * with.
 */
int diagnose_join(struct diagnose *d, const struct gather *gather,
		  const rpclog_tracker *tracker, struct joins **joins);

/* "path:line" of a tag. */
void diagnose_place(const struct diagnose *d, uint64_t tag, struct out *out);
/* A text of the engine without the marks around what came from logs. */
void diagnose_plain(rpclog_slice text, struct out *out);
const char *trend_text(enum finding_trend trend);

void diagnose_text(const struct diagnose *d, struct out *out);
void diagnose_markdown(const struct diagnose *d, struct out *out);
void diagnose_table(const struct diagnose *d, struct out *out);

/* --reg FILE: the values that KB3140245 needs.  EXIT_DONE, or said trouble. */
int diagnose_write_reg(const char *path);

#endif /* RPCLOG_CLI_DIAGNOSE_H */
