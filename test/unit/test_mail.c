/* SPDX-License-Identifier: MIT */
/* The HTML of a mail is never too long, whatever it is told, and whole. */

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "report/mail.h"
#include "report/page.h"

#define LOG "\x01"
#define END "\x02"

/* As long as they are to be: text of a log, and of ours. */
static struct check_text logged, ours;

static void
make_texts(size_t len)
{
	logged.len = ours.len = 0;
	for (size_t i = 0; i < len; i++)
		check_text_bytes(&ours, &"<&\"' x\xe2\x80\xae"[i % 8], 1);
	check_text_bytes(&logged, LOG, 1);
	check_text_bytes(&logged, ours.ptr ? ours.ptr : "", len);
	check_text_bytes(&logged, END, 2);
	check_text_bytes(&ours, "", 1);
}

static rpclog_slice
text_of(bool is_log)
{
	const struct check_text *text = is_log ? &logged : &ours;

	return slice_of(text->ptr, text->len - 1);
}

/* More often than there can be room for. */
#define OFTEN 800

static void
tell_paragraphs(struct page *page)
{
	for (size_t i = 0; i < OFTEN; i++)
		page->to->paragraph(page, TONE_BAD, text_of(i % 2));
}

static void
tell_items(struct page *page)
{
	for (size_t i = 0; i < OFTEN; i++)
		page->to->item(page, TONE_MUTED, text_of(i % 2));
}

static void
tell_headings(struct page *page)
{
	for (size_t i = 0; i < OFTEN; i++) {
		page->to->heading(page, "id", "A heading");
		page->to->headline(page, TONE_GOOD, logged.ptr);
		page->to->command(page, ours.ptr);
		page->to->chart(page, CHART_HOURS);
	}
}

static void
tell_grids(struct page *page)
{
	static const struct grid_column columns[] = {
		{ "name", GRID_TEXT },	 { "bar", GRID_BAR },
		{ "many", GRID_NUMBER }, { "time", GRID_TIME },
		{ "other", GRID_TEXT },	 { "third", GRID_TEXT },
		{ "fourth", GRID_TEXT }, { "empty", GRID_NUMBER },
	};
	enum { ROWS = 200, COLUMNS = ARRAY_LEN(columns) };
	static struct grid_cell cells[ROWS * COLUMNS];
	struct grid grid = { .caption = "caption",
			     .columns = columns,
			     .column_count = COLUMNS,
			     .cells = cells,
			     .row_count = ROWS,
			     .left_out = UINT64_MAX / 2,
			     .left_what = "users" };

	for (size_t i = 0; i < ROWS * COLUMNS; i++) {
		cells[i].text = text_of(true);
		cells[i].number = UINT64_MAX - i;
		if (i % COLUMNS == COLUMNS - 1)
			cells[i].text.len = 0;
	}
	for (size_t i = 0; i < 30; i++)
		page->to->grid(page, &grid);
}

static void
tell_findings(struct page *page)
{
	struct finding_line lines[40];
	struct finding finding = { .id = "an_id",
				   .title = "a title",
				   .users = UINT64_MAX,
				   .requests = UINT64_MAX,
				   .lines = lines,
				   .line_count = ARRAY_LEN(lines) };

	finding.sentence = finding.subject = text_of(true);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		lines[i] = (struct finding_line){
			.kind = (enum finding_line_kind)(i % 8),
			.text = finding.sentence
		};
	for (size_t i = 0; i < 60; i++)
		page->to->finding(page, i, &finding);
}

static void
tell_nothing(struct page *page)
{
	page->to->figures(page, NULL, 0);
}

/* Every element that is begun is ended, and in turn. */
static void
check_whole(rpclog_slice html)
{
	static const char *const alone[] = { "meta", "img", "br", "wbr" };
	const char *open[64];
	size_t lens[64], depth = 0;

	for (size_t i = 0; i < html.len; i++) {
		const char *name = html.ptr + i + 1;
		const bool ends = html.ptr[i] == '<' && *name == '/';
		size_t len;
		bool single = false;

		if (html.ptr[i] != '<' || *name == '!')
			continue;
		name += ends;
		len = strcspn(name, " >");
		for (size_t k = 0; k < ARRAY_LEN(alone); k++)
			single |= strlen(alone[k]) == len &&
				  strncmp(alone[k], name, len) == 0;
		if (single)
			continue;
		if (!ends) {
			if (!CHECK(depth < ARRAY_LEN(open)))
				return;
			open[depth] = name;
			lens[depth++] = len;
			continue;
		}
		if (!CHECK(depth > 0))
			return;
		depth--;
		CHECK_SLICE(slice_of(name, len),
			    slice_of(open[depth], lens[depth]));
	}
	CHECK_INT(depth, 0);
}

static const struct {
	const char *name;
	void (*tell)(struct page *page);
} stories[] = {
	{ "paragraphs", tell_paragraphs }, { "items", tell_items },
	{ "headings", tell_headings },	   { "grids", tell_grids },
	{ "findings", tell_findings },	   { "nothing", tell_nothing },
};

static void
test_size(size_t len)
{
	struct report_bucket bucket = { .label = "07" };
	struct report report = { .zone = "UTC",
				 .buckets = &bucket,
				 .bucket_count = 1 };
	struct mail_chart chart;

	make_texts(len);
	mail_chart_new(&chart, &report);
	for (size_t i = 0; i < ARRAY_LEN(stories); i++) {
		struct out out;

		check_casef("%s of %zu", stories[i].name, len);
		out_memory(&out);
		mail_page(&report, &chart, stories[i].tell, &out);
		CHECK(out.len < MAIL_HTML_MAX);
		check_whole(slice_of(out.data, out.len));
		out_free(&out);
	}
	mail_chart_free(&chart);
}

/* Many bars, and one that is longer than all the others are together. */
static void
test_chart(void)
{
	enum { BUCKETS = 800 };
	static struct report_bucket buckets[BUCKETS];
	static uint64_t requests[BUCKETS];
	struct report_class class = { .prompts = true,
				      .requests = { 1 },
				      .by_bucket = requests };
	struct report report = { .buckets = buckets,
				 .bucket_count = BUCKETS,
				 .by_day = true,
				 .classes = &class,
				 .class_count = 1 };
	struct mail_chart chart, same;

	CHECK_CASE("chart");
	for (size_t i = 0; i < BUCKETS; i++) {
		snprintf(buckets[i].label, sizeof(buckets[i].label),
			 "2026-%02zu-%02zu", i / 28 % 12 + 1, i % 28 + 1);
		buckets[i].known = i % 7 != 0;
		requests[i] = 1;
	}
	requests[400] = UINT64_MAX / 2;
	mail_chart_new(&chart, &report);
	CHECK_INT(chart.per_bar, 5);
	CHECK_INT(chart.most_bar, 80);
	CHECK(chart.most == UINT64_MAX / 2 + 4);
	CHECK(!chart.gaps);
	CHECK_STR(mail_chart_label(&report, 29), "02-02");
	mail_chart_new(&same, &report);
	CHECK_STR(chart.id, same.id);
	CHECK_SLICE(slice_of(chart.png.data, chart.png.len),
		    slice_of(same.png.data, same.png.len));
	mail_chart_free(&same);
	requests[0] = 1000;
	requests[400] = 1;
	mail_chart_new(&same, &report);
	CHECK(strcmp(chart.id, same.id) != 0);
	mail_chart_free(&same);
	mail_chart_free(&chart);
}

int
main(void)
{
	static const size_t lens[] = { 0, 1, 100, 1000, 3000, 70000 };

	for (size_t i = 0; i < ARRAY_LEN(lens); i++)
		test_size(lens[i]);
	check_text_free(&logged);
	check_text_free(&ours);
	test_chart();
	return check_report();
}
