/* SPDX-License-Identifier: MIT */
/* What stands in commands for the user, ready for a shell. */

#include <string.h>

#include "shell.h"

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

void
shell_word(struct out *out, const char *word)
{
	static const char harmless[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789._-/+:,@%";

	if (!is_plain(word)) {
		out_str(out, "PATH");
		return;
	}
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

static void
put_word(struct out *out, const char *word)
{
	if (out->len > 0)
		out_char(out, ' ');
	shell_word(out, word);
}

/* What begins like an option is none here. */
void
shell_path(struct out *out, const char *path)
{
	struct out name;

	if (path[0] != '-' || path[1] == '\0') {
		put_word(out, path);
		return;
	}
	out_memory(&name);
	out_str(&name, "./");
	out_str(&name, path);
	out_char(&name, '\0');
	put_word(out, name.data);
	out_free(&name);
}

static void
put_option(struct out *out, const char *name, const char *value)
{
	if (!value)
		return;
	put_word(out, name);
	put_word(out, value);
}

char *
shell_paths(const struct options *options)
{
	struct out out;
	char *text;

	out_memory(&out);
	put_option(&out, "--rules", options->rules_file);
	put_option(&out, "--legacy", options->legacy_hosts);
	for (size_t i = 0; i < options->operand_count; i++)
		shell_path(&out, options->operands[i]);
	text = xstrndup(out.data ? out.data : "", out.len);
	out_free(&out);
	return text;
}
