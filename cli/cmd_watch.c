/* SPDX-License-Identifier: MIT */
/* watch: follows logs, and tells of prompts as they begin and grow. */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "setup.h"
#include "watch/watch.h"
#include "when.h"

#define BEAT_MS	   60000
#define HORIZON_US (24 * HOUR_US)
/* A look must not take more than one part in so many of the time. */
#define SHARE 4

static volatile sig_atomic_t terminated;

/* As an interrupt, save that it is what was to be. */
static void
on_terminate(int number)
{
	(void)number;
	terminated = 1;
	interrupted = 1;
}

static void
catch_terminate(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_terminate;
	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
}

/* ---- the command line -------------------------------------------------------
 */

static int
check_paths(const struct options *options)
{
	if (options->operand_count == 0)
		return usage_error(options, "no PATH given");
	for (size_t i = 0; i < options->operand_count; i++) {
		const char *path = options->operands[i];
		struct stat info;

		if (strcmp(path, "-") == 0)
			return usage_error(options,
					   "-: watch follows files and "
					   "folders");
		if (stat(path, &info) != 0)
			return usage_error(options, "%s: %s", path,
					   strerror(errno));
		if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
			return usage_error(
				options, "%s: is no file and no folder", path);
	}
	return EXIT_DONE;
}

/* An age, as the time that was so long ago tells. */
static int
read_horizon(const struct options *options, int64_t *us)
{
	const char *text = options->horizon;
	const size_t len = text ? strlen(text) : 0;
	int64_t time_us;

	*us = HORIZON_US;
	if (!text)
		return EXIT_DONE;
	if (strspn(text, "0123456789") == len - 1 &&
	    when_parse(NULL, (rpclog_slice){ text, len }, &time_us)) {
		*us = when_now() - time_us;
		if (*us > 0)
			return EXIT_DONE;
	}
	return usage_error(options, "--horizon %s: not an age (24h)", text);
}

/* Rules, and filters that can be read. */
static int
read_rules(struct watch *watch)
{
	rpclog_options library = RPCLOG_OPTIONS_INIT;
	rpclog_filter *filter = NULL;
	int probes;

	run_library_options(watch->options, &library);
	watch->rules = run_load_rules(watch->options, &library);
	if (watch->rules)
		filter = setup_filter(watch->options, watch->rules, &library, 0,
				      &probes);
	if (!filter)
		return EXIT_TROUBLE;
	filter_free(filter);
	return EXIT_DONE;
}

static int
check_options(struct watch *watch)
{
	const struct options *options = watch->options;

	if (options->format != OUT_TEXT && options->format != OUT_JSONL)
		return usage_error(options,
				   "--format: watch prints text or jsonl");
	if (check_paths(options) != EXIT_DONE ||
	    read_horizon(options, &watch->horizon_us) != EXIT_DONE)
		return EXIT_TROUBLE;
	return read_rules(watch);
}

/* ---- following --------------------------------------------------------------
 */

static void
warn_of_nothing(struct watch *watch)
{
	if (!watch->options->quiet && !interrupted &&
	    !db_number(watch->base.db, "SELECT count(*) FROM log", 0))
		complain("no HttpProxy log was found so far: waiting for one");
}

/* One round: waits, and looks at what there is. */
static int
follow(struct watch *watch)
{
	const int64_t due = watch->look_ms < watch->beat_ms ? watch->look_ms
							    : watch->beat_ms;
	enum wake_up why = wake_wait(watch->wake, due);
	char *const *paths;
	size_t count;
	int code = EXIT_DONE;

	if (why == WAKE_TIME && wake_clock_ms() >= watch->beat_ms) {
		watch_beat(watch);
		watch->beat_ms = wake_clock_ms() + BEAT_MS;
	}
	if (why == WAKE_CHANGED) {
		paths = wake_paths(watch->wake, &count);
		code = watch_paths(watch, paths, count);
	} else if (why == WAKE_ALL ||
		   (why == WAKE_TIME && wake_clock_ms() >= watch->look_ms)) {
		code = watch_look(watch);
		watch->look_ms = wake_clock_ms() + wake_look_ms(watch->wake) +
				 SHARE * watch->spent_ms;
	}
	if (code == EXIT_DONE && !interrupted)
		code = base_prune(&watch->base, watch->horizon_us);
	return code;
}

static int
follow_all(struct watch *watch)
{
	int code = watch_look(watch);

	if (code == EXIT_DONE) {
		warn_of_nothing(watch);
		watch_beat(watch);
		code = base_prune(&watch->base, watch->horizon_us);
	}
	watch->beat_ms = wake_clock_ms() + BEAT_MS;
	watch->look_ms = wake_clock_ms() + wake_look_ms(watch->wake);
	while (code == EXIT_DONE && !interrupted)
		code = follow(watch);
	if (interrupted)
		code = terminated ? EXIT_DONE : EXIT_INTERRUPTED;
	watch_beat(watch);
	return code;
}

static int
run_watch(struct options *options)
{
	struct watch watch = { .options = options, .silent = *options };
	int code;

	if (check_options(&watch) != EXIT_DONE) {
		rpclog_rules_free(watch.rules);
		return EXIT_TROUBLE;
	}
	watch.silent.quiet = watch.silent.no_messages = 1;
	watch.silent.verbose = 0;
	watch.silent.term_count = 0;
	run_catch_interrupt();
	catch_terminate();
	watch.files = files_new(options);
	watch.wake = wake_new(
		options, options->poll_s == NUMBER_UNSET ? 0 : options->poll_s);
	code = base_open(&watch.base, options);
	if (code == EXIT_DONE)
		code = follow_all(&watch);
	base_close(&watch.base);
	wake_free(watch.wake);
	files_free(watch.files);
	rpclog_rules_free(watch.rules);
	return code;
}

const struct command command_watch = {
	.name = "watch",
	.usage = "[-d DB] PATH...",
	.sentence = "follow logs, and tell of prompts as they begin and grow",
	.bit = CMD_WATCH,
	.run = run_watch,
	.notes = "A line says that a prompt began, grew, or was withdrawn as a "
		 "late row tells\n"
		 "better; the last line of each #id counts.  Filters choose "
		 "prompts, not rows.\n",
};
