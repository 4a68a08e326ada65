/* SPDX-License-Identifier: MIT */
/* The ready-made questions, as cli/questions.sql has them. */

#ifndef RPCLOG_CLI_QUESTIONS_H
#define RPCLOG_CLI_QUESTIONS_H

#include "rpclog.h"

/* cli/questions.sql, compiled in. */
extern const char questions_sql[];
extern const size_t questions_sql_len;

/* How a parameter is bound: of times, as what. */
enum parameter_kind {
	PARAMETER_US, PARAMETER_QUARTERS, PARAMETER_HOURS, PARAMETER_DAYS,
	PARAMETER_NUMBER, PARAMETER_TEXT
};

struct parameter {
	const char *name;
	enum parameter_kind kind;
	const char *otherwise;	/* if it is not given; NULL: it must be, but
				 * since and until are open */
};

#define QUESTION_PARAMETERS	4

struct question {
	const char *name;
	const char *sentence;	/* what it answers */
	struct parameter parameters[QUESTION_PARAMETERS];
	size_t count;
	const char *sql;
	const char *source;	/* with its comments, as --show prints it */
};

/* All of them; they last as long as the process. */
const struct question *questions(size_t *count);
/* NULL: there is none. */
const struct question *question_find(const char *name);

#endif /* RPCLOG_CLI_QUESTIONS_H */
