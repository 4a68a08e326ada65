/* SPDX-License-Identifier: MIT */
/* Making marked texts and tables for a page. */

#include "maker.h"

#include <stdlib.h>
#include <string.h>

#include "when.h"

/* Bytes of a name that are shown: whoever sends it may make it long. */
#define NAME_MOST 128

void
page_mark(struct out *out, rpclog_slice text)
{
	out_char(out, FINDING_LOG);
	out_safe(out, text);
	out_char(out, FINDING_END);
}

void
put_count(struct out *out, uint64_t count, const char *one)
{
	const size_t len = strlen(one);

	out_unsigned(out, count);
	out_char(out, ' ');
	if (count == 1)
		out_str(out, one);
	else if (strcmp(one, "class") == 0)
		out_str(out, "classes");
	else if (len > 3 && strcmp(one + len - 2, "is") == 0)
		out_str(out, one);
	else
		out_format(out, "%ss", one);
}

/* Not in the midst of a character. */
static size_t
cut_at(rpclog_slice name)
{
	size_t len = NAME_MOST;

	while (len > NAME_MOST - 4 && (name.ptr[len] & 0xC0) == 0x80)
		len--;
	return len;
}

void
put_name(struct out *out, rpclog_slice name)
{
	if (name.len > NAME_MOST) {
		page_mark(out, (rpclog_slice){ name.ptr, cut_at(name) });
		out_str(out, "..");
	} else if (name.len) {
		page_mark(out, name);
	} else {
		out_str(out, "(none)");
	}
}

void
put_prose(struct out *out, rpclog_slice text)
{
	out_safe(out, text);
}

void
put_minute(struct out *out, int64_t us)
{
	char text[WHEN_SIZE];

	when_minute(text, us);
	out_str(out, text);
}

void
put_change(struct out *out, uint64_t now, const struct report_sums *then,
	   uint64_t value)
{
	if (!then->known)
		return;
	if (now == value)
		out_format(out, ", as many as on %s", then->label);
	else
		out_format(out, ", %llu %s than on %s",
			   (unsigned long long)(now > value ? now - value
							    : value - now),
			   now > value ? "more" : "fewer", then->label);
}

/* ---- texts ------------------------------------------------------------------
 */

void
text_begin(struct out *out)
{
	out_memory(out);
}

void
text_item(struct page *page, enum tone tone, struct out *out)
{
	page->to->item(page, tone, (rpclog_slice){ out->data, out->len });
	out_free(out);
}

void
text_paragraph(struct page *page, enum tone tone, struct out *out)
{
	page->to->paragraph(page, tone, (rpclog_slice){ out->data, out->len });
	out_free(out);
}

/* ---- tables -----------------------------------------------------------------
 */

void
grid_begin(struct grid_maker *maker, const char *caption,
	   const struct grid_column *columns, size_t count)
{
	memset(maker, 0, sizeof(*maker));
	maker->grid.caption = caption;
	maker->grid.columns = columns;
	maker->grid.column_count = count;
	out_memory(&maker->text);
}

struct out *
grid_cell(struct grid_maker *maker)
{
	struct made_cell *cell;

	maker->cells = xgrow(maker->cells, maker->cell_count, &maker->cell_room,
			     sizeof(*maker->cells));
	cell = &maker->cells[maker->cell_count++];
	cell->from = maker->text.len;
	return &maker->text;
}

void
grid_end_cell(struct grid_maker *maker, uint64_t number)
{
	struct made_cell *cell = &maker->cells[maker->cell_count - 1];

	cell->to = maker->text.len;
	cell->number = number;
}

void
grid_name(struct grid_maker *maker, rpclog_slice name)
{
	put_name(grid_cell(maker), name);
	grid_end_cell(maker, 0);
}

void
grid_words(struct grid_maker *maker, const char *words)
{
	out_str(grid_cell(maker), words);
	grid_end_cell(maker, 0);
}

void
grid_number(struct grid_maker *maker, uint64_t number)
{
	out_unsigned(grid_cell(maker), number);
	grid_end_cell(maker, number);
}

void
grid_number_if(struct grid_maker *maker, bool known, uint64_t number)
{
	if (known)
		grid_number(maker, number);
	else
		grid_words(maker, "");
}

void
grid_minute(struct grid_maker *maker, int64_t us)
{
	put_minute(grid_cell(maker), us);
	grid_end_cell(maker, 0);
}

void
grid_put(struct grid_maker *maker, struct page *page, uint64_t left_out,
	 const char *left_what)
{
	struct grid_cell *cells =
		xcalloc(maker->cell_count + 1, sizeof(*cells));
	struct grid *grid = &maker->grid;

	for (size_t i = 0; i < maker->cell_count; i++) {
		const struct made_cell *made = &maker->cells[i];

		cells[i].text.ptr = maker->text.data + made->from;
		cells[i].text.len = made->to - made->from;
		cells[i].number = made->number;
	}
	grid->cells = cells;
	grid->row_count = maker->cell_count / grid->column_count;
	grid->left_out = left_out;
	grid->left_what = left_what;
	if (grid->row_count)
		page->to->grid(page, grid);
	free(cells);
	free(maker->cells);
	out_free(&maker->text);
}
