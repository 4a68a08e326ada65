/* SPDX-License-Identifier: MIT */
/* Where a mail shows its picture: the hours, and what the colours stand for. */

#include "chart.h"
#include "mail_html.h"

/* What an hour has in all, as the picture shows it. */
static uint64_t
sum_of(const struct report *report, size_t bucket)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < chart_class_count(report); i++)
		sum += chart_class_requests(report, i, bucket);
	return sum;
}

/* More than these are read to nobody. */
#define TOLD_MOST 48

/* "Failed requests by hour: 07 52, 08 36." */
static void
put_alternative(struct out *out, const struct report *report)
{
	size_t told = 0;

	out_format(out, "Failed requests by %s",
		   report->by_day ? "day" : "hour");
	for (size_t i = 0; i < report->bucket_count; i++) {
		const uint64_t sum = sum_of(report, i);

		if (!sum || told++ >= TOLD_MOST)
			continue;
		out_str(out, told == 1 ? ": " : ", ");
		html_words(out, mail_chart_label(report, i));
		out_char(out, ' ');
		out_unsigned(out, sum);
	}
	out_str(out, told == 0		 ? ": none."
		     : told <= TOLD_MOST ? "."
					 : ", and more.");
}

static void
put_image(struct out *out, const struct mail_chart *chart,
	  const struct report *report)
{
	out_str(out, "<img src=\"cid:");
	html_words(out, chart->id);
	out_format(out,
		   "\" width=\"%d\" border=\"0\" style=\"display:block;"
		   "width:100%%;height:auto;background:#ffffff;color:" MAIL_INK
		   ";font:14px/20px " MAIL_SANS "\" alt=\"",
		   MAIL_CHART_WIDTH);
	put_alternative(out, report);
	out_str(out, "\">");
}

/* A square of the colour, and what it stands for. */
static void
begin_key(struct out *out, const char *color)
{
	out_format(out,
		   "<tr><td width=\"12\" bgcolor=\"%s\" "
		   "style=\"font-size:1px;line-height:12px;"
		   "border-bottom:4px solid #ffffff\">&nbsp;</td>"
		   "<td style=\"padding:0 0 4px 8px;font:13px/16px " MAIL_SANS
		   ";color:" MAIL_INK "\">",
		   color);
}

static void
put_keys(struct out *out, const struct mail_chart *chart,
	 const struct report *report)
{
	out_str(out, MAIL_TABLE);
	for (size_t i = 0; i < chart_class_count(report); i++) {
		begin_key(out, mail_chart_color(i));
		mail_name(out, chart_class_name(report, i));
		out_str(out, "</td></tr>");
	}
	if (chart->gaps) {
		begin_key(out, MAIL_CHART_GAP);
		out_str(out, "striped: no log of that time was read</td></tr>");
	}
	out_str(out, "</table>");
}

void
mail_picture(struct page *page, enum chart chart)
{
	struct mail_page *mail = mail_page_of(page);
	const struct report *report = page->report;
	struct out *out = &mail->piece;

	if (chart != CHART_HOURS || report->bucket_count == 0)
		return;
	mail_row_begin(mail, "8px " MAIL_SIDE " 4px " MAIL_SIDE);
	put_image(out, mail->chart, report);
	out_str(out, "</td></tr>\n<tr><td style=\"padding:4px " MAIL_SIDE
		     " 8px " MAIL_SIDE "\">");
	put_keys(out, mail->chart, report);
	out_str(out, "</td></tr>\n");
	if (mail_page_take(mail))
		mail->has_chart = mail->is_drawn = true;
}
