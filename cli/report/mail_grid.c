/* SPDX-License-Identifier: MIT */
/* Tables of data in the HTML of a mail: few columns, few rows. */

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

/* Where a column is shown: in a column, below the first text, or not at all. */
enum place { PLACE_COLUMN, PLACE_BELOW, PLACE_NONE };

struct shape {
	const struct grid *grid;
	size_t rows;
	enum place places[COLUMN_ROOM];
	size_t first_text; /* COLUMN_ROOM: there is none */
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

/* Columns of a kind, behind 'from', go elsewhere. */
static void
place(struct shape *shape, enum grid_kind kind, size_t from, enum place where)
{
	for (size_t i = from; i < shape->grid->column_count; i++) {
		if (shape->grid->columns[i].kind != kind ||
		    shape->places[i] != PLACE_COLUMN)
			continue;
		shape->places[i] = where;
		shape->columns--;
	}
}

static void
look(struct shape *shape, const struct grid *grid)
{
	memset(shape, 0, sizeof(*shape));
	shape->grid = grid;
	shape->rows = grid->row_count < ROWS_MOST ? grid->row_count : ROWS_MOST;
	shape->first_text = COLUMN_ROOM;
	for (size_t i = 0; i < grid->column_count; i++) {
		if (is_empty(shape, i)) {
			shape->places[i] = PLACE_NONE;
			continue;
		}
		shape->columns++;
		if (shape->first_text == COLUMN_ROOM &&
		    grid->columns[i].kind == GRID_TEXT)
			shape->first_text = i;
		for (size_t row = 0; row < shape->rows; row++) {
			const uint64_t number = cell_at(grid, row, i)->number;

			if (number > shape->most[i])
				shape->most[i] = number;
		}
	}
	if (shape->columns > COLUMNS_MOST)
		place(shape, GRID_TEXT, shape->first_text + 1, PLACE_BELOW);
	if (shape->columns > COLUMNS_MOST)
		place(shape, GRID_TIME, 1, PLACE_NONE);
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

/* What was placed below the first text of its row. */
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
		mail_broken(out, cell->text);
	}
	if (begun)
		out_str(out, "</span>");
}

static void
put_cell(struct out *out, const struct shape *shape, size_t row, size_t i)
{
	const struct grid_cell *cell = cell_at(shape->grid, row, i);
	const enum grid_kind kind = shape->grid->columns[i].kind;

	out_str(out, is_number(kind) ? "<td align=\"right\" style=\"" TEXT "\">"
				     : "<td style=\"" TEXT "\">");
	mail_broken(out, cell->text);
	if (i == shape->first_text)
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
				   shape->columns < COLUMNS_MOST ? "22%"
								 : "12%");
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
