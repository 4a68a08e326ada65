/* SPDX-License-Identifier: MIT */
/* Words that stand in logs, in plain words: the tables of `explain`. */

#ifndef RPCLOG_CLI_EXPLAIN_H
#define RPCLOG_CLI_EXPLAIN_H

#include <stddef.h>

struct explained {
	const char *name;
	const char *text;	/* one paragraph: meaning, cause, what to do */
	const char *class;	/* the class that rows with it get, or NULL */
};

/* Each ends with a NULL name. */
extern const struct explained explain_error_codes[];
extern const struct explained explain_security_statuses[];
extern const struct explained explain_web_statuses[];
extern const struct explained explain_request_columns[];
extern const struct explained explain_proxy_columns[];
extern const struct explained explain_timing_columns[];

#endif /* RPCLOG_CLI_EXPLAIN_H */
