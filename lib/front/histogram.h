/* SPDX-License-Identifier: MIT */
/*
 * Histograms of integers from 0 on: exact below 256, above it 128 steps per
 * power of two, so that a percentile is less than 1 % off.
 */

#ifndef RPCLOG_FRONT_HISTOGRAM_H
#define RPCLOG_FRONT_HISTOGRAM_H

#include "rpclog.h"

#define HISTOGRAM_STEPS	7296	/* one more than the last step */

/* The step a value falls in (below 0: that of 0), and the middle of a step. */
uint32_t histogram_step(int64_t value);
int64_t histogram_value(uint32_t step);

/* A step that holds something. */
struct histogram_bar {
	uint32_t step;
	uint64_t count;
};

/* Packed: a few bytes a bar. */
#define HISTOGRAM_BAR_ROOM	15

/* 'bars' by ascending step; bytes written, at most ROOM each. */
size_t histogram_pack(const struct histogram_bar *bars, size_t count,
		      unsigned char *out);
/*
 * The next bar of packed bytes, which '*packed' is moved behind; 1, or 0 at
 * their end, or where they are no histogram: then some are left.  Begin with
 * '*bar' all zero.
 */
int histogram_next(rpclog_slice *packed, struct histogram_bar *bar);

#endif /* RPCLOG_FRONT_HISTOGRAM_H */
