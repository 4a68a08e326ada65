/* SPDX-License-Identifier: MIT */
/* What the parts of the query command share. */

#ifndef RPCLOG_CLI_QUERY_H
#define RPCLOG_CLI_QUERY_H

#include <signal.h>

#include "command.h"
#include "db.h"
#include "questions.h"

/* Parameters as given: "key=value". */
struct given {
	const struct options *options;
	char *const *items;
	size_t count;
};

/*
 * Values of 'given' and defaults, for a ready-made question.  Before it is
 * prepared, with 'st' NULL: only whether they are right.  EXIT_DONE, or
 * EXIT_TROUBLE after a message.
 */
int query_bind_question(const struct question *question,
			const struct given *given, struct statement *st);
/* The same for SQL of the user's own: by the names that stand in it. */
int query_bind_own(const struct given *given, struct statement *st);

/*
 * Runs it and prints its rows; stops early once '*stop' is not 0.  What went
 * wrong is db_error().
 */
void query_print(const struct options *options, struct statement *st,
		 const volatile sig_atomic_t *stop);

#endif /* RPCLOG_CLI_QUERY_H */
