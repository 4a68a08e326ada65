/* SPDX-License-Identifier: MIT */
/* The table of commands, and finding the one that was asked for. */

#include <stdlib.h>
#include <string.h>

#include "db.h"
#include "help.h"

/* In the order of `rpclog --help`; a new command is one line here. */
static const struct command *const commands[] = {
	&command_popups, &command_count,   &command_grep,  &command_diagnose,
	&command_cat,	 &command_load,	   &command_query, &command_report,
	&command_watch,	 &command_explain, &command_rules, NULL
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]) - 1)

static const struct command *
find(const char *name)
{
	size_t i;

	for (i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
say_unknown(const char *name)
{
	const char *names[COMMAND_COUNT];
	const char *near;
	size_t i;

	for (i = 0; i < COMMAND_COUNT; i++)
		names[i] = commands[i]->name;
	near = nearest(name, names, COMMAND_COUNT);
	if (name[0] == '-')
		return usage_error(NULL,
				   "unknown option %s: the command "
				   "comes first, see rpclog --help",
				   name);
	if (near)
		return usage_error(NULL,
				   "unknown command \"%s\": did you "
				   "mean %s?",
				   name, near);
	return usage_error(NULL, "unknown command \"%s\": see rpclog --help",
			   name);
}

static int
print_version(void)
{
	out_format(out_stdout(), "%s, SQLite %s\n", rpclog_build_info(),
		   db_library_version());
	return EXIT_DONE;
}

static int
is_one_of(const char *word, const char *a, const char *b)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

/* Colours are for terminals: where they go, logs must be safe to show. */
static void
choose_color(enum when_mode mode)
{
	struct out *out = out_stdout();
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (mode == WHEN_ALWAYS)
		out->color = out->safe = 1;
	else if (mode == WHEN_AUTO)
		out->color = out->safe && !(no_color && no_color[0]) &&
			     !(term && strcmp(term, "dumb") == 0);
}

int
command_main(int argc, char **argv)
{
	/* What is parsed lasts as long as the process. */
	static struct options options;
	int help = 0, code;

	if (argc < 2)
		return usage_error(NULL, "no command given: see rpclog "
					 "--help");
	if (is_one_of(argv[1], "--version", "version"))
		return print_version();
	if (is_one_of(argv[1], "--help", "-h") ||
	    (strcmp(argv[1], "help") == 0 && argc == 2)) {
		help_all(commands);
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "help") == 0) {
		argv++;
		argc = 2;
		help = 1;
	}
	options.command = find(argv[1]);
	if (!options.command)
		return say_unknown(argv[1]);
	code = help ? EXIT_DONE
		    : options_parse(&options, argc - 1, argv + 1, &help);
	if (code != EXIT_DONE)
		return code;
	if (help) {
		help_command(options.command);
		return EXIT_DONE;
	}
	choose_color(options.color);
	return options.command->run(&options);
}
