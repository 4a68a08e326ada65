/* SPDX-License-Identifier: MIT */
/* `rpclog explain`: classes, codes, statuses and columns in plain words. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "explain.h"
#include "names.h"
#include "run.h"
#include "wrap.h"

static const struct {
	const char *kind;  /* "NAME is ..." */
	const char *title; /* of the list */
	const struct explained *entries;
} books[] = {
	{ "an error code (ErrorCode)", "Error codes", explain_error_codes },
	{ "a SecurityStatus", "SecurityStatus", explain_security_statuses },
	{ "a WebExceptionStatus", "WebExceptionStatus", explain_web_statuses },
	{ "a log column", "Columns: request and client",
	  explain_request_columns },
	{ "a log column", "Columns: routing and back end",
	  explain_proxy_columns },
	{ "a log column", "Columns: times", explain_timing_columns },
};

#define BOOK_COUNT (sizeof(books) / sizeof(books[0]))

static void
put_part(struct out *out, const char *title, const char *text)
{
	if (!text[0])
		return;
	out_char(out, '\n');
	out_color(out, COLOR_BOLD);
	out_str(out, title);
	out_color(out, COLOR_OFF);
	out_char(out, '\n');
	wrap_put(out, 2, text);
}

static void
put_class(const rpclog_class *info)
{
	struct out *out = out_stdout();

	out_color(out, COLOR_BOLD);
	out_str(out, info->name);
	out_color(out, COLOR_OFF);
	out_format(out, ": a class (number %u, popup %s, severity %s)\n",
		   (unsigned)info->id, popup_text(info->popup),
		   severity_text(info->severity));
	wrap_put(out, 2, info->title);
	put_part(out, "Cause", info->cause);
	put_part(out, "What to do", info->remedy);
	put_part(out, "Reference", info->reference);
}

static void
put_entry(const char *kind, const struct explained *entry)
{
	struct out *out = out_stdout();

	out_color(out, COLOR_BOLD);
	out_str(out, entry->name);
	out_color(out, COLOR_OFF);
	out_format(out, ": %s\n", kind);
	wrap_put(out, 2, entry->text);
	if (entry->class)
		out_format(out, "\n  Class: %s (see rpclog explain %s)\n",
			   entry->class, entry->class);
}

/* All that bear the name: some words are code and status at once. */
static size_t
explain(const rpclog_rules *rules, const char *name)
{
	rpclog_class info;
	size_t found = 0, i;

	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		if (strcasecmp(info.name, name) == 0) {
			put_class(&info);
			found++;
		}
	}
	for (i = 0; i < BOOK_COUNT; i++) {
		const struct explained *entry = books[i].entries;

		for (; entry->name; entry++) {
			if (strcasecmp(entry->name, name) != 0)
				continue;
			if (found++)
				out_char(out_stdout(), '\n');
			put_entry(books[i].kind, entry);
		}
	}
	return found;
}

static int
say_unknown(const struct options *options, const rpclog_rules *rules,
	    const char *name)
{
	const char **names = NULL;
	const char *near;
	size_t count = 0, capacity = 0, i;
	rpclog_class info;

	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		names = xgrow(names, count, &capacity, sizeof(*names));
		names[count++] = info.name;
	}
	for (i = 0; i < BOOK_COUNT; i++) {
		const struct explained *entry = books[i].entries;

		for (; entry->name; entry++) {
			names = xgrow(names, count, &capacity, sizeof(*names));
			names[count++] = entry->name;
		}
	}
	near = nearest(name, names, count);
	free(names);
	if (near)
		return usage_error(options,
				   "nothing known of \"%s\": did you "
				   "mean %s?",
				   name, near);
	return usage_error(options,
			   "nothing known of \"%s\": rpclog explain "
			   "lists what there is",
			   name);
}

static void
list(const rpclog_rules *rules)
{
	struct out *out = out_stdout();
	rpclog_class info;
	size_t i;

	out_str(out, "Classes\n");
	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		out_format(out, "  %-31s", info.name);
		wrap_from(out, 34, 33, info.title);
	}
	for (i = 0; i < BOOK_COUNT; i++) {
		const struct explained *entry = books[i].entries;

		out_format(out, "\n%s\n", books[i].title);
		for (; entry->name; entry++)
			out_format(out, "  %s\n", entry->name);
	}
}

static int
run_explain(struct options *options)
{
	rpclog_options library;
	rpclog_rules *rules;
	int code = EXIT_DONE;
	size_t i;

	run_library_options(options, &library);
	rules = run_load_rules(options, &library);
	if (!rules)
		return EXIT_TROUBLE;
	if (options->operand_count == 0)
		list(rules);
	for (i = 0; i < options->operand_count; i++) {
		if (i)
			out_char(out_stdout(), '\n');
		if (!explain(rules, options->operands[i]))
			code = say_unknown(options, rules,
					   options->operands[i]);
	}
	rpclog_rules_free(rules);
	return code;
}

const struct command command_explain = {
	"explain",
	"[NAME...]",
	"what a class, error code, status or log column means",
	CMD_EXPLAIN,
	run_explain,
	NULL
};
