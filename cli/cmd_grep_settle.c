/* SPDX-License-Identifier: MIT */
/* grep's first pass: sessions and actors, where a filter or field asks. */

#include <stdlib.h>
#include <string.h>

#include "cmd_grep.h"
#include "feed.h"
#include "settle.h"

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

static int
field_settles(const struct grep *grep)
{
	for (size_t i = 0; i < grep->field_count; i++) {
		if (name_is_settled(grep->fields[i]))
			return 1;
	}
	return 0;
}

int
grep_may_settle(const struct grep *grep)
{
	const struct options *options = grep->options;

	for (size_t i = 0; i < options->term_count; i++) {
		const struct term *term = &options->terms[i];

		if (term->kind == FILTER_USER || term->kind == FILTER_CLASS ||
		    (term->kind == FILTER_WHERE &&
		     where_may_settle(term->text)))
			return 1;
	}
	return field_settles(grep);
}

int
grep_settle(struct grep *grep)
{
	grep->tracker = feed_run(grep->run, FEED_SETTLING);
	return grep->tracker ? 0 : 1;
}

/* Fields that say so, filters as far as they really hang on sessions. */
int
grep_must_settle(const struct grep *grep)
{
	return field_settles(grep) ||
	       filter_needs_settling(run_filter(grep->run));
}
