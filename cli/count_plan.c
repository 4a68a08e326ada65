/* SPDX-License-Identifier: MIT */
/* What count is asked for: --by, --distinct, --stat. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count.h"

static rpclog_slice
text_of(const char *text)
{
	rpclog_slice s = { text, strlen(text) };

	return s;
}

static int
add_field(struct count_plan *plan, const struct options *options,
	  const char *text, const char *option)
{
	rpclog_diag diag;
	uint32_t name;

	if (name_find(text_of(text), &name, &diag) != RPCLOG_OK) {
		usage_error(options, "%s: %s", option, diag.text);
		return -1;
	}
	if (plan->field_count == COUNT_FIELDS) {
		usage_error(options, "%s: more than %d names", option,
			    COUNT_FIELDS - 1);
		return -1;
	}
	for (size_t i = 0; !strcmp(option, "--by") && i < plan->field_count;
	     i++) {
		if (plan->fields[i] == name) {
			usage_error(options, "\"%s\" stands twice in --by",
				    text);
			return -1;
		}
	}
	plan->fields[plan->field_count++] = name;
	if (name_is_of_class(name))
		plan->asks_class = 1;
	else if (name_is_settled(name))
		plan->asks_user = 1;
	return 0;
}

/* p50, p95, .., max, avg */
static int
read_figure(const char *text, struct stat_figure *figure)
{
	char *end;

	memset(figure, 0, sizeof(*figure));
	if (!strcmp(text, "max")) {
		figure->kind = STAT_MAX;
		return 1;
	}
	if (!strcmp(text, "avg")) {
		figure->kind = STAT_AVG;
		return 1;
	}
	if (text[0] != 'p' || text[1] < '1' || text[1] > '9')
		return 0;
	figure->kind = STAT_PERCENTILE;
	figure->percent = (unsigned)strtoul(text + 1, &end, 10);
	return *end == '\0' && figure->percent <= 100;
}

static int
bad_stat(const struct options *options, const char *text)
{
	usage_error(options,
		    "--stat \"%s\": write it as "
		    "p50,p95,max,avg:COLUMN",
		    text);
	return -1;
}

/* One --stat: its column becomes a source, each figure a column of ours. */
static int
add_stat(struct count_plan *plan, const struct options *options,
	 const char *text, int alone)
{
	const char *colon = strrchr(text, ':');
	rpclog_diag diag;
	uint32_t source;

	if (!colon || colon == text || !colon[1])
		return bad_stat(options, text);
	if (name_find(text_of(colon + 1), &source, &diag) != RPCLOG_OK) {
		usage_error(options, "--stat: %s", diag.text);
		return -1;
	}
	if (plan->source_count == COUNT_STATS)
		return bad_stat(options, text);
	plan->sources[plan->source_count] = source;

	char *list = xstrndup(text, (size_t)(colon - text));

	for (char *word = strtok(list, ","); word; word = strtok(NULL, ",")) {
		struct stat_figure figure;

		if (plan->figure_count == COUNT_STATS ||
		    !read_figure(word, &figure)) {
			free(list);
			return bad_stat(options, text);
		}
		figure.source = plan->source_count;

		/* p95, or p95:Column if there are several columns. */
		snprintf(figure.name, sizeof(figure.name), "%s%s", word,
			 alone ? "" : colon);
		plan->figures[plan->figure_count++] = figure;
	}
	free(list);
	plan->source_count++;
	return 0;
}

int
count_plan_read(struct count_plan *plan, const struct options *options)
{
	memset(plan, 0, sizeof(*plan));
	if (options->by.count == 0) {
		usage_error(options, "count needs --by LIST, such as "
				     "--by hour,class");
		return -1;
	}
	for (size_t i = 0; i < options->by.count; i++) {
		if (add_field(plan, options, options->by.items[i], "--by") < 0)
			return -1;
	}
	plan->by_count = plan->field_count;
	if (options->distinct &&
	    add_field(plan, options, options->distinct, "--distinct") < 0)
		return -1;
	for (size_t i = 0; i < options->stat.count; i++) {
		if (add_stat(plan, options, options->stat.items[i],
			     options->stat.count == 1) < 0)
			return -1;
	}
	return 0;
}
