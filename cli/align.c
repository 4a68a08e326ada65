/* SPDX-License-Identifier: MIT */
/* Tables for people: cells are kept until all are known, then aligned. */

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "table.h"

/* Stands before the bytes of each kept cell; copied, never pointed at. */
struct kept_cell {
	size_t len, width;
	enum out_color paint;
};

void
table_keep(struct table *table, rpclog_slice text)
{
	struct kept_cell cell;
	const size_t at = table->kept.len;

	cell.width = out_width(text);
	cell.paint = table->paint;
	cell.len = 0;
	out_bytes(&table->kept, (const char *)&cell, sizeof(cell));
	out_safe(&table->kept, text);
	cell.len = table->kept.len - at - sizeof(cell);
	memcpy(table->kept.data + at, &cell, sizeof(cell));
	table->paint = COLOR_OFF;
}

static const char *
take(const char *p, struct kept_cell *cell)
{
	memcpy(cell, p, sizeof(*cell));
	return p + sizeof(*cell);
}

static rpclog_slice
name_of(const struct table *table, size_t i)
{
	const char *name = table->columns[i].name;

	return (rpclog_slice){ name, strlen(name) };
}

static size_t *
measure(const struct table *table)
{
	size_t *widths = xcalloc(table->count, sizeof(*widths));
	const char *p = table->kept.data;
	struct kept_cell cell;
	uint64_t row;
	size_t i;

	for (i = 0; i < table->count; i++)
		widths[i] = table->header ? out_width(name_of(table, i)) : 0;
	for (row = 0; row < table->rows; row++) {
		for (i = 0; i < table->count; i++) {
			p = take(p, &cell);
			p += cell.len;
			if (cell.width > widths[i])
				widths[i] = cell.width;
		}
	}
	return widths;
}

static void
pad(struct out *out, size_t count)
{
	while (count--)
		out_char(out, ' ');
}

/*
 * '*blanks' are owed from the cells before: they are not written at the end
 * of a line.
 */
static void
put_cell(const struct table *table, size_t i, size_t width,
	 const struct kept_cell *cell, const char *text, size_t *blanks)
{
	const int right = table->columns[i].kind == CELL_NUMBER;
	struct out *out = table->out;

	if (i)
		*blanks += 2;
	if (!cell->width) {
		*blanks += width;
		return;
	}
	pad(out, *blanks + (right ? width - cell->width : 0));
	if (cell->paint != COLOR_OFF)
		out_color(out, cell->paint);
	out_bytes(out, text, cell->len);
	if (cell->paint != COLOR_OFF)
		out_color(out, COLOR_OFF);
	*blanks = right ? 0 : width - cell->width;
}

static void
put_names(const struct table *table, const size_t *widths)
{
	struct kept_cell cell = { 0, 0, COLOR_BOLD };
	size_t blanks = 0, i;

	for (i = 0; i < table->count; i++) {
		struct out safe;

		out_memory(&safe);
		out_safe(&safe, name_of(table, i));
		cell.len = safe.len;
		cell.width = out_width(name_of(table, i));
		put_cell(table, i, widths[i], &cell, safe.data, &blanks);
		out_free(&safe);
	}
	out_char(table->out, '\n');
}

void
table_align(struct table *table)
{
	size_t *widths = measure(table);
	const char *p = table->kept.data;
	struct kept_cell cell;
	uint64_t row;
	size_t i;

	if (table->header)
		put_names(table, widths);
	for (row = 0; row < table->rows; row++) {
		size_t blanks = 0;

		for (i = 0; i < table->count; i++) {
			p = take(p, &cell);
			put_cell(table, i, widths[i], &cell, p, &blanks);
			p += cell.len;
		}
		out_char(table->out, '\n');
	}
	free(widths);
}
