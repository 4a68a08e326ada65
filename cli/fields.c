/* SPDX-License-Identifier: MIT */
/* Fields of rows: which ones, and the table that they make. */

#include "fields.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "leading.h"
#include "when.h"

static rpclog_slice
slice(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

static enum cell_kind
cell_kind(uint32_t name)
{
	switch (name_kind(name)) {
	case NAME_IS_TIME: return CELL_TIME;
	case NAME_IS_HOUR: return CELL_HOUR;
	case NAME_IS_DAY: return CELL_DAY;
	case NAME_IS_INT: return CELL_NUMBER;
	case NAME_IS_TEXT: break;
	}
	return CELL_TEXT;
}

static void
add(struct fields *fields, uint32_t name)
{
	fields->names[fields->count] = name;
	fields->columns[fields->count].name = name_text(name);
	fields->columns[fields->count].kind = cell_kind(name);
	fields->count++;
}

/* Is it a log column whose name, in another case, is a derived one's? */
static int
is_double(uint32_t name)
{
	for (uint32_t i = 0; name >= NAME_COLUMN && i < NAME_COLUMN; i++) {
		if (strcasecmp(name_text(i), name_text(name)) == 0)
			return 1;
	}
	return 0;
}

/*
 * Programs that know no upper and lower case in names must be able to read
 * the table: protocol and Protocol, the same values, stand in it once.
 */
static void
add_all(struct fields *fields)
{
	for (uint32_t name = 0; name < name_count(); name++) {
		if (!is_double(name))
			add(fields, name);
	}
}

int
fields_read(struct fields *fields, const struct options *options,
	    const struct text_list *list)
{
	size_t room = 0;

	for (size_t i = 0; i < list->count; i++)
		room += strcmp(list->items[i], "*") == 0 ? name_count() : 1;
	memset(fields, 0, sizeof(*fields));
	fields->names = xcalloc(room, sizeof(*fields->names));
	fields->columns = xcalloc(room, sizeof(*fields->columns));
	fields->format =
		options->format == OUT_TEXT ? OUT_TSV : options->format;
	fields->flags = options->csv_guard ? 0 : TABLE_NO_GUARD;
	for (size_t i = 0; i < list->count; i++) {
		const char *text = list->items[i];
		rpclog_diag diag;
		uint32_t name;

		if (strcmp(text, "*") == 0)
			add_all(fields);
		else if (name_find(slice(text), &name, &diag) == RPCLOG_OK)
			add(fields, name);
		else
			return usage_error(options, "--fields: %s", diag.text);
	}
	return EXIT_DONE;
}

void
fields_clear(struct fields *fields)
{
	free(fields->names);
	free(fields->columns);
	memset(fields, 0, sizeof(*fields));
}

int
fields_are_settled(const struct fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (name_is_settled(fields->names[i]))
			return 1;
	}
	return 0;
}

void
fields_open(const struct fields *fields)
{
	struct out *out = out_stdout();

	if (fields->format == OUT_JSON) {
		out_str(out, "{\"schema\":1,\"rows\":[\n");
		leading_take_off(1); /* the comma of the first row */
	} else if (fields->count > 0) {
		table_end(table_begin(out, fields->format, fields->columns,
				      fields->count, fields->flags));
	}
}

void
fields_close(const struct fields *fields, int whole)
{
	if (fields->format != OUT_JSON)
		return;
	leading_end();
	if (whole)
		out_str(out_stdout(), "]}\n");
}

void
fields_rows_init(struct fields_rows *rows, const struct fields *fields)
{
	memset(rows, 0, sizeof(*rows));
	rows->fields = fields;
	rows->places = xcalloc(fields->count, sizeof(*rows->places));
}

void
fields_rows_clear(struct fields_rows *rows)
{
	free(rows->places);
	memset(rows, 0, sizeof(*rows));
}

void
fields_rows_begin(struct fields_rows *rows, struct out *out)
{
	const struct fields *fields = rows->fields;
	const enum out_format format =
		fields->format == OUT_JSON ? OUT_JSONL : fields->format;

	rows->out = out;
	if (fields->count > 0)
		rows->table =
			table_begin(out, format, fields->columns, fields->count,
				    TABLE_NO_HEADER | fields->flags);
}

void
fields_rows_end(struct fields_rows *rows)
{
	if (rows->table)
		table_end(rows->table);
	rows->table = NULL;
}

static void
find_places(struct fields_rows *rows, const struct run_row *row)
{
	const struct fields *fields = rows->fields;

	rows->set = row->set;
	for (size_t i = 0; i < fields->count; i++) {
		if (fields->names[i] >= NAME_COLUMN)
			rows->places[i] = rpclog_schema_find_nocase(
				row->schema, name_text(fields->names[i]));
	}
}

rpclog_slice
fields_rows_column(struct fields_rows *rows, size_t field,
		   const struct run_row *row)
{
	if (rows->set != row->set)
		find_places(rows, row);
	return rpclog_row_field(row->row, rows->places[field]);
}

static void
text_cell(struct table *table, rpclog_slice text)
{
	if (text.len == 0)
		table_absent(table);
	else
		table_text(table, text);
}

static rpclog_slice
text_value(struct fields_rows *rows, size_t field, const struct run_row *row,
	   const rpclog_settled *settled)
{
	const uint32_t name = rows->fields->names[field];

	if (name >= NAME_COLUMN)
		return fields_rows_column(rows, field, row);
	if (name_is_settled(name))
		return settled ? name_settled(name, settled) : slice("");
	if (name == NAME_FILE)
		return slice(row->file->path);
	return name_value(name, row->row);
}

static void
cell(struct fields_rows *rows, size_t field, const struct run_row *row,
     const rpclog_settled *settled)
{
	const uint32_t name = rows->fields->names[field];
	struct table *table = rows->table;
	int64_t value;

	switch (name_kind(name)) {
	case NAME_IS_TEXT:
		text_cell(table, text_value(rows, field, row, settled));
		return;
	case NAME_IS_TIME:
	case NAME_IS_INT:
		if (!name_integer(name, row->row, &value))
			table_absent(table);
		else if (name_kind(name) == NAME_IS_TIME)
			table_time(table, value);
		else
			table_number(table, value);
		return;
	case NAME_IS_HOUR:
		name_integer(NAME_START, row->row, &value);
		table_hour(table, when_hour_of(value));
		return;
	case NAME_IS_DAY:
		name_integer(NAME_START, row->row, &value);
		table_day(table, when_day_of(value));
		return;
	}
}

void
fields_rows_add(struct fields_rows *rows, const struct run_row *row,
		const rpclog_settled *settled)
{
	if (rows->fields->format == OUT_JSON)
		out_char(rows->out, ',');
	for (size_t i = 0; i < rows->fields->count; i++)
		cell(rows, i, row, settled);
	table_row(rows->table);
}
