/* SPDX-License-Identifier: MIT */
/*
 * Commands by which the figures of a report can be found again.  Of a report
 * from logs they read these logs; of one from a database they ask it, but for
 * what only the logs can tell.
 */

#include <string.h>

#include "civil.h"
#include "inside.h"
#include "when.h"

/* What stands before the times: to read logs, or to ask the database. */
static const struct form {
	const char *logs, *question;
	bool by_hour; /* the database counts by hours of UTC */
} forms[COMMANDS] = {
	[COMMAND_USERS] = { "popups --by user", "affected-users", true },
	[COMMAND_HOURS] = { "popups --by hour,user,class", "popups-per-hour",
			    true },
	[COMMAND_CLASSES] = { "count --by class,popup", "classes", false },
	[COMMAND_TARGETS] = { "popups --by target,class", "targets", true },
	[COMMAND_SERVERS] = { "popups --by server", "servers", false },
	[COMMAND_WHO] = { "cat --user NAME", "timeline user=NAME", false },
	[COMMAND_FINDINGS] = { "diagnose", NULL, false },
	[COMMAND_FIRSTS] = { "popups --by class,target", "first-seen", false },
	[COMMAND_FILES] = { "count --probes --by server,hour", "servers",
			    false },
	[COMMAND_PAGE] = { "report --format html --output report.html", NULL,
			   false },
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

/* Where clocks are half an hour off, hours of UTC are no hours. */
static bool
is_whole(const struct report_sums *now)
{
	return now->since_us % WHEN_HOUR == 0 && now->until_us % WHEN_HOUR == 0;
}

/* Can the database answer it? */
static bool
can_ask(const struct report_inside *in, const struct form *form)
{
	return in->options->database && form->question &&
	       (!form->by_hour || is_whole(&in->report->sums[SPAN_NOW]));
}

void
take_commands(struct report_inside *in, const char *source, const char *paths)
{
	struct report *r = in->report;

	for (size_t i = 0; i < COMMANDS; i++) {
		/* What was first of all has no beginning. */
		const int64_t since_us = i == COMMAND_FIRSTS
						 ? INT64_MIN
						 : r->sums[SPAN_NOW].since_us;
		struct out out;

		out_memory(&out);
		if (can_ask(in, &forms[i]))
			put_question(&out, in, forms[i].question, since_us,
				     source);
		else
			put_logs(&out, in, forms[i].logs, since_us,
				 i == COMMAND_PAGE ? source : paths);
		r->commands[i] = xstrndup(out.data, out.len);
		out_free(&out);
	}
}
