/* SPDX-License-Identifier: MIT */
/* Tables in the machine formats: each cell is written as it comes. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "table.h"
#include "when.h"

int
out_format_find(const char *name, enum out_format *format)
{
	static const char *const names[] = {
		"text", "tsv", "csv", "jsonl", "json",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			*format = (enum out_format)i;
			return 1;
		}
	}
	return 0;
}

static rpclog_slice
slice(const char *text)
{
	const rpclog_slice s = { text, strlen(text) };

	return s;
}

static int
is_json(const struct table *table)
{
	return table->format == OUT_JSONL || table->format == OUT_JSON;
}

static void
put_key(struct table *table)
{
	const size_t from = table->cell ? table->key_ends[table->cell - 1] : 0;

	out_bytes(table->out, table->keys.data + from,
		  table->key_ends[table->cell] - from);
}

/* What stands before a cell. */
static void
begin_cell(struct table *table)
{
	struct out *out = table->out;

	switch (table->format) {
	case OUT_TEXT: break;
	case OUT_TSV:
	case OUT_CSV:
		if (table->cell)
			out_char(out, table->format == OUT_TSV ? '\t' : ',');
		break;
	case OUT_JSONL:
	case OUT_JSON:
		if (table->cell == 0 && table->format == OUT_JSON)
			out_str(out, table->rows ? ",\n" : "\n");
		put_key(table);
		break;
	}
}

/* The keys of all rows, escaped once. */
static void
make_keys(struct table *table)
{
	table->key_ends = xcalloc(table->count, sizeof(*table->key_ends));
	for (size_t i = 0; i < table->count; i++) {
		out_char(&table->keys, i ? ',' : '{');
		out_json(&table->keys, slice(table->columns[i].name));
		out_char(&table->keys, ':');
		table->key_ends[i] = table->keys.len;
	}
}

static void
put_header(struct table *table)
{
	size_t i;

	if (table->format == OUT_JSON)
		out_str(table->out, "{\"schema\":1,\"rows\":[");
	if (table->format != OUT_TSV && table->format != OUT_CSV)
		return;
	for (i = 0; i < table->count; i++) {
		if (i)
			out_char(table->out,
				 table->format == OUT_TSV ? '\t' : ',');
		if (table->format == OUT_TSV)
			out_tsv(table->out, slice(table->columns[i].name));
		else
			out_csv(table->out, slice(table->columns[i].name),
				table->guard);
	}
	out_char(table->out, '\n');
}

struct table *
table_begin(struct out *out, enum out_format format,
	    const struct column *columns, size_t count, unsigned flags)
{
	struct table *table = xcalloc(1, sizeof(*table));

	table->out = out;
	table->format = format;
	table->columns = columns;
	table->count = count;
	table->header = !(flags & TABLE_NO_HEADER);
	table->guard = !(flags & TABLE_NO_GUARD);
	out_memory(&table->kept);
	out_memory(&table->keys);
	table->keys.safe = out->safe;
	if (is_json(table))
		make_keys(table);
	if (table->header)
		put_header(table);
	return table;
}

void
table_text(struct table *table, rpclog_slice text)
{
	begin_cell(table);
	switch (table->format) {
	case OUT_TEXT: table_keep(table, text); break;
	case OUT_TSV: out_tsv(table->out, text); break;
	case OUT_CSV: out_csv(table->out, text, table->guard); break;
	case OUT_JSONL:
	case OUT_JSON: out_json(table->out, text); break;
	}
	table->cell++;
}

void
table_str(struct table *table, const char *text)
{
	table_text(table, slice(text));
}

/* Text of our own making that needs no escaping and, in JSON, no quotes. */
static void
put_plain(struct table *table, rpclog_slice text)
{
	begin_cell(table);
	if (table->format == OUT_TEXT)
		table_keep(table, text);
	else
		out_bytes(table->out, text.ptr, text.len);
	table->cell++;
}

static rpclog_slice
digits(char store[24], uint64_t value)
{
	rpclog_slice text = { store + 24, 0 };

	do {
		*(char *)--text.ptr = (char)('0' + value % 10);
		text.len++;
		value /= 10;
	} while (value);
	return text;
}

void
table_unsigned(struct table *table, uint64_t value)
{
	char store[24];

	put_plain(table, digits(store, value));
}

void
table_number(struct table *table, int64_t value)
{
	char store[25];
	rpclog_slice text;

	text = digits(store + 1,
		      value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
	if (value < 0) {
		*(char *)--text.ptr = '-';
		text.len++;
	}
	put_plain(table, text);
}

void
table_thousandths(struct table *table, int64_t value)
{
	const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char store[24], text[32];
	const rpclog_slice whole = digits(store, size / 1000);
	size_t len = 0;

	if (value < 0)
		text[len++] = '-';
	memcpy(text + len, whole.ptr, whole.len);
	len += whole.len;
	text[len++] = '.';
	text[len++] = (char)('0' + size / 100 % 10);
	text[len++] = (char)('0' + size / 10 % 10);
	text[len++] = (char)('0' + size % 10);
	put_plain(table, (rpclog_slice){ text, len });
}

void
table_real(struct table *table, double value)
{
	char text[40];
	int len = 0;

	for (int digits = 15; digits <= 17; digits++) {
		len = snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	if (isnan(value)) {
		table_absent(table);
		return;
	}
	if (isinf(value))
		len = snprintf(text, sizeof(text), "%s9e999",
			       value < 0 ? "-" : "");
	/* It stays what it is when it is read again. */
	else if (!strpbrk(text, ".e"))
		len = snprintf(text, sizeof(text), "%.1f", value);
	put_plain(table, (rpclog_slice){ text, (size_t)len });
}

void
table_time(struct table *table, int64_t us)
{
	char text[WHEN_SIZE];
	const size_t len = when_time(text, us);

	table_text(table, (rpclog_slice){ text, len });
}

void
table_hour(struct table *table, int64_t hour_us)
{
	char text[WHEN_SIZE];
	const size_t len = when_hour(text, hour_us);

	table_text(table, (rpclog_slice){ text, len });
}

void
table_day(struct table *table, int64_t day)
{
	char text[WHEN_SIZE];
	const size_t len = when_day(text, day);

	table_text(table, (rpclog_slice){ text, len });
}

void
table_absent(struct table *table)
{
	put_plain(table, is_json(table) ? slice("null") : slice(""));
}

void
table_paint(struct table *table, enum out_color color)
{
	table->paint = color;
}

void
table_row(struct table *table)
{
	if (is_json(table))
		out_char(table->out, '}');
	if (table->format != OUT_TEXT && table->format != OUT_JSON)
		out_char(table->out, '\n');
	table->cell = 0;
	table->rows++;
}

void
table_end(struct table *table)
{
	if (table->format == OUT_JSON)
		out_str(table->out, table->rows ? "\n]}\n" : "]}\n");
	if (table->format == OUT_TEXT)
		table_align(table);
	out_free(&table->kept);
	out_free(&table->keys);
	free(table->key_ends);
	free(table);
}
