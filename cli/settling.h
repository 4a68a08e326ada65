/* SPDX-License-Identifier: MIT */
/*
 * Commands that print rows, and read twice if a field or a filter hangs on
 * sessions or actors: once to settle them, once to print.
 */

#ifndef RPCLOG_CLI_SETTLING_H
#define RPCLOG_CLI_SETTLING_H

#include "fields.h"
#include "settle.h"

/* Might this run read twice?  To be asked before there are filters. */
int settling_may(const struct options *options, const struct fields *fields);
/* Will it? */
int settling_must(const struct run *run, const struct fields *fields);
/* Class and actor of a classified row; 0 if memory ran out, which is said. */
int settling_row(const rpclog_tracker *tracker, const struct run_worker *worker,
		 const struct run_row *row, rpclog_settled *settled);

#endif /* RPCLOG_CLI_SETTLING_H */
