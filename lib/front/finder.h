/* SPDX-License-Identifier: MIT */
/* What a pattern is made of: pattern.c fills it, finder.c asks it. */

#ifndef RPCLOG_FRONT_FINDER_H
#define RPCLOG_FRONT_FINDER_H

#include "pattern.h"
#include "regex.h"
#include "words.h"

/* 'plain' tells quickly that there is no match; 'framed' asks for the frame. */
struct entry {
	struct regex *plain;
	struct regex *framed;	/* plain within -w or -x, or NULL */
	size_t len;		/* of the pattern's text */
};

struct rpclog_pattern {
	struct alloc alloc;
	struct entry *entries;
	size_t count;
	struct words *words;	/* several literals, instead of entries */
	bool has_empty;		/* beside 'words': the empty literal */
	uint32_t flags;
};

#endif /* RPCLOG_FRONT_FINDER_H */
