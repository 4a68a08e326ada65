/* SPDX-License-Identifier: MIT */
/*
 * Commands by which the figures of a report can be found again.  Of a report
 * from logs they read these logs; of one from a database they ask it, but for
 * what only the logs can tell.
 */

#include <string.h>

#include "inside.h"
#include "when.h"

/* What stands before the times: to read logs, or to ask the database. */
static const struct {
	const char *logs, *question;
} forms[COMMANDS] = {
	[COMMAND_USERS] = { "popups --by user", "affected-users" },
	[COMMAND_HOURS] = { "popups --by hour,user,class", "popups-per-hour" },
	[COMMAND_CLASSES] = { "count --by class,popup", "classes" },
	[COMMAND_TARGETS] = { "popups --by target,class", "targets" },
	[COMMAND_SERVERS] = { "popups --by server", "servers" },
	[COMMAND_WHO] = { "cat --user NAME", "timeline user=NAME" },
	[COMMAND_FINDINGS] = { "diagnose", NULL },
	[COMMAND_FIRSTS] = { "popups --by class,target", "first-seen" },
	[COMMAND_FILES] = { "count --probes --by server,hour", "servers" },
};

/* A day as such. */
static void
put_moment(char text[WHEN_SIZE], int64_t us)
{
	if (when_day_begin(when_day_of(us)) == us)
		when_day(text, when_day_of(us));
	else
		when_time(text, us);
}

static void
put_logs(struct out *out, const struct report_inside *in, const char *what,
	 int64_t since_us, const char *paths)
{
	char text[WHEN_SIZE];

	out_format(out, "rpclog %s", what);
	if (since_us != INT64_MIN) {
		put_moment(text, since_us);
		out_format(out, " -S %s", text);
	}
	put_moment(text, in->report->sums[SPAN_NOW].until_us);
	out_format(out, " -U %s", text);
	if (in->options->zone)
		out_format(out, " --tz %s", in->options->zone);
	out_format(out, " %s", paths);
}

static void
put_question(struct out *out, const struct report_inside *in, const char *what,
	     int64_t since_us, const char *source)
{
	char text[WHEN_SIZE];

	out_format(out, "rpclog query %s %s", source, what);
	if (since_us != INT64_MIN) {
		put_moment(text, since_us);
		out_format(out, " since=%s", text);
	}
	put_moment(text, in->report->sums[SPAN_NOW].until_us);
	out_format(out, " until=%s", text);
	if (in->options->zone)
		out_format(out, " --tz %s", in->options->zone);
}

void
take_commands(struct report_inside *in, const char *source, const char *paths)
{
	struct report *r = in->report;

	for (size_t i = 0; i < COMMANDS; i++) {
		const bool asks = in->options->database && forms[i].question;
		/* What was first of all has no beginning. */
		const int64_t since_us = i == COMMAND_FIRSTS
						 ? INT64_MIN
						 : r->sums[SPAN_NOW].since_us;
		struct out out;

		out_memory(&out);
		if (asks)
			put_question(&out, in, forms[i].question, since_us,
				     source);
		else
			put_logs(&out, in, forms[i].logs, since_us, paths);
		r->commands[i] = xstrndup(out.data, out.len);
		out_free(&out);
	}
}
