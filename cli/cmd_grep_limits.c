/* SPDX-License-Identifier: MIT */
/* Rows whose match went past PCRE2's limits: kept in order, said at the end. */

#include <inttypes.h>
#include <string.h>

#include "cmd_grep.h"

static int
is_before(const struct grep_gave_up *a, const struct grep_gave_up *b)
{
	if (a->file != b->file)
		return a->file->number < b->file->number;
	return a->line < b->line;
}

static void
keep(struct grep_limits *limits, const struct grep_gave_up *row)
{
	size_t place = limits->kept;

	while (place > 0 && is_before(row, &limits->rows[place - 1]))
		place--;
	if (place == GREP_GAVE_UP)
		return;
	if (limits->kept < GREP_GAVE_UP)
		limits->kept++;
	memmove(&limits->rows[place + 1], &limits->rows[place],
		(limits->kept - place - 1) * sizeof(*row));
	limits->rows[place] = *row;
}

void
grep_limits_add(struct grep_limits *limits, const struct run_file *file,
		uint64_t line)
{
	const struct grep_gave_up row = { file, line };

	limits->count++;
	keep(limits, &row);
}

void
grep_limits_merge(struct grep_limits *into, const struct grep_limits *from)
{
	into->count += from->count;
	for (size_t i = 0; i < from->kept; i++)
		keep(into, &from->rows[i]);
}

void
grep_limits_say(const struct grep_limits *limits)
{
	for (size_t i = 0; i < limits->kept; i++)
		complain("%s:%" PRIu64 ": the pattern takes too long on this "
			 "row: passed over",
			 limits->rows[i].file->path, limits->rows[i].line);
	if (limits->count > limits->kept)
		complain("the pattern takes too long on %" PRIu64 " more rows",
			 limits->count - limits->kept);
}
