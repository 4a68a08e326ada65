/* SPDX-License-Identifier: MIT */
/* What there is to say of the inputs after a run: warnings and errors. */

#include <stdlib.h>
#include <string.h>

#include "engine.h"

#define REJECTED_SAID 5

void
input_say_rejected(const struct input *input)
{
	size_t i;

	for (i = 0; i < input->rejected_count && i < REJECTED_SAID; i++)
		complain("%s:%llu: %s", input->file.path,
			 (unsigned long long)input->rejected[i].line,
			 input->rejected[i].reason);
	if (input->rejected_count > REJECTED_SAID)
		complain("%s: %llu damaged rows in all", input->file.path,
			 (unsigned long long)input->rejected_count);
}

struct kind {
	const char *name;
	size_t count;
};

static void
count_kind(struct kind *kinds, size_t *count, const char *name)
{
	size_t i;

	for (i = 0; i < *count; i++)
		if (strcmp(kinds[i].name, name) == 0)
			break;
	if (i == *count) {
		kinds[i].name = name;
		kinds[(*count)++].count = 0;
	}
	kinds[i].count++;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct kind *)a)->name,
		      ((const struct kind *)b)->name);
}

static const char *
kind_of(const struct input *input)
{
	if (input->foreign)
		return input->foreign;
	if (input->joined)
		return input->joined;
	return input->account.bytes ? "without a whole line" : "empty";
}

/* One line that names what there was instead. */
static void
say_no_log(const struct run *run)
{
	const struct inputs *inputs = &run->inputs;
	struct kind *kinds = xcalloc(inputs->count, sizeof(*kinds));
	const struct input *only = NULL;
	size_t count = 0, files = 0, i;
	struct out text;

	for (i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];

		if (input->error || input->state != INPUT_READ)
			continue;
		only = input;
		files++;
		count_kind(kinds, &count, kind_of(input));
	}
	if (count)
		qsort(kinds, count, sizeof(*kinds), by_name);
	out_memory(&text);
	for (i = 0; i < count; i++)
		out_format(&text, "%s%llu %s", i ? ", " : "",
			   (unsigned long long)kinds[i].count, kinds[i].name);
	out_char(&text, '\0');
	if (files == 1)
		complain("no HttpProxy log was found: %s (%s)", only->file.path,
			 kind_of(only));
	else if (files > 1)
		complain("no HttpProxy log was found, only: %s", text.data);
	else
		complain("no HttpProxy log was found: there are no files in "
			 "%s%s",
			 run->path_count ? run->paths[0] : "-",
			 run->path_count > 1 ? " and so on" : "");
	out_free(&text);
	free(kinds);
}

/* Was any HttpProxy log met, or is there trouble that hides what it was? */
static int
may_have_log(const struct inputs *inputs)
{
	size_t i;

	for (i = 0; i < inputs->count; i++)
		if (inputs->items[i].recognized || inputs->items[i].error)
			return 1;
	return inputs->count == 0 && inputs->trouble;
}

/* Rows on which a pattern of --where ran away: 1 if there are any. */
static int
say_gave_up(const struct run *run)
{
	/* The last pass: an earlier one saw the same rows. */
	const struct crew *crew = run->crews;
	uint64_t rows = 0;
	size_t i;

	for (i = 0; crew && i < crew->count; i++)
		if (crew->workers[i].face.sieve)
			rows += sieve_gave_up(crew->workers[i].face.sieve);
	if (rows)
		complain("a pattern of --where takes too many steps on %llu "
			 "%s: left out",
			 (unsigned long long)rows, rows == 1 ? "row" : "rows");
	return rows != 0;
}

int
run_report(const struct run *run)
{
	const struct inputs *inputs = &run->inputs;
	const struct options *options = run->options;
	/* grep's -q is about stdout, its -s about files that can't be read. */
	const int warn = options->command->bit == CMD_GREP || !options->quiet;
	const int found = may_have_log(inputs);
	int trouble = 0;
	size_t i;

	trouble |= say_gave_up(run);
	for (i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];

		if (input->rejected_count && warn)
			input_say_rejected(input);
		if (input->foreign && input->file.by_name && warn && found)
			complain("%s: no HttpProxy log (%s)", input->file.path,
				 input->foreign);
		if (input->error && !options->no_messages)
			complain("%s: %s", input->file.path, input->error);
		trouble |= input->error || input->rejected_count;
	}
	if (!found && warn && !interrupted)
		say_no_log(run);
	return trouble;
}
