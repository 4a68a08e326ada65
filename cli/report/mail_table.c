/* SPDX-License-Identifier: MIT */
/* Tables in the HTML of a mail: the figures of the headline, and grids. */

#include <string.h>

#include "chart.h"
#include "mail_html.h"

#define CELL "padding:5px 8px 5px 0;border-bottom:1px solid " MAIL_LINE
#define TEXT "font:13px/18px " MAIL_SANS ";color:" MAIL_INK
#define HEAD "font:bold 12px/16px " MAIL_SANS ";color:" MAIL_DIM

/* A table of data, which screen readers are to read as such. */
static void
begin_table(struct out *out, const char *caption)
{
	out_str(out, "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" "
		     "width=\"100%\" summary=\"");
	html_words(out, caption);
	out_str(out, "\"><tr>");
}

static void
put_head(struct out *out, const char *title, bool right, unsigned columns)
{
	out_format(out, "<th scope=\"col\" align=\"%s\" valign=\"bottom\"",
		   right ? "right" : "left");
	if (columns > 1)
		out_format(out, " colspan=\"%u\"", columns);
	out_str(out, " style=\"" CELL ";" HEAD "\">");
	html_words(out, title);
	out_str(out, "</th>");
}

/* ---- Figures ------------------------------------------------------------- */

/* "25 (+12)", the change in the colour of better or worse. */
static void
put_then(struct out *out, const struct figure *figure, enum report_span span)
{
	const uint64_t then = figure->then[span].value;
	const bool more = figure->now > then;

	out_str(out, "<td align=\"right\" style=\"" CELL ";" TEXT "\">");
	if (!figure->then[span].known) {
		out_str(out, "<span style=\"color:" MAIL_DIM
			     "\">no logs</span></td>");
		return;
	}
	html_number(out, then);
	if (figure->now != then) {
		out_format(out,
			   " <span style=\"color:%s;white-space:nowrap\">(",
			   more ? MAIL_BAD : MAIL_GOOD);
		out_str(out, more ? "+" : "\xe2\x88\x92");
		html_number(out,
			    more ? figure->now - then : then - figure->now);
		out_str(out, ")</span>");
	}
	out_str(out, "</td>");
}

static void
put_figure(struct out *out, const struct figure *figure)
{
	out_str(out, "<tr><th scope=\"row\" align=\"left\" style=\"" CELL
		     ";font:14px/20px " MAIL_SANS ";color:" MAIL_INK "\">");
	html_words(out, figure->what);
	out_str(out,
		"</th><td align=\"right\" style=\"" CELL
		";font:bold 20px/24px " MAIL_SANS ";color:" MAIL_INK "\">");
	html_number(out, figure->now);
	out_str(out, "</td>");
	put_then(out, figure, SPAN_BEFORE);
	put_then(out, figure, SPAN_WEEK);
	out_str(out, "</tr>");
}

void
mail_figures(struct page *page, const struct figure *figures, size_t count)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;

	if (count == 0)
		return;
	mail_row_begin(mail, "10px 24px 6px 24px");
	begin_table(out,
		    "Figures, and those of the days they are held against");
	put_head(out, "", false, 1);
	put_head(out, page->report->sums[SPAN_NOW].label, true, 1);
	put_head(out, figures[0].then[SPAN_BEFORE].label, true, 1);
	put_head(out, figures[0].then[SPAN_WEEK].label, true, 1);
	out_str(out, "</tr>");
	for (size_t i = 0; i < count; i++)
		put_figure(out, &figures[i]);
	out_str(out, "</table></td></tr>\n");
	mail_page_take(mail);
}

/* ---- Grids --------------------------------------------------------------- */

/* Who wants to see more of them asks for the page. */
#define ROWS_MOST 15
#define BAR_COLOR "#2f6db3"
#define BAR_WIDTH "18%"

static uint64_t
most_of(const struct grid *grid, size_t column)
{
	uint64_t most = 0;

	for (size_t i = 0; i < grid->row_count; i++) {
		const uint64_t number =
			grid->cells[i * grid->column_count + column].number;

		most = number > most ? number : most;
	}
	return most;
}

/* A cell that is filled as far as 'number' is of 'most'. */
static void
put_bar(struct out *out, uint64_t number, uint64_t most)
{
	const int percent = chart_scale(number, most, 100);

	out_str(out, "<td width=\"" BAR_WIDTH "\" style=\"" CELL "\">");
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

static void
put_cell(struct out *out, const struct grid *grid, size_t row, size_t column)
{
	const struct grid_cell *cell =
		&grid->cells[row * grid->column_count + column];
	const enum grid_kind kind = grid->columns[column].kind;

	out_str(out, "<td valign=\"top\"");
	if (kind == GRID_NUMBER || kind == GRID_BAR)
		out_str(out, " align=\"right\"");
	out_str(out, " style=\"" CELL ";" TEXT);
	if (kind == GRID_TEXT)
		out_str(out, ";word-break:break-word");
	out_str(out, "\">");
	mail_marked(out, cell->text, NULL, MAIL_NAME_MOST);
	out_str(out, "</td>");
	if (kind == GRID_BAR)
		put_bar(out, cell->number, most_of(grid, column));
}

static void
put_heads(struct out *out, const struct grid *grid)
{
	for (size_t i = 0; i < grid->column_count; i++) {
		const enum grid_kind kind = grid->columns[i].kind;

		put_head(out, grid->columns[i].title,
			 kind == GRID_NUMBER || kind == GRID_BAR,
			 kind == GRID_BAR ? 2 : 1);
	}
	out_str(out, "</tr>");
}

/* Rows as far as there is room: how many. */
static size_t
put_rows(struct mail_page *mail, const struct grid *grid)
{
	for (size_t row = 0; row < grid->row_count && row < ROWS_MOST; row++) {
		out_str(&mail->piece, "<tr>");
		for (size_t i = 0; i < grid->column_count; i++)
			put_cell(&mail->piece, grid, row, i);
		out_str(&mail->piece, "</tr>\n");
		if (!mail_page_take(mail))
			return row;
	}
	return grid->row_count < ROWS_MOST ? grid->row_count : ROWS_MOST;
}

void
mail_grid(struct page *page, const struct grid *grid)
{
	struct mail_page *mail = mail_page_of(page);
	struct out end;
	uint64_t more;

	mail_row_begin(mail, "4px 24px 10px 24px");
	begin_table(&mail->piece, grid->caption);
	put_heads(&mail->piece, grid);
	if (!mail_page_take(mail))
		return;
	more = grid->left_out + grid->row_count - put_rows(mail, grid);
	out_memory(&end);
	out_str(&end, "</table>");
	if (more) {
		out_str(&end,
			"<p style=\"margin:6px 0 0 0;font:13px/18px " MAIL_SANS
			";color:" MAIL_DIM "\">and ");
		html_number(&end, more);
		out_str(&end, " more ");
		html_words(&end, grid->left_what ? grid->left_what : "");
		out_str(&end, "</p>");
	}
	out_str(&end, "</td></tr>\n");
	out_char(&end, '\0');
	mail_page_close(mail, end.data);
	out_free(&end);
}
