/* SPDX-License-Identifier: MIT */
/* The values of a document that are not just cells: made from a row. */

#include "ecs_members.h"

#include <string.h>
#include <strings.h>

#include "when.h"

static const rpclog_slice nothing = { "", 0 };

static rpclog_slice
constant(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

/* The part of 'text' from 'from' on. */
static rpclog_slice
behind(rpclog_slice text, size_t from)
{
	return (rpclog_slice){ text.ptr + from, text.len - from };
}

static rpclog_slice
in_room(const struct ecs_rows *rows)
{
	return (rpclog_slice){ rows->room.data, rows->room.len };
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

rpclog_slice
ecs_cell(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)row;
	return cell;
}

rpclog_slice
ecs_lowered(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)row;
	rows->room.len = 0;
	for (size_t i = 0; i < cell.len; i++) {
		const char c = cell.ptr[i];

		out_char(&rows->room,
			 c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	return in_room(rows);
}

/* Bytes at the head that JSON takes for a whole number; at most 18 digits,
 * which any reader can hold. */
static size_t
integer_len(rpclog_slice cell)
{
	const size_t from = cell.len > 0 && cell.ptr[0] == '-';
	size_t i = from;

	while (i < cell.len && is_digit(cell.ptr[i]))
		i++;
	if (i == from || i - from > 18 ||
	    (i - from > 1 && cell.ptr[from] == '0'))
		return 0;
	return i;
}

rpclog_slice
ecs_integer(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)row;
	return cell.len > 0 && integer_len(cell) == cell.len ? cell : nothing;
}

rpclog_slice
ecs_number(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	const size_t point = integer_len(cell);
	size_t i = point + 1;

	if (point == cell.len || point == 0)
		return ecs_integer(rows, row, cell);
	while (i < cell.len && is_digit(cell.ptr[i]))
		i++;
	return cell.ptr[point] == '.' && i == cell.len && i > point + 1
		       ? cell
		       : nothing;
}

rpclog_slice
ecs_truth(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)row;
	if (cell.len == 4 && strncasecmp(cell.ptr, "true", 4) == 0)
		return constant("true");
	if (cell.len == 5 && strncasecmp(cell.ptr, "false", 5) == 0)
		return constant("false");
	return nothing;
}

rpclog_slice
ecs_end(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	char text[WHEN_SIZE];
	int64_t us;

	(void)cell;
	name_integer(NAME_END, row->row, &us);
	rows->room.len = 0;
	out_bytes(&rows->room, text, when_utc(text, us));
	return in_room(rows);
}

rpclog_slice
ecs_duration(struct ecs_rows *rows, const struct run_row *row,
	     rpclog_slice cell)
{
	int64_t ms;

	(void)cell;
	if (!name_integer(NAME_LATENCY_MS, row->row, &ms) ||
	    ms > INT64_MAX / 1000000)
		return nothing;
	rows->room.len = 0;
	out_unsigned(&rows->room, (uint64_t)ms * 1000000);
	return in_room(rows);
}

/* 1 from 400 on, -1 if there is no status: activity is no request. */
static int
has_failed(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	const rpclog_slice status = ecs_integer(rows, row, cell);

	if (status.len == 0 || status.ptr[0] == '-')
		return -1;
	return status.len > 3 || (status.len == 3 && status.ptr[0] >= '4');
}

rpclog_slice
ecs_outcome(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	const int failed = has_failed(rows, row, cell);

	if (failed < 0)
		return nothing;
	return constant(failed ? "failure" : "success");
}

rpclog_slice
ecs_types(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	return constant(has_failed(rows, row, cell) > 0
				? "[\"access\",\"error\"]"
				: "[\"access\"]");
}

rpclog_slice
ecs_path(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)cell;
	return constant(row->file->path);
}

rpclog_slice
ecs_offset(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)cell;
	rows->room.len = 0;
	out_unsigned(&rows->room, rpclog_row_offset(row->row));
	return in_room(rows);
}

rpclog_slice
ecs_query(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)row;
	return cell.len > 0 && cell.ptr[0] == '?' ? behind(cell, 1) : cell;
}

/* As many parts as there are, up to the first that is missing. */
rpclog_slice
ecs_version(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)cell;
	rows->room.len = 0;
	for (size_t i = 0; i < ECS_VERSION_PARTS; i++) {
		const rpclog_slice part = fields_rows_column(
			&rows->rows, rows->ecs->count + i, row);

		if (part.len == 0)
			break;
		if (i > 0)
			out_char(&rows->room, '.');
		out_bytes(&rows->room, part.ptr, part.len);
	}
	return in_room(rows);
}

/* Bytes of DOMAIN\, or 0. */
static size_t
domain_len(rpclog_slice user)
{
	const char *end = user.len ? memchr(user.ptr, '\\', user.len) : NULL;

	return end ? (size_t)(end - user.ptr) + 1 : 0;
}

rpclog_slice
ecs_user_name(struct ecs_rows *rows, const struct run_row *row,
	      rpclog_slice cell)
{
	(void)rows;
	(void)row;
	return behind(cell, domain_len(cell));
}

rpclog_slice
ecs_user_domain(struct ecs_rows *rows, const struct run_row *row,
		rpclog_slice cell)
{
	const size_t len = domain_len(cell);

	(void)rows;
	(void)row;
	return len ? (rpclog_slice){ cell.ptr, len - 1 } : nothing;
}

rpclog_slice
ecs_user_email(struct ecs_rows *rows, const struct run_row *row,
	       rpclog_slice cell)
{
	const rpclog_slice name = ecs_user_name(rows, row, cell);

	return name.len && memchr(name.ptr, '@', name.len) ? name : nothing;
}

/* What follows 'prefix', in any case. */
static rpclog_slice
stripped(rpclog_slice cell, const char *prefix)
{
	const size_t len = strlen(prefix);

	return cell.len > len && strncasecmp(cell.ptr, prefix, len) == 0
		       ? behind(cell, len)
		       : nothing;
}

rpclog_slice
ecs_anchor_email(struct ecs_rows *rows, const struct run_row *row,
		 rpclog_slice cell)
{
	(void)rows;
	(void)row;
	return stripped(cell, "Smtp~");
}

rpclog_slice
ecs_anchor_id(struct ecs_rows *rows, const struct run_row *row,
	      rpclog_slice cell)
{
	const rpclog_slice sid = stripped(cell, "Sid~");

	(void)rows;
	(void)row;
	return sid.len > 0 ? sid : stripped(cell, "MailboxGuid~");
}

static int
is_address(const struct run_row *row)
{
	return rpclog_row_derived(row->row, RPCLOG_D_CLIENT_SCOPE).len > 0;
}

rpclog_slice
ecs_address(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)cell;
	return is_address(row) ? rpclog_row_derived(row->row, RPCLOG_D_CLIENT)
			       : nothing;
}

rpclog_slice
ecs_no_address(struct ecs_rows *rows, const struct run_row *row,
	       rpclog_slice cell)
{
	(void)rows;
	return is_address(row) ? nothing : cell;
}

rpclog_slice
ecs_trace(struct ecs_rows *rows, const struct run_row *row, rpclog_slice cell)
{
	(void)rows;
	(void)row;
	for (size_t i = 0; i < cell.len; i++) {
		const char c = (char)(cell.ptr[i] | 0x20);

		if (!is_digit(cell.ptr[i]) && (c < 'a' || c > 'f'))
			return nothing;
	}
	return cell.len == 32 ? cell : nothing;
}
