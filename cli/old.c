/* SPDX-License-Identifier: MIT */
/* Logs that are too old to hold a row of --since are not read. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "civil.h"
#include "inputs.h"

#define TAIL_BYTES ((size_t)2 << 20) /* longer than any row */

static unsigned
digits(const char *p, size_t count)
{
	unsigned value = 0;

	while (count--)
		value = value * 10 + (unsigned)(*p++ - '0');
	return value;
}

/* "HttpProxy_yyyyMMddHH" at the head of the file's name; 1 and its hour. */
static int
hour_of_name(const char *path, int64_t *hour_us)
{
	static const char prefix[] = "HttpProxy_";
	const char *slash = strrchr(path, '/');
	const char *p = slash ? slash + 1 : path;
	unsigned year, month, day, hour;

	if (strncmp(p, prefix, sizeof(prefix) - 1) != 0)
		return 0;
	p += sizeof(prefix) - 1;
	if (strspn(p, "0123456789") != 10)
		return 0;
	year = digits(p, 4);
	month = digits(p + 4, 2);
	day = digits(p + 6, 2);
	hour = digits(p + 8, 2);
	if (!civil_valid(year, month, day) || hour > 23)
		return 0;
	*hour_us = civil_day(year, month, day) * WHEN_DAY + hour * WHEN_HOUR;
	return 1;
}

/* Did the row end in that hour? */
static int
ended_in(const rpclog_row *row, const rpclog_schema *schema, int64_t hour_us)
{
	int64_t end;

	return rpclog_row_time(row,
			       rpclog_schema_find_nocase(schema, "DateTime"),
			       &end) &&
	       end >= hour_us && end < hour_us + WHEN_HOUR;
}

/* The first row that the parser finds in the bytes fed to it. */
static const rpclog_row *
first_row(rpclog_parser *parser)
{
	const rpclog_row *row;

	for (;;) {
		switch (rpclog_parser_next(parser, &row)) {
		case RPCLOG_OK: return row;
		case RPCLOG_SCHEMA: break;
		default: return NULL;
		}
	}
}

/*
 * The last line that has a line end, in what was read of the tail; empty if
 * the bytes behind it must count ('whole').
 */
static rpclog_slice
last_line(const char *tail, size_t len, int whole)
{
	rpclog_slice line = { tail, 0 };
	const char *end = len ? memrchr(tail, '\n', len) : NULL;
	const char *begin;

	/* Under --final what follows the last line end is a row, too. */
	if (!end || end == tail || (whole && end + 1 < tail + len))
		return line;
	begin = memrchr(tail, '\n', (size_t)(end - tail));
	if (!begin)
		return line;
	line.ptr = begin + 1;
	line.len = (size_t)(end + 1 - line.ptr);
	return line;
}

/* As first_row(), after the parser has read the file's head. */
static int
tail_is_old(const char *path, uint64_t size, rpclog_parser *parser,
	    int64_t hour_us, int final)
{
	const size_t want = size < TAIL_BYTES ? (size_t)size : TAIL_BYTES;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *tail = xmalloc(want);
	const rpclog_row *row = NULL;
	rpclog_slice line = { NULL, 0 };
	ssize_t n = -1;

	if (fd >= 0) {
		n = pread(fd, tail, want, (off_t)(size - want));
		close(fd);
	}
	if (n > 0)
		line = last_line(tail, (size_t)n, final);
	if (line.len &&
	    rpclog_parser_feed(parser, line.ptr, line.len) == RPCLOG_OK)
		row = first_row(parser);
	if (row && !ended_in(row, rpclog_parser_schema(parser), hour_us))
		row = NULL;
	free(tail);
	return row != NULL;
}

/*
 * The head is fed up to its first row's end; the last line then comes to the
 * same parser and is read by the same columns.
 */
static int
is_old(struct input *input, int64_t hour_us, const rpclog_options *library)
{
	char *error;
	rpclog_source *source = input_open(input, library, &error);
	rpclog_parser *parser = NULL;
	const rpclog_row *row = NULL;
	rpclog_slice head;
	int old = 0;

	free(error);
	if (!source)
		return 0;
	if (rpclog_source_peek(source, (size_t)64 << 10, &head) == RPCLOG_OK &&
	    rpclog_parser_new(&parser, library) == RPCLOG_OK &&
	    rpclog_parser_feed(parser, head.ptr, head.len) == RPCLOG_OK)
		row = first_row(parser);
	if (row && ended_in(row, rpclog_parser_schema(parser), hour_us)) {
		input->gzip = rpclog_source_is_gzip(source);
		old = input->gzip;
		if (!old) {
			/* Lines left of the head must not come first. */
			const size_t end = (size_t)(rpclog_row_offset(row) +
						    rpclog_row_span(row));

			rpclog_parser_reset(parser);
			old = end <= head.len &&
			      rpclog_parser_feed(parser, head.ptr, end) ==
				      RPCLOG_OK &&
			      first_row(parser) && !first_row(parser) &&
			      tail_is_old(
				      input->file.path, input->size, parser,
				      hour_us,
				      !(library->flags & RPCLOG_OPT_HOLD_TAIL));
		}
	}
	rpclog_parser_free(parser);
	rpclog_source_free(source);
	return old;
}

void
inputs_skip_old(struct inputs *inputs, int64_t since_us,
		const rpclog_options *library)
{
	size_t i;

	if (since_us == INT64_MIN)
		return;
	for (i = 0; i < inputs->count && !interrupted; i++) {
		struct input *input = &inputs->items[i];
		int64_t hour_us;

		if (input->fd != -1 || !input->size ||
		    !hour_of_name(input->file.path, &hour_us) ||
		    hour_us + WHEN_HOUR >= since_us - WHEN_DAY ||
		    !is_old(input, hour_us, library))
			continue;
		input->state = INPUT_SKIPPED;
		input->recognized = 1;
		input->account.bytes = input->size;
		input->account.in[IN_SKIPPED].count = 1;
		input->account.in[IN_SKIPPED].bytes = input->size;
	}
}
