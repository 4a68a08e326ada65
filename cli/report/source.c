/* SPDX-License-Identifier: MIT */
/* What a report is of: a database or logs, as words for a shell. */

#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "shell.h"

char *
report_source(const struct options *options)
{
	struct out out;
	char *text;

	if (!options->database)
		return shell_paths(options);
	out_memory(&out);
	out_str(&out, "-d ");
	shell_word(&out, options->database);
	text = xstrndup(out.data, out.len);
	out_free(&out);
	return text;
}

/* 'folder' becomes the folder that holds 'path', too. */
static void
widen(char *folder, rpclog_slice path)
{
	size_t len = 0;

	while (len < path.len && folder[len] == path.ptr[len])
		len++;
	while (len > 0 && folder[len - 1] != '/')
		len--;
	folder[len] = '\0';
}

char *
report_paths(struct db *db, const struct options *options)
{
	struct options words = *options;
	struct statement *st;
	char *folder = NULL, *text;
	char *operands[1];

	if (!options->database)
		return shell_paths(options);
	st = db_prepare(db, "SELECT path FROM path");
	while (statement_step(st)) {
		const rpclog_slice path = column_blob(st, 0);

		if (!folder)
			folder = xstrndup(path.ptr, path.len);
		widen(folder, path);
	}
	statement_free(st);
	/* Nothing in common is no place to read from. */
	if (!folder || strlen(folder) < 2) {
		free(folder);
		folder = xstrdup("PATH");
	}
	/* As a user would write it. */
	if (folder[strlen(folder) - 1] == '/')
		folder[strlen(folder) - 1] = '\0';
	operands[0] = folder;
	words.operands = operands;
	words.operand_count = 1;
	text = shell_paths(&words);
	free(folder);
	return text;
}
