/* SPDX-License-Identifier: MIT */
/* IIS W3C extended logs. */

#include "w3c.h"

#include "line.h"
#include "options.h"
#include "row.h"

/* Columns that are kept of a line. */
enum field {
	F_DATE,
	F_TIME,
	F_CLIENT,
	F_PORT,
	F_USER,
	F_METHOD,
	F_STEM,
	F_QUERY,
	F_AGENT,
	F_STATUS,
	F_SUBSTATUS,
	F_WIN32,
	F_TAKEN,
	FIELDS
};

static const char *const names[FIELDS] = {
	[F_DATE] = "date",
	[F_TIME] = "time",
	[F_CLIENT] = "c-ip",
	[F_PORT] = "s-port",
	[F_USER] = "cs-username",
	[F_METHOD] = "cs-method",
	[F_STEM] = "cs-uri-stem",
	[F_QUERY] = "cs-uri-query",
	[F_AGENT] = "cs(User-Agent)",
	[F_STATUS] = "sc-status",
	[F_SUBSTATUS] = "sc-substatus",
	[F_WIN32] = "sc-win32-status",
	[F_TAKEN] = "time-taken",
};

/* A log that has more of them can't be read; IIS has some thirty. */
#define COLUMNS_MOST 128

struct w3c {
	struct alloc alloc;
	struct lines lines;
	/* By place in the line: a field, or FIELDS. */
	uint8_t columns[COLUMNS_MOST];
	size_t column_count; /* 0: not known */
	bool has_time;	     /* there are both date and time */
	struct w3c_counts counts;
};

rpclog_status
w3c_new(struct w3c **out, const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	rpclog_options loaded;
	rpclog_status status = options_load(&loaded, options);
	struct w3c *w;

	*out = NULL;
	if (status != RPCLOG_OK)
		return status;
	w = alloc_zero(&alloc, 1, sizeof(*w));
	if (!w)
		return RPCLOG_ERR_NOMEM;
	w->alloc = alloc;
	/* Commas are of no use here. */
	if (lines_init(&w->lines, &alloc, loaded.max_row, 1) != RPCLOG_OK) {
		alloc_free(&alloc, w);
		return RPCLOG_ERR_NOMEM;
	}
	*out = w;
	return RPCLOG_OK;
}

void
w3c_feed(struct w3c *w3c, rpclog_slice bytes)
{
	lines_feed(&w3c->lines, bytes.ptr, bytes.len);
}

void
w3c_finish(struct w3c *w3c)
{
	w3c->lines.finished = true;
}

/* The next cell, parted by one blank or tab; false at the line's end. */
static bool
next_cell(rpclog_slice line, size_t *at, rpclog_slice *cell)
{
	size_t from = *at, to = from;

	if (from > line.len)
		return false;
	while (to < line.len && line.ptr[to] != ' ' && line.ptr[to] != '\t')
		to++;
	*cell = slice_cut(line, from, to);
	*at = to + 1;
	return true;
}

static uint8_t
field_of(rpclog_slice name)
{
	uint8_t field = 0;

	while (field < FIELDS &&
	       !slice_eq_nocase(name, slice_str(names[field])))
		field++;
	return field;
}

/* '#Fields:' with names behind it. */
static void
take_columns(struct w3c *w, rpclog_slice line)
{
	bool seen[FIELDS + 1] = { false };
	rpclog_slice name;
	size_t at = 0;

	w->column_count = 0;
	while (next_cell(line, &at, &name)) {
		uint8_t field = field_of(name);

		if (name.len == 0)
			continue;
		/* With more columns no line has the right number of cells. */
		if (w->column_count == COLUMNS_MOST) {
			w->column_count = 0;
			return;
		}
		/* Of two columns with one name the first counts. */
		w->columns[w->column_count++] = seen[field] ? FIELDS : field;
		seen[field] = true;
	}
	w->has_time = seen[F_DATE] && seen[F_TIME];
}

static bool
take_header(struct w3c *w, rpclog_slice line)
{
	static const char fields[] = "#Fields:";

	if (line.len == 0 || line.ptr[0] != '#')
		return false;
	w->counts.headers++;
	if (slice_starts_nocase(line, SLICE("#Fields:")))
		take_columns(w, slice_cut(line, sizeof(fields) - 1, line.len));
	return true;
}

/* The cells by field; false if there is not one for each column. */
static bool
take_cells(const struct w3c *w, rpclog_slice line, rpclog_slice cells[FIELDS])
{
	size_t at = 0, count = 0;
	rpclog_slice cell;

	for (size_t i = 0; i < FIELDS; i++)
		cells[i] = slice_of("", 0);
	while (next_cell(line, &at, &cell)) {
		if (count == w->column_count || cell.len == 0)
			return false;

		const uint8_t field = w->columns[count++];

		if (field < FIELDS && !slice_eq(cell, SLICE("-")))
			cells[field] = cell;
	}
	return count == w->column_count;
}

static bool
take_time(const struct w3c *w, const rpclog_slice cells[FIELDS], int64_t *us)
{
	char text[19]; /* yyyy-mm-dd hh:mm:ss */
	const rpclog_slice date = cells[F_DATE], time = cells[F_TIME];

	*us = W3C_NO_TIME;
	if (!w->has_time)
		return true;
	if (date.len != 10 || time.len != 8)
		return false;
	memcpy(text, date.ptr, 10);
	text[10] = ' ';
	memcpy(text + 11, time.ptr, 8);
	return parse_time(slice_of(text, sizeof(text)), us);
}

static bool
take_number(rpclog_slice cell, int64_t *number)
{
	*number = W3C_NO_NUMBER;
	return cell.len == 0 || (parse_int(cell, number) && *number >= 0);
}

/* The same of 32 bits; some write them with a sign. */
static bool
take_win32(rpclog_slice cell, int64_t *number)
{
	*number = W3C_NO_NUMBER;
	if (cell.len == 0)
		return true;
	if (!parse_int(cell, number) || *number < INT32_MIN ||
	    *number > UINT32_MAX)
		return false;
	*number = (int64_t)(uint32_t)*number;
	return true;
}

static bool
ends_value(char c)
{
	return c == ';' || c == '&' || c == ' ' || c == '\t';
}

/* Does a pair with this key end its key at 'equals'? */
static bool
is_request_key(rpclog_slice query, size_t equals)
{
	const rpclog_slice key = SLICE("cafeReqId");

	if (equals < key.len ||
	    !slice_eq_nocase(slice_cut(query, equals - key.len, equals), key))
		return false;
	if (equals == key.len)
		return true;

	const char before = query.ptr[equals - key.len - 1];

	return before == '&' || before == ';' || before == '?';
}

/* The value of the last 'cafeReqId=' that begins a pair. */
static rpclog_slice
find_request_id(rpclog_slice query)
{
	size_t from = SIZE_MAX, to, at = 0;

	while (at < query.len) {
		const char *equals =
			memchr(query.ptr + at, '=', query.len - at);

		if (!equals)
			break;
		at = (size_t)(equals - query.ptr) + 1;
		if (is_request_key(query, at - 1))
			from = at;
	}
	if (from == SIZE_MAX)
		return slice_of("", 0);
	to = from;
	while (to < query.len && !ends_value(query.ptr[to]))
		to++;
	return slice_cut(query, from, to);
}

/* A line that is no header; false if it is damaged. */
static bool
take_line(const struct w3c *w, rpclog_slice line, struct w3c_record *r)
{
	rpclog_slice cells[FIELDS];

	if (!w->column_count || memchr(line.ptr, '\0', line.len) ||
	    !take_cells(w, line, cells) || !take_time(w, cells, &r->time_us) ||
	    !take_number(cells[F_PORT], &r->port) ||
	    !take_number(cells[F_STATUS], &r->status) ||
	    !take_number(cells[F_SUBSTATUS], &r->substatus) ||
	    !take_win32(cells[F_WIN32], &r->win32) ||
	    !take_number(cells[F_TAKEN], &r->taken_ms))
		return false;
	r->client = cells[F_CLIENT];
	r->user = cells[F_USER];
	r->method = cells[F_METHOD];
	r->stem = cells[F_STEM];
	r->query = cells[F_QUERY];
	r->agent = cells[F_AGENT];
	r->request_id = find_request_id(r->query);
	r->has_id = guid_parse(r->request_id, r->id);
	return true;
}

/* After a crash a block of NULs may stand before the next good line. */
static rpclog_slice
without_padding(rpclog_slice text)
{
	while (text.len > 0 && text.ptr[0] == '\0')
		text = slice_cut(text, 1, text.len);
	while (text.len > 0 && text.ptr[text.len - 1] == ' ')
		text.len--;
	return text;
}

rpclog_status
w3c_next(struct w3c *w3c, struct w3c_record *record)
{
	struct line line;
	rpclog_status status;

	while ((status = lines_next(&w3c->lines, &line)) == RPCLOG_OK) {
		const rpclog_slice text = without_padding(line.text);

		w3c->counts.lines++;
		if (line.oversize) {
			w3c->counts.damaged++;
			continue;
		}
		if (text.len == 0 || take_header(w3c, text))
			continue;
		memset(record, 0, sizeof(*record));
		record->line = line.number;
		if (take_line(w3c, text, record)) {
			w3c->counts.records++;
			return RPCLOG_OK;
		}
		w3c->counts.damaged++;
	}
	return status;
}

void
w3c_reset(struct w3c *w3c)
{
	lines_reset(&w3c->lines);
	w3c->column_count = 0;
	w3c->has_time = false;
}

const struct w3c_counts *
w3c_counts(const struct w3c *w3c)
{
	return &w3c->counts;
}

void
w3c_free(struct w3c *w3c)
{
	if (!w3c)
		return;
	lines_free(&w3c->lines);
	alloc_free(&w3c->alloc, w3c);
}
