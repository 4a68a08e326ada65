/* SPDX-License-Identifier: MIT */
/* The list of all that `explain` knows. */

#include <stdint.h>
#include <string.h>

#include "explain.h"
#include "wrap.h"

#define INDENT 2
#define GAP    2 /* between columns */
#define WIDTH  80

static size_t
count_of(const struct explained *entries)
{
	size_t count = 0;

	while (entries[count].name)
		count++;
	return count;
}

/* Of the entries of one column: 'rows' of them from 'first' on. */
static size_t
widest(const struct explained *entries, size_t first, size_t rows, size_t count)
{
	size_t i, max = 0;

	for (i = first; i < count && i - first < rows; i++) {
		const size_t len = strlen(entries[i].name);

		if (len > max)
			max = len;
	}
	return max;
}

/* How wide is it all in columns of so many rows? */
static size_t
total_width(const struct explained *entries, size_t rows, size_t count)
{
	size_t first, width = INDENT;

	for (first = 0; first < count; first += rows)
		width +=
			(first ? GAP : 0) + widest(entries, first, rows, count);
	return width;
}

/* Names side by side, in as few rows as fit; read down, then right. */
static void
list_names(struct out *out, const struct explained *entries)
{
	const size_t count = count_of(entries);
	size_t rows = 1;
	size_t row, i;

	while (rows < count && total_width(entries, rows, count) >= WIDTH)
		rows++;
	for (row = 0; row < rows; row++) {
		size_t pad = INDENT;

		for (i = row; i < count; i += rows) {
			while (pad--)
				out_char(out, ' ');
			out_str(out, entries[i].name);
			pad = GAP + widest(entries, i - row, rows, count) -
			      strlen(entries[i].name);
		}
		out_char(out, '\n');
	}
}

void
explain_list_titled(struct out *out, const char *name, size_t column,
		    const char *title)
{
	size_t at = INDENT + strlen(name);

	out_str(out, "  ");
	out_str(out, name);
	for (; at + 1 < column; at++)
		out_char(out, ' ');
	wrap_from(out, column, at, title);
}

static void
list_titles(struct out *out, const struct explained *entries, size_t column)
{
	for (; entries->name; entries++)
		explain_list_titled(out, entries->name, column, entries->title);
}

/* Where titles begin: one place for a book and those that go on with it. */
static size_t
title_column(const struct explained_book *book)
{
	size_t max = 0;

	do {
		const struct explained *entries = book->entries;
		const size_t width =
			widest(entries, 0, SIZE_MAX, count_of(entries));

		if (width > max)
			max = width;
		book++;
	} while (book->kind && !book->title);
	return INDENT + max + GAP;
}

void
explain_list_books(struct out *out)
{
	const struct explained_book *book;
	size_t column = 0;

	for (book = explained_books; book->kind; book++) {
		if (book->title) {
			out_format(out, "\n%s\n", book->title);
			column = title_column(book);
		}
		if (book->entries->title)
			list_titles(out, book->entries, column);
		else
			list_names(out, book->entries);
	}
}
