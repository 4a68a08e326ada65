/* SPDX-License-Identifier: MIT */
/* The engine: from options to inputs, workers and the exit code. */

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "engine.h"
#include "setup.h"

volatile sig_atomic_t interrupted;

static void
on_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

void
run_catch_interrupt(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_interrupt;
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

static int
has_stream(const struct inputs *inputs)
{
	size_t i;

	for (i = 0; i < inputs->count; i++)
		if (inputs->items[i].fd != -1)
			return 1;
	return 0;
}

static int
prepare_inputs(struct run *run, char *const *paths, size_t count,
	       const struct run_screen *screen)
{
	struct inputs *inputs = &run->inputs;

	if (inputs_list(inputs, run->options, paths, count) != EXIT_DONE)
		return EXIT_TROUBLE;
	if (has_stream(inputs) &&
	    ((run->flags & RUN_TWICE) || inputs->count > 1) &&
	    inputs_spool(inputs) != EXIT_DONE)
		return EXIT_TROUBLE;
	if (!run->options->all)
		inputs_skip_old(inputs, run->options->since_us, &run->library);
	if (screen)
		screen->listed(screen->ctx, inputs, &run->library);
	inputs_identify(inputs, &run->library);
	if (screen)
		screen->identified(screen->ctx, inputs, &run->library);
	return EXIT_DONE;
}

static void
run_free(struct run *run)
{
	while (run->crews) {
		struct crew *crew = run->crews;

		run->crews = crew->next;
		crew_free(crew);
	}
	inputs_free(&run->inputs);
	filter_free(run->filter);
	if (!run->rules_lent)
		rpclog_rules_free(run->rules);
	pthread_mutex_destroy(&run->lock);
	free(run);
}

struct run *
run_new_screened(const struct options *options, char *const *paths,
		 size_t count, unsigned flags, const struct run_screen *screen)
{
	struct run *run = xcalloc(1, sizeof(*run));

	run->options = options;
	run->paths = paths;
	run->path_count = count;
	run->flags = flags;
	pthread_mutex_init(&run->lock, NULL);
	run_library_options(options, &run->library);
	run->rules_lent = screen && screen->rules;
	run->rules = run->rules_lent ? screen->rules
				     : run_load_rules(options, &run->library);
	if (run->rules)
		run->filter = setup_filter(options, run->rules, &run->library,
					   flags, &run->probes);
	run_catch_interrupt();
	if (!run->filter ||
	    prepare_inputs(run, paths, count, screen) != EXIT_DONE) {
		run_free(run);
		return NULL;
	}
	return run;
}

struct run *
run_new(const struct options *options, char *const *paths, size_t count,
	unsigned flags)
{
	return run_new_screened(options, paths, count, flags, NULL);
}

int
run_do(struct run *run, const struct run_job *job)
{
	struct crew *crew = crew_new(run, job);

	if (crew) {
		crew->next = run->crews;
		run->crews = crew;
		crew_work(crew);
	}
	run->passes++;
	return interrupted || run->failed;
}

int
run_end(struct run *run)
{
	int code = EXIT_DONE;

	if (!run)
		return interrupted ? EXIT_INTERRUPTED : EXIT_TROUBLE;
	out_flush(out_stdout());
	if (run->passes && run_report(run))
		code = EXIT_TROUBLE;
	if (run->inputs.trouble || run->failed)
		code = EXIT_TROUBLE;
	if (run->options->verbose)
		ledger_show(run);
	if (run->options->ledger_file && ledger_write(run) != EXIT_DONE)
		code = EXIT_TROUBLE;
	if (interrupted)
		code = EXIT_INTERRUPTED;
	run_free(run);
	return code;
}

void
run_fail(struct run *run, const char *format, ...)
{
	int first;

	pthread_mutex_lock(&run->lock);
	first = !run->failed;
	run->failed = 1;
	pthread_mutex_unlock(&run->lock);
	if (first) {
		char *text = NULL;
		va_list ap;

		va_start(ap, format);
		if (vasprintf(&text, format, ap) >= 0)
			complain("%s", text);
		va_end(ap);
		free(text);
	}
}

void
run_fail_status(struct run *run, rpclog_status status)
{
	run_fail(run, "%s",
		 status == RPCLOG_ERR_NOMEM ? "out of memory"
					    : rpclog_status_name(status));
}

const rpclog_rules *
run_rules(const struct run *run)
{
	return run->rules;
}

const rpclog_filter *
run_filter(const struct run *run)
{
	return run->filter;
}

size_t
run_numbers(const struct run *run)
{
	return run->inputs.count;
}

const char **
run_paths(const struct run *run)
{
	const char **paths = xcalloc(run->inputs.count + 1, sizeof(*paths));

	for (size_t i = 0; i < run->inputs.count; i++) {
		const struct run_file *file = &run->inputs.items[i].file;

		paths[file->number] = file->path;
	}
	return paths;
}

size_t
run_file_count(const struct run *run)
{
	size_t i, count = 0;

	for (i = 0; i < run->inputs.count; i++)
		count += run->inputs.items[i].state == INPUT_READ;
	return count;
}

size_t
run_logs_read(const struct run *run)
{
	size_t i, count = 0;

	for (i = 0; i < run->inputs.count; i++)
		count += run->inputs.items[i].state == INPUT_READ &&
			 run->inputs.items[i].recognized;
	return count;
}

static rpclog_choice
choose_row(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	return sieve_row(ctx, row, verdict);
}

static int
choose_settled(void *ctx, const rpclog_settled *settled)
{
	return sieve_settled(ctx, settled);
}

int
run_chooser(struct run_worker *worker, rpclog_chooser *chooser)
{
	const struct run *run = worker->run;

	chooser->row = choose_row;
	chooser->settled = choose_settled;
	chooser->ctx = worker->sieve;
	return !filter_is_empty(run->filter) ||
	       run->options->since_us != INT64_MIN ||
	       run->options->until_us != INT64_MAX ||
	       (run->flags & RUN_REQUESTS);
}
