/* SPDX-License-Identifier: MIT */
/* The figures of the headline in the HTML of a mail. */

#include "mail_html.h"

#define CELL "border-bottom:1px solid " MAIL_LINE
#define TEXT "font:13px/18px " MAIL_SANS ";color:" MAIL_INK

/* "+12 from 25", the change in the colour of better or worse. */
static void
put_then(struct out *out, const struct figure *figure, enum report_span span)
{
	const uint64_t then = figure->then[span].value;
	const bool more = figure->now > then;

	out_str(out, "<td align=\"right\" style=\"" CELL ";" TEXT "\">");
	if (!figure->then[span].known) {
		out_str(out, "</td>");
		return;
	}
	if (figure->now == then) {
		out_str(out, "the same</td>");
		return;
	}
	out_format(out, "<b style=\"color:%s\">%s", more ? MAIL_BAD : MAIL_GOOD,
		   more ? "+" : "\xe2\x88\x92");
	html_number(out, more ? figure->now - then : then - figure->now);
	out_str(out, "</b> from ");
	html_number(out, then);
	out_str(out, "</td>");
}

static void
put_figure(struct out *out, const struct figure *figure, const bool *spans)
{
	out_str(out, "<tr><th scope=\"row\" align=\"left\" style=\"" CELL
		     ";font:14px/20px " MAIL_SANS ";color:" MAIL_INK "\">");
	html_words(out, figure->what);
	out_str(out,
		"</th><td align=\"right\" style=\"" CELL
		";font:bold 20px/24px " MAIL_SANS ";color:" MAIL_INK "\">");
	html_number(out, figure->now);
	out_str(out, "</td>");
	for (enum report_span span = SPAN_BEFORE; span < SPANS; span++) {
		if (spans[span])
			put_then(out, figure, span);
	}
	out_str(out, "</tr>");
}

void
mail_figures(struct page *page, const struct figure *figures, size_t count)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;
	bool spans[SPANS] = { false }; /* of which anything is known */

	if (count == 0)
		return;
	for (size_t i = 0; i < count * SPANS; i++)
		spans[i % SPANS] |= figures[i / SPANS].then[i % SPANS].known;
	mail_row_begin(mail, "2px " MAIL_SIDE " 6px " MAIL_SIDE);
	mail_table_begin(
		out, "Figures, and those of the days they are held against");
	mail_table_head(out, "", false);
	mail_table_head(out, page->report->sums[SPAN_NOW].label, true);
	for (enum report_span span = SPAN_BEFORE; span < SPANS; span++) {
		if (spans[span])
			mail_table_head(out, figures[0].then[span].label, true);
	}
	out_str(out, "</tr>");
	for (size_t i = 0; i < count; i++)
		put_figure(out, &figures[i], spans);
	out_str(out, "</table></td></tr>\n");
	mail_page_take(mail);
}
