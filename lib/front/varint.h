/* SPDX-License-Identifier: MIT */
/*
 * Numbers as bytes: seven bits a byte, the lowest first, all bytes but the last
 * with the eighth bit set.
 */

#ifndef RPCLOG_FRONT_VARINT_H
#define RPCLOG_FRONT_VARINT_H

#include "rpclog.h"

#define VARINT_ROOM	10

/* Bytes written. */
size_t varint_put(uint64_t value, unsigned char out[VARINT_ROOM]);
/*
 * The number that '*bytes' begin with, which is moved behind it; 1, or 0 if
 * varint_put() writes no such bytes.
 */
int varint_get(rpclog_slice *bytes, uint64_t *value);

#endif /* RPCLOG_FRONT_VARINT_H */
