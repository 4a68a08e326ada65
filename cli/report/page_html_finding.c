/* SPDX-License-Identifier: MIT */
/* A finding in full, as a card: if it is urgent, it is open. */

#include "diagnose.h"
#include "html.h"
#include "names.h"

/* From here on somebody should act today: as rpclog.h orders severities. */
#define URGENT 3

/* A part of a card: lines of 'words', each with the commands that follow. */
struct part {
	const char *title;
	enum finding_line_kind words, commands;
	const char *list; /* the element around all, or NULL */
	bool urgent;	  /* open, if the finding is */
};

static const struct part parts[] = {
	{ "Who", LINE_USERS, LINE_USERS, NULL, true },
	{ "Why we think so", LINE_WHY, LINE_WHY, "ul", false },
	{ "What to do", LINE_DO, LINE_COMMAND, "ol", true },
	{ "How to undo it", LINE_UNDO, LINE_UNDO_COMMAND, NULL, false },
	{ "How to see that it worked", LINE_CHECK, LINE_CHECK_COMMAND, NULL,
	  false },
};

static bool
has_part(const struct finding *finding, const struct part *part)
{
	for (size_t i = 0; i < finding->line_count; i++) {
		if (finding->lines[i].kind == part->words &&
		    !diagnose_is_subject(finding, &finding->lines[i]))
			return true;
	}
	return false;
}

/* Lines of one step, and those of its code, as they are open. */
struct open_part {
	struct out *out;
	const struct part *part;
	bool item, code;
};

static void
close_code(struct open_part *open)
{
	if (open->code)
		out_str(open->out, "</pre>\n");
	open->code = false;
}

static void
close_item(struct open_part *open)
{
	close_code(open);
	if (open->item)
		out_str(open->out, open->part->list ? "</li>\n" : "");
	open->item = false;
}

static void
put_line(struct open_part *open, const struct finding_line *line)
{
	if (line->kind == open->part->words) {
		close_item(open);
		out_str(open->out, open->part->list ? "<li>" : "<p>");
		html_marked(open->out, line->text);
		out_str(open->out, open->part->list ? "\n" : "</p>\n");
		open->item = true;
		return;
	}
	out_str(open->out, open->code ? "<code>" : "<pre><code>");
	html_marked(open->out, line->text);
	out_str(open->out, "</code>");
	open->code = true;
}

static void
put_part(struct out *out, const struct finding *finding,
	 const struct part *part)
{
	struct open_part open = { .out = out, .part = part };

	if (!has_part(finding, part))
		return;
	out_format(out, "<details%s><summary>%s</summary>\n",
		   part->urgent && finding->severity >= URGENT
			   ? " open=\"open\""
			   : "",
		   part->title);
	if (part->list)
		out_format(out, "<%s>\n", part->list);
	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];

		if ((line->kind == part->words ||
		     (line->kind == part->commands && open.item)) &&
		    !diagnose_is_subject(finding, line))
			put_line(&open, line);
	}
	close_item(&open);
	if (part->list)
		out_format(out, "</%s>\n", part->list);
	out_str(out, "</details>\n");
}

void
html_finding(struct page *page, size_t number, const struct finding *finding)
{
	struct out *out = &html_of(page)->body;
	const char *severity = severity_text(finding->severity);

	out_format(out,
		   "<article class=\"card s-%s\" aria-labelledby=\"f%zu\">\n"
		   "<h3 id=\"f%zu\"><span class=\"badge\">%s</span> "
		   "<span class=\"no\">%zu.</span> ",
		   severity, number, number, severity, number);
	html_name(out, finding->subject);
	out_str(out, "</h3>\n<p class=\"kind\">");
	html_words(out, finding->title);
	out_format(out, " <code>%s</code></p>\n<p class=\"say\">", finding->id);
	html_marked(out, finding->sentence);
	out_str(out, "</p>\n<p class=\"facts\">");
	diagnose_counts(finding, out);
	out_str(out, "</p>\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		put_part(out, finding, &parts[i]);
	out_format(
		out,
		"<p class=\"again\">More: <code>rpclog explain %s</code></p>\n"
		"</article>\n",
		finding->id);
}
