/* SPDX-License-Identifier: MIT */
/* The generator's own random numbers: the same on every machine. */
#ifndef GEN_RNG_H
#define GEN_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

#define GUID_LEN 36

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
/* 0 <= answer < n; n must be positive. */
int64_t rng_below(struct rng *r, int64_t n);
/* lo <= answer <= hi. */
int64_t rng_range(struct rng *r, int64_t lo, int64_t hi);
/* True in one of n calls on average. */
bool rng_one_in(struct rng *r, int64_t n);
/* A version 4 GUID in D format into out[37]. */
void rng_guid(struct rng *r, char *out);
/* Mixes one word; a stateless hash. */
uint64_t hash64(uint64_t x);

#endif
