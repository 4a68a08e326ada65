/* SPDX-License-Identifier: MIT */
/*
 * Is it the same log?  Two are if the inflated bytes of one are a prefix of
 * the other's.  Digests of the head tell cheaply which ones may be; only
 * comparing them byte by byte tells that they are.
 */

#ifndef RPCLOG_FRONT_IDENTITY_H
#define RPCLOG_FRONT_IDENTITY_H

#include "rpclog.h"

#define IDENTITY_STEP	512
#define IDENTITY_MARKS	16
#define IDENTITY_HEAD	((size_t)IDENTITY_STEP * IDENTITY_MARKS)

/*
 * The first bytes as they are, which tell fragments apart by their request
 * ids; then digests of the first 512, 1024, .. bytes, as far as there are any.
 */
#define IDENTITY_FIRST	64

typedef struct rpclog_identity {
	char first[IDENTITY_FIRST];
	uint32_t first_len;
	uint32_t count;
	uint64_t marks[IDENTITY_MARKS];
} rpclog_identity;

/* 'head' is what rpclog_source_peek(source, IDENTITY_HEAD, ..) gave. */
void identity_of(rpclog_slice head, rpclog_identity *identity);
/*
 * An order in which all that may begin with a log's bytes follow it directly:
 * below 0, 0, above 0.
 */
int identity_order(const rpclog_identity *a, const rpclog_identity *b);
/* 0: neither is a prefix of the other.  1: compare them. */
int identity_may_begin(const rpclog_identity *a, const rpclog_identity *b);

typedef enum rpclog_relation {
	RPCLOG_DIFFERENT, RPCLOG_SAME, RPCLOG_FIRST_IS_PREFIX,
	RPCLOG_SECOND_IS_PREFIX
} rpclog_relation;

/* One of the two that were compared. */
typedef struct rpclog_compared {
	rpclog_status status;	/* END: read to its end; OK: not; else its
				 * error, and its good bytes were compared */
} rpclog_compared;

typedef struct rpclog_comparison {
	rpclog_relation relation;
	uint64_t bytes, lines;	/* in common; a last line without an end
				 * counts */
	rpclog_compared first, second;
} rpclog_comparison;

/* Reads both from where they stand to the first difference or an end. */
void identity_compare(rpclog_source *first, rpclog_source *second,
		      rpclog_comparison *result);

#endif /* RPCLOG_FRONT_IDENTITY_H */
