/* SPDX-License-Identifier: MIT */
/* A step: a load of what changed, and what it changed in turn. */

#include "watch.h"

/* What run_new_screened() shows of a step. */
struct step {
	struct watch *watch;
	struct load load;
	struct inputs *inputs;
	int all;   /* everything is looked at */
	int work;  /* there is something to do: it is in a transaction */
	int added; /* folders that were not known */
};

static int
has_input(const struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].state == INPUT_READ)
			return 1;
	return 0;
}

static void
listed(void *ctx, struct inputs *inputs, const rpclog_options *library)
{
	struct step *step = ctx;
	struct base *base = &step->watch->base;

	step->inputs = inputs;
	known_listed(&step->load, inputs, library);
	files_excuse(step->watch->files, &step->load, inputs);
	if (step->all)
		step->added = wake_folders(step->watch->wake, inputs->folders,
					   inputs->folder_count);
	step->work = has_input(inputs) || base_is_changed(base);
	/* Others may have loaded since: what they did shows from here on. */
	if (step->work)
		base_begin(base);
}

static void
identified(void *ctx, struct inputs *inputs, const rpclog_options *library)
{
	struct step *step = ctx;

	if (step->work)
		known_identified(&step->load, inputs, library);
}

/* EXIT_DONE, or trouble that was said. */
static int
work(struct step *step, struct run *run)
{
	struct watch *watch = step->watch;
	struct base *base = &watch->base;

	step->load.rules = watch->rules;
	said_begin(base);
	if (load_all(&step->load, run, step->inputs)) {
		/* Else the run, or an interrupt, has its own word. */
		if (db_error(base->db) && !interrupted)
			base_say(base);
		return EXIT_TROUBLE;
	}
	said_compare(base);
	if (interrupted)
		return EXIT_TROUBLE;
	watch->rows += step->load.rows;
	return base_commit(base);
}

static int
take_step(struct step *step, char *const *paths, size_t count)
{
	struct watch *watch = step->watch;
	const struct run_screen screen = { step, listed, identified,
					   watch->rules };
	struct run *run;
	int code = EXIT_DONE;

	step->load.options = &watch->silent;
	step->load.db = watch->base.db;
	step->load.fresh = watch->base.fresh;
	step->load.prune_us = INT64_MIN;
	load_read_seed(&step->load);
	run = run_new_screened(&watch->silent, paths, count, 0, &screen);
	if (!run)
		code = EXIT_TROUBLE;
	else if (step->work)
		code = work(step, run);
	if (run && code == EXIT_DONE)
		files_note(watch->files, &step->load, step->inputs, step->all);
	/* It says nothing, and what was wrong with files is no reason to end.
	 */
	run_end(run);
	load_logs_free(&step->load);
	if (code == EXIT_DONE && step->work)
		code = said_tell(&watch->base);
	files_say(watch->files);
	/* The first one may say how far it is. */
	watch->silent.progress = WHEN_NEVER;
	return code;
}

int
watch_paths(struct watch *watch, char *const *paths, size_t count)
{
	struct step step = { .watch = watch };

	return take_step(&step, paths, count);
}

int
watch_look(struct watch *watch)
{
	const struct options *options = watch->options;
	const int64_t begin_ms = wake_clock_ms();
	int code;

	/* What came into a folder before it was watched shows in another look.
	 */
	for (;;) {
		struct step step = { .watch = watch, .all = 1 };

		code = take_step(&step, options->operands,
				 options->operand_count);
		if (code != EXIT_DONE || !step.added || interrupted)
			break;
	}
	watch->spent_ms = wake_clock_ms() - begin_ms;
	return code;
}
