/* SPDX-License-Identifier: MIT */
/* Groups of rows: tuples as strings of a dictionary. */

#include "groups.h"

#include "../buf.h"
#include "../dict.h"
#include "../options.h"
#include "../sort.h"

struct groups {
	struct alloc alloc;
	size_t width;
	struct dict tuples;
	struct buf text;
};

rpclog_status
groups_new(struct groups **out, size_t width, const rpclog_options *options)
{
	rpclog_options all;

	*out = NULL;
	if (options_load(&all, options) != RPCLOG_OK)
		return RPCLOG_ERR_USAGE;

	struct alloc alloc = alloc_from(&all);
	struct groups *g = alloc_zero(&alloc, 1, sizeof(*g));

	if (!g)
		return RPCLOG_ERR_NOMEM;
	g->alloc = alloc;
	g->width = width;
	dict_init(&g->tuples, &alloc);
	buf_init(&g->text, SIZE_MAX / 2);
	*out = g;
	return RPCLOG_OK;
}

/* Lengths, then bytes: no two tuples look alike. */
static bool
tuple_text(struct groups *g, const rpclog_slice *values)
{
	struct buf *b = &g->text;
	size_t need = g->width * sizeof(uint32_t);
	char *lengths, *to;

	for (size_t i = 0; i < g->width; i++) {
		if (!size_add(need, values[i].len, &need))
			return false;
	}
	b->len = 0;
	/* A byte at least: there is an address also for no values. */
	if (buf_reserve(b, &g->alloc, need ? need : 1))
		return false;
	lengths = b->ptr;
	to = lengths + g->width * sizeof(uint32_t);
	for (size_t i = 0; i < g->width; i++) {
		uint32_t len = (uint32_t)values[i].len;

		memcpy(lengths + i * sizeof(len), &len, sizeof(len));
		if (len > 0)
			memcpy(to, values[i].ptr, len);
		to += len;
	}
	b->len = need;
	return true;
}

uint32_t
groups_add(struct groups *g, const rpclog_slice *values)
{
	uint32_t id;

	if (!tuple_text(g, values) ||
	    !dict_add(&g->tuples, buf_slice(&g->text), &id))
		return GROUPS_NONE;
	return id;
}

uint32_t
groups_count(const struct groups *g)
{
	return g->tuples.count;
}

rpclog_slice
groups_value(const struct groups *g, uint32_t number, size_t i)
{
	rpclog_slice text = dict_at(&g->tuples, number);
	size_t at = g->width * sizeof(uint32_t);
	uint32_t len = 0;

	for (size_t value = 0; value <= i; value++) {
		at += len;
		memcpy(&len, text.ptr + value * sizeof(len), sizeof(len));
	}
	return slice_cut(text, at, at + len);
}

struct order {
	const struct groups *groups;
	size_t width;
};

static int
compare(const void *a, const void *b, const void *ctx)
{
	const struct order *order = ctx;
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	for (size_t i = 0; i < order->width; i++) {
		int cmp = slice_cmp(groups_value(order->groups, x, i),
				    groups_value(order->groups, y, i));

		if (cmp != 0)
			return cmp;
	}
	return 0;
}

int
groups_sort(const struct groups *g, size_t width, uint32_t *order)
{
	struct order ctx = { g, width };

	for (uint32_t i = 0; i < g->tuples.count; i++)
		order[i] = i;
	return sort_by(order, g->tuples.count, sizeof(*order), compare, &ctx,
		       &g->alloc);
}

void
groups_free(struct groups *g)
{
	if (!g)
		return;

	struct alloc alloc = g->alloc;

	dict_free(&g->tuples);
	buf_free(&g->text, &alloc);
	alloc_free(&alloc, g);
}

void
groups_put_int(char bytes[GROUPS_INT_LEN], int64_t value)
{
	uint64_t biased = (uint64_t)value ^ (UINT64_C(1) << 63);

	for (int i = 0; i < GROUPS_INT_LEN; i++)
		bytes[i] = (char)(biased >> (56 - 8 * i));
}

rpclog_slice
groups_int(char bytes[GROUPS_INT_LEN], int64_t value)
{
	groups_put_int(bytes, value);
	return slice_of(bytes, GROUPS_INT_LEN);
}

int64_t
groups_get_int(rpclog_slice bytes)
{
	uint64_t biased = 0;

	for (size_t i = 0; i < bytes.len && i < GROUPS_INT_LEN; i++)
		biased = biased << 8 | (unsigned char)bytes.ptr[i];
	return (int64_t)(biased ^ (UINT64_C(1) << 63));
}
