/* SPDX-License-Identifier: MIT */
/*
 * key=value pairs of GenericInfo and GenericErrors.  Both grammars in one
 * walk: items end at ';', an item in single quotes (doubled inside) may hold
 * ';', and what stands before the first '=' is the key, a type prefix such as
 * "S:" included.
 */

#include "base.h"

/* End of the item at 'from': the place of its ';' or the cell's end. */
static size_t
item_end(rpclog_slice cell, size_t from)
{
	size_t i = from;

	if (i < cell.len && cell.ptr[i] == '\'') {
		for (i++; i < cell.len; i++) {
			if (cell.ptr[i] != '\'')
				continue;
			if (i + 1 < cell.len && cell.ptr[i + 1] == '\'') {
				i++;
				continue;
			}
			/* Only at an item's end does it close the item. */
			if (i + 1 == cell.len || cell.ptr[i + 1] == ';')
				return i + 1;
		}
		/* Never closed: the text was cut, or it was no quote. */
		i = from;
	}

	const char *end = i < cell.len ? memchr(cell.ptr + i, ';',
						cell.len - i) :
					 NULL;

	return end ? (size_t)(end - cell.ptr) : cell.len;
}

int
rpclog_pairs_next(rpclog_slice cell, size_t *cursor, rpclog_slice *key,
		  rpclog_slice *value)
{
	size_t from = *cursor;

	/* An empty item is no pair: ';;', and the ';' that ends the last. */
	while (from < cell.len && cell.ptr[from] == ';')
		from++;
	if (from >= cell.len) {
		*cursor = cell.len;
		*key = *value = slice_of("", 0);
		return 0;
	}

	size_t end = item_end(cell, from);
	rpclog_slice item = slice_cut(cell, from, end);

	*cursor = end < cell.len ? end + 1 : end;
	if (item.len > 1 && item.ptr[0] == '\'' &&
	    item.ptr[item.len - 1] == '\'')
		item = slice_cut(item, 1, item.len - 1);

	const char *equals = item.len ? memchr(item.ptr, '=', item.len) : NULL;
	size_t at = equals ? (size_t)(equals - item.ptr) : item.len;

	*key = slice_cut(item, 0, at);
	*value = slice_cut(item, equals ? at + 1 : at, item.len);
	return 1;
}
