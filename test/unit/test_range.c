/* SPDX-License-Identifier: MIT */
/* Ranges of a log, read one by one, tell what one reader of it all tells. */

#include <inttypes.h>
#include <stdlib.h>

#include "check_inputs.h"
#include "range.h"

/* What was told so far, and the account of it. */
struct told {
	struct check_text text;
	rpclog_account account;
	size_t ranges; /* read by a parser that followed */
};

static void
tell_names(struct told *told, const rpclog_schema *schema)
{
	for (size_t i = 0; i < rpclog_schema_count(schema); i++) {
		check_text_escaped(&told->text, rpclog_schema_name(schema, i));
		check_text_add(&told->text, ",");
	}
}

/* All that the parser has; the account of a parser that ends is added. */
static rpclog_status
take(struct told *told, rpclog_parser *parser)
{
	const rpclog_diag *diag = rpclog_parser_diag(parser);
	const rpclog_row *row;
	rpclog_status status;

	while ((status = rpclog_parser_next(parser, &row)) >= 0 &&
	       status != RPCLOG_MORE && status != RPCLOG_END) {
		if (status == RPCLOG_OK) {
			check_text_add(
				&told->text,
				"row %" PRIu64 " %" PRIu64 " %" PRIu64 " ",
				rpclog_row_line(row), rpclog_row_offset(row),
				rpclog_row_span(row));
			check_text_escaped(&told->text, rpclog_row_raw(row));
			tell_names(told, rpclog_parser_schema(parser));
		} else if (status == RPCLOG_BAD_ROW) {
			check_text_add(&told->text,
				       "bad %" PRIu64 " %" PRIu64 " %s",
				       diag->line, diag->offset, diag->text);
		} else {
			continue;
		}
		check_text_add(&told->text, "\n");
	}
	return status;
}

static void
add(rpclog_count *to, const rpclog_count *from)
{
	to->count += from->count;
	to->bytes += from->bytes;
}

static void
add_account(struct told *told, const rpclog_parser *parser)
{
	const rpclog_account *from = rpclog_parser_account(parser);
	rpclog_account *to = &told->account;

	add(&to->rows, &from->rows);
	add(&to->header, &from->header);
	add(&to->blank, &from->blank);
	add(&to->rejected, &from->rejected);
	add(&to->partial, &from->partial);
	add(&to->foreign, &from->foreign);
	to->bytes += from->bytes;
}

static void
tell_count(struct told *told, const char *name, rpclog_count count)
{
	check_text_add(&told->text, "%s %" PRIu64 " %" PRIu64 "\n", name,
		       count.count, count.bytes);
}

static void
tell_end(struct told *told, const rpclog_parser *parser, rpclog_status status)
{
	const rpclog_account *a = &told->account;
	uint64_t offset = 0;

	check_text_add(&told->text, "%s ", rpclog_status_name(status));
	check_text_escaped(&told->text, rpclog_parser_tail(parser, &offset));
	check_text_add(&told->text, " %" PRIu64 " %" PRIu64 "\n", offset,
		       a->bytes);
	tell_count(told, "rows", a->rows);
	tell_count(told, "header", a->header);
	tell_count(told, "blank", a->blank);
	tell_count(told, "rejected", a->rejected);
	tell_count(told, "partial", a->partial);
	tell_count(told, "foreign", a->foreign);
}

static rpclog_parser *
new_parser(const rpclog_options *options)
{
	rpclog_parser *parser;

	if (!CHECK_STATUS(rpclog_parser_new(&parser, options), RPCLOG_OK))
		exit(1);
	return parser;
}

/* So many lines of 'text', or what there is. */
static rpclog_slice
head_of(rpclog_slice text, size_t lines)
{
	size_t len = 0;

	while (lines-- > 0 && len < text.len) {
		const char *end = memchr(text.ptr + len, '\n', text.len - len);

		len = end ? (size_t)(end - text.ptr) + 1 : text.len;
	}
	return slice_cut(text, 0, len);
}

/*
 * Reads 'text' in ranges of 'lines' lines.  Until it knows its columns the
 * first parser goes on; then two take turns.
 */
static void
read_ranges(struct told *told, rpclog_slice text, size_t lines,
	    const rpclog_options *options)
{
	rpclog_parser *parsers[2] = { new_parser(options),
				      new_parser(options) };
	rpclog_parser *scout = new_parser(options), *now = parsers[0];
	struct range_survey survey = { 0 };
	rpclog_status status = RPCLOG_MORE;
	uint64_t at = 0, count = 0;
	bool leads = false;
	size_t turn = 0;

	while (at < text.len && status == RPCLOG_MORE) {
		rpclog_slice rest = slice_cut(text, (size_t)at, text.len);
		rpclog_slice range = head_of(rest, lines);

		if (leads) {
			add_account(told, now);
			now = parsers[++turn % 2];
			CHECK_STATUS(range_follow(now, scout, at, count),
				     RPCLOG_OK);
			told->ranges++;
		}
		CHECK_STATUS(range_survey(&survey, range), RPCLOG_OK);
		CHECK_STATUS(rpclog_parser_feed(now, range.ptr, range.len),
			     RPCLOG_OK);
		status = take(told, now);
		at += range.len;
		count += survey.lines;
		if (leads && at < text.len)
			CHECK_STATUS(range_scout(scout, &survey), RPCLOG_OK);
		else if (!leads)
			leads = range_follow(scout, now, 0, 0) == RPCLOG_OK;
	}
	if (status == RPCLOG_MORE) {
		CHECK_STATUS(rpclog_parser_finish(now), RPCLOG_OK);
		status = take(told, now);
	}
	add_account(told, now);
	tell_end(told, now, status);
	range_survey_free(&survey);
	rpclog_parser_free(parsers[0]);
	rpclog_parser_free(parsers[1]);
	rpclog_parser_free(scout);
}

static void
read_whole(struct told *told, rpclog_slice text, const rpclog_options *options)
{
	rpclog_parser *parser = new_parser(options);
	rpclog_status status = rpclog_parser_feed(parser, text.ptr, text.len);

	if (status == RPCLOG_OK)
		status = take(told, parser);
	if (status == RPCLOG_MORE) {
		CHECK_STATUS(rpclog_parser_finish(parser), RPCLOG_OK);
		status = take(told, parser);
	}
	add_account(told, parser);
	tell_end(told, parser, status);
	rpclog_parser_free(parser);
}

/* Answers how many ranges followed another. */
static size_t
sweep(const char *name, rpclog_slice text, const rpclog_options *options)
{
	static const size_t steps[] = { 1, 2, 3, 5, 8 };
	struct told want = { 0 };
	size_t ranges = 0;

	/* How far a foreign input was read hangs on the chunks. */
	read_whole(&want, text, options);
	if (want.account.foreign.bytes == want.account.bytes) {
		check_text_free(&want.text);
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct told got = { 0 };

		check_casef("%s, %zu lines a range", name, steps[i]);
		read_ranges(&got, text, steps[i], options);
		CHECK_SLICE(check_text_slice(&got.text),
			    check_text_slice(&want.text));
		ranges += got.ranges;
		check_text_free(&got.text);
	}
	check_text_free(&want.text);
	return ranges;
}

/* Every odd input of the sweeps; those that no parser can follow are whole. */
static void
sweep_inputs(void)
{
	for (size_t i = 0; i < input_count; i++) {
		const struct input *input = &inputs[i];
		rpclog_options options = RPCLOG_OPTIONS_INIT;
		struct check_text text = { 0 };
		size_t ranges;

		input_options(input, &options);
		input->make(&text);
		ranges = sweep(input->name, check_text_slice(&text), &options);
		if (strncmp(input->name, "utf-16", 6) == 0)
			CHECK_INT(ranges, 0);
		if (strcmp(input->name, "plain") == 0)
			CHECK(ranges > 0);
		check_text_free(&text);
	}
}

/* ---- lines that have a say in columns ------------------------------------ */

static void
add_row(struct check_text *out)
{
	log_row(out, 53, PLAIN_ROW);
}

/* Rows, 'line', rows: does it reach the ranges behind it? */
static void
sweep_line(const char *line)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };

	log_header(&text, 53);
	add_row(&text);
	add_row(&text);
	check_text_add(&text, "%s\r\n", line);
	for (int i = 0; i < 4; i++)
		add_row(&text);
	log_block(&text, 53);
	for (int i = 0; i < 4; i++)
		add_row(&text);
	CHECK(sweep(line, check_text_slice(&text), &options) > 20);
	check_text_free(&text);
}

#define NEEDED "Protocol,UrlStem,HttpStatus,BackEndStatus,Method"

static void
sweep_lines(void)
{
	static const char *const lines[] = {
		"#Fields: DateTime," NEEDED,
		"\"#Fields: DateTime\"," NEEDED,
		"#fields: datetime," NEEDED,
		"\xef\xbb\xbf#Fields: DateTime," NEEDED,
		"#Fields: date time s-ip cs-method",
		"\xef\xbb\xbf#Fields: date time s-ip cs-method",
		"\"#Fields: date time\",s-ip,cs-method",
		"#Fields: DateTime,RequestId",
		"#Software: something else",
		"#Software: DateTime," NEEDED,
		"DateTime," NEEDED,
		"  DATETIME ," NEEDED,
		"\"DateTime\"," NEEDED,
		"\xef\xbb\xbf"
		"DateTime," NEEDED,
		"DateTime,RequestId,MapiRequestId,Other",
		"DateTime,Req",
		"Method," NEEDED ",dateTIME",
		"2016," NEEDED ",DateTime",
		"2016-01-01T00:00:00.000Z," NEEDED ",DateTime",
		"\"2016-01-01T00:00:00.000Z\"," NEEDED ",DateTime",
		"2016-13-01T00:00:00.000Z," NEEDED ",DateTime",
		"\"DateTime," NEEDED,
		"#Fields: \"DateTime," NEEDED,
		"# DateTime",
		"x DateTime y",
		"",
		"\r",
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		sweep_line(lines[i]);
}

/* Where times are not the first column, a row may be a column line. */
static void
sweep_times_elsewhere(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };
	const char *time = "2016-01-01T00:00:00.000Z";

	check_text_add(&text, "A,DateTime," NEEDED "\n");
	for (int i = 0; i < 6; i++)
		check_text_add(&text, "x,%s,Mapi,/mapi,200,200,POST\n", time);
	check_text_add(&text, "%s,DateTime," NEEDED "\n", time);
	for (int i = 0; i < 6; i++)
		check_text_add(&text, "x,%s,Mapi,/mapi,200,200,POST\n", time);
	check_text_add(&text, "DateTime," NEEDED "\n");
	for (int i = 0; i < 6; i++)
		check_text_add(&text, "%s,Mapi,/mapi,200,200,POST\n", time);
	CHECK(sweep("times elsewhere", check_text_slice(&text), &options) > 20);
	check_text_free(&text);
}

/* A parser that goes on under names that it had in another spelling. */
static void
sweep_spelling(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct check_text text = { 0 };
	const char *row = "2016-01-01T00:00:00.000Z,Mapi,/mapi,200,200,POST\n";

	check_text_add(&text, "DateTime," NEEDED "\n%s%s%s", row, row, row);
	check_text_add(&text, "#Fields: DateTime," NEEDED ",Other\n");
	check_text_add(&text, "#Fields: DATETIME," NEEDED "\n");
	check_text_add(&text, "%s%s%s%s", row, row, row, row);
	CHECK(sweep("spelling", check_text_slice(&text), &options) > 10);
	check_text_free(&text);
}

static void
test_misuse(void)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_parser *parser = new_parser(&options);
	rpclog_parser *leader = new_parser(&options);
	struct check_text text = { 0 };
	struct told told = { 0 };

	CHECK_CASE("a leader that can't lead");
	CHECK_STATUS(range_follow(parser, leader, 0, 0), RPCLOG_ERR_USAGE);
	log_header(&text, 53);
	check_text_add(&text, "2016");
	CHECK_STATUS(rpclog_parser_feed(leader, text.ptr, text.len), RPCLOG_OK);
	CHECK_STATUS(take(&told, leader), RPCLOG_MORE);
	CHECK_STATUS(range_follow(parser, leader, 0, 0), RPCLOG_ERR_USAGE);
	rpclog_parser_free(parser);
	rpclog_parser_free(leader);
	check_text_free(&text);
	check_text_free(&told.text);
}

int
main(void)
{
	sweep_inputs();
	sweep_lines();
	sweep_times_elsewhere();
	sweep_spelling();
	test_misuse();
	return check_report();
}
