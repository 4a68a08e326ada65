/* SPDX-License-Identifier: MIT */
/* The ready-made questions, read from their SQL text. */

#include "questions.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"

#define TITLE	      "\n-- question "
#define MAX_QUESTIONS 32

static struct question all[MAX_QUESTIONS];
static size_t all_count;

static enum parameter_kind
kind_of(const char *word)
{
	static const char *const words[] = {
		"us", "quarters", "hours", "days", "number", "text",
	};
	size_t i = 0;

	/* What the build compiled in is known to be right. */
	while (i + 1 < sizeof(words) / sizeof(words[0]) &&
	       strcmp(words[i], word) != 0)
		i++;
	return (enum parameter_kind)i;
}

/* "since hours" or "limit number 20" */
static void
add_parameter(struct question *question, char *text)
{
	struct parameter *parameter = &question->parameters[question->count];
	char *rest = NULL;

	parameter->name = strtok_r(text, " ", &rest);
	parameter->kind = kind_of(strtok_r(NULL, " ", &rest));
	parameter->otherwise = strtok_r(NULL, " ", &rest);
	question->count++;
}

/* 'text' is its part of the file, behind "-- question ". */
static void
add_question(struct question *question, const char *text, size_t len)
{
	char *rest = xstrndup(text, len), *line;

	question->name = strsep(&rest, "\n");
	question->sentence = strsep(&rest, "\n") + 3;
	while (strncmp(rest, "-- :", 4) == 0) {
		line = strsep(&rest, "\n");
		add_parameter(question, line + 4);
	}
	question->sql = rest;
	question->source = xstrndup(text, len);
}

const struct question *
questions(size_t *count)
{
	const char *at = all_count ? NULL : strstr(questions_sql, TITLE);

	while (at && all_count < MAX_QUESTIONS) {
		const char *begin = at + strlen(TITLE);
		const char *end = questions_sql + questions_sql_len - 1;

		at = strstr(begin, TITLE);
		add_question(&all[all_count++], begin,
			     (size_t)((at ? at : end) - begin));
	}
	*count = all_count;
	return all;
}

const struct question *
question_find(const char *name)
{
	size_t count;
	const struct question *list = questions(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}
