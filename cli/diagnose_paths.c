/* SPDX-License-Identifier: MIT */
/* What commands for the user end with: the PATHs, ready for a shell. */

#include <string.h>

#include "diagnose.h"

/*
 * What no shell takes as it stands on a terminal, a name with an escape in it,
 * is the word PATH: our commands are there to be copied.
 */
static int
is_plain(const char *word)
{
	struct out safe;
	int same;

	out_memory(&safe);
	out_safe(&safe, (rpclog_slice){ word, strlen(word) });
	same = safe.len == strlen(word);
	out_free(&safe);
	return same;
}

static void
quote(struct out *out, const char *word)
{
	static const char harmless[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789._-/+:,@%";

	if (!is_plain(word)) {
		out_str(out, "PATH");
		return;
	}
	/* An option is no path. */
	if (word[0] == '-' && word[1] != '\0')
		out_str(out, "./");
	if (word[0] && word[strspn(word, harmless)] == '\0') {
		out_str(out, word);
		return;
	}
	out_char(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			out_str(out, "'\\''");
		else
			out_char(out, *word);
	}
	out_char(out, '\'');
}

char *
diagnose_paths(const struct options *options)
{
	struct out out;
	char *text;

	out_memory(&out);
	for (size_t i = 0; i < options->operand_count; i++) {
		if (i > 0)
			out_char(&out, ' ');
		quote(&out, options->operands[i]);
	}
	text = xstrndup(out.data ? out.data : "", out.len);
	out_free(&out);
	return text;
}
