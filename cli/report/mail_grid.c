/* SPDX-License-Identifier: MIT */
/* Tables of data in the HTML of a mail: few columns, few rows. */

#include <stdio.h>
#include <string.h>

#include "chart.h"
#include "mail_html.h"

#define TEXT "font:13px/18px " MAIL_SANS ";color:" MAIL_INK
#define HEAD "font:bold 12px/16px " MAIL_SANS ";color:" MAIL_DIM

void
mail_table_begin(struct out *out, const char *caption)
{
	out_str(out, "<table border=\"0\" cellpadding=\"4\" cellspacing=\"0\" "
		     "width=\"100%\" summary=\"");
	html_words(out, caption);
	out_str(out, "\"><tr valign=\"bottom\">");
}

void
mail_table_head(struct out *out, const char *title, bool right)
{
	out_format(out, "<th scope=\"col\" align=\"%s\" style=\"",
		   right ? "right" : "left");
	out_str(out, HEAD ";border-bottom:1px solid #b8c1c9\">");
	html_words(out, title);
	out_str(out, "</th>");
}

/* ---- The shape of a table ------------------------------------------------ */

/* Who wants to see more rows asks for the page; a telephone shows no more
 * columns than these. */
#define ROWS_MOST    15
#define COLUMNS_MOST 5
#define COLUMN_ROOM  16

/* Where a column is shown: as one, below what its row is of, or not at all. */
enum place { PLACE_COLUMN, PLACE_BELOW, PLACE_NONE };

struct shape {
	const struct grid *grid;
	size_t rows;
	enum place places[COLUMN_ROOM];
	size_t key; /* what a row is of; COLUMN_ROOM: there is no text */
	size_t columns;
	uint64_t most[COLUMN_ROOM]; /* of the numbers in a column */
};

static const struct grid_cell *
cell_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[row * grid->column_count + column];
}

static bool
is_empty(const struct shape *shape, size_t column)
{
	for (size_t row = 0; row < shape->rows; row++) {
		if (cell_at(shape->grid, row, column)->text.len)
			return false;
	}
	return true;
}

static bool
is_number(enum grid_kind kind)
{
	return kind == GRID_NUMBER || kind == GRID_BAR;
}

/* All columns of a kind go elsewhere, but for what the rows are of. */
static void
place(struct shape *shape, enum grid_kind kind, enum place where)
{
	for (size_t i = 0; i < shape->grid->column_count; i++) {
		if (shape->grid->columns[i].kind != kind || i == shape->key ||
		    shape->places[i] != PLACE_COLUMN)
			continue;
		shape->places[i] = where;
		shape->columns--;
	}
}

/* Is there a name of a log in the column? */
static bool
is_name(const struct shape *shape, size_t column)
{
	for (size_t row = 0; row < shape->rows; row++) {
		const rpclog_slice text =
			cell_at(shape->grid, row, column)->text;

		if (text.len && memchr(text.ptr, FINDING_LOG, text.len))
			return true;
	}
	return false;
}

/* What a row is of: its first name, or else its first text. */
static size_t
key_of(const struct shape *shape)
{
	size_t key = COLUMN_ROOM;

	for (size_t i = 0; i < shape->grid->column_count; i++) {
		if (shape->grid->columns[i].kind != GRID_TEXT ||
		    shape->places[i] != PLACE_COLUMN)
			continue;
		if (is_name(shape, i))
			return i;
		if (key == COLUMN_ROOM)
			key = i;
	}
	return key;
}

static uint64_t
most_of(const struct shape *shape, size_t column)
{
	uint64_t most = 0;

	for (size_t row = 0; row < shape->rows; row++) {
		const uint64_t number =
			cell_at(shape->grid, row, column)->number;

		most = number > most ? number : most;
	}
	return most;
}

static void
look(struct shape *shape, const struct grid *grid)
{
	memset(shape, 0, sizeof(*shape));
	shape->grid = grid;
	shape->rows = grid->row_count < ROWS_MOST ? grid->row_count : ROWS_MOST;
	for (size_t i = 0; i < grid->column_count; i++) {
		if (is_empty(shape, i)) {
			shape->places[i] = PLACE_NONE;
			continue;
		}
		/* A bar is a column of its own. */
		shape->columns += grid->columns[i].kind == GRID_BAR ? 2 : 1;
		shape->most[i] = most_of(shape, i);
	}
	shape->key = key_of(shape);
	if (shape->columns > COLUMNS_MOST)
		place(shape, GRID_TEXT, PLACE_BELOW);
	if (shape->columns > COLUMNS_MOST)
		place(shape, GRID_TIME, PLACE_NONE);
}

/* ---- Cells --------------------------------------------------------------- */

#define BAR_COLOR "#2f6db3"

/* A cell that is filled as far as 'number' is of 'most'. */
static void
put_bar(struct out *out, uint64_t number, uint64_t most)
{
	const int percent = chart_scale(number, most, 100);

	out_str(out, "<td style=\"padding:7px 4px 0 4px\">");
	if (percent) {
		out_str(out, MAIL_TABLE "<tr>");
		out_format(out,
			   "<td width=\"%d%%\" bgcolor=\"" BAR_COLOR
			   "\" style=\"font-size:1px;line-height:12px\">"
			   "&nbsp;</td>",
			   percent);
		if (percent < 100)
			out_str(out, "<td style=\"font-size:1px\">&nbsp;</td>");
		out_str(out, "</tr></table>");
	}
	out_str(out, "</td>");
}

/* What was placed below what the row is of. */
static void
put_below(struct out *out, const struct shape *shape, size_t row)
{
	bool begun = false;

	for (size_t i = 0; i < shape->grid->column_count; i++) {
		const struct grid_cell *cell = cell_at(shape->grid, row, i);

		if (shape->places[i] != PLACE_BELOW || !cell->text.len)
			continue;
		out_str(out, begun ? ", "
				   : "<br><span style=\"font-size:12px;"
				     "color:" MAIL_DIM "\">");
		begun = true;
		mail_marked(out, cell->text, NULL, MAIL_NAME_MOST);
	}
	if (begun)
		out_str(out, "</span>");
}

/* A number is easier to read with its thousands apart. */
static void
put_content(struct out *out, const struct grid_cell *cell, enum grid_kind kind)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%llu",
		 (unsigned long long)cell->number);
	if (is_number(kind) && cell->text.len == strlen(digits) &&
	    memcmp(cell->text.ptr, digits, cell->text.len) == 0)
		html_number(out, cell->number);
	else
		mail_marked(out, cell->text, NULL, MAIL_NAME_MOST);
}

static void
put_cell(struct out *out, const struct shape *shape, size_t row, size_t i)
{
	const struct grid_cell *cell = cell_at(shape->grid, row, i);
	const enum grid_kind kind = shape->grid->columns[i].kind;

	out_str(out, is_number(kind) ? "<td align=\"right\" style=\"" TEXT "\">"
				     : "<td style=\"" TEXT "\">");
	put_content(out, cell, kind);
	if (i == shape->key)
		put_below(out, shape, row);
	out_str(out, "</td>");
	if (kind == GRID_BAR)
		put_bar(out, cell->number, shape->most[i]);
}

static void
put_row(struct out *out, const struct shape *shape, size_t row)
{
	out_str(out, row % 2 ? "<tr valign=\"top\" bgcolor=\"" MAIL_PALE "\">"
			     : "<tr valign=\"top\">");
	for (size_t i = 0; i < shape->grid->column_count; i++) {
		if (shape->places[i] == PLACE_COLUMN)
			put_cell(out, shape, row, i);
	}
	out_str(out, "</tr>\n");
}

static void
put_heads(struct out *out, const struct shape *shape)
{
	const struct grid *grid = shape->grid;

	for (size_t i = 0; i < grid->column_count; i++) {
		const enum grid_kind kind = grid->columns[i].kind;

		if (shape->places[i] != PLACE_COLUMN)
			continue;
		mail_table_head(out, grid->columns[i].title, is_number(kind));
		/* Of the bar. */
		if (kind == GRID_BAR)
			out_format(out,
				   "<td width=\"%s\" style=\"border-bottom:1px "
				   "solid #b8c1c9\">&nbsp;</td>",
				   shape->columns <= 4 ? "22%" : "12%");
	}
	out_str(out, "</tr>\n");
}

static void
put_more(struct out *out, uint64_t more, const char *what)
{
	out_str(out, "<p style=\"margin:4px 0 0 4px;font:13px/18px " MAIL_SANS
		     ";color:" MAIL_DIM "\">and ");
	html_number(out, more);
	out_str(out, " more");
	if (what) {
		out_char(out, ' ');
		html_words(out, what);
	}
	out_str(out, "</p>");
}

void
mail_grid(struct page *page, const struct grid *grid)
{
	struct mail_page *mail = mail_page_of(page);
	struct shape shape;
	struct out end;
	size_t row = 0;
	uint64_t more;

	/* The picture says it, and to those who do not see it so does the text
	 * that goes with it. */
	if (mail->is_drawn || grid->column_count > COLUMN_ROOM)
		return;
	look(&shape, grid);
	mail_row_begin(mail, "4px " MAIL_SIDE " 8px " MAIL_SIDE);
	mail_table_begin(&mail->piece, grid->caption);
	put_heads(&mail->piece, &shape);
	if (!mail_page_take(mail))
		return;
	for (; row < shape.rows; row++) {
		put_row(&mail->piece, &shape, row);
		if (!mail_page_take(mail))
			break;
	}
	out_memory(&end);
	out_str(&end, "</table>");
	more = grid->left_out + grid->row_count - row;
	if (more)
		put_more(&end, more, grid->left_what);
	out_str(&end, "</td></tr>\n");
	out_char(&end, '\0');
	mail_page_close(mail, end.data);
	out_free(&end);
}
