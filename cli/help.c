/* SPDX-License-Identifier: MIT */
/* Help texts, made from the tables of commands and options. */

#include <stdio.h>
#include <string.h>

#include "help.h"

#define OPTION_COLUMN 26

static void
put_option(struct out *out, const struct option_row *row)
{
	char left[80];
	const int optional = row->argument && row->argument[0] == '[';
	int len;

	len = snprintf(left, sizeof(left), "  %c%c%s--%s%s%s",
		       row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
		       row->letter ? ", " : "  ", row->name,
		       row->argument && !optional ? " " : "",
		       row->argument ? row->argument : "");
	out_str(out, left);
	if (len >= OPTION_COLUMN - 1) {
		out_char(out, '\n');
		len = 0;
	}
	for (; len < OPTION_COLUMN; len++)
		out_char(out, ' ');
	out_str(out, row->help);
	out_char(out, '\n');
}

void
help_command(const struct command *command)
{
	static const char *const titles[GROUP_COUNT] = {
		NULL,
		"Filters, all of which must hold:",
		"Reading:",
		"Writing:",
	};
	struct out *out = out_stdout();
	size_t group, i;

	out_format(out, "usage: rpclog %s %s\n%s\n", command->name,
		   command->usage, command->sentence);
	for (group = 0; group < GROUP_COUNT; group++) {
		int any = 0;

		for (i = 0; option_rows[i].help; i++) {
			const struct option_row *row = &option_rows[i];

			if (!(row->commands & command->bit) ||
			    row->group != (enum option_group)group)
				continue;
			if (!any++)
				out_format(out, "\n%s%s",
					   titles[group] ? titles[group] : "",
					   titles[group] ? "\n" : "");
			put_option(out, row);
		}
	}
	if (command->notes)
		out_format(out, "\n%s", command->notes);
}

void
help_all(const struct command *const *commands)
{
	struct out *out = out_stdout();
	size_t i;

	out_str(out,
		"usage: rpclog COMMAND [options] [PATH...]\n"
		"Reads Microsoft Exchange HttpProxy logs, plain or gzip, and "
		"tells who was\nasked for a password, when and why.\n\n"
		"Commands:\n");
	for (i = 0; commands[i]; i++)
		out_format(out, "  %-11s %s\n", commands[i]->name,
			   commands[i]->sentence);
	out_str(out,
		"\nrpclog COMMAND --help tells a command's options, "
		"rpclog --version the version.\nA PATH is a file, a directory "
		"or - for standard input.\n");
}
