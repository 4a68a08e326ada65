/* SPDX-License-Identifier: MIT */
/* What load tells of itself: the summary, and the plan of --dry-run. */

#include "load_say.h"

#include <string.h>

#include "inputs.h"

static const char *const state_names[LOG_STATES] = { "new", "grown",
						     "unchanged", "duplicate" };

/* An HttpProxy log, and what this load made of it; 0: it is none. */
static int
state_of(const struct load *load, const struct input *input,
	 enum log_state *state)
{
	const struct load_log *log = &load->logs[input->file.number];

	*state = log->state;
	if (input->state == INPUT_DUPLICATE && log->state == LOG_NEW)
		*state = LOG_DUPLICATE;
	if (input->state == INPUT_GONE || input->foreign)
		return 0;
	return input->recognized || log->id;
}

void
load_sum_up(struct load *load, const struct inputs *inputs,
	    struct load_said *said)
{
	memset(said, 0, sizeof(*said));
	for (size_t i = 0; inputs && i < inputs->count; i++) {
		enum log_state state;

		if (state_of(load, &inputs->items[i], &state))
			said->logs[state]++;
		said->foreign += inputs->items[i].foreign != NULL;
	}
	said->rows = load->rows;
	said->prompts =
		(uint64_t)db_number(load->db, "SELECT count(*) FROM prompt", 0);
}

static void
say_count(struct out *out, uint64_t count, const char *one, const char *many)
{
	out_format(out, "%llu %s", (unsigned long long)count,
		   count == 1 ? one : many);
}

static void
say_text(const struct load *load, const struct load_said *said)
{
	struct out *out = out_stdout();

	say_count(out, said->rows, "row", "rows");
	out_str(out, " loaded: ");
	say_count(out, said->logs[LOG_NEW], "new log", "new logs");
	for (int i = LOG_GROWN; i < LOG_STATES; i++)
		out_format(out, ", %llu %s", (unsigned long long)said->logs[i],
			   state_names[i]);
	out_format(out, ", %llu foreign\n", (unsigned long long)said->foreign);
	say_count(out, said->prompts, "prompt", "prompts");
	out_str(out, " in ");
	out_text(out, (rpclog_slice){ load->options->database,
				      strlen(load->options->database) });
	out_str(out, "; ask it with `rpclog query -d DB NAME` or sqlite3\n");
}

void
load_say(const struct load *load, const struct load_said *said)
{
	static const struct column columns[] = {
		{ "new", CELL_NUMBER },	      { "grown", CELL_NUMBER },
		{ "unchanged", CELL_NUMBER }, { "duplicate", CELL_NUMBER },
		{ "foreign", CELL_NUMBER },   { "rows", CELL_NUMBER },
		{ "prompts", CELL_NUMBER },
	};
	const struct options *options = load->options;
	struct table *table;

	if (options->format == OUT_TEXT) {
		if (!options->quiet)
			say_text(load, said);
		return;
	}
	table = table_begin(out_stdout(), options->format, columns,
			    sizeof(columns) / sizeof(columns[0]), 0);
	for (int i = 0; i < LOG_STATES; i++)
		table_unsigned(table, said->logs[i]);
	table_unsigned(table, said->foreign);
	table_unsigned(table, said->rows);
	table_unsigned(table, said->prompts);
	table_row(table);
	table_end(table);
}

void
load_say_plan(struct load *load, const struct inputs *inputs)
{
	static const struct column columns[] = {
		{ "path", CELL_TEXT },
		{ "state", CELL_TEXT },
		{ "known", CELL_NUMBER },
	};
	const struct options *options = load->options;
	struct table *table =
		table_begin(out_stdout(), options->format, columns, 3,
			    options->csv_guard ? 0 : TABLE_NO_GUARD);

	for (size_t i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];
		enum log_state state;

		if (!state_of(load, input, &state))
			continue;
		table_text(table, (rpclog_slice){ input->file.path,
						  strlen(input->file.path) });
		table_str(table, state_names[state]);
		if (state == LOG_NEW)
			table_unsigned(table, 0);
		else if (state == LOG_GROWN)
			table_unsigned(table, input->known);
		else
			table_unsigned(table, input->account.bytes);
		table_row(table);
	}
	table_end(table);
}
