/* SPDX-License-Identifier: MIT */
/* A report as text, for terminals and the plain part of a mail. */

#include <string.h>

#include "diagnose.h"
#include "maker.h"
#include "story.h"
#include "wrap.h"

#define BAR_WIDTH 30

static void
put_wrapped(struct out *out, size_t indent, const char *lead, rpclog_slice text)
{
	struct out plain;

	out_memory(&plain);
	diagnose_plain(text, &plain);
	out_char(&plain, '\0');
	out_str(out, lead);
	wrap_from(out, indent, strlen(lead), plain.data);
	out_free(&plain);
}

static void
paint(struct out *out, enum tone tone)
{
	out_color(out, tone == TONE_BAD	    ? COLOR_RED
		       : tone == TONE_GOOD  ? COLOR_GREEN
		       : tone == TONE_MUTED ? COLOR_DIM
					    : COLOR_OFF);
}

static void
begin(struct page *page)
{
	(void)page;
}

static void
headline(struct page *page, enum tone tone, const char *text)
{
	out_color(page->out, COLOR_BOLD);
	paint(page->out, tone);
	wrap_put(page->out, 0, text);
	out_color(page->out, COLOR_OFF);
}

static void
figures(struct page *page, const struct figure *all, size_t count)
{
	const char *now = page->report->is_day ? all[0].then[SPAN_NOW].label
					       : "this time";
	const struct grid_column columns[] = {
		{ "", GRID_TEXT },
		{ now, GRID_NUMBER },
		{ all[0].then[SPAN_BEFORE].label, GRID_NUMBER },
		{ all[0].then[SPAN_WEEK].label, GRID_NUMBER },
	};
	const size_t width = 2 + (all[0].then[SPAN_BEFORE].known ||
						  all[0].then[SPAN_WEEK].known
					  ? all[0].then[SPAN_WEEK].known ? 2 : 1
					  : 0);
	struct grid_maker grid;

	grid_begin(&grid, "", columns, width);
	for (size_t i = 0; i < count; i++) {
		grid_words(&grid, all[i].what);
		grid_number(&grid, all[i].now);
		for (size_t span = SPAN_BEFORE; span < width - 1; span++)
			grid_number_if(&grid, all[i].then[span].known,
				       all[i].then[span].value);
	}
	out_char(page->out, '\n');
	grid_put(&grid, page, 0, NULL);
}

static void
heading(struct page *page, const char *id, const char *text)
{
	(void)id;
	page->in_list = false;
	out_char(page->out, '\n');
	out_color(page->out, COLOR_BOLD);
	out_str(page->out, text);
	out_color(page->out, COLOR_OFF);
	out_char(page->out, '\n');
	for (size_t i = strlen(text); i; i--)
		out_char(page->out, '-');
	out_char(page->out, '\n');
}

/* Between a list and what is none there is an empty line. */
static void
change(struct page *page, bool in_list)
{
	if (page->in_list != in_list)
		out_char(page->out, '\n');
	page->in_list = in_list;
}

static void
paragraph(struct page *page, enum tone tone, rpclog_slice text)
{
	change(page, false);
	paint(page->out, tone);
	put_wrapped(page->out, 0, "", text);
	out_color(page->out, COLOR_OFF);
}

static void
item(struct page *page, enum tone tone, rpclog_slice text)
{
	change(page, true);
	paint(page->out, tone);
	put_wrapped(page->out, 2, "-", text);
	out_color(page->out, COLOR_OFF);
}

/* ---- tables -----------------------------------------------------------------
 */

static uint64_t
most_of(const struct grid *grid, size_t column)
{
	uint64_t most = 0;

	for (size_t row = 0; row < grid->row_count; row++) {
		uint64_t number =
			grid->cells[row * grid->column_count + column].number;

		if (number > most)
			most = number;
	}
	return most;
}

static void
put_bar(struct out *out, uint64_t number, uint64_t most)
{
	size_t len =
		most ? (size_t)((double)number * BAR_WIDTH / (double)most) : 0;

	if (number && !len)
		len = 1;
	while (len--)
		out_char(out, '#');
}

/* Its number and, where a bar is wanted, a bar as the last column. */
static void
put_cell(struct table *table, const struct grid *grid, size_t row, size_t i)
{
	const struct grid_cell *cell =
		&grid->cells[row * grid->column_count + i];
	struct out plain;

	out_memory(&plain);
	diagnose_plain(cell->text, &plain);
	table_text(table, (rpclog_slice){ plain.data, plain.len });
	out_free(&plain);
}

static void
put_last_bar(struct table *table, const struct grid *grid, size_t row,
	     size_t bar)
{
	const uint64_t number =
		grid->cells[row * grid->column_count + bar].number;
	struct out text;

	out_memory(&text);
	put_bar(&text, number, most_of(grid, bar));
	table_text(table, (rpclog_slice){ text.data, text.len });
	out_free(&text);
}

#define COLUMNS_MOST 16

static void
put_grid(struct page *page, const struct grid *grid)
{
	struct column columns[COLUMNS_MOST];
	const size_t count = grid->column_count;
	/* A chart: a bar behind the last column. */
	const bool bar = grid->columns[count - 1].kind == GRID_BAR;
	struct table *table;

	change(page, false);
	for (size_t i = 0; i < count; i++) {
		const enum grid_kind kind = grid->columns[i].kind;

		columns[i].name = grid->columns[i].title;
		columns[i].kind = kind == GRID_NUMBER || kind == GRID_BAR
					  ? CELL_NUMBER
					  : CELL_TEXT;
	}
	columns[count] = (struct column){ "", CELL_TEXT };
	table = table_begin(page->out, OUT_TEXT, columns, count + bar, 0);
	for (size_t row = 0; row < grid->row_count; row++) {
		for (size_t i = 0; i < count; i++)
			put_cell(table, grid, row, i);
		if (bar)
			put_last_bar(table, grid, row, count - 1);
		table_row(table);
	}
	table_end(table);
	if (grid->left_out)
		out_format(page->out, "and %llu more %s\n",
			   (unsigned long long)grid->left_out, grid->left_what);
}

static void
finding(struct page *page, size_t number, const struct finding *f)
{
	const struct diagnose d = { .options = page->report->options,
				    .paths = page->report->paths,
				    .path_count = page->report->path_count };

	page->in_list = false;
	diagnose_put_text(&d, f, number, page->out);
}

static void
command(struct page *page, const char *text)
{
	page->in_list = false;
	out_char(page->out, '\n');
	out_color(page->out, COLOR_DIM);
	out_format(page->out, "$ %s\n", text);
	out_color(page->out, COLOR_OFF);
}

static void
end(struct page *page)
{
	(void)page;
}

void
page_text(const struct report *report, bool brief, struct out *out)
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
	struct page page = {
		.to = &writer, .report = report, .out = out, .brief = brief
	};

	story_tell(&page);
}
