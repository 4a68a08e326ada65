/* SPDX-License-Identifier: MIT */
/* Sets of names, and what a name tells by itself. */

#include "inside.h"

#include "../../row.h"

void
set_init(struct findings *f, struct set *set)
{
	set->size = 0;
	set->count =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*set->count));
	if (!set->count)
		f->broken = true;
}

void
set_free(struct findings *f, struct set *set)
{
	alloc_free(&f->alloc, set->count);
	set->count = NULL;
}

void
set_clear(struct findings *f, struct set *set)
{
	if (set->count && set->size > 0)
		memset(set->count, 0, f->in->name_count * sizeof(*set->count));
	set->size = 0;
}

int
set_add(struct set *set, uint32_t name, uint64_t requests)
{
	if (!set->count)
		return 0;

	int known = set->count[name] > 0;

	set->count[name] += requests;
	if (!known)
		set->size++;
	return !known;
}

uint32_t
set_common(const struct findings *f, const struct set *a, const struct set *b)
{
	uint32_t common = 0;

	for (uint32_t name = 0; name < f->in->name_count; name++)
		common += set_has(a, name) && set_has(b, name);
	return common;
}

bool
is_source(const struct findings *f, uint32_t actor)
{
	return slice_starts(name_at(f, actor), SLICE("client:"));
}

uint32_t
name_number(const struct findings *f, rpclog_slice text)
{
	uint32_t low = 0, high = f->in->name_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = slice_cmp(name_at(f, middle), text);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

bool
is_private(rpclog_slice client)
{
	rpclog_slice scope = client_scope(client);

	return scope.len > 0 && !slice_eq(scope, SLICE("public"));
}

bool
is_address(rpclog_slice client)
{
	return client_scope(client).len > 0;
}
