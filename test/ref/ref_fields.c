/* SPDX-License-Identifier: MIT */
/* The names of fields and what each says of a row. */
#include "ref.h"

#include <stdio.h>
#include <string.h>

static const char *const derived[] = { "start",
				       "end",
				       "hour",
				       "day",
				       "user",
				       "account",
				       "mailbox",
				       "client",
				       "target",
				       "server",
				       "protocol",
				       "status",
				       "backend_status",
				       "error_code",
				       "class",
				       "popup",
				       "severity",
				       "legacy",
				       "response_status",
				       "web_status",
				       "security_status",
				       "latency_ms",
				       "file",
				       "line",
				       "offset" };

/* The name as a header line has it, NULL if it is unknown. */
const char *
field_name(const char *name)
{
	for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++)
		if (text_is_nocase(text_of(name), derived[i]))
			return derived[i];
	return column_name(name);
}

static struct text
number_text(size_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%zu", value);
	return text_copy(text, strlen(text));
}

struct text
field_value(const struct row *row, const char *name)
{
	const struct text n = text_of(name);

	if (text_is(n, "start"))
		return time_millis(row->start);
	if (text_is(n, "end"))
		return time_millis(row->end);
	if (text_is(n, "hour"))
		return time_seconds(time_floor(row->start, HOUR));
	if (text_is(n, "day"))
		return time_day(row->start);
	if (text_is(n, "user"))
		return row->actor;
	if (text_is(n, "account"))
		return account_part(row->actor);
	if (text_is(n, "mailbox"))
		return row->mailbox;
	if (text_is(n, "client"))
		return row->client;
	if (text_is(n, "target"))
		return row->target;
	if (text_is(n, "server"))
		return row->server;
	if (text_is(n, "protocol"))
		return row->protocol;
	if (text_is(n, "status"))
		return row->S;
	if (text_is(n, "backend_status"))
		return row->BE;
	if (text_is(n, "error_code"))
		return row->EC;
	if (text_is(n, "class"))
		return text_of(row->class->name);
	if (text_is(n, "popup"))
		return text_of(row->class->popup);
	if (text_is(n, "severity"))
		return text_of(row->class->severity);
	if (text_is(n, "legacy"))
		return text_of(row->legacy ? "yes" : "no");
	if (text_is(n, "response_status"))
		return row->RSC;
	if (text_is(n, "web_status"))
		return row->WES;
	if (text_is(n, "security_status"))
		return row->status_word;
	if (text_is(n, "latency_ms"))
		return row->latency_ms;
	if (text_is(n, "file"))
		return row->file->path;
	if (text_is(n, "line"))
		return number_text(row->line);
	if (text_is(n, "offset"))
		return number_text(row->offset);
	return row_cell(row, name);
}
