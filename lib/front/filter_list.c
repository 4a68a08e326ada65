/* SPDX-License-Identifier: MIT */
/* Terms that are comma-separated lists: globs, and names of classes. */

#include <stdlib.h>

#include "diag.h"
#include "filter_term.h"
#include "nearest.h"

static size_t
commas_in(rpclog_slice text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == ',';
	return count;
}

/* The next item without blanks around it; false after the last. */
static bool
next_item(rpclog_slice *rest, rpclog_slice *item)
{
	while (rest->len > 0) {
		size_t comma = slice_find(*rest, SLICE(","));
		size_t end = comma == SIZE_MAX ? rest->len : comma;
		size_t next = comma == SIZE_MAX ? end : end + 1;

		*item = slice_trim(slice_cut(*rest, 0, end));
		*rest = slice_cut(*rest, next, rest->len);
		if (item->len > 0)
			return true;
	}
	return false;
}

static rpclog_status
empty_list(rpclog_diag *diag)
{
	return diag_set(diag, RPCLOG_ERR_USAGE, "empty list");
}

rpclog_status
list_read(struct term *term, const struct rpclog_filter *filter,
	  rpclog_diag *diag)
{
	rpclog_slice rest = slice_str(term->text);
	rpclog_slice item;

	term->globs = alloc_get(&filter->alloc, commas_in(rest) + 1,
				sizeof(*term->globs));
	if (!term->globs)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	while (next_item(&rest, &item))
		term->globs[term->count++] = item;
	return term->count > 0 ? RPCLOG_OK : empty_list(diag);
}

static bool
class_fits(rpclog_slice item, rpclog_slice name)
{
	if (item.ptr[item.len - 1] != '*')
		return slice_eq_nocase(name, item);
	return slice_starts_nocase(name, slice_cut(item, 0, item.len - 1));
}

static rpclog_status
add_classes(struct term *term, const rpclog_rules *rules, rpclog_slice item,
	    rpclog_diag *diag)
{
	struct nearest nearest;
	rpclog_class info;
	size_t before = term->count;
	char quoted[64];

	nearest_init(&nearest, item);
	for (size_t i = 0; rpclog_rules_class(rules, i, &info); i++) {
		if (class_fits(item, slice_str(info.name)))
			term->classes[term->count++] = info.id;
		nearest_offer(&nearest, info.name);
	}
	if (term->count > before)
		return RPCLOG_OK;
	return diag_set(diag, RPCLOG_ERR_USAGE,
			"unknown class \"%s\": did you mean %s?",
			diag_quote(item, quoted, sizeof(quoted)),
			nearest.word ? nearest.word : "ok");
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

rpclog_status
classes_read(struct term *term, const struct rpclog_filter *filter,
	     rpclog_diag *diag)
{
	rpclog_slice rest = slice_str(term->text);
	size_t room = rpclog_rules_classes(filter->rules);
	rpclog_slice item;

	if (!size_mul(room, commas_in(rest) + 1, &room))
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	term->classes = alloc_get(&filter->alloc, room, sizeof(uint32_t));
	if (!term->classes)
		return diag_plain(diag, RPCLOG_ERR_NOMEM);
	while (next_item(&rest, &item)) {
		rpclog_status status =
			add_classes(term, filter->rules, item, diag);

		if (status != RPCLOG_OK)
			return status;
	}
	qsort(term->classes, term->count, sizeof(uint32_t), by_number);
	return term->count > 0 ? RPCLOG_OK : empty_list(diag);
}

void
term_clear(struct term *term, const struct alloc *a)
{
	pattern_free(term->where.pattern);
	alloc_free(a, term->classes);
	alloc_free(a, term->globs);
	alloc_free(a, term->text);
	memset(term, 0, sizeof(*term));
}
