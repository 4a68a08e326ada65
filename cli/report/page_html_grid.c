/* SPDX-License-Identifier: MIT */
/* Tables of the HTML page, each in a box that scrolls if it is too wide. */

#include <string.h>

#include "chart.h"

/* Our own words, with a capital. */
static void
put_title(struct out *out, const char *title)
{
	if (*title >= 'a' && *title <= 'z')
		out_char(out, (char)(*title++ - 'a' + 'A'));
	html_words(out, title);
}

static void
put_table(struct html *html, const char *caption, const char *look)
{
	struct out *out = &html->body;

	html->tables++;
	/* A keyboard must reach what scrolls, and a reader name it. */
	out_format(out,
		   "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		   "aria-labelledby=\"t%zu\">\n<table%s>\n"
		   "<caption id=\"t%zu\">",
		   html->tables, look, html->tables);
	html_marked_str(out, caption);
	out_str(out, "</caption>\n");
}

void
html_table_begin(struct html *html, const char *caption)
{
	put_table(html, caption, "");
}

void
html_head_begin(struct html *html)
{
	out_str(&html->body, "<thead role=\"rowgroup\"><tr role=\"row\">");
}

void
html_head_cell(struct html *html, const char *title, bool number)
{
	out_str(&html->body,
		number ? "<th role=\"columnheader\" scope=\"col\" class=\"n\">"
		       : "<th role=\"columnheader\" scope=\"col\">");
	put_title(&html->body, title);
	out_str(&html->body, "</th>");
}

void
html_head_end(struct html *html)
{
	out_str(&html->body, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

void
html_cell_number(struct html *html, uint64_t number)
{
	out_str(&html->body, "<td class=\"n\">");
	out_unsigned(&html->body, number);
	out_str(&html->body, "</td>");
}

void
html_table_end(struct html *html)
{
	out_str(&html->body, "</tbody>\n</table>\n</div>\n");
}

static const struct grid_cell *
cell_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[row * grid->column_count + column];
}

static uint64_t
most_of(const struct grid *grid, size_t column)
{
	uint64_t most = 0;

	for (size_t row = 0; row < grid->row_count; row++) {
		if (cell_at(grid, row, column)->number > most)
			most = cell_at(grid, row, column)->number;
	}
	return most;
}

/* The bar stands behind its number, and is for the eye alone. */
static void
put_bar(struct out *out, const struct grid_cell *cell, uint64_t most)
{
	html_marked(out, cell->text);
	out_format(out,
		   "<span class=\"track\" aria-hidden=\"true\">"
		   "<span class=\"bar\" style=\"width:%d%%\"></span></span>",
		   chart_scale(cell->number, most, 100));
}

#define DAY_LEN 10

/* Where there is no room, the time stands below the day. */
static void
put_time(struct out *out, rpclog_slice text)
{
	const size_t day =
		text.len > DAY_LEN && text.ptr[DAY_LEN] == ' ' ? DAY_LEN : 0;

	if (day) {
		out_str(out, "<span>");
		html_log(out, (rpclog_slice){ text.ptr, day });
		out_str(out, "</span>");
	}
	html_marked(out, (rpclog_slice){ text.ptr + day, text.len - day });
}

/* Names need room, numbers stand below one another. */
static const char *
look_of(const struct grid_column *column, const struct grid_cell *cell)
{
	switch (column->kind) {
	case GRID_TEXT: break;
	case GRID_NUMBER: return "n";
	case GRID_TIME: return "time";
	case GRID_BAR: return "n b";
	}
	return cell->text.len && memchr(cell->text.ptr, FINDING_LOG,
					cell->text.len)
		       ? "w"
		       : "words";
}

/* Where it stands, and what it is of: on a phone there is no head. */
static void
put_cell_begin(struct out *out, const struct grid_column *column,
	       const struct grid_cell *cell, bool is_first)
{
	const char *look = look_of(column, cell);

	if (is_first) {
		out_format(out,
			   "<th role=\"rowheader\" scope=\"row\" "
			   "class=\"%s\">",
			   look);
		return;
	}
	out_format(out, "<td role=\"cell\" class=\"%s\" data-of=\"", look);
	put_title(out, column->title);
	out_str(out, "\">");
}

static void
put_cell(struct out *out, const struct grid *grid, size_t row, size_t i)
{
	const struct grid_cell *cell = cell_at(grid, row, i);

	put_cell_begin(out, &grid->columns[i], cell, i == 0);
	if (grid->columns[i].kind == GRID_BAR && cell->text.len)
		put_bar(out, cell, most_of(grid, i));
	else if (grid->columns[i].kind == GRID_TIME)
		put_time(out, cell->text);
	else
		html_marked(out, cell->text);
	out_str(out, i == 0 ? "</th>" : "</td>");
}

/* A column that says nothing in any row is not shown. */
static bool
is_shown(const struct grid *grid, size_t column)
{
	for (size_t row = 0; row < grid->row_count; row++) {
		if (cell_at(grid, row, column)->text.len)
			return true;
	}
	return column == 0;
}

/* With these, letters are smaller. */
#define MANY_COLUMNS 8

static void
put_head(struct html *html, const struct grid *grid)
{
	html_head_begin(html);
	for (size_t i = 0; i < grid->column_count; i++) {
		const enum grid_kind kind = grid->columns[i].kind;

		if (is_shown(grid, i))
			html_head_cell(html, grid->columns[i].title,
				       kind == GRID_NUMBER || kind == GRID_BAR);
	}
	html_head_end(html);
}

void
html_grid(struct page *page, const struct grid *grid)
{
	struct html *html = html_of(page);
	struct out *out = &html->body;
	size_t columns = 0;

	for (size_t i = 0; i < grid->column_count; i++)
		columns += is_shown(grid, i);
	/* Roles are said, as a phone's layout takes them away. */
	put_table(html, grid->caption,
		  columns < MANY_COLUMNS
			  ? " class=\"stack\" role=\"table\""
			  : " class=\"stack many\" role=\"table\"");
	put_head(html, grid);
	for (size_t row = 0; row < grid->row_count; row++) {
		out_str(out, "<tr role=\"row\">");
		for (size_t i = 0; i < grid->column_count; i++) {
			if (is_shown(grid, i))
				put_cell(out, grid, row, i);
		}
		out_str(out, "</tr>\n");
	}
	html_table_end(html);
	if (grid->left_out == 0)
		return;
	out_str(out, "<p class=\"more\">and ");
	out_unsigned(out, grid->left_out);
	out_str(out, " more ");
	html_words(out, grid->left_what);
	out_str(out, "</p>\n");
}
