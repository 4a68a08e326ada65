/* SPDX-License-Identifier: MIT */
/*
 * A report as one HTML file: no script, nothing loaded from elsewhere, for a
 * desk, a phone, paper, and readers who do not see it.
 */

#include <string.h>

#include "diagnose.h"
#include "chart.h"
#include "when.h"

struct html *
html_of(struct page *page)
{
	/* The page is its first member. */
	return (struct html *)(void *)page;
}

static void
close_items(struct html *html)
{
	if (html->in_items)
		out_str(&html->body, "</ul>\n");
	html->in_items = false;
}

static void
close_section(struct html *html)
{
	close_items(html);
	if (html->in_section)
		out_str(&html->body, "</section>\n");
	html->in_section = false;
}

static void
begin(struct page *page)
{
	(void)page;
}

static const char *
tone_class(enum tone tone)
{
	switch (tone) {
	case TONE_PLAIN: break;
	case TONE_BAD: return "bad";
	case TONE_GOOD: return "good";
	case TONE_MUTED: return "muted";
	}
	return "plain";
}

static void
headline(struct page *page, enum tone tone, const char *text)
{
	struct out *out = &html_of(page)->body;

	out_format(out, "<h1 class=\"%s\">", tone_class(tone));
	html_marked_str(out, text);
	out_str(out, "</h1>\n");
}

/* "12 more than Thursday 2026-11-19 (25)" */
static void
put_change(struct out *out, const struct figure *figure, enum report_span span,
	   const char *on)
{
	const uint64_t now = figure->now, then = figure->then[span].value;

	if (now == then) {
		out_format(out, "<li class=\"same\"><b>as many</b> as %s ", on);
	} else {
		out_format(out, "<li class=\"%s\"><b>",
			   now > then ? "worse" : "better");
		html_number(out, now > then ? now - then : then - now);
		out_format(out, " %s</b> than %s ",
			   now > then ? "more" : "fewer", on);
	}
	out_str(out, "<span>");
	html_words(out, figure->then[span].label);
	out_str(out, "</span> (");
	html_number(out, then);
	out_str(out, ")</li>\n");
}

static void
put_tile(struct out *out, const struct figure *figure, const char *on)
{
	bool any = false;

	out_str(out, "<li class=\"tile\"><p class=\"value\">");
	html_number(out, figure->now);
	out_str(out, "</p>\n<p class=\"what\">");
	html_words(out, figure->what);
	out_str(out, "</p>\n");
	for (int span = SPAN_BEFORE; span < SPANS; span++) {
		if (!figure->then[span].known)
			continue;
		out_str(out, any ? "" : "<ul class=\"change\">\n");
		any = true;
		put_change(out, figure, (enum report_span)span, on);
	}
	out_str(out, any ? "</ul></li>\n" : "</li>\n");
}

/*
 * What there is nothing of to compare with: once, not in each tile.  Of the
 * span before the story says it anyway: nothing can be new then.
 */
static void
put_unknown(struct out *out, const struct figure *figure)
{
	if (figure->then[SPAN_WEEK].known || !*figure->then[SPAN_WEEK].label)
		return;
	out_str(out, "<p class=\"more\">No logs of ");
	html_words(out, figure->then[SPAN_WEEK].label);
	out_str(out, " to compare with.</p>\n");
}

static void
figures(struct page *page, const struct figure *items, size_t count)
{
	struct out *out = &html_of(page)->body;

	close_items(html_of(page));
	out_str(out, "<ul class=\"tiles\">\n");
	for (size_t i = 0; i < count; i++)
		put_tile(out, &items[i], page->report->is_day ? "on" : "from");
	out_str(out, "</ul>\n");
	if (count)
		put_unknown(out, &items[0]);
}

static void
heading(struct page *page, const char *id, const char *text)
{
	struct html *html = html_of(page);

	close_section(html);
	html->told = false;
	out_format(&html->body,
		   "<section id=\"%s\" aria-labelledby=\"%s-h\">\n"
		   "<h2 id=\"%s-h\">",
		   id, id, id);
	html_marked_str(&html->body, text);
	out_str(&html->body, "</h2>\n");
	html->in_section = true;
	out_format(&html->contents, "<li><a href=\"#%s\">", id);
	html_marked_str(&html->contents, text);
	out_str(&html->contents, "</a></li>\n");
}

static void
paragraph(struct page *page, enum tone tone, rpclog_slice text)
{
	struct html *html = html_of(page);

	close_items(html);
	out_format(&html->body, "<p class=\"%s\">", tone_class(tone));
	html_marked(&html->body, text);
	out_str(&html->body, "</p>\n");
}

static void
item(struct page *page, enum tone tone, rpclog_slice text)
{
	struct html *html = html_of(page);

	if (!html->in_items)
		out_str(&html->body, "<ul class=\"items\">\n");
	html->in_items = true;
	out_format(&html->body, "<li class=\"%s\">", tone_class(tone));
	html_marked(&html->body, text);
	out_str(&html->body, "</li>\n");
}

static void
grid(struct page *page, const struct grid *grid)
{
	close_items(html_of(page));
	if (!html_of(page)->told)
		html_grid(page, grid);
	html_of(page)->told = false;
}

static void
chart(struct page *page, enum chart chart)
{
	close_items(html_of(page));
	chart_draw(page, chart);
}

static void
finding(struct page *page, size_t number, const struct finding *finding)
{
	close_items(html_of(page));
	html_finding(page, number, finding);
}

static void
command(struct page *page, const char *command)
{
	struct html *html = html_of(page);

	close_items(html);
	out_str(&html->body, "<p class=\"again\">Find it again: <code>");
	html_marked_str(&html->body, command);
	out_str(&html->body, "</code></p>\n");
}

static void
end(struct page *page)
{
	close_section(html_of(page));
}

static const struct page_writer to_html = {
	begin, headline, figures, heading, paragraph, item,
	grid,  chart,	 finding, command, end,
};

/* The time of the report, in words. */
static void
put_span(const struct report *report, struct out *out)
{
	html_words(out, report->sums[SPAN_NOW].label);
	out_str(out, ", ");
	html_words(out, report->zone);
}

static void
put_head(const struct report *report, struct out *out)
{
	struct out marked, title;

	out_str(out,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		"<meta charset=\"utf-8\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\""
		"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
		"<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\"/>\n"
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
		"<meta name=\"referrer\" content=\"no-referrer\"/>\n"
		"<meta name=\"format-detection\" content=\"telephone=no\"/>\n"
		"<title>");
	out_memory(&marked);
	out_memory(&title);
	story_subject(report, &marked);
	diagnose_plain((rpclog_slice){ marked.data, marked.len }, &title);
	html_log(out, (rpclog_slice){ title.data, title.len });
	out_free(&title);
	out_free(&marked);
	out_str(out, "</title>\n<style>\n");
	out_bytes(out, page_css, page_css_len);
	out_str(out, "</style>\n</head>\n");
}

static void
put_top(const struct html *html, struct out *out)
{
	out_str(out, "<body>\n<a class=\"skip\" href=\"#main\">"
		     "Skip to the report</a>\n<div class=\"page\">\n"
		     "<header><p><b>rpclog</b> report</p><p>");
	put_span(html->page.report, out);
	out_str(out, "</p></header>\n");
	if (html->contents.len) {
		out_str(out, "<nav aria-label=\"Sections\">\n<ul>\n");
		out_bytes(out, html->contents.data, html->contents.len);
		out_str(out, "</ul>\n</nav>\n");
	}
}

static void
put_foot(const struct report *report, struct out *out)
{
	out_str(out, "<footer><p>Made ");
	html_minute(out, report->made_us);
	out_str(out, " (");
	html_words(out, report->zone);
	out_format(out, ") by rpclog %d.%d.%d from <code>",
		   RPCLOG_VERSION_MAJOR, RPCLOG_VERSION_MINOR,
		   RPCLOG_VERSION_PATCH);
	html_marked_str(out, report->source);
	out_str(out, "</code></p></footer>\n</div>\n</body>\n</html>\n");
}

void
page_html(const struct report *report, struct out *out)
{
	struct html html = { .page = { .to = &to_html, .report = report } };

	out_memory(&html.body);
	out_memory(&html.contents);
	html.page.out = &html.body;
	story_tell(&html.page);
	put_head(report, out);
	put_top(&html, out);
	out_str(out, "<main id=\"main\">\n");
	out_bytes(out, html.body.data, html.body.len);
	out_str(out, "</main>\n");
	put_foot(report, out);
	out_free(&html.body);
	out_free(&html.contents);
}
