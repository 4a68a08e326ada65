/* SPDX-License-Identifier: MIT */
/* grep's rows as tables: --fields, --format and --json. */

#include <string.h>

#include "cmd_grep.h"

int
grep_fields(struct grep *grep)
{
	const struct options *options = grep->options;

	if (grep->output != GREP_FIELDS)
		return EXIT_DONE;
	if (fields_read(&grep->fields, options, &options->fields) != EXIT_DONE)
		return EXIT_TROUBLE;
	if (grep->fields.count == 0 && grep->fields.format != OUT_JSONL &&
	    grep->fields.format != OUT_JSON)
		return usage_error(options, "this --format needs --fields");
	return EXIT_DONE;
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

	if (w->grep->fields.count > 0) {
		fields_rows_add(&w->rows, row, settled);
		return;
	}
	/* The first comma of all is taken off again: fields_open(). */
	if (w->grep->fields.format == OUT_JSON)
		out_char(out, ',');
	whole_row(out, row, settled);
}
