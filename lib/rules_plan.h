/* SPDX-License-Identifier: MIT */
/*
 * Which cell decides what?  Most conditions look at one column alone, so what
 * a cell says of them, it says in every row: for each such column the set of
 * alternatives that have a condition on it, one bit each in order.
 */

#ifndef RPCLOG_RULES_PLAN_H
#define RPCLOG_RULES_PLAN_H

#include "rules_set.h"

struct plan_column {
	rpclog_known known;
	uint64_t *needs;
};

/* The alternatives that ask a define to be empty, or not to be. */
struct plan_define {
	uint64_t *empty, *filled;
};

struct plan {
	size_t words; /* in a set */
	/* In the order in which they are best asked. */
	struct plan_column *columns;
	size_t column_count; /* at most KNOWN_COUNT */
	/* Bits of the columns that are in a part of rows; of the others. */
	uint32_t in_part[PART_COUNT + 1];
	struct plan_define *defines;
	/* 1 + place in 'columns', or 0; so for FIELD_NONE, too. */
	uint8_t column_of[FIELD_COUNT + 1];
};

rpclog_status plan_new(struct rpclog_rules *rules);

/* 1 + the column that decides a condition alone, or 0. */
static inline unsigned
plan_column_of(const struct plan *plan, const struct cond *cond)
{
	return cond->op == COND_SAME ? 0 : plan->column_of[cond->field];
}

static inline bool
set_has(const uint64_t *set, size_t i)
{
	return set[i / 64] >> i % 64 & 1;
}

static inline void
set_add(uint64_t *set, size_t i)
{
	set[i / 64] |= UINT64_C(1) << i % 64;
}

static inline void
set_drop(uint64_t *set, size_t i)
{
	set[i / 64] &= ~(UINT64_C(1) << i % 64);
}

/* Has 'a' anything of 'b'? */
static inline bool
set_meets(const uint64_t *a, const uint64_t *b, size_t words)
{
	uint64_t common = 0;

	for (size_t w = 0; w < words; w++)
		common |= a[w] & b[w];
	return common != 0;
}

/* The place of the lowest bit of a word that is not zero. */
static inline unsigned
set_lowest(uint64_t word)
{
	static const uint8_t place[64] = {
		0,  1,	2,  7,	3,  13, 8,  19, 4,  25, 14, 28, 9,  34, 20, 40,
		5,  17, 26, 38, 15, 46, 29, 48, 10, 31, 35, 54, 21, 50, 41, 57,
		63, 6,	12, 18, 24, 27, 33, 39, 16, 37, 45, 47, 30, 53, 49, 56,
		62, 11, 23, 32, 36, 44, 52, 55, 61, 22, 43, 51, 60, 42, 59, 58
	};

	return place[((word & (~word + 1)) * UINT64_C(0x0218a392cd3d5dbf)) >>
		     58];
}

#endif /* RPCLOG_RULES_PLAN_H */
