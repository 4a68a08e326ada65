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

/* "path:line" of a tag, safe for a terminal. */
void diagnose_place(const struct diagnose *d, uint64_t tag, struct out *out);
/* A text of the engine without the marks around what came from logs. */
void diagnose_plain(rpclog_slice text, struct out *out);
/* Safe for a terminal, and never empty. */
void diagnose_subject(const struct finding *finding, struct out *out);
/* "3 users"; "1 user". */
void diagnose_number(struct out *out, uint64_t number, const char *word);
/* "19 users, 262 requests, first 2026-11-20 07:09, last ..; rising" */
void diagnose_counts(const struct finding *finding, struct out *out);
/* "in 61 logs, 2026-11-20 01:42 to 2026-11-20 18:38 (UTC).\n" */
void diagnose_span(const struct diagnose *d, struct out *out);
/* Names it nobody but whom the finding is about? */
int diagnose_is_subject(const struct finding *finding,
			const struct finding_line *line);
const char *trend_text(enum finding_trend trend);
enum out_color diagnose_color(const struct finding *finding);

/*
 * Dozens of users may have a wrong password.  Of each kind of finding the first
 * few are told in full, the others named together where the first of them
 * stands.
 */
struct ranks {
	size_t *of; /* by finding: how many of its kind are before it */
};
void diagnose_rank(const struct findings *findings, struct ranks *ranks);
int diagnose_in_full(const struct ranks *ranks, size_t i);
int diagnose_first_named(const struct ranks *ranks, size_t i);
/* Those of the kind of finding 'i' that are only named: from 'i' on. */
void diagnose_alike(const struct diagnose *d, size_t i, struct out *out);
/* How many there are of the kind of finding 'i', from it on. */
size_t diagnose_count_alike(const struct findings *findings, size_t i);
/* A line each; nothing if there is but one. */
void diagnose_summary(const struct diagnose *d, const struct ranks *ranks,
		      struct out *out);

void diagnose_text(const struct diagnose *d, struct out *out);
void diagnose_markdown(const struct diagnose *d, struct out *out);
void diagnose_table(const struct diagnose *d, struct out *out);
/* The same with all details, as one JSON object. */
void diagnose_json(const struct diagnose *d, struct out *out);
/* One finding; 'number' 0: a note, which counts nothing. */
void diagnose_put_text(const struct diagnose *d, const struct finding *finding,
		       size_t number, struct out *out);
void diagnose_put_markdown(const struct diagnose *d,
			   const struct finding *finding, size_t number,
			   const char *heading, struct out *out);

/* What came from a log, as code, so that nothing in it is markup. */
void markdown_code(struct out *out, const char *text, size_t len);
/* Our own words, with what stands between marks as code. */
void markdown_words(struct out *out, rpclog_slice text);

/* --reg FILE: the values that KB3140245 needs.  EXIT_DONE, or said trouble. */
int diagnose_write_reg(const char *path);

#endif /* RPCLOG_CLI_DIAGNOSE_H */
