/* SPDX-License-Identifier: MIT */
/* How the argument of an option is stored: one function per kind. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store.h"

static void *
at(struct options *options, const struct option_row *row)
{
	return (char *)options + row->offset;
}

int
store_flag(struct options *options, const struct option_row *row,
	   const char *argument)
{
	(void)argument;
	*(int *)at(options, row) = (int)row->limit;
	return EXIT_DONE;
}

int
store_minus(struct options *options, const struct option_row *row,
	    const char *argument)
{
	(void)argument;
	*(int *)at(options, row) = -1;
	return EXIT_DONE;
}

int
store_text(struct options *options, const struct option_row *row,
	   const char *argument)
{
	if (!argument[0])
		return usage_error(options, "--%s: empty value", row->name);
	*(const char **)at(options, row) = argument;
	return EXIT_DONE;
}

/* Digits and nothing else, up to 'limit'. */
static int
read_number(const char *text, uint64_t limit, uint64_t *value)
{
	const char *p;

	*value = 0;
	for (p = text; *p >= '0' && *p <= '9'; p++) {
		const uint64_t digit = (uint64_t)(*p - '0');

		if (*value > (limit - digit) / 10 || digit > limit)
			return 0;
		*value = *value * 10 + digit;
	}
	return p > text && !*p;
}

static int
store_range(struct options *options, const struct option_row *row,
	    const char *argument, uint64_t least)
{
	uint64_t value;

	if (!read_number(argument, row->limit, &value) || value < least)
		return usage_error(options,
				   "--%s: \"%s\" is no whole number "
				   "from %" PRIu64 " to %" PRIu64,
				   row->name, argument, least, row->limit);
	*(uint64_t *)at(options, row) = value;
	return EXIT_DONE;
}

int
store_number(struct options *options, const struct option_row *row,
	     const char *argument)
{
	return store_range(options, row, argument, 0);
}

int
store_from_one(struct options *options, const struct option_row *row,
	       const char *argument)
{
	return store_range(options, row, argument, 1);
}

int
store_when(struct options *options, const struct option_row *row,
	   const char *argument)
{
	enum when_mode *mode = at(options, row);

	if (!argument || strcmp(argument, "auto") == 0)
		*mode = WHEN_AUTO;
	else if (strcmp(argument, "always") == 0)
		*mode = WHEN_ALWAYS;
	else if (strcmp(argument, "never") == 0)
		*mode = WHEN_NEVER;
	else
		return usage_error(options,
				   "--%s: \"%s\" is none of auto, "
				   "always, never",
				   row->name, argument);
	return EXIT_DONE;
}

int
store_term(struct options *options, const struct option_row *row,
	   const char *argument)
{
	struct term *term;

	options->terms = xrealloc(options->terms, options->term_count + 1,
				  sizeof(*options->terms));
	term = &options->terms[options->term_count++];
	term->kind = (enum filter_term)row->limit;
	term->text = argument;
	term->option = row->name;
	return EXIT_DONE;
}

static void
append(struct text_list *list, const char *item)
{
	list->items =
		xrealloc(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = item;
}

int
store_list(struct options *options, const struct option_row *row,
	   const char *argument)
{
	append(at(options, row), argument);
	return EXIT_DONE;
}

int
store_split(struct options *options, const struct option_row *row,
	    const char *argument)
{
	struct text_list *list = at(options, row);
	const char *p = argument;

	/* The last one given counts. */
	list->count = 0;
	for (;;) {
		const size_t len = strcspn(p, ",");

		if (len == 0)
			return usage_error(options,
					   "--%s: empty name in "
					   "\"%s\"",
					   row->name, argument);
		append(list, xstrndup(p, len));
		if (!p[len])
			return EXIT_DONE;
		p += len + 1;
	}
}

int
store_legacy(struct options *options, const struct option_row *row,
	     const char *argument)
{
	const char *before = options->legacy_hosts;
	char *joined;

	if (!before)
		return store_text(options, row, argument);
	joined = xmalloc(strlen(before) + strlen(argument) + 2);
	sprintf(joined, "%s,%s", before, argument);
	options->legacy_hosts = joined;
	return EXIT_DONE;
}

int
store_format(struct options *options, const struct option_row *row,
	     const char *argument)
{
	if (!out_format_find(argument, &options->format))
		return usage_error(options,
				   "--%s: \"%s\" is none of text, "
				   "tsv, csv, jsonl, json",
				   row->name, argument);
	options->format_given = 1;
	return EXIT_DONE;
}

/* The formats of cat: whole rows and documents besides tables. */
int
store_row_form(struct options *options, const struct option_row *row,
	       const char *argument)
{
	enum out_format format = OUT_TEXT;

	options->row_form = ROWS_FIELDS;
	if (strcmp(argument, "raw") == 0)
		options->row_form = ROWS_RAW;
	else if (strcmp(argument, "ecs") == 0)
		options->row_form = ROWS_ECS;
	else if (!out_format_find(argument, &format) || format == OUT_TEXT)
		return usage_error(options,
				   "--%s: \"%s\" is none of raw, tsv, "
				   "csv, jsonl, json, ecs",
				   row->name, argument);
	options->format = format;
	options->format_given = 1;
	return EXIT_DONE;
}

/* The formats of diagnose: a page besides tables. */
int
store_finding_form(struct options *options, const struct option_row *row,
		   const char *argument)
{
	int page = strcmp(argument, "md") == 0;

	options->markdown = page;
	options->format = OUT_TEXT;
	if (!page && !out_format_find(argument, &options->format))
		return usage_error(options,
				   "--%s: \"%s\" is none of text, md, "
				   "tsv, csv, jsonl, json",
				   row->name, argument);
	options->format_given = 1;
	return EXIT_DONE;
}

int
store_report_form(struct options *options, const struct option_row *row,
		  const char *argument)
{
	static const char *const names[] = {
		[REPORT_TEXT] = "text", [REPORT_MARKDOWN] = "md",
		[REPORT_HTML] = "html", [REPORT_JSON] = "json",
		[REPORT_MAIL] = "mail", [REPORT_PROM] = "prom",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(argument, names[i]) == 0) {
			options->report_form = (enum report_form)i;
			return EXIT_DONE;
		}
	}
	return usage_error(options,
			   "--%s: \"%s\" is none of text, md, html, json, "
			   "mail, prom",
			   row->name, argument);
}

int
store_json(struct options *options, const struct option_row *row,
	   const char *argument)
{
	(void)row;
	(void)argument;
	options->row_form = ROWS_FIELDS;
	options->report_form = REPORT_JSON;
	options->markdown = 0;
	options->format = OUT_JSONL;
	options->format_given = 1;
	options->json = 1;
	return EXIT_DONE;
}
