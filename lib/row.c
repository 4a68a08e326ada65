/* SPDX-License-Identifier: MIT */
/* The view of one row: cells, typed readings, when it began. */

#include "row.h"

/* 0001-01-01T00:00:00Z: no clock of the writer goes back further. */
#define YEAR_1_US (INT64_C(-62135596800) * US_PER_S)

rpclog_slice
rpclog_row_field(const rpclog_row *row, size_t column)
{
	return row ? row_cell(row, column) : slice_of("", 0);
}

const rpclog_slice *
rpclog_row_fields(const rpclog_row *row, size_t *count)
{
	if (count)
		*count = row ? row->count : 0;
	if (!row || !count)
		return NULL;
	if (!row->commas)
		return row->cells;
	for (size_t i = 0; i < row->count; i++)
		row->cells_store[i] = row_cell(row, i);
	return row->cells_store;
}

rpclog_slice
rpclog_row_raw(const rpclog_row *row)
{
	return row ? row->raw : slice_of("", 0);
}

uint64_t
rpclog_row_line(const rpclog_row *row)
{
	return row ? row->line : 0;
}

uint64_t
rpclog_row_offset(const rpclog_row *row)
{
	return row ? row->offset : 0;
}

uint64_t
rpclog_row_span(const rpclog_row *row)
{
	return row ? row->span : 0;
}

int
rpclog_row_int(const rpclog_row *row, size_t column, int64_t *value)
{
	if (!value)
		return 0;
	*value = 0;
	return row && parse_int(row_cell(row, column), value);
}

int
rpclog_row_time(const rpclog_row *row, size_t column, int64_t *microseconds)
{
	if (!microseconds)
		return 0;
	*microseconds = 0;
	return row && parse_time(row_cell(row, column), microseconds);
}

rpclog_slice
rpclog_row_known(const rpclog_row *row, rpclog_known which)
{
	if (!row || (unsigned)which >= KNOWN_COUNT)
		return slice_of("", 0);
	return row_known(row, which);
}

/* The value of BeginRequest=, which stands first or after a ';'. */
static bool
begin_request(struct minutes *minutes, rpclog_slice info, int64_t *us)
{
	rpclog_slice key = SLICE("BeginRequest=");
	size_t from = 0;

	for (;;) {
		rpclog_slice rest = slice_cut(info, from, info.len);
		size_t hit =
			slice_starts(rest, key) ? 0 : slice_find(rest, key);

		if (hit == SIZE_MAX)
			return false;
		from += hit;
		if (from == 0 || info.ptr[from - 1] == ';')
			break;
		from++;
	}

	rpclog_slice value = slice_cut(info, from + key.len, info.len);
	const char *end = value.len ? memchr(value.ptr, ';', value.len) : NULL;

	if (end)
		value.len = (size_t)(end - value.ptr);
	return parse_time_near(minutes, value, us);
}

static int64_t
work_out_start(struct rpclog_row *row)
{
	int64_t us, ms;

	if (begin_request(&row->minutes, row_known(row, RPCLOG_GENERIC_INFO),
			  &us))
		return us;
	if (parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME), &ms) &&
	    row->end_us - ms * US_PER_MS >= YEAR_1_US)
		return row->end_us - ms * US_PER_MS;
	return row->end_us;
}

int64_t
row_start(const struct rpclog_row *row)
{
	if (!(row->have & HAVE_START)) {
		/* A cache inside a row that its parser owns. */
		struct rpclog_row *mine = (struct rpclog_row *)row;

		mine->start_us = work_out_start(mine);
		mine->have |= HAVE_START;
	}
	return row->start_us;
}

int
rpclog_row_start(const rpclog_row *row, int64_t *microseconds)
{
	if (!microseconds)
		return 0;
	*microseconds = row ? row_start(row) : 0;
	return row != NULL;
}

bool
row_authenticated(const struct rpclog_row *row)
{
	rpclog_slice cell = row_known(row, RPCLOG_IS_AUTHENTICATED);

	return slice_eq(cell, SLICE("true")) || slice_eq(cell, SLICE("True"));
}
