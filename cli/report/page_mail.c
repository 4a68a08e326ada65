/* SPDX-License-Identifier: MIT */
/* The HTML part of a mail: the frame, and pieces of text. */

#include <string.h>

#include "chart.h"
#include "mail_html.h"

/* Kept for what is written last: ends of elements, and the page's own. */
#define RESERVE ((size_t)6000)

#define BACKGROUND "#eef1f4"

struct mail_page *
mail_page_of(struct page *page)
{
	return (struct mail_page *)(void *)page;
}

bool
mail_page_take(struct mail_page *mail)
{
	if (mail->body.len + mail->piece.len > MAIL_HTML_MAX - RESERVE)
		mail->full = true;
	if (!mail->full)
		out_bytes(&mail->body, mail->piece.data, mail->piece.len);
	mail->piece.len = 0;
	return !mail->full;
}

void
mail_page_close(struct mail_page *mail, const char *end)
{
	out_str(&mail->body, end);
}

static void
end_list(struct mail_page *mail)
{
	if (mail->in_list)
		mail_page_close(mail, "</ul></td></tr>\n");
	mail->in_list = false;
}

void
mail_row_begin(struct mail_page *mail, const char *padding)
{
	end_list(mail);
	out_format(&mail->piece, "<tr><td style=\"padding:%s\">", padding);
}

/* ---- Pieces of text ------------------------------------------------------ */

static const char *
color_of(enum tone tone)
{
	switch (tone) {
	case TONE_PLAIN: break;
	case TONE_BAD: return MAIL_BAD;
	case TONE_GOOD: return MAIL_GOOD;
	case TONE_MUTED: return MAIL_DIM;
	}
	return MAIL_INK;
}

/* Of the first sentences: what a list of mails shows beside the subject. */
#define LEADS	  3
#define LEAD_MOST 120

static void
add_lead(struct mail_page *mail, rpclog_slice text)
{
	if (mail->leads++ >= LEADS)
		return;
	mail_marked(&mail->lead, text, NULL, LEAD_MOST);
	out_char(&mail->lead, ' ');
}

static void
begin(struct page *page)
{
	(void)page;
}

static void
put_headline(struct page *page, enum tone tone, const char *text)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;
	const char *color = tone == TONE_PLAIN ? "#24527a" : color_of(tone);

	end_list(mail);
	out_format(out,
		   "<tr><td bgcolor=\"%s\" style=\"padding:18px " MAIL_SIDE
		   "\">"
		   "<h1 style=\"margin:0;font:bold 21px/28px " MAIL_SANS
		   ";color:#ffffff\">",
		   color);
	mail_marked(out, (rpclog_slice){ text, strlen(text) }, NULL,
		    MAIL_TEXT_MOST);
	out_str(out, "</h1></td></tr>\n<tr><td style=\"font-size:1px;"
		     "line-height:8px\">&nbsp;</td></tr>\n");
	mail_page_take(mail);
}

static void
put_heading(struct page *page, const char *id, const char *text)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;

	(void)id;
	mail->is_drawn = false;
	mail_row_begin(mail, "22px " MAIL_SIDE " 4px " MAIL_SIDE);
	out_str(out, "<h2 style=\"margin:0;font:bold 17px/24px " MAIL_SANS
		     ";color:" MAIL_INK "\">");
	html_words(out, text);
	out_str(out, "</h2></td></tr>\n");
	mail_page_take(mail);
}

static void
put_paragraph(struct page *page, enum tone tone, rpclog_slice text)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;

	mail_row_begin(mail, "3px " MAIL_SIDE " 3px " MAIL_SIDE);
	out_format(out,
		   "<p style=\"margin:0;font:14px/21px " MAIL_SANS
		   ";color:%s\">",
		   color_of(tone));
	mail_marked(out, text, "b", MAIL_TEXT_MOST);
	out_str(out, "</p></td></tr>\n");
	mail_page_take(mail);
	add_lead(mail, text);
}

static void
put_item(struct page *page, enum tone tone, rpclog_slice text)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;
	const bool first = !mail->in_list;

	if (first) {
		mail_row_begin(mail, "3px " MAIL_SIDE " 3px " MAIL_SIDE);
		out_str(out, "<ul style=\"margin:0 0 0 20px;padding:0\">");
	}
	out_format(out,
		   "<li style=\"margin:0 0 4px 0;font:14px/21px " MAIL_SANS
		   ";color:%s\">",
		   color_of(tone));
	mail_marked(out, text, "b", MAIL_TEXT_MOST);
	out_str(out, "</li>\n");
	if (mail_page_take(mail))
		mail->in_list = true;
	add_lead(mail, text);
}

static void
put_command(struct page *page, const char *command)
{
	struct mail_page *mail = mail_page_of(page);

	mail_row_begin(mail, "2px " MAIL_SIDE " 6px " MAIL_SIDE);
	mail_command(&mail->piece, (rpclog_slice){ command, strlen(command) });
	out_str(&mail->piece, "</td></tr>\n");
	mail_page_take(mail);
}

static void
end(struct page *page)
{
	end_list(mail_page_of(page));
}

static const struct page_writer writer = {
	.begin = begin,
	.headline = put_headline,
	.figures = mail_figures,
	.heading = put_heading,
	.paragraph = put_paragraph,
	.item = put_item,
	.grid = mail_grid,
	.chart = mail_picture,
	.finding = mail_finding,
	.command = put_command,
	.end = end,
};

/* ---- The frame ----------------------------------------------------------- */

/* Wide screens get a column; Word, which knows no such query, a table. */
static void
put_head(struct out *out, const struct mail_page *mail)
{
	out_str(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		     "<meta http-equiv=\"Content-Type\" "
		     "content=\"text/html; charset=utf-8\">\n"
		     "<meta name=\"viewport\" "
		     "content=\"width=device-width, initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light\">\n"
		     "<meta name=\"supported-color-schemes\" "
		     "content=\"light\">\n"
		     "<meta name=\"format-detection\" "
		     "content=\"telephone=no, date=no, address=no\">\n"
		     "<title>rpclog</title>\n"
		     "<style>@media screen and (min-width:720px)"
		     "{.w{width:680px}}</style>\n</head>\n"
		     "<body bgcolor=\"" BACKGROUND
		     "\" style=\"margin:0;padding:0\">\n"
		     "<div style=\"display:none;font-size:1px;line-height:1px;"
		     "color:" BACKGROUND ";mso-hide:all\">");
	out_bytes(out, mail->lead.data, mail->lead.len);
	out_str(out, "</div>\n" MAIL_TABLE "<tr><td bgcolor=\"" BACKGROUND
		     "\" align=\"center\" style=\"padding:12px 6px\">\n"
		     "<!--[if mso]><table role=\"presentation\" border=\"0\" "
		     "cellpadding=\"0\" cellspacing=\"0\" width=\"680\">"
		     "<tr><td><![endif]-->\n"
		     "<table class=\"w\" role=\"presentation\" border=\"0\" "
		     "cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" "
		     "bgcolor=\"#ffffff\" align=\"center\">\n");
}

static void
put_foot(struct out *out, const struct mail_page *mail)
{
	const char *command = mail->page.report->commands[COMMAND_PAGE];

	out_str(out, "<tr><td style=\"padding:20px " MAIL_SIDE
		     " 20px " MAIL_SIDE "\">"
		     "<p style=\"margin:0 0 4px 0;font:12px/18px " MAIL_SANS
		     ";color:" MAIL_DIM "\">");
	out_str(out, "Grey lines are commands, to be typed where rpclog and "
		     "the logs are. ");
	out_str(out, mail->full ? "There is more than a mail may hold. All of "
				  "it, as a page:</p>"
				: "The same as a page, with longer lists:</p>");
	if (command)
		mail_command(out, (rpclog_slice){ command, strlen(command) });
	out_str(out, "</td></tr>\n</table>\n"
		     "<!--[if mso]></td></tr></table><![endif]-->\n"
		     "</td></tr></table>\n</body>\n</html>\n");
}

bool
mail_page(const struct report *report, const struct mail_chart *chart,
	  void (*tell)(struct page *page), struct out *out)
{
	struct mail_page mail = {
		.page = { .to = &writer, .report = report, .brief = true },
		.chart = chart,
	};

	out_memory(&mail.body);
	out_memory(&mail.lead);
	out_memory(&mail.piece);
	mail.page.out = &mail.body;
	tell(&mail.page);
	end_list(&mail);
	put_head(out, &mail);
	out_bytes(out, mail.body.data, mail.body.len);
	put_foot(out, &mail);
	out_free(&mail.piece);
	out_free(&mail.lead);
	out_free(&mail.body);
	return mail.has_chart;
}
