/* SPDX-License-Identifier: MIT */
/* grep's patterns: from -e, from -f, or the first operand. */

#include <stdlib.h>
#include <string.h>

#include "cmd_grep.h"
#include "setup.h"

struct pattern_list {
	rpclog_slice *items;
	size_t count, capacity;
};

/* A line is a pattern, as in grep(1): rows hold no line ends. */
static void
add_lines(struct pattern_list *list, const char *text, size_t len)
{
	for (;;) {
		const char *end = len ? memchr(text, '\n', len) : NULL;
		const size_t line = end ? (size_t)(end - text) : len;

		list->items = xgrow(list->items, list->count, &list->capacity,
				    sizeof(*list->items));
		list->items[list->count++] = (rpclog_slice){ text, line };
		if (!end)
			return;
		len -= line + 1;
		text = end + 1;
	}
}

/* Lines of a file; a CR before the LF is no part of a pattern. */
static int
add_file(struct pattern_list *list, const char *path)
{
	size_t len = 0;
	char *text = file_read(path, &len);
	const size_t before = list->count;

	if (!text)
		return EXIT_TROUBLE;
	if (len > 0 && text[len - 1] == '\n')
		len--;
	else if (len == 0)
		return EXIT_DONE; /* no line, no pattern */
	add_lines(list, text, len);
	for (size_t i = before; i < list->count; i++) {
		rpclog_slice *item = &list->items[i];

		if (item->len > 0 && item->ptr[item->len - 1] == '\r')
			item->len--;
	}
	return EXIT_DONE; /* the patterns point into 'text' */
}

int
grep_patterns(struct grep *grep, const rpclog_options *library,
	      size_t *operands_used)
{
	const struct options *options = grep->options;
	struct pattern_list list = { NULL, 0, 0 };
	uint32_t flags = 0;
	rpclog_diag diag;

	*operands_used = 0;
	for (size_t i = 0; i < options->patterns.count; i++) {
		const char *text = options->patterns.items[i];

		add_lines(&list, text, strlen(text));
	}
	for (size_t i = 0; i < options->pattern_files.count; i++) {
		if (add_file(&list, options->pattern_files.items[i]))
			return EXIT_TROUBLE;
	}
	if (options->patterns.count == 0 && options->pattern_files.count == 0) {
		if (options->operand_count == 0)
			return usage_error(options, "grep needs a pattern");
		add_lines(&list, options->operands[0],
			  strlen(options->operands[0]));
		*operands_used = 1;
	}
	if (options->fixed)
		flags |= PATTERN_LITERAL;
	if (options->ignore_case)
		flags |= PATTERN_NOCASE;
	if (options->word)
		flags |= PATTERN_WORD;
	if (options->line)
		flags |= PATTERN_LINE;

	const rpclog_status status = pattern_compile(
		&grep->pattern, list.items, list.count, flags, library, &diag);

	free(list.items);
	if (status != RPCLOG_OK)
		return usage_error(options, "%s", diag.text);
	return EXIT_DONE;
}
