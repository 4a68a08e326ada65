/* SPDX-License-Identifier: MIT */
/*
 * Which alternatives can a row meet at all?  Sets of alternatives, one bit
 * each in order, that few cheap questions cut down before any is evaluated.
 */

#ifndef RPCLOG_RULES_PLAN_H
#define RPCLOG_RULES_PLAN_H

#include "rules_set.h"

/* The two columns whose value chooses a set. */
enum plan_status { PLAN_HTTP_STATUS, PLAN_BACKEND_STATUS, PLAN_STATUSES };

/* The empty cell, and text that is no number of three digits. */
#define PLAN_EMPTY ((uint16_t)0)
#define PLAN_TEXT  ((uint16_t)1)

/*
 * Numbers that no condition tells apart share a bucket.  sets[bucket] has the
 * bits of the alternatives that such a value does not rule out.
 */
struct plan_table {
	uint16_t bucket_of[1000];
	uint16_t buckets;
	uint64_t **sets;
};

/*
 * Of a field that conditions ask to be empty or not: the alternatives that
 * are left once it is known to be so.
 */
struct plan_gate {
	uint64_t *if_empty, *if_filled;
};

#define PLAN_EARLY ((size_t)4)

struct plan {
	size_t words; /* in a set */
	struct plan_table tables[PLAN_STATUSES];
	struct plan_gate *gates;
	uint16_t gate_of[FIELD_COUNT]; /* UINT16_MAX: none */
	/* Cells that so many alternatives need that they are asked first. */
	uint16_t early[PLAN_EARLY];
	size_t early_count;
};

#define PLAN_NO_GATE UINT16_MAX

rpclog_status plan_new(struct rpclog_rules *rules);

/* The set for a status cell. */
static inline const uint64_t *
plan_set(const struct plan_table *table, rpclog_slice cell)
{
	uint16_t bucket = PLAN_TEXT;

	if (cell.len == 0) {
		bucket = PLAN_EMPTY;
	} else if (cell.len == 3) {
		unsigned a = (unsigned char)cell.ptr[0] - (unsigned)'0';
		unsigned b = (unsigned char)cell.ptr[1] - (unsigned)'0';
		unsigned c = (unsigned char)cell.ptr[2] - (unsigned)'0';

		if (a < 10 && b < 10 && c < 10)
			bucket = table->bucket_of[a * 100 + b * 10 + c];
	}
	return table->sets[bucket];
}

/* The place of the lowest bit of a word that is not zero. */
static inline unsigned
plan_lowest(uint64_t word)
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
