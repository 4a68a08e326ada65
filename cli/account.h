/* SPDX-License-Identifier: MIT */
/* Where the bytes of a file went, once it has been read. */

#ifndef RPCLOG_CLI_ACCOUNT_H
#define RPCLOG_CLI_ACCOUNT_H

#include "work.h"

/* The inflated bytes of a file that is no HttpProxy log, or not yet known. */
struct lines {
	uint64_t lines, bytes;
	int open;		/* the last line has no end yet */
};

void lines_add(struct lines *tally, rpclog_slice bytes);
/* The parser has passed over a damaged row: for the ledger and warnings. */
void account_reject(struct worker *worker);
/*
 * Adds the parser's account to the input's; or all foreign.  'fed' (or 0) is how much the
 * parser should know of: what is missing belongs to another log.
 */
void account_add(struct worker *worker, const struct lines *foreign,
		 uint64_t fed);
/* All of a log that run_join() read. */
void account_joined(struct input *input, const struct lines *tally);
/* Keeps what the source says of its failure. */
void account_error(struct input *input, rpclog_status status,
		   const rpclog_source *source);

#endif /* RPCLOG_CLI_ACCOUNT_H */
