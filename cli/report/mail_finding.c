/* SPDX-License-Identifier: MIT */
/* A finding in the HTML of a mail. */

#include "diagnose.h"
#include "mail_html.h"
#include "names.h"

#define WORDS "font:14px/20px " MAIL_SANS ";color:" MAIL_INK
#define P     "<p style=\"margin:4px 0 6px 0;" WORDS "\">"

/* Of their names; how many there are is told anyway. */
#define USERS_MOST 500

static const char *
color_of(uint8_t severity)
{
	switch (severity) {
	case RPCLOG_CRITICAL: return MAIL_BAD;
	case RPCLOG_HIGH: return "#c8562d";
	case RPCLOG_MEDIUM: return "#b07a00";
	}
	return "#2f6db3";
}

/* Steps are numbered; commands stand below what they are for. */
static void
put_part(struct out *out, const struct finding *finding, const char *heading,
	 enum finding_line_kind words, enum finding_line_kind commands)
{
	unsigned step = 0, begun = 0;

	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];

		if ((line->kind != words && line->kind != commands) ||
		    diagnose_is_subject(finding, line))
			continue;
		if (!begun++)
			out_format(out,
				   "<p style=\"margin:10px 0 4px 0;font:bold "
				   "13px/18px " MAIL_SANS ";color:" MAIL_DIM
				   "\">%s</p>",
				   heading);
		if (line->kind == words) {
			out_str(out, P);
			if (words == LINE_DO)
				out_format(out, "%u. ", ++step);
			mail_marked(out, line->text, NULL,
				    words == LINE_USERS ? USERS_MOST
							: MAIL_TEXT_MOST);
			out_str(out, "</p>");
		} else {
			mail_command(out, line->text);
		}
	}
}

static void
put_title(struct out *out, const struct finding *finding, size_t number)
{
	out_str(out,
		"<h3 style=\"margin:0 0 4px 0;font:bold 15px/21px " MAIL_SANS
		";color:" MAIL_INK "\">");
	if (number)
		out_format(out, "%zu. ", number);
	out_format(out, "<span style=\"color:%s\">%s</span> ",
		   color_of(finding->severity),
		   number ? severity_text(finding->severity) : "note");
	mail_name(out, finding->subject);
	out_str(out,
		"</h3><p style=\"margin:0 0 8px 0;font:13px/18px " MAIL_SANS
		";color:" MAIL_DIM "\">");
	html_words(out, finding->title);
	if (number) {
		out_str(out, "<br>");
		diagnose_counts(finding, out);
	}
	out_str(out, "</p>");
}

/* A mail says what is to be done, not all of the evidence for it. */
static void
put_more(struct out *out, const struct finding *finding)
{
	out_str(out, "<p style=\"margin:8px 0 0 0;font:12px/17px " MAIL_SANS
		     ";color:" MAIL_DIM "\">The evidence, and how to see that "
		     "it worked: the command below the findings, with "
		     "--finding ");
	html_words(out, finding->id);
	out_str(out, "</p>");
}

void
mail_finding(struct page *page, size_t number, const struct finding *finding)
{
	struct mail_page *mail = mail_page_of(page);
	struct out *out = &mail->piece;

	mail_row_begin(mail, "6px " MAIL_SIDE " 6px " MAIL_SIDE);
	out_str(out, MAIL_TABLE "<tr><td width=\"4\" bgcolor=\"");
	out_str(out, color_of(finding->severity));
	out_str(out, "\" style=\"font-size:1px\">&nbsp;</td>"
		     "<td style=\"padding:2px 0 4px 12px\">");
	put_title(out, finding, number);
	out_str(out, P);
	mail_marked(out, finding->sentence, "b", MAIL_TEXT_MOST);
	out_str(out, "</p>");
	put_part(out, finding, "Who", LINE_USERS, LINE_USERS);
	put_part(out, finding, "What to do", LINE_DO, LINE_COMMAND);
	put_part(out, finding, "How to undo it", LINE_UNDO, LINE_UNDO_COMMAND);
	put_more(out, finding);
	out_str(out, "</td></tr></table></td></tr>\n");
	mail_page_take(mail);
}
