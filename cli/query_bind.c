/* SPDX-License-Identifier: MIT */
/* Parameters of a query: key=value on the command line, :key in the SQL. */

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "query.h"
#include "when.h"

/* Open ends, far from any time and from where sums overflow. */
#define FIRST (-(INT64_C(1) << 60))
#define LAST  (INT64_C(1) << 60)

/* The value of the last "name=..", as with options, or NULL. */
static const char *
value_of(const struct given *given, const char *name)
{
	size_t len = strlen(name);
	size_t i = given->count;

	while (i-- > 0)
		if (strncmp(given->items[i], name, len) == 0 &&
		    given->items[i][len] == '=')
			return given->items[i] + len + 1;
	return NULL;
}

/* A whole number in its one spelling. */
static int
read_number(const char *text, int64_t *value)
{
	const char *digits = text + (*text == '-');
	char *end;

	if (*digits < '0' || *digits > '9' || (*digits == '0' && digits[1]) ||
	    strcmp(text, "-0") == 0)
		return 0;
	errno = 0;
	*value = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0';
}

/* The number of the first quarter, hour or day that begins at 'us' or later. */
static int64_t
first_from(int64_t us, enum parameter_kind kind)
{
	static const int64_t lengths[] = {
		[PARAMETER_US] = 1,
		[PARAMETER_QUARTERS] = INT64_C(900000000),
		[PARAMETER_HOURS] = INT64_C(3600000000),
		[PARAMETER_DAYS] = INT64_C(86400000000),
	};
	const int64_t length = lengths[kind];
	const int64_t whole = us / length;

	return whole + (us > whole * length);
}

static int
read_value(const struct given *given, const struct parameter *parameter,
	   const char *text, int64_t *value)
{
	const rpclog_slice slice = { text, strlen(text) };

	if (parameter->kind == PARAMETER_NUMBER) {
		if (strcmp(text, "all") == 0)
			*value = -1;
		else if (!read_number(text, value) || *value < 0 ||
			 *value > 1000000000)
			return usage_error(given->options,
					   "query: %s: \"%s\" is no number",
					   parameter->name, text);
		return EXIT_DONE;
	}
	if (!when_parse(NULL, slice, value))
		return usage_error(given->options,
				   "query: %s: \"%s\" is no time",
				   parameter->name, text);
	*value = first_from(*value, parameter->kind);
	return EXIT_DONE;
}

static int
bind_parameter(const struct given *given, const struct question *question,
	       const struct parameter *parameter, struct statement *st)
{
	const char *text = value_of(given, parameter->name);
	int64_t value = 0;
	char name[32] = ":";

	strncat(name, parameter->name, sizeof(name) - 2);
	if (!text)
		text = parameter->otherwise;
	if (text && parameter->kind == PARAMETER_TEXT) {
		if (st)
			bind_text(st, statement_place(st, name),
				  (rpclog_slice){ text, strlen(text) });
		return EXIT_DONE;
	}
	if (text) {
		if (read_value(given, parameter, text, &value) != EXIT_DONE)
			return EXIT_TROUBLE;
	} else if (strcmp(parameter->name, "since") == 0) {
		value = FIRST;
	} else if (strcmp(parameter->name, "until") == 0) {
		value = LAST;
	} else {
		return usage_error(given->options, "query: %s needs %s=%s",
				   question->name, parameter->name,
				   parameter->kind == PARAMETER_TEXT ? "PAT"
								     : "TIME");
	}
	if (st)
		bind_int(st, statement_place(st, name), value);
	return EXIT_DONE;
}

/* "since=today" is { since, today }; the name, to free, or NULL. */
static char *
name_of(const char *item)
{
	const char *equals = strchr(item, '=');

	return equals ? xstrndup(item, (size_t)(equals - item)) : NULL;
}

/* Is each key one of 'names'?  'whose' is for the message. */
static int
check_keys(const struct given *given, const char *whose,
	   const char *const *names, size_t count)
{
	for (size_t i = 0; i < given->count; i++) {
		char *name = name_of(given->items[i]);
		const char *near;
		size_t n = 0;

		if (!name)
			return usage_error(given->options,
					   "query: \"%s\" is no key=value",
					   given->items[i]);
		while (n < count && strcmp(names[n], name) != 0)
			n++;
		if (n < count) {
			free(name);
			continue;
		}
		near = nearest(name, names, count);
		usage_error(given->options,
			    near ? "query: %s has no \"%s\": did you mean %s?"
				 : "query: %s has no \"%s\"",
			    whose, name, near);
		free(name);
		return EXIT_TROUBLE;
	}
	return EXIT_DONE;
}

int
query_bind_question(const struct question *question, const struct given *given,
		    struct statement *st)
{
	const char *names[QUESTION_PARAMETERS];

	for (size_t i = 0; i < question->count; i++)
		names[i] = question->parameters[i].name;
	if (check_keys(given, question->name, names, question->count) !=
	    EXIT_DONE)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < question->count; i++)
		if (bind_parameter(given, question, &question->parameters[i],
				   st) != EXIT_DONE)
			return EXIT_TROUBLE;
	return EXIT_DONE;
}

static int
bind_own(const struct given *given, struct statement *st, int place,
	 const char *name)
{
	const char *text = value_of(given, name);
	int64_t number;

	if (!text)
		return usage_error(given->options,
				   "query: the SQL has :%s, so %s=VALUE is "
				   "needed",
				   name, name);
	if (read_number(text, &number))
		bind_int(st, place, number);
	else
		bind_text(st, place, (rpclog_slice){ text, strlen(text) });
	return EXIT_DONE;
}

int
query_bind_own(const struct given *given, struct statement *st)
{
	int count = statement_places(st), code = EXIT_DONE;
	const char **names = xcalloc((size_t)count + 1, sizeof(*names));

	for (int i = 0; i < count && code == EXIT_DONE; i++) {
		const char *name = statement_place_name(st, i + 1);

		if (!name || name[0] == '?')
			code = usage_error(given->options,
					   "query: parameters have names, as "
					   "in :key; ? has none");
		else
			names[i] = name + 1;
	}
	if (code == EXIT_DONE)
		code = check_keys(given, "the SQL", names, (size_t)count);
	for (int i = 0; i < count && code == EXIT_DONE; i++)
		code = bind_own(given, st, i + 1, names[i]);
	free(names);
	return code;
}
