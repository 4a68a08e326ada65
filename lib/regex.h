/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions over bytes: PCRE2 behind a literal prefilter and
 * limits.  regex.c is the only file that knows pcre2.h.
 */

#ifndef RPCLOG_REGEX_H
#define RPCLOG_REGEX_H

#include "alloc.h"

struct regex;	  /* shareable, never changes */
struct regex_run; /* one per thread, good for any number of regexes */

enum regex_flag {
	REGEX_NOCASE = 1, /* ASCII case does not matter */
	REGEX_LITERAL = 2 /* the pattern is plain bytes */
};

/* Why a pattern was refused. */
struct regex_error {
	int32_t code;	/* PCRE2's */
	size_t offset;	/* byte of the pattern, from 0 */
	char text[128]; /* one line, lower case, NUL-terminated */
};

/*
 * RPCLOG_ERR_RULE fills '*error' (may be NULL).  The pattern is copied.
 * Bytes, never UTF-8: '.' is one byte.  '*a' is copied and must outlive the
 * regex by what it points to.
 */
rpclog_status regex_new(struct regex **out, const struct alloc *a,
			rpclog_slice pattern, uint32_t flags,
			struct regex_error *error);
void regex_free(struct regex *regex);

/*
 * Bytes that every match holds, for callers who search many subjects at once;
 * empty if none are known.  '*whole' (may be NULL): they are all of the
 * pattern, so that finding them is matching.
 */
rpclog_slice regex_literal(const struct regex *regex, bool *whole);

/* 'match_limit' is rpclog_options.match_limit. */
rpclog_status regex_run_new(struct regex_run **out, const struct alloc *a,
			    uint32_t match_limit);
void regex_run_free(struct regex_run *run);

/*
 * The first match at or after '*from': RPCLOG_OK stores its ends in '*from'
 * and '*to' (they may be equal).  RPCLOG_NO_MATCH and, for a subject that
 * takes more steps, depth or memory than allowed, RPCLOG_ERR_LIMIT leave them
 * alone, as does RPCLOG_ERR_NOMEM.  '*from' may be up to the length.
 */
rpclog_status regex_find(struct regex_run *run, const struct regex *regex,
			 rpclog_slice subject, size_t *from, size_t *to);

/* "10.42 2022-12-11": of the library that is loaded; a constant length. */
#define REGEX_VERSION_SIZE ((size_t)64)
void regex_version(char out[REGEX_VERSION_SIZE]);

#endif /* RPCLOG_REGEX_H */
