/* SPDX-License-Identifier: MIT */
/* `rpclog explain`: classes, findings, codes and columns in plain words. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "explain.h"
#include "names.h"
#include "run.h"
#include "wrap.h"

/* How many entries were printed: a blank line goes between two. */
struct shown {
	struct out *out;
	size_t count;
};

static void
begin_entry(struct shown *shown, const char *name)
{
	if (shown->count++)
		out_char(shown->out, '\n');
	out_color(shown->out, COLOR_BOLD);
	out_str(shown->out, name);
	out_color(shown->out, COLOR_OFF);
}

/* Prose is wrapped; a line that begins with a tab is there to be copied. */
static void
put_text(struct out *out, const char *text)
{
	while (*text) {
		const size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		if (line[0] == '\t')
			out_format(out, "    %s\n", line + 1);
		else
			wrap_put(out, 2, line);
		free(line);
		text += len + (text[len] == '\n');
	}
}

static void
put_part(struct out *out, const char *title, const char *text)
{
	if (!text || !text[0])
		return;
	out_char(out, '\n');
	out_color(out, COLOR_BOLD);
	out_str(out, title);
	out_color(out, COLOR_OFF);
	out_char(out, '\n');
	put_text(out, text);
}

static void
put_class(struct shown *shown, const rpclog_class *info)
{
	struct out *out = shown->out;

	begin_entry(shown, info->name);
	out_format(out, ": a class (number %u, popup %s, severity %s)\n",
		   (unsigned)info->id, popup_text(info->popup),
		   severity_text(info->severity));
	wrap_put(out, 2, info->title);
	put_part(out, "Cause", info->cause);
	put_part(out, "What to do", info->remedy);
	put_part(out, "Reference", info->reference);
}

static void
put_also(struct out *out, const char *also)
{
	if (!also)
		return;
	out_str(out, "\n  Also: ");
	for (; *also; also++) {
		if (*also == ' ')
			out_char(out, ',');
		out_char(out, *also);
	}
	out_char(out, '\n');
}

static void
put_entry(struct shown *shown, const char *kind, const struct explained *entry)
{
	struct out *out = shown->out;

	begin_entry(shown, entry->name);
	out_format(out, ": %s\n", kind);
	if (entry->title) {
		wrap_put(out, 2, entry->title);
		out_char(out, '\n');
	}
	put_text(out, entry->text);
	put_part(out, "What it rests on", entry->evidence);
	put_part(out, "What it can't tell", entry->limits);
	put_part(out, "What to do", entry->remedy);
	put_part(out, "Reference", entry->reference);
	put_also(out, entry->also);
	if (entry->class)
		out_format(out,
			   "\n  More: rpclog explain %s (the class of such "
			   "rows)\n",
			   entry->class);
}

/* All that bear the name: some words are code and status at once. */
static size_t
explain(const rpclog_rules *rules, const char *asked, struct shown *shown)
{
	const size_t before = shown->count;
	const struct explained_book *book;
	rpclog_class info;
	size_t i;

	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		if (explain_is(info.name, asked))
			put_class(shown, &info);
	}
	for (book = explained_books; book->kind; book++) {
		const struct explained *entry = book->entries;

		for (; entry->name; entry++) {
			if (explain_is_entry(entry, asked))
				put_entry(shown, book->kind, entry);
		}
	}
	return shown->count - before;
}

/* To be freed; the names themselves stay where they are. */
static const char **
all_names(const rpclog_rules *rules, size_t *count)
{
	const struct explained_book *book;
	const char **names = NULL;
	size_t capacity = 0, i;
	rpclog_class info;

	*count = 0;
	for (i = 0; rpclog_rules_class(rules, i, &info); i++) {
		names = xgrow(names, *count, &capacity, sizeof(*names));
		names[(*count)++] = info.name;
	}
	for (book = explained_books; book->kind; book++) {
		const struct explained *entry = book->entries;

		for (; entry->name; entry++) {
			names = xgrow(names, *count, &capacity, sizeof(*names));
			names[(*count)++] = entry->name;
		}
	}
	return names;
}

/* How many names begin like that? */
static size_t
beginning(const char **names, size_t count, const char *asked)
{
	const size_t len = strlen(asked);
	size_t i, found = 0;

	for (i = 0; i < count; i++)
		found += strncasecmp(names[i], asked, len) == 0;
	return len < 3 ? 0 : found;
}

static int
say_unknown(const struct options *options, const rpclog_rules *rules,
	    const char *asked)
{
	size_t count;
	const char **names = all_names(rules, &count);
	const char *near = nearest(asked, names, count);
	const size_t more = beginning(names, count, asked);

	free(names);
	/* A number beside it is no help. */
	if (explain_is_number(asked))
		return usage_error(options,
				   "nothing known of %s: \"certutil -error "
				   "%s\" on Windows says what it is",
				   asked, asked);
	if (more > 1)
		return usage_error(options,
				   "nothing known of \"%s\": rpclog explain "
				   "'%s*' shows %zu that begin so",
				   asked, asked, more);
	if (near)
		return usage_error(options,
				   "nothing known of \"%s\": did you "
				   "mean %s?",
				   asked, near);
	return usage_error(options,
			   "nothing known of \"%s\": rpclog explain "
			   "lists what there is",
			   asked);
}

static int
explain_or_say(const struct options *options, const rpclog_rules *rules,
	       const char *asked, struct shown *shown)
{
	char status[EXPLAIN_STATUS_SIZE], win32[EXPLAIN_STATUS_SIZE];
	int code;

	if (explain(rules, asked, shown))
		return EXIT_DONE;
	if (!explain_split_status(asked, status, win32))
		return say_unknown(options, rules, asked);
	code = explain_or_say(options, rules, status, shown);
	return explain_or_say(options, rules, win32, shown) == EXIT_DONE
		       ? code
		       : EXIT_TROUBLE;
}

static void
list(const rpclog_rules *rules)
{
	struct out *out = out_stdout();
	rpclog_class info;
	size_t i;

	out_str(out, "Classes\n");
	for (i = 0; rpclog_rules_class(rules, i, &info); i++)
		explain_list_titled(out, info.name, 34, info.title);
	explain_list_books(out);
	out_str(out, "\nrpclog explain NAME says more.  NAME may be a glob, "
		     "such as 'be_krb_*'.\n");
}

static int
run_explain(struct options *options)
{
	rpclog_options library;
	rpclog_rules *rules;
	struct shown shown = { out_stdout(), 0 };
	int code = EXIT_DONE;
	size_t i;

	run_library_options(options, &library);
	rules = run_load_rules(options, &library);
	if (!rules)
		return EXIT_TROUBLE;
	if (options->operand_count == 0)
		list(rules);
	for (i = 0; i < options->operand_count; i++) {
		if (explain_or_say(options, rules, options->operands[i],
				   &shown) != EXIT_DONE)
			code = EXIT_TROUBLE;
	}
	rpclog_rules_free(rules);
	return code;
}

const struct command command_explain = {
	"explain",
	"[NAME...]",
	"what a class, finding, code, status or column means",
	CMD_EXPLAIN,
	run_explain,
	NULL
};
