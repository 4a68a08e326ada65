/* SPDX-License-Identifier: MIT */
/*
 * Groups of rows: each distinct tuple of values gets a number, from 0, in
 * order of arrival.  What is counted per group lies with the caller.
 */

#ifndef RPCLOG_FRONT_GROUPS_H
#define RPCLOG_FRONT_GROUPS_H

#include "rpclog.h"

struct groups;

#define GROUPS_NONE	UINT32_MAX

/* 'width' values make a tuple. */
rpclog_status groups_new(struct groups **out, size_t width,
			 const rpclog_options *options);
/* The number of a tuple, new or known; GROUPS_NONE if memory is out. */
uint32_t groups_add(struct groups *groups, const rpclog_slice *values);
uint32_t groups_count(const struct groups *groups);
/* Value 'i' of group 'number'; lasts until groups_free(). */
rpclog_slice groups_value(const struct groups *groups, uint32_t number,
			  size_t i);
/*
 * Numbers in the bytewise order of their first 'width' values.  'order' holds
 * groups_count() numbers and is the caller's; 0 if memory is out.
 */
int groups_sort(const struct groups *groups, size_t width, uint32_t *order);
void groups_free(struct groups *groups);

/* An integer as eight bytes that sort as it does, and back. */
#define GROUPS_INT_LEN	8
void groups_put_int(char bytes[GROUPS_INT_LEN], int64_t value);
/* The same as a value, in the caller's bytes. */
rpclog_slice groups_int(char bytes[GROUPS_INT_LEN], int64_t value);
int64_t groups_get_int(rpclog_slice bytes);

#endif /* RPCLOG_FRONT_GROUPS_H */
