/* SPDX-License-Identifier: MIT */
/* Reading an argument vector by the table of options. */

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "when.h"

#define MAX_OPTIONS 96
#define LONG_BASE   1000 /* getopt's answer for row i: LONG_BASE + i */
#define HELP	    999

/* What getopt wants to know, made for one command. */
struct tables {
	struct option longs[MAX_OPTIONS];
	const char *names[MAX_OPTIONS];
	char letters[3 * MAX_OPTIONS];
	size_t count;
};

static int
argument_kind(const struct option_row *row)
{
	if (!row->argument)
		return no_argument;
	return row->argument[0] == '[' ? optional_argument : required_argument;
}

static void
add_long(struct tables *tables, const char *name, int kind, int value)
{
	struct option *option = &tables->longs[tables->count];

	option->name = name;
	option->has_arg = kind;
	option->val = value;
	tables->names[tables->count++] = name;
}

static void
make_tables(struct tables *tables, uint32_t command)
{
	char *letter = tables->letters;
	size_t i;

	memset(tables, 0, sizeof(*tables));
	*letter++ = ':';
	for (i = 0; option_rows[i].help; i++) {
		const struct option_row *row = &option_rows[i];

		if (!(row->commands & command))
			continue;
		add_long(tables, row->name, argument_kind(row),
			 LONG_BASE + (int)i);
		if (row->letter) {
			*letter++ = row->letter;
			if (row->argument)
				*letter++ = ':';
		}
	}
	if (command != CMD_GREP)
		*letter++ = 'h';
	*letter = '\0';
	add_long(tables, "help", no_argument, HELP);
}

static const struct option_row *
row_of(int answer, uint32_t command)
{
	size_t i;

	if (answer >= LONG_BASE)
		return &option_rows[answer - LONG_BASE];
	for (i = 0; option_rows[i].help; i++)
		if ((option_rows[i].commands & command) &&
		    option_rows[i].letter == (char)answer)
			return &option_rows[i];
	return NULL;
}

/* Does some other command take it? */
static int
known_elsewhere(const char *name)
{
	size_t i;

	for (i = 0; option_rows[i].help; i++)
		if (strcmp(option_rows[i].name, name) == 0)
			return 1;
	return 0;
}

static int
say_unknown(const struct options *options, const struct tables *tables,
	    const char *word)
{
	const char *command = options->command->name;
	char *name;
	const char *near;

	if (strncmp(word, "--", 2) != 0)
		return usage_error(options, "%s has no option -%c", command,
				   optopt);
	name = xstrndup(word + 2, strcspn(word + 2, "="));
	if (optopt)
		return usage_error(options, "--%s takes no value", name);
	near = nearest(name, tables->names, tables->count);
	if (known_elsewhere(name))
		return usage_error(options, "%s has no option --%s", command,
				   name);
	if (near)
		return usage_error(options,
				   "unknown option --%s: did you "
				   "mean --%s?",
				   name, near);
	return usage_error(options, "unknown option --%s", name);
}

static int
take_all(struct options *options, struct tables *tables, int argc, char **argv,
	 int *help)
{
	const uint32_t command = options->command->bit;

	opterr = 0;
	optind = 1;
	/* A status such as -2146892990 is no option. */
	if (command == CMD_EXPLAIN && argc > 1 && argv[1][0] == '-' &&
	    argv[1][1] >= '0' && argv[1][1] <= '9')
		return EXIT_DONE;
	for (;;) {
		const int answer = getopt_long(argc, argv, tables->letters,
					       tables->longs, NULL);
		const struct option_row *row;

		if (answer == -1)
			return EXIT_DONE;
		if (answer == HELP || (answer == 'h' && command != CMD_GREP)) {
			*help = 1;
			return EXIT_DONE;
		}
		if (answer == '?')
			return say_unknown(options, tables, argv[optind - 1]);
		if (answer == ':')
			return usage_error(options, "%s needs a value",
					   argv[optind - 1]);
		row = row_of(answer, command);
		if (row && row->store(options, row, optarg) != EXIT_DONE)
			return EXIT_TROUBLE;
	}
}

static uint64_t
processors(void)
{
	cpu_set_t set;
	int count = 0;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		count = CPU_COUNT(&set);
	if (count <= 0)
		count = (int)sysconf(_SC_NPROCESSORS_ONLN);
	return count > 0 ? (uint64_t)count : 1;
}

/* Of several times the one that leaves least: the latest, or the earliest. */
static int
resolve_times(const struct options *options, const char *name,
	      const struct text_list *list, int latest, int64_t *us)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		const char *text = list->items[i];
		int64_t one;

		if (!when_parse(NULL, (rpclog_slice){ text, strlen(text) },
				&one))
			return usage_error(options, "--%s: \"%s\" is no time",
					   name, text);
		if (latest ? one > *us : one < *us)
			*us = one;
	}
	return EXIT_DONE;
}

/* What hangs on several options: times on --tz, -A and -B on -C. */
static int
resolve(struct options *options)
{
	if (options->zone && !when_set_zone(options->zone))
		return usage_error(options, "--tz: no time zone \"%s\"",
				   options->zone);
	if (resolve_times(options, "since", &options->since, 1,
			  &options->since_us) != EXIT_DONE ||
	    resolve_times(options, "until", &options->until, 0,
			  &options->until_us) != EXIT_DONE)
		return EXIT_TROUBLE;
	if (options->after == NUMBER_UNSET)
		options->after = options->context;
	if (options->before == NUMBER_UNSET)
		options->before = options->context;
	return EXIT_DONE;
}

int
options_parse(struct options *options, int argc, char **argv, int *help)
{
	struct tables *tables = xmalloc(sizeof(*tables));
	int code;

	options->since_us = INT64_MIN;
	options->until_us = INT64_MAX;
	options->gap_s = NUMBER_UNSET;
	options->settle_s = NUMBER_UNSET;
	options->settle_rpc_s = NUMBER_UNSET;
	options->top = NUMBER_UNSET;
	options->poll_s = NUMBER_UNSET;
	options->max_count = NUMBER_UNSET;
	options->after = NUMBER_UNSET;
	options->before = NUMBER_UNSET;
	options->csv_guard = 1;
	options->threads = processors();
	make_tables(tables, options->command->bit);
	code = take_all(options, tables, argc, argv, help);
	free(tables);
	if (code != EXIT_DONE || *help)
		return code;
	options->operands = argv + optind;
	options->operand_count = (size_t)(argc - optind);
	return resolve(options);
}
