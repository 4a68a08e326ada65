/* SPDX-License-Identifier: MIT */
/* rpclog_parser_require() held against asking each row. */

#ifndef RPCLOG_CHECK_WANT_H
#define RPCLOG_CHECK_WANT_H

#include "check_told.h"

struct want_subject {
	const char *name;
	rpclog_slice text;
	rpclog_options options;
	struct told all; /* with nothing wanted */
};

/* A parser that wants these bytes. */
rpclog_parser *want_parser(const rpclog_options *options, rpclog_slice wanted);
/*
 * The subject in chunks, 's->all' being what is told with nothing wanted.
 * Answers how many rows came that do not hold what is wanted.
 */
size_t want_check(const struct want_subject *s, rpclog_slice wanted,
		  size_t chunk);
/*
 * The same for many wishes, made of the subject's own bytes too, in chunks of
 * up to 'chunks' bytes and some larger ones.
 */
void want_sweep(struct want_subject *s, size_t chunks);

#endif /* RPCLOG_CHECK_WANT_H */
