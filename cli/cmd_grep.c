/* SPDX-License-Identifier: MIT */
/* rpclog grep: rows that match, printed as grep -r prints lines. */

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd_grep.h"
#include "feed.h"
#include "leading.h"
#include "settling.h"

/* Bytes of what stands between two groups. */
static size_t
leading_len(void)
{
	struct out parts;
	size_t len;

	out_memory(&parts);
	parts.color = out_stdout()->color;
	out_color(&parts, COLOR_CYAN);
	out_str(&parts, "--");
	out_color(&parts, COLOR_OFF);
	out_char(&parts, '\n');
	len = parts.len;
	out_free(&parts);
	return len;
}

static enum grep_output
choose_output(const struct options *options)
{
	if (options->quiet)
		return GREP_QUIET;
	if (options->list_others)
		return GREP_LIST_OTHERS;
	if (options->list_matching)
		return GREP_LIST;
	if (options->count_only)
		return GREP_COUNT;
	if (options->fields.count > 0 || options->format != OUT_TEXT)
		return GREP_FIELDS;
	return options->only_matching ? GREP_PARTS : GREP_ROWS;
}

/* As in grep -r: more than one operand, or a directory among them. */
static int
wants_prefix(const struct options *options, char *const *paths, size_t count)
{
	struct stat st;

	if (options->file_names != 0)
		return options->file_names > 0;
	if (count > 1)
		return 1;
	return count == 1 && stat(paths[0], &st) == 0 && S_ISDIR(st.st_mode);
}

/* No file is left early: then it may be read in pieces. */
static int
reads_all(const struct grep *grep)
{
	switch (grep->output) {
	case GREP_ROWS:
	case GREP_PARTS:
	case GREP_FIELDS:
	case GREP_COUNT: return grep->options->max_count == NUMBER_UNSET;
	case GREP_LIST:
	case GREP_LIST_OTHERS:
	case GREP_QUIET: break;
	}
	return 0;
}

static int
search(struct grep *grep)
{
	const int plain = !grep->context;
	struct run_job job = {
		.flags = RUN_ORDERED,
		.ctx = grep,
		.worker_new = grep_worker_new,
		.file_begin = grep_file_begin,
		.row = grep_row,
		.file_end = grep_file_end,
		.file_done = grep_file_done,
		.worker_done = grep_worker_done,
	};
	int answer;

	grep->settles = settling_must(grep->run, &grep->fields);
	if (grep->settles) {
		grep->tracker = feed_run(grep->run, FEED_SETTLING);
		if (!grep->tracker)
			return 1;
		job.flags |= RUN_CLASSIFY;
	}
	if (plain)
		job.flags |= RUN_SIEVE;
	if (plain && !grep->options->invert)
		job.wanted = pattern_literal(grep->pattern);
	if (plain && reads_all(grep))
		job.flags |= RUN_SPLITS;
	grep->selected =
		xcalloc(run_numbers(grep->run), sizeof(*grep->selected));
	if (grep->output == GREP_FIELDS)
		fields_open(&grep->fields);
	else if (grep->context)
		leading_take_off(leading_len());
	answer = run_do(grep->run, &job);
	if (grep->output == GREP_FIELDS)
		fields_close(&grep->fields, answer == 0);
	leading_end();
	return answer;
}

static void
say_limits(const struct grep *grep)
{
	grep_limits_say(&grep->limits);
}

static void
clear(struct grep *grep)
{
	rpclog_tracker_free(grep->tracker);
	pattern_free(grep->pattern);
	free(grep->selected);
	fields_clear(&grep->fields);
}

static int
run_grep(struct options *options)
{
	struct grep grep;
	rpclog_options library;
	size_t used;
	int code;

	memset(&grep, 0, sizeof(grep));
	grep.options = options;
	grep.output = choose_output(options);
	grep.context =
		(grep.output == GREP_ROWS || grep.output == GREP_PARTS) &&
		(options->after > 0 || options->before > 0);
	run_library_options(options, &library);
	if (grep_patterns(&grep, &library, &used) != EXIT_DONE ||
	    grep_fields(&grep) != EXIT_DONE) {
		clear(&grep);
		return EXIT_TROUBLE;
	}

	char *const *paths = options->operands + used;
	const size_t count = options->operand_count - used;

	grep.prefix = wants_prefix(options, paths, count);
	grep.run = run_new(options, paths, count,
			   settling_may(options, &grep.fields) ? RUN_TWICE : 0);
	/* -m 0 reads nothing. */
	if (grep.run &&
	    (options->max_count > 0 || grep.output == GREP_LIST_OTHERS) &&
	    search(&grep) == 0)
		say_limits(&grep);
	code = run_end(grep.run);
	clear(&grep);
	if (grep.output == GREP_QUIET && grep.found)
		return EXIT_DONE;
	if (code == EXIT_DONE && grep.limits.count > 0)
		code = EXIT_TROUBLE;
	if (code != EXIT_DONE)
		return code;
	return grep.found ? EXIT_DONE : EXIT_NOTHING;
}

static const char notes[] =
	"PATTERN is a Perl-compatible regular expression over the raw row,\n"
	"without its line end; rows are printed with LF.  An empty PATTERN\n"
	"matches every row.  Options mean what they mean in grep(1); filters\n"
	"choose among the rows that match; context is of all rows.  Header\n"
	"lines and damaged rows are never rows.\n"
	"\n"
	"--fields LIST prints a table (TSV) of log columns and derived names\n"
	"instead of rows.  --json prints each row as an object: file, line,\n"
	"class if a filter hangs on sessions or users, and all columns of the\n"
	"row's own log; what is empty is null.  With --fields the object has\n"
	"these fields.\n"
	"\n"
	"Exit status: 0 a row was found, 1 none was, 2 trouble.\n";

const struct command command_grep = {
	.name = "grep",
	.usage = "PATTERN [PATH...]",
	.sentence = "print rows that match a pattern",
	.bit = CMD_GREP,
	.run = run_grep,
	.notes = notes,
};
