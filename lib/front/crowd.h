/* SPDX-License-Identifier: MIT */
/*
 * How many different users there were, and was this one among them?  Nearly: a
 * bit for each by the hash of its name, so that a crowd takes the same room
 * whatever its size, and any order of users gives the same bits.
 */

#ifndef RPCLOG_FRONT_CROWD_H
#define RPCLOG_FRONT_CROWD_H

#include "../base.h"

#define CROWD_BITS 1024

struct crowd {
	uint64_t bits[CROWD_BITS / 64];
};

/* Where the bit of a name lies: for those who ask often. */
uint32_t crowd_place(rpclog_slice name);
static inline void
crowd_set(struct crowd *crowd, uint32_t place)
{
	crowd->bits[place / 64] |= UINT64_C(1) << place % 64;
}
/* Names are the same in any ASCII case. */
void crowd_join(struct crowd *into, const struct crowd *more);
/* A user that was added is always in it; of others about size/1024 are. */
bool crowd_has(const struct crowd *crowd, rpclog_slice name);
/* Off by a few percent from some hundreds on; never over some thousands. */
uint32_t crowd_size(const struct crowd *crowd);

#endif /* RPCLOG_FRONT_CROWD_H */
