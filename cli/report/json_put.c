/* SPDX-License-Identifier: MIT */
/* JSON, member by member. */

#include "json_put.h"

#include <string.h>

#include "when.h"

static void
put_key(struct json *json, const char *key)
{
	if (json->due)
		out_char(json->out, ',');
	json->due = true;
	if (json->depth == 1 || (json->depth == 2 && !key))
		out_char(json->out, '\n');
	if (!key)
		return;
	out_char(json->out, '"');
	out_str(json->out, key);
	out_str(json->out, "\":");
}

void
json_open(struct json *json, const char *key, char bracket)
{
	put_key(json, key);
	out_char(json->out, bracket);
	json->due = false;
	json->depth++;
}

void
json_close(struct json *json, char bracket)
{
	out_char(json->out, bracket);
	json->due = true;
	json->depth--;
}

void
json_text(struct json *json, const char *key, rpclog_slice text)
{
	put_key(json, key);
	if (text.len > 0)
		out_json(json->out, text);
	else
		out_str(json->out, "null");
}

void
json_str(struct json *json, const char *key, const char *text)
{
	json_text(json, key, (rpclog_slice){ text, text ? strlen(text) : 0 });
}

void
json_number(struct json *json, const char *key, uint64_t number)
{
	put_key(json, key);
	out_unsigned(json->out, number);
}

void
json_truth(struct json *json, const char *key, bool truth)
{
	put_key(json, key);
	out_str(json->out, truth ? "true" : "false");
}

void
json_time(struct json *json, const char *key, int64_t us)
{
	char text[WHEN_SIZE];

	if (us == INT64_MIN || us == INT64_MAX) {
		json_null(json, key);
		return;
	}
	when_time(text, us);
	json_str(json, key, text);
}

void
json_null(struct json *json, const char *key)
{
	json_str(json, key, NULL);
}

void
json_raw(struct json *json, const char *key, rpclog_slice value)
{
	put_key(json, key);
	out_bytes(json->out, value.ptr, value.len);
}

void
json_numbers(struct json *json, const char *key, const uint64_t *numbers,
	     size_t count)
{
	json_open(json, key, '[');
	for (size_t i = 0; i < count; i++)
		json_number(json, NULL, numbers[i]);
	json_close(json, ']');
}
