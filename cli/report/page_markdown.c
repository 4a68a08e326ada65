/* SPDX-License-Identifier: MIT */
/* A report for a ticket or a wiki: Markdown. */

#include <string.h>

#include "diagnose.h"
#include "page.h"

/* After a list or a table another kind of block needs an empty line. */
static void
block(struct page *page)
{
	page->in_list = false;
	out_char(page->out, '\n');
}

static void
begin(struct page *page)
{
	out_format(page->out, "# Password prompts: %s\n",
		   page->report->sums[SPAN_NOW].label);
}

static rpclog_slice
text_of(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

static void
headline(struct page *page, enum tone tone, const char *text)
{
	(void)tone;
	block(page);
	out_str(page->out, "**");
	markdown_words(page->out, text_of(text));
	out_str(page->out, "**\n");
}

static void
figures(struct page *page, const struct figure *all, size_t count)
{
	struct out *out = page->out;

	block(page);
	out_format(out, "| | %s |",
		   page->report->is_day ? all[0].then[SPAN_NOW].label
					: "this time");
	for (int span = SPAN_BEFORE; span < SPANS; span++)
		if (all[0].then[span].known)
			out_format(out, " %s |", all[0].then[span].label);
	out_str(out, "\n|---|--:|");
	for (int span = SPAN_BEFORE; span < SPANS; span++)
		if (all[0].then[span].known)
			out_str(out, "--:|");
	out_char(out, '\n');
	for (size_t i = 0; i < count; i++) {
		out_format(out, "| %s | %llu |", all[i].what,
			   (unsigned long long)all[i].now);
		for (int span = SPAN_BEFORE; span < SPANS; span++)
			if (all[i].then[span].known)
				out_format(out, " %llu |",
					   (unsigned long long)all[i]
						   .then[span]
						   .value);
		out_char(out, '\n');
	}
}

static void
heading(struct page *page, const char *id, const char *text)
{
	(void)id;
	block(page);
	out_format(page->out, "## %s\n", text);
}

static void
paragraph(struct page *page, enum tone tone, rpclog_slice text)
{
	(void)tone;
	block(page);
	markdown_words(page->out, text);
	out_char(page->out, '\n');
}

static void
item(struct page *page, enum tone tone, rpclog_slice text)
{
	(void)tone;
	if (!page->in_list)
		block(page);
	page->in_list = true;
	out_str(page->out, "- ");
	markdown_words(page->out, text);
	out_char(page->out, '\n');
}

/* In a table a bar would end the cell, also within code. */
static void
put_cell(struct out *out, rpclog_slice text)
{
	struct out words;

	out_memory(&words);
	markdown_words(&words, text);
	out_char(out, ' ');
	for (size_t i = 0; i < words.len; i++) {
		if (words.data[i] == '|')
			out_char(out, '\\');
		out_char(out, words.data[i]);
	}
	out_str(out, " |");
	out_free(&words);
}

static void
put_grid(struct page *page, const struct grid *grid)
{
	struct out *out = page->out;

	block(page);
	out_char(out, '|');
	for (size_t i = 0; i < grid->column_count; i++)
		out_format(out, " %s |", grid->columns[i].title);
	out_str(out, "\n|");
	for (size_t i = 0; i < grid->column_count; i++)
		out_str(out, grid->columns[i].kind == GRID_NUMBER ||
					     grid->columns[i].kind == GRID_BAR
				     ? "--:|"
				     : "---|");
	out_char(out, '\n');
	for (size_t row = 0; row < grid->row_count; row++) {
		out_char(out, '|');
		for (size_t i = 0; i < grid->column_count; i++)
			put_cell(
				out,
				grid->cells[row * grid->column_count + i].text);
		out_char(out, '\n');
	}
	if (grid->left_out)
		out_format(out, "\nand %llu more %s\n",
			   (unsigned long long)grid->left_out, grid->left_what);
}

static void
finding(struct page *page, size_t number, const struct finding *f)
{
	const struct diagnose d = { .options = page->report->options,
				    .paths = page->report->paths,
				    .path_count = page->report->path_count };

	page->in_list = false;
	diagnose_put_markdown(&d, f, number, "###", page->out);
}

static void
command(struct page *page, const char *text)
{
	block(page);
	out_format(page->out, "    %s\n", text);
}

static void
end(struct page *page)
{
	(void)page;
}

void
page_markdown(const struct report *report, struct out *out)
{
	static const struct page_writer writer = {
		.begin = begin,
		.headline = headline,
		.figures = figures,
		.heading = heading,
		.paragraph = paragraph,
		.item = item,
		.grid = put_grid,
		.finding = finding,
		.command = command,
		.end = end,
	};
	struct page page = { .to = &writer, .report = report, .out = out };

	story_tell(&page);
}
