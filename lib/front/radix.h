/* SPDX-License-Identifier: MIT */
/* A stable sort by numbers, in a time that grows with their count alone. */

#ifndef RPCLOG_FRONT_RADIX_H
#define RPCLOG_FRONT_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct radix_item {
	uint64_t key;
	uint64_t value; /* what belongs to it */
};

/* The key of a number that may be negative. */
static inline uint64_t
radix_signed(int64_t number)
{
	return (uint64_t)number ^ UINT64_C(1) << 63;
}

static inline int64_t
radix_number(uint64_t key)
{
	return (int64_t)(key ^ UINT64_C(1) << 63);
}

/* By ascending key but for its lowest 'skip' bytes; 'spare' has room for as
 * many items. */
void radix_sort(struct radix_item *items, struct radix_item *spare,
		size_t count, int skip);

#endif /* RPCLOG_FRONT_RADIX_H */
