/* SPDX-License-Identifier: MIT */
/* load: logs into a database, each row once, in as many steps as you like. */

#include <string.h>

#include "inputs.h"
#include "load.h"
#include "load_open.h"
#include "load_say.h"
#include "schema.h"
#include "when.h"

static int
say_error(const char *path, const struct db *db)
{
	complain("%s: %s", path, db_error(db));
	return EXIT_TROUBLE;
}

static rpclog_slice
text_of(const char *text)
{
	return (rpclog_slice){ text, strlen(text) };
}

static int
load_into(struct load *load, struct run *run, const struct inputs *inputs,
	  struct load_file *file)
{
	struct load_said said;

	if (load_all(load, run, inputs) || interrupted)
		return db_error(load->db) && !interrupted
			       ? say_error(load->options->database, load->db)
			       : EXIT_TROUBLE;
	load_sum_up(load, inputs, &said);
	if (!load_commit(file, load->db))
		return say_error(load->options->database, load->db);
	load_say(load, &said);
	return EXIT_DONE;
}

/* ---- the command
 * ----------------------------------------------------------------
 */

/* Keeps what run_new_screened() shows of the inputs. */
struct screened {
	struct load *load;
	struct inputs *inputs;
};

static void
listed(void *ctx, struct inputs *inputs, const rpclog_options *library)
{
	struct screened *s = ctx;

	s->inputs = inputs;
	known_listed(s->load, inputs, library);
}

static void
identified(void *ctx, struct inputs *inputs, const rpclog_options *library)
{
	struct screened *s = ctx;

	known_identified(s->load, inputs, library);
}

static int
load_logs(struct load *load, struct load_file *file)
{
	const struct options *options = load->options;
	struct screened screened = { load, NULL };
	const struct run_screen screen = { &screened, listed, identified,
					   NULL };
	struct run *run =
		run_new_screened(options, options->operands,
				 options->operand_count, RUN_TWICE, &screen);
	int code = EXIT_DONE, end_code;

	if (run && db_error(load->db)) {
		code = say_error(options->database, load->db);
	} else if (run && options->dry_run) {
		load_say_plan(load, screened.inputs);
	} else if (run) {
		load->rules = run_rules(run);
		code = load_into(load, run, screened.inputs, file);
	}
	end_code = run_end(run);
	return end_code != EXIT_DONE ? end_code : code;
}

int
load_privately(const struct options *options, struct db **db)
{
	struct options all = *options;
	struct load load = { .options = &all, .fresh = 1 };
	struct screened screened = { &load, NULL };
	const struct run_screen screen = { &screened, listed, identified,
					   NULL };
	struct run *run;
	int code = EXIT_DONE, end_code;

	/* Days are compared with those before: all is read. */
	all.since_us = INT64_MIN;
	all.until_us = INT64_MAX;
	load.prune_us = INT64_MIN;
	*db = load.db = load_open_private("");
	db_take_rows(load.db);
	load_read_seed(&load);
	run = run_new_screened(&all, all.operands, all.operand_count, RUN_TWICE,
			       &screen);
	if (run && !db_error(load.db)) {
		load.rules = run_rules(run);
		if (load_all(&load, run, screened.inputs) || interrupted)
			code = EXIT_TROUBLE;
		/* Half of them would be told as all. */
		if (code != EXIT_DONE && !db_error(load.db))
			db_fail(load.db, "the logs could not be loaded");
	}
	end_code = run_end(run);
	load_logs_free(&load);
	return end_code != EXIT_DONE ? end_code : code;
}

/* Nothing but --prune. */
static int
prune_only(struct load *load, struct load_file *file)
{
	rpclog_options library = RPCLOG_OPTIONS_INIT;
	rpclog_rules *rules;
	int code;

	/* Nothing would be read. */
	if (load->options->dry_run)
		return EXIT_DONE;
	run_library_options(load->options, &library);
	load->library = library;
	rules = run_load_rules(load->options, &library);
	load->rules = rules;
	code = rules ? load_into(load, NULL, NULL, file) : EXIT_TROUBLE;
	rpclog_rules_free(rules);
	return code;
}

static int
read_prune(const struct options *options, int64_t *us)
{
	*us = INT64_MIN;
	if (!options->prune)
		return EXIT_DONE;
	if (when_parse(NULL, text_of(options->prune), us))
		return EXIT_DONE;
	return usage_error(options, "--prune %s: not an age (90d) or a time",
			   options->prune);
}

static int
run_load(struct options *options)
{
	struct load load = { .options = options, .full = options->full };
	struct load_file file = { NULL, NULL, -1 };
	int code;

	if (!options->database)
		return usage_error(options, "no database given: -d DB");
	if (read_prune(options, &load.prune_us) != EXIT_DONE)
		return EXIT_TROUBLE;
	run_catch_interrupt();
	load.db = options->dry_run ? load_look(options->database, &load.fresh)
				   : load_open(&file, options->database,
					       options->quiet, options->full);
	if (!options->dry_run)
		load.fresh = file.building != NULL;
	db_take_rows(load.db);
	if (interrupted) {
		code = EXIT_INTERRUPTED;
	} else if (db_error(load.db)) {
		code = say_error(options->database, load.db);
	} else {
		load_read_seed(&load);
		if (options->prune && !options->operand_count)
			code = prune_only(&load, &file);
		else
			code = load_logs(&load, &file);
	}
	load_close(&file, load.db);
	load_logs_free(&load);
	return code;
}

const struct command command_load = {
	.name = "load",
	.usage = "-d DB [PATH...]",
	.sentence = "logs into a database, each row once",
	.bit = CMD_LOAD,
	.run = run_load,
	.notes = "Load again whenever there is more: only what is new is read. "
		 "Packed, renamed\n"
		 "and copied logs are known by what they hold.  "
		 "rpclog-schema(5) tells what to ask.\n",
};
