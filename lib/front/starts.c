/* SPDX-License-Identifier: MIT */
/* Runs of starts as bytes. */

#include "starts.h"

#include "varint.h"

/* Unsigned: the distance of two times may be larger than any of them. */
static uint64_t
distance(int64_t from_us, int64_t to_us)
{
	return (uint64_t)to_us - (uint64_t)from_us;
}

/* Moves '*at_us' by the number that 'bytes' begin with, if it is a time. */
static int
move(rpclog_slice *bytes, int64_t *at_us)
{
	uint64_t by;

	if (!varint_get(bytes, &by) || by > distance(*at_us, INT64_MAX))
		return 0;
	*at_us = (int64_t)((uint64_t)*at_us + by);
	return 1;
}

size_t
starts_pack(int64_t base_us, const struct start_run *runs, size_t count,
	    unsigned char *out)
{
	int64_t at_us = base_us;
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		len += varint_put(distance(at_us, runs[i].first_us), out + len);
		at_us = runs[i].last_us;
		len += varint_put(distance(runs[i].first_us, at_us), out + len);
	}
	return len;
}

int
starts_next(rpclog_slice *packed, int64_t *at_us, struct start_run *run)
{
	rpclog_slice rest = *packed;
	struct start_run next = { *at_us, 0 };

	if (!move(&rest, &next.first_us))
		return 0;
	next.last_us = next.first_us;
	if (!move(&rest, &next.last_us))
		return 0;
	*run = next;
	*at_us = next.last_us;
	*packed = rest;
	return 1;
}
