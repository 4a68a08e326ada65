/* SPDX-License-Identifier: MIT */
/* Patterns: PCRE2 with a literal prefilter, fixed strings, and globs. */

#ifndef RPCLOG_FRONT_PATTERN_H
#define RPCLOG_FRONT_PATTERN_H

#include "rpclog.h"

typedef struct rpclog_pattern rpclog_pattern;	/* shareable, never changes */
typedef struct rpclog_finder rpclog_finder;	/* one per thread */

enum pattern_flag {
	PATTERN_LITERAL = 1, PATTERN_NOCASE = 2, PATTERN_WORD = 4,
	PATTERN_LINE = 8
};

/* Any of 'count' patterns; diag.line is the one at fault, from 1. */
rpclog_status pattern_compile(rpclog_pattern **out,
			      const rpclog_slice *patterns, size_t count,
			      uint32_t flags, const rpclog_options *options,
			      rpclog_diag *diag);
/* Bytes that every subject holds in which it is found; empty: none known. */
rpclog_slice pattern_literal(const rpclog_pattern *pattern);
void pattern_free(rpclog_pattern *pattern);
rpclog_status finder_new(rpclog_finder **out, const rpclog_pattern *pattern,
			 const rpclog_options *options);
/*
 * First match at or after '*from': RPCLOG_OK stores its ends in '*from' and
 * '*to'; else RPCLOG_NO_MATCH, or RPCLOG_ERR_LIMIT for this subject alone.
 */
rpclog_status finder_find(rpclog_finder *finder, rpclog_slice subject,
			  size_t *from, size_t *to);
void finder_free(rpclog_finder *finder);

/*
 * '*', '?' and sets such as [a-f] and [!0-9], in any ASCII case, the whole of
 * 'text'; never exponential.
 */
int glob_match(rpclog_slice glob, rpclog_slice text);
/* The whole value, the part after '\', or the part before '@'. */
int glob_match_user(rpclog_slice glob, rpclog_slice user);

#endif /* RPCLOG_FRONT_PATTERN_H */
