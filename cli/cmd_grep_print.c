/* SPDX-License-Identifier: MIT */
/* grep's rows as grep(1) prints them: prefixes, colours, and -o. */

#include <string.h>

#include "cmd_grep.h"

void
grep_print_path(struct out *out, const struct run_file *file)
{
	const char *path =
		strcmp(file->path, "-") == 0 ? "(standard input)" : file->path;

	out_color(out, COLOR_MAGENTA);
	out_text(out, (rpclog_slice){ path, strlen(path) });
	out_color(out, COLOR_OFF);
}

void
grep_print_mark(struct out *out, char mark)
{
	out_color(out, COLOR_CYAN);
	out_char(out, mark);
	out_color(out, COLOR_OFF);
}

static void
prefix(struct grep_worker *w, const struct run_file *file, uint64_t line,
       char mark)
{
	struct out *out = w->worker->out;

	if (w->grep->prefix) {
		grep_print_path(out, file);
		grep_print_mark(out, mark);
	}
	if (w->grep->options->line_numbers) {
		out_color(out, COLOR_GREEN);
		out_unsigned(out, line);
		out_color(out, COLOR_OFF);
		grep_print_mark(out, mark);
	}
}

static rpclog_slice
part(rpclog_slice raw, size_t from, size_t to)
{
	return (rpclog_slice){ raw.ptr + from, to - from };
}

/* The next match that holds a byte, from '*from' on. */
static int
next_match(struct grep_worker *w, rpclog_slice raw, size_t *from, size_t *to)
{
	while (*from <= raw.len &&
	       finder_find(w->finder, raw, from, to) == RPCLOG_OK) {
		if (*to > *from)
			return 1;
		++*from;
	}
	return 0;
}

static void
paint(struct out *out, rpclog_slice text)
{
	out_color(out, COLOR_RED);
	out_text(out, text);
	out_color(out, COLOR_OFF);
}

static void
print_parts(struct grep_worker *w, const struct run_file *file, uint64_t line,
	    rpclog_slice raw, char mark)
{
	struct out *out = w->worker->out;
	size_t from = 0, to = 0;

	for (; next_match(w, raw, &from, &to); from = to) {
		prefix(w, file, line, mark);
		paint(out, part(raw, from, to));
		out_char(out, '\n');
	}
}

static void
print_painted(struct grep_worker *w, rpclog_slice raw)
{
	struct out *out = w->worker->out;
	size_t from = 0, to = 0, done = 0;

	for (; next_match(w, raw, &from, &to); from = to) {
		out_text(out, part(raw, done, from));
		paint(out, part(raw, from, to));
		done = to;
	}
	out_text(out, part(raw, done, raw.len));
}

void
grep_print(struct grep_worker *w, const struct run_file *file, uint64_t line,
	   rpclog_slice raw, char mark)
{
	struct out *out = w->worker->out;
	const int matches = (mark == ':') != (w->grep->options->invert != 0);

	if (w->grep->output == GREP_PARTS) {
		if (matches)
			print_parts(w, file, line, raw, mark);
		return;
	}
	prefix(w, file, line, mark);
	if (out->color && matches)
		print_painted(w, raw);
	else
		out_text(out, raw);
	out_char(out, '\n');
}
