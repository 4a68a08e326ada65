/* SPDX-License-Identifier: MIT */
/* JSON, member by member: commas where they belong, the rest is the caller's.
 */

#ifndef RPCLOG_CLI_REPORT_JSON_PUT_H
#define RPCLOG_CLI_REPORT_JSON_PUT_H

#include <stdbool.h>

#include "out.h"

struct json {
	struct out *out;
	bool due; /* a comma is, before what comes next */
	unsigned depth;
};

/* 'key' is one of ours, or NULL: within an array. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);

/* From a log; empty: null. */
void json_text(struct json *json, const char *key, rpclog_slice text);
/* Of ours; NULL: null. */
void json_str(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, uint64_t number);
void json_truth(struct json *json, const char *key, bool truth);
/* RFC 3339, in the user's zone; an end of time: null. */
void json_time(struct json *json, const char *key, int64_t us);
void json_null(struct json *json, const char *key);
/* JSON as it stands. */
void json_raw(struct json *json, const char *key, rpclog_slice value);
void json_numbers(struct json *json, const char *key, const uint64_t *numbers,
		  size_t count);

#endif /* RPCLOG_CLI_REPORT_JSON_PUT_H */
