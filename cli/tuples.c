/* SPDX-License-Identifier: MIT */
/* Groups for commands: out of memory ends the program. */

#include "tuples.h"

#include <string.h>

#include "command.h"

struct groups *
tuples_new(size_t width)
{
	struct groups *groups;

	if (groups_new(&groups, width, NULL) != RPCLOG_OK)
		xno_memory();
	return groups;
}

uint32_t
tuples_add(struct groups *groups, const rpclog_slice *values)
{
	uint32_t id = groups_add(groups, values);

	if (id == GROUPS_NONE)
		xno_memory();
	return id;
}

uint32_t *
tuples_sorted(const struct groups *groups, size_t width)
{
	uint32_t *order =
		xmalloc((groups_count(groups) + (size_t)1) * sizeof(*order));

	if (!groups_sort(groups, width, order))
		xno_memory();
	return order;
}

int
tuples_same(rpclog_slice a, rpclog_slice b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}
