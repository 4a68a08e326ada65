/* SPDX-License-Identifier: MIT */
/*
 * Digests of streams, to tell by 16 bytes whether a stream was seen before.
 *
 * Keyed by a seed that is kept with the digests: who does not know it can't
 * make two streams that have the same digest.  Of any two that differ, of up
 * to 2^40 bytes each and chosen without knowing the seed, the chance is below
 * 2^-52, below 2^-63 up to 2^34 bytes, as far as keys that are made from a seed
 * are as good as random ones.  A digest is to be compared for equality and not
 * to be shown: from digests of chosen streams the keys could be worked out.
 *
 * The sum: blocks of 128 bytes, the last filled up with zeros, are 16 words of
 * 64 bits each, little-endian.  NH makes 128 bits of a block,
 *
 *	sum of (m[2i] + key[2i]) * (m[2i + 1] + key[2i + 1]),
 *
 * which differ for two blocks that differ but for a chance of 2^-64.  Those of
 * all blocks, in three parts each, and the length in bytes are coefficients of
 * a polynomial over the numbers below 2^61 - 1.  Its values at two secret
 * places are the digest; two polynomials of degree n agree at no more than n
 * places of 2^61.
 */

#ifndef RPCLOG_FRONT_DIGEST_H
#define RPCLOG_FRONT_DIGEST_H

#include "rpclog.h"

#define DIGEST_LEN	16

/* Plain memory: copy it freely. */
typedef struct rpclog_digest {
	uint64_t words[24];
} rpclog_digest;

void rpclog_digest_init(rpclog_digest *digest, uint64_t seed);
/* However bytes are cut into slices, the digest is the same. */
void rpclog_digest_add(rpclog_digest *digest, rpclog_slice bytes);
/* Of all that was added so far; more may be added after it. */
void rpclog_digest_get(const rpclog_digest *digest,
		       uint8_t result[DIGEST_LEN]);

#endif /* RPCLOG_FRONT_DIGEST_H */
