/* SPDX-License-Identifier: MIT */
/* One log in ranges: surveys, scouts, and parsers that follow them. */

#include "range.h"

#include "../header.h"
#include "../parser.h"

/* No time is longer, its quotes included. */
#define TIME_ROOM 64

static bool
has_nocase(rpclog_slice text, rpclog_slice word)
{
	for (size_t i = 0; i + word.len <= text.len; i++) {
		if (slice_starts_nocase(slice_cut(text, i, text.len), word))
			return true;
	}
	return false;
}

/* A row, if times stand in the first column: its first cell is one. */
static bool
begins_with_time(rpclog_slice line)
{
	size_t room = line.len < TIME_ROOM ? line.len : TIME_ROOM;
	const char *comma = memchr(line.ptr, ',', room);
	rpclog_slice cell;
	int64_t us;

	if (!comma)
		return false;
	cell = slice_cut(line, 0, (size_t)(comma - line.ptr));
	if (cell.len > 1 && cell.ptr[0] == '"' && cell.ptr[cell.len - 1] == '"')
		cell = slice_cut(cell, 1, cell.len - 1);
	return parse_time(cell, &us);
}

/*
 * May the parser take it for a column line?  Of # lines it asks #Fields alone,
 * perhaps quoted; any other has a cell that is DateTime.
 */
static bool
may_name_columns(rpclog_slice line)
{
	if (slice_starts(line, SLICE("\xef\xbb\xbf")))
		line = slice_cut(line, 3, line.len);
	if (slice_starts(line, SLICE("\"#")))
		line = slice_cut(line, 1, line.len);
	if (slice_starts(line, SLICE("#")))
		return slice_starts_nocase(line, SLICE("#Fields:"));
	return has_nocase(line, SLICE("DateTime"));
}

static bool
add_columns(struct range_survey *survey, rpclog_slice line)
{
	struct alloc a = alloc_from(NULL);

	if (!alloc_grow(&a, &survey->columns, &survey->room,
			survey->column_count + 1, sizeof(*survey->columns)))
		return false;
	survey->columns[survey->column_count++] = line;
	return true;
}

rpclog_status
range_survey(struct range_survey *survey, rpclog_slice text)
{
	survey->text = text;
	survey->lines = 0;
	survey->column_count = 0;
	while (text.len > 0) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t len = end ? (size_t)(end - text.ptr) + 1 : text.len;
		rpclog_slice line = slice_cut(text, 0, len);

		survey->lines++;
		if (!begins_with_time(line) && may_name_columns(line) &&
		    !add_columns(survey, line))
			return RPCLOG_ERR_NOMEM;
		text = slice_cut(text, len, text.len);
	}
	return RPCLOG_OK;
}

void
range_survey_free(struct range_survey *survey)
{
	struct alloc a = alloc_from(NULL);

	alloc_free(&a, survey->columns);
	memset(survey, 0, sizeof(*survey));
}

/* Are times in the first column?  Only then a survey holds. */
static bool
times_first(const rpclog_parser *p)
{
	return p->header && p->header->known[RPCLOG_DATE_TIME] == 0;
}

static rpclog_status
scout_text(rpclog_parser *scout, rpclog_slice text)
{
	const rpclog_row *row;
	rpclog_status status = rpclog_parser_feed(scout, text.ptr, text.len);

	while (status >= 0 && status != RPCLOG_MORE)
		status = rpclog_parser_next(scout, &row);
	return status < 0 ? status : RPCLOG_OK;
}

rpclog_status
range_scout(rpclog_parser *scout, const struct range_survey *survey)
{
	const char *end = survey->text.ptr + survey->text.len;
	const char *from = survey->text.ptr;
	rpclog_status status = RPCLOG_OK;

	for (size_t i = 0; i < survey->column_count && status == RPCLOG_OK &&
			   times_first(scout);
	     i++) {
		rpclog_slice line = survey->columns[i];

		status = scout_text(scout, line);
		from = line.ptr + line.len;
	}
	if (status == RPCLOG_OK && !times_first(scout))
		status =
			scout_text(scout, slice_of(from, (size_t)(end - from)));
	return status;
}

static bool
can_lead(const rpclog_parser *p)
{
	return p->header && p->final == RPCLOG_OK && !p->line_ready &&
	       p->lines.encoding == LINE_UTF8 && lines_held(&p->lines) == 0;
}

/* Letter by letter, since names are shown. */
static bool
same_names(const struct rpclog_schema *a, const struct rpclog_schema *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = slice_eq(a->names[i], b->names[i]);
	return same;
}

rpclog_status
range_follow(rpclog_parser *parser, const rpclog_parser *leader,
	     uint64_t offset, uint64_t lines)
{
	struct rpclog_schema *header = parser->header;

	if (!can_lead(leader))
		return RPCLOG_ERR_USAGE;
	/* Columns seldom change: they outlive the reset. */
	parser->header = NULL;
	rpclog_parser_reset(parser);
	if (!header || !same_names(header, leader->header)) {
		schema_free(header, &parser->alloc);
		if (schema_new(&header, &parser->alloc, leader->header->names,
			       leader->header->count) != RPCLOG_OK)
			return RPCLOG_ERR_NOMEM;
	}
	parser->header = header;
	header_use(parser, header);
	parser->elsewhere = leader->elsewhere;
	parser->lines.encoding = LINE_UTF8;
	parser->lines.offset = offset;
	parser->lines.number = lines;
	return RPCLOG_OK;
}
