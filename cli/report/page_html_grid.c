/* SPDX-License-Identifier: MIT */
/* Tables of the HTML page, each in a box that scrolls if it is too wide. */

#include "html.h"

void
html_table_begin(struct html *html, const char *caption)
{
	struct out *out = &html->body;

	html->tables++;
	/* A keyboard must reach what scrolls, and a reader name it. */
	out_format(out,
		   "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		   "aria-labelledby=\"t%zu\">\n<table>\n"
		   "<caption id=\"t%zu\">",
		   html->tables, html->tables);
	html_marked_str(out, caption);
	out_str(out, "</caption>\n");
}

void
html_head_begin(struct html *html)
{
	out_str(&html->body, "<thead><tr>");
}

void
html_head_cell(struct html *html, const char *title, bool number)
{
	out_str(&html->body, number ? "<th scope=\"col\" class=\"n\">"
				    : "<th scope=\"col\">");
	html_marked_str(&html->body, title);
	out_str(&html->body, "</th>");
}

void
html_head_end(struct html *html)
{
	out_str(&html->body, "</tr></thead>\n<tbody>\n");
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
	const unsigned percent =
		most ? (unsigned)((double)cell->number * 100 / (double)most)
		     : 0;

	html_marked(out, cell->text);
	out_format(out,
		   "<span class=\"track\" aria-hidden=\"true\">"
		   "<span class=\"bar\" style=\"width:%u%%\"></span></span>",
		   cell->number && percent == 0 ? 1 : percent);
}

static void
put_cell(struct out *out, const struct grid *grid, size_t row, size_t column)
{
	const struct grid_cell *cell = cell_at(grid, row, column);
	/* What a row is about is said first. */
	const char *const tag = column == 0 ? "th" : "td";

	out_format(out, column == 0 ? "<%s scope=\"row\"" : "<%s", tag);
	switch (grid->columns[column].kind) {
	case GRID_TEXT:
		out_char(out, '>');
		html_marked(out, cell->text);
		break;
	case GRID_NUMBER:
		out_str(out, " class=\"n\">");
		html_marked(out, cell->text);
		break;
	case GRID_TIME:
		out_str(out, " class=\"time\">");
		html_marked(out, cell->text);
		break;
	case GRID_BAR:
		out_str(out, " class=\"n b\">");
		put_bar(out, cell, most_of(grid, column));
		break;
	}
	out_format(out, "</%s>", tag);
}

void
html_grid(struct page *page, const struct grid *grid)
{
	struct html *html = html_of(page);
	struct out *out = &html->body;

	html_table_begin(html, grid->caption);
	html_head_begin(html);
	for (size_t i = 0; i < grid->column_count; i++) {
		const enum grid_kind kind = grid->columns[i].kind;

		html_head_cell(html, grid->columns[i].title,
			       kind == GRID_NUMBER || kind == GRID_BAR);
	}
	html_head_end(html);
	for (size_t row = 0; row < grid->row_count; row++) {
		out_str(out, "<tr>");
		for (size_t i = 0; i < grid->column_count; i++)
			put_cell(out, grid, row, i);
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
