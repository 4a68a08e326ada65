/* SPDX-License-Identifier: MIT */
/* Reading twice: does a run have to, and what a row is settled to be. */

#include "settling.h"

#include <string.h>

/* Does a --where ask a settled name?  A wrong one is said later. */
static int
where_may_settle(const char *text)
{
	uint32_t name;
	size_t len;

	text += strspn(text, " \t");
	len = strcspn(text, "=!~<> \t");
	return name_find((rpclog_slice){ text, len }, &name, NULL) ==
		       RPCLOG_OK &&
	       name_is_settled(name);
}

int
settling_may(const struct options *options, const struct fields *fields)
{
	for (size_t i = 0; i < options->term_count; i++) {
		const struct term *term = &options->terms[i];

		if (term->kind == FILTER_USER || term->kind == FILTER_CLASS ||
		    (term->kind == FILTER_WHERE &&
		     where_may_settle(term->text)))
			return 1;
	}
	return fields_are_settled(fields);
}

/* Fields that say so, filters as far as they really hang on sessions. */
int
settling_must(const struct run *run, const struct fields *fields)
{
	return fields_are_settled(fields) ||
	       filter_needs_settling(run_filter(run));
}

int
settling_row(const rpclog_tracker *tracker, const struct run_worker *worker,
	     const struct run_row *row, rpclog_settled *settled)
{
	rpclog_unsettled unsettled;

	rpclog_unsettled_of(row->row, row->verdict, &unsettled);

	const rpclog_status status =
		rpclog_tracker_settle(tracker, &unsettled, settled);

	if (status == RPCLOG_OK)
		return 1;
	run_fail_status(worker->run, status);
	return 0;
}
