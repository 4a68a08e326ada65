/* SPDX-License-Identifier: MIT */
/* Crowds: see crowd.h. */

#include "crowd.h"

/* FNV-1a: the same in every run, so that merged crowds agree. */
uint32_t
crowd_place(rpclog_slice name)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < name.len; i++) {
		hash ^= ascii_lower((unsigned char)name.ptr[i]);
		hash *= UINT64_C(1099511628211);
	}
	hash ^= hash >> 32;
	return (uint32_t)(hash ^ hash >> 16) % CROWD_BITS;
}

void
crowd_join(struct crowd *into, const struct crowd *more)
{
	for (size_t i = 0; i < ARRAY_LEN(into->bits); i++)
		into->bits[i] |= more->bits[i];
}

bool
crowd_has(const struct crowd *crowd, rpclog_slice name)
{
	uint32_t place = crowd_place(name);

	return crowd->bits[place / 64] >> place % 64 & 1;
}

uint32_t
crowd_size(const struct crowd *crowd)
{
	uint32_t set = 0, tries = 0;

	for (size_t i = 0; i < ARRAY_LEN(crowd->bits); i++) {
		for (uint64_t left = crowd->bits[i]; left; left &= left - 1)
			set++;
	}
	/* The more bits are set, the more users it takes for a new one. */
	for (uint32_t i = 0; i < set; i++)
		tries += CROWD_BITS * 16 / (CROWD_BITS - i);
	return (tries + 8) / 16;
}
