/* SPDX-License-Identifier: MIT */
/*
 * key=value pairs of GenericInfo and GenericErrors.  Both grammars in one
 * walk: items end at ';', an item in single quotes (doubled inside) may hold
 * ';', and what stands before the first '=' is the key, a type prefix such as
 * "S:" included.
 */

#include "base.h"

/*
 * A bit of '*cursor', beside the place: a search has seen that no quote behind
 * it closes an item, so that a cell of quotes is searched once.  An item may
 * still be closed by the run of quotes that it begins with.
 */
#define NONE_CLOSES (SIZE_MAX - SIZE_MAX / 2)

/* One past the quote that closes the item at 'from', or 0 if none does. */
static size_t
closed_at(rpclog_slice cell, size_t from, bool none_closes)
{
	for (size_t i = from + 1; i < cell.len; i++) {
		if (cell.ptr[i] != '\'') {
			if (none_closes)
				return 0;
			continue;
		}
		if (i + 1 < cell.len && cell.ptr[i + 1] == '\'') {
			i++;
			continue;
		}
		/* Only at an item's end does it close the item. */
		if (i + 1 == cell.len || cell.ptr[i + 1] == ';')
			return i + 1;
	}
	return 0;
}

/* End of the item at 'from': the place of its ';' or the cell's end. */
static size_t
item_end(rpclog_slice cell, size_t from, size_t *none_closes)
{
	if (cell.ptr[from] == '\'') {
		size_t end = closed_at(cell, from, *none_closes != 0);

		if (end > 0)
			return end;
		/* Never closed: the text was cut, or it was no quote. */
		*none_closes = NONE_CLOSES;
	}

	const char *end = memchr(cell.ptr + from, ';', cell.len - from);

	return end ? (size_t)(end - cell.ptr) : cell.len;
}

int
rpclog_pairs_next(rpclog_slice cell, size_t *cursor, rpclog_slice *key,
		  rpclog_slice *value)
{
	if (!cursor || !key || !value)
		return 0;

	size_t none_closes = *cursor & NONE_CLOSES;
	size_t from = *cursor & ~NONE_CLOSES;

	/* An empty item is no pair: ';;', and the ';' that ends the last. */
	while (from < cell.len && cell.ptr[from] == ';')
		from++;
	if (from >= cell.len) {
		*cursor = cell.len;
		*key = *value = slice_of("", 0);
		return 0;
	}

	size_t end = item_end(cell, from, &none_closes);
	rpclog_slice item = slice_cut(cell, from, end);

	*cursor = (end < cell.len ? end + 1 : end) | none_closes;
	if (item.len > 1 && item.ptr[0] == '\'' &&
	    item.ptr[item.len - 1] == '\'')
		item = slice_cut(item, 1, item.len - 1);

	const char *equals = item.len ? memchr(item.ptr, '=', item.len) : NULL;
	size_t at = equals ? (size_t)(equals - item.ptr) : item.len;

	*key = slice_cut(item, 0, at);
	*value = slice_cut(item, equals ? at + 1 : at, item.len);
	return 1;
}
