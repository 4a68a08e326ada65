/* SPDX-License-Identifier: MIT */
/* Findings for programs: tsv, csv, jsonl, json. */

#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "when.h"

static const struct column columns[] = {
	{ "finding", CELL_TEXT },    { "severity", CELL_TEXT },
	{ "subject", CELL_TEXT },    { "users", CELL_NUMBER },
	{ "requests", CELL_NUMBER }, { "first", CELL_TIME },
	{ "last", CELL_TIME },	     { "remedy", CELL_TEXT },
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

/* Of a step that commands follow the colon would point at nothing. */
static void
put_remedy(struct table *table, rpclog_slice text)
{
	struct out plain;

	out_memory(&plain);
	diagnose_plain(text, &plain);
	if (plain.len > 0 && plain.data[plain.len - 1] == ':')
		plain.data[plain.len - 1] = '.';
	table_text(table, (rpclog_slice){ plain.data, plain.len });
	out_free(&plain);
}

void
diagnose_table(const struct diagnose *d, struct out *out)
{
	struct table *table =
		table_begin(out, d->options->format, columns, COLUMN_COUNT,
			    d->options->csv_guard ? 0 : TABLE_NO_GUARD);

	for (size_t i = 0; i < findings_count(d->findings); i++) {
		const struct finding *finding = findings_at(d->findings, i);

		table_str(table, finding->id);
		table_str(table, severity_text(finding->severity));
		table_text(table, finding->subject);
		table_unsigned(table, finding->users);
		table_unsigned(table, finding->requests);
		if (finding->requests) {
			table_time(table, finding->first_us);
			table_time(table, finding->last_us);
		} else {
			table_absent(table);
			table_absent(table);
		}
		put_remedy(table, finding->remedy);
		table_row(table);
	}
	table_end(table);
}
