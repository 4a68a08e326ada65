/* SPDX-License-Identifier: MIT */
/* The one table of options, and reading an argument vector by it. */

#ifndef RPCLOG_CLI_OPTIONS_H
#define RPCLOG_CLI_OPTIONS_H

#include "command.h"

/* Headings of --help, in this order. */
enum option_group {
	GROUP_COMMAND, GROUP_FILTER, GROUP_INPUT, GROUP_OUTPUT, GROUP_COUNT
};

struct option_row {
	const char *name;	/* long, without "--"; NULL: short only */
	char letter;		/* short, or 0 */
	const char *argument;	/* in capitals; "[=WHEN]": may be left out;
				 * NULL: none */
	const char *help;
	uint32_t commands;	/* enum command_bit */
	enum option_group group;
	/* Stores at 'offset' of struct options; EXIT_DONE or said trouble. */
	int (*store)(struct options *options, const struct option_row *row,
		     const char *argument);
	size_t offset;
	uint64_t limit;		/* of numbers; filter_term; flag value */
};

extern const struct option_row option_rows[];	/* ends with help == NULL */

/*
 * argv[0] is the command's name.  EXIT_DONE, or EXIT_TROUBLE after a message;
 * '*help' becomes 1 if --help was met.
 */
int options_parse(struct options *options, int argc, char **argv, int *help);

#endif /* RPCLOG_CLI_OPTIONS_H */
