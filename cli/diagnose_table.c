/* SPDX-License-Identifier: MIT */
/* Findings for programs: tsv, csv, jsonl, json. */

#include <string.h>

#include "diagnose.h"
#include "names.h"
#include "when.h"

static const struct column columns[] = {
	{ "finding", CELL_TEXT },
	{ "severity", CELL_TEXT },
	{ "subject", CELL_TEXT },
	{ "users", CELL_NUMBER },
	{ "requests", CELL_NUMBER },
	{ "first", CELL_TIME },
	{ "last", CELL_TIME },
	{ "remedy", CELL_TEXT },
	/* --details: all that text says */
	{ "trend", CELL_TEXT },
	{ "fixed", CELL_TIME },
	{ "row1", CELL_TEXT },
	{ "row2", CELL_TEXT },
	{ "sentence", CELL_TEXT },
	{ "who", CELL_TEXT },
	{ "why", CELL_TEXT },
	{ "steps", CELL_TEXT },
	{ "undo", CELL_TEXT },
	{ "check", CELL_TEXT },
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))
#define DETAILS	     10

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

static void
put_words(struct table *table, rpclog_slice text)
{
	struct out plain;

	out_memory(&plain);
	diagnose_plain(text, &plain);
	table_text(table, (rpclog_slice){ plain.data, plain.len });
	out_free(&plain);
}

/* Lines of these kinds, an LF between them; commands are indented. */
static void
put_lines(struct table *table, const struct finding *finding,
	  enum finding_line_kind words, enum finding_line_kind commands)
{
	struct out text;

	out_memory(&text);
	for (size_t i = 0; i < finding->line_count; i++) {
		const struct finding_line *line = &finding->lines[i];

		if (line->kind != words && line->kind != commands)
			continue;
		if (text.len > 0)
			out_char(&text, '\n');
		if (line->kind != words)
			out_str(&text, "  ");
		diagnose_plain(line->text, &text);
	}
	if (text.len > 0)
		table_text(table, (rpclog_slice){ text.data, text.len });
	else
		table_absent(table);
	out_free(&text);
}

static void
put_row(const struct diagnose *d, struct table *table, uint64_t tag, int there)
{
	struct out place;

	if (!there) {
		table_absent(table);
		return;
	}
	out_memory(&place);
	diagnose_place(d, tag, &place);
	table_text(table, (rpclog_slice){ place.data, place.len });
	out_free(&place);
}

static void
put_details(const struct diagnose *d, struct table *table,
	    const struct finding *finding)
{
	const char *trend = trend_text(finding->trend);

	if (trend)
		table_str(table, trend);
	else
		table_absent(table);
	if (finding->fixed_us != INT64_MIN)
		table_time(table, finding->fixed_us);
	else
		table_absent(table);
	put_row(d, table, finding->first_tag, finding->examples > 0);
	put_row(d, table, finding->last_tag, finding->examples > 1);
	put_words(table, finding->sentence);
	put_lines(table, finding, LINE_USERS, LINE_USERS);
	put_lines(table, finding, LINE_WHY, LINE_WHY);
	put_lines(table, finding, LINE_DO, LINE_COMMAND);
	put_lines(table, finding, LINE_UNDO, LINE_UNDO_COMMAND);
	put_lines(table, finding, LINE_CHECK, LINE_CHECK_COMMAND);
}

static void
put_finding(struct table *table, const struct finding *finding)
{
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
}

static void
put_all(const struct diagnose *d, struct table *table, int details)
{
	for (size_t i = 0; i < findings_count(d->findings); i++) {
		put_finding(table, findings_at(d->findings, i));
		if (details)
			put_details(d, table, findings_at(d->findings, i));
		table_row(table);
	}
	table_end(table);
}

void
diagnose_table(const struct diagnose *d, struct out *out)
{
	const struct options *options = d->options;

	put_all(d,
		table_begin(out, options->format, columns,
			    options->details ? COLUMN_COUNT
					     : COLUMN_COUNT - DETAILS,
			    options->csv_guard ? 0 : TABLE_NO_GUARD),
		options->details);
}

void
diagnose_json(const struct diagnose *d, struct out *out)
{
	put_all(d, table_begin(out, OUT_JSON, columns, COLUMN_COUNT, 0), 1);
}
