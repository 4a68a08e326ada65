/* SPDX-License-Identifier: MIT */
/* Names in bytewise order, and cells in the order of their names. */

#include "gather_settle.h"

#include <stdlib.h>

#include "../sort.h"

static int
name_order(const void *a, const void *b, const void *ctx)
{
	const struct settler *s = ctx;

	return slice_cmp(dict_at(&s->names, *(const uint32_t *)a),
			 dict_at(&s->names, *(const uint32_t *)b));
}

/* Names by their bytes, so that numbers order as names do. */
bool
rank_names(struct settler *s)
{
	uint32_t count = s->names.count;
	uint32_t *order = alloc_get(&s->alloc, count, sizeof(*order));
	bool ok;

	s->rank = alloc_get(&s->alloc, count, sizeof(*s->rank));
	s->out->names = alloc_get(&s->alloc, count, sizeof(*s->out->names));
	ok = order && s->rank && s->out->names;
	for (uint32_t i = 0; ok && i < count; i++)
		order[i] = i;
	ok = ok &&
	     sort_by(order, count, sizeof(*order), name_order, s, &s->alloc);
	for (uint32_t i = 0; ok && i < count; i++) {
		s->rank[order[i]] = i;
		s->out->names[i] = dict_at(&s->names, order[i]);
	}
	s->out->name_count = count;
	alloc_free(&s->alloc, order);
	return ok;
}

static bool
is_legacy(const struct settler *s, uint32_t target)
{
	return target != 0 && target < s->trait_room &&
	       s->traits[target] & TARGET_LEGACY;
}

#define BY(member)                                                             \
	do {                                                                   \
		if (x->member != y->member)                                    \
			return x->member < y->member ? -1 : 1;                 \
	} while (0)

static int
cell_order(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	BY(at_us);
	BY(actor);
	BY(mailbox);
	BY(client);
	BY(server);
	BY(target);
	BY(protocol);
	BY(software);
	BY(windows);
	BY(host);
	BY(class_id);
	BY(half);
	BY(kind);
	return 0;
}

#undef BY

/* Cells that got the same actor by now are one. */
static void
join_cells(struct cells *cells)
{
	size_t kept = 0;

	for (size_t i = 1; i < cells->count; i++) {
		struct cell *into = &cells->cells[kept];
		const struct cell *from = &cells->cells[i];
		struct cell_sum sum = { into->requests, into->first_us,
					into->last_us, into->first_tag,
					into->last_tag };
		struct cell_sum more = { from->requests, from->first_us,
					 from->last_us, from->first_tag,
					 from->last_tag };

		if (cell_order(into, from) != 0) {
			cells->cells[++kept] = *from;
			continue;
		}
		sum_join(&sum, &more);
		into->requests = sum.requests;
		into->first_us = sum.first_us;
		into->last_us = sum.last_us;
		into->first_tag = sum.first_tag;
		into->last_tag = sum.last_tag;
	}
	if (cells->count > 0)
		cells->count = kept + 1;
}

void
order_cells(struct settler *s, struct cells *cells)
{
	for (size_t i = 0; i < cells->count; i++) {
		struct cell *c = &cells->cells[i];
		uint32_t *named[] = {
			&c->server, &c->target,	  &c->protocol,
			&c->actor,  &c->client,	  &c->mailbox,
			&c->host,   &c->software, &c->windows,
		};

		c->legacy = is_legacy(s, c->target);
		for (size_t k = 0; k < ARRAY_LEN(named); k++)
			*named[k] = s->rank[*named[k]];
	}
	if (cells->count > 0)
		qsort(cells->cells, cells->count, sizeof(*cells->cells),
		      cell_order);
	join_cells(cells);
}
