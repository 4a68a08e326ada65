/* SPDX-License-Identifier: MIT */
/* grep's rows as tables: --fields, --format and --json. */

#include <stdlib.h>
#include <string.h>

#include "cmd_grep.h"
#include "when.h"

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

int
grep_fields(struct grep *grep)
{
	const struct options *options = grep->options;
	const size_t count = options->fields.count;

	grep->format = options->format == OUT_TEXT ? OUT_TSV : options->format;
	if (grep->output != GREP_FIELDS)
		return EXIT_DONE;
	if (count == 0 && grep->format != OUT_JSONL && grep->format != OUT_JSON)
		return usage_error(options, "this --format needs --fields");
	grep->fields = xcalloc(count, sizeof(*grep->fields));
	grep->columns = xcalloc(count, sizeof(*grep->columns));
	grep->field_count = count;
	for (size_t i = 0; i < count; i++) {
		const char *text = options->fields.items[i];
		rpclog_diag diag;

		if (name_find((rpclog_slice){ text, strlen(text) },
			      &grep->fields[i], &diag) != RPCLOG_OK)
			return usage_error(options, "--fields: %s", diag.text);
		grep->columns[i].name = name_text(grep->fields[i]);
		grep->columns[i].kind = cell_kind(grep->fields[i]);
	}
	return EXIT_DONE;
}

void
grep_fields_begin(const struct grep *grep)
{
	struct out *out = out_stdout();
	const unsigned guard = grep->options->csv_guard ? 0 : TABLE_NO_GUARD;

	if (grep->format == OUT_JSON)
		out_str(out, "{\"schema\":1,\"rows\":[\n");
	else if (grep->field_count > 0)
		table_end(table_begin(out, grep->format, grep->columns,
				      grep->field_count, guard));
}

void
grep_fields_end(const struct grep *grep)
{
	if (grep->format == OUT_JSON)
		out_str(out_stdout(), "]}\n");
}

static void
text_cell(struct table *table, rpclog_slice text)
{
	if (text.len == 0)
		table_absent(table);
	else
		table_text(table, text);
}

static void
cell(struct grep_worker *w, size_t i, const struct run_row *row,
     const rpclog_settled *settled)
{
	const uint32_t name = w->grep->fields[i];
	struct table *table = w->table;
	int64_t value;

	if (name_is_settled(name)) {
		text_cell(table, settled ? name_settled(name, settled)
					 : (rpclog_slice){ "", 0 });
		return;
	}
	if (name == NAME_FILE) {
		text_cell(table, (rpclog_slice){ row->file->path,
						 strlen(row->file->path) });
		return;
	}
	switch (name_kind(name)) {
	case NAME_IS_TEXT:
		text_cell(table, name_value_near(name, row->row, &w->hints[i]));
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

static void
json_member(struct out *out, rpclog_slice key, rpclog_slice value)
{
	out_char(out, ',');
	out_json(out, key);
	out_char(out, ':');
	if (value.len == 0)
		out_str(out, "null");
	else
		out_json(out, value);
}

/* All columns of the row's own set, behind file, line and maybe class. */
static void
whole_row(struct out *out, const struct run_row *row,
	  const rpclog_settled *settled)
{
	const size_t count = rpclog_schema_count(row->schema);

	out_str(out, "{\"file\":");
	out_json(out,
		 (rpclog_slice){ row->file->path, strlen(row->file->path) });
	out_str(out, ",\"line\":");
	out_unsigned(out, rpclog_row_line(row->row));
	if (settled)
		json_member(out, (rpclog_slice){ "class", 5 },
			    name_settled(NAME_CLASS, settled));
	for (size_t i = 0; i < count; i++)
		json_member(out, rpclog_schema_name(row->schema, i),
			    rpclog_row_field(row->row, i));
	out_str(out, "}\n");
}

void
grep_fields_row(struct grep_worker *w, const struct run_row *row,
		const rpclog_settled *settled)
{
	struct out *out = w->worker->out;

	/* The first comma of all is taken off again: see cmd_grep.c. */
	if (w->grep->format == OUT_JSON)
		out_char(out, ',');
	if (w->grep->field_count == 0) {
		whole_row(out, row, settled);
		return;
	}
	for (size_t i = 0; i < w->grep->field_count; i++)
		cell(w, i, row, settled);
	table_row(w->table);
}
