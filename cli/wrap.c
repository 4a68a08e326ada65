/* SPDX-License-Identifier: MIT */
/* Our own prose, wrapped for people. */

#include <string.h>

#include "wrap.h"

#define LINE_WIDTH 80

static void
indent_by(struct out *out, size_t indent)
{
	while (indent--)
		out_char(out, ' ');
}

void
wrap_from(struct out *out, size_t indent, size_t column, const char *text)
{
	while (*text) {
		const size_t len = strcspn(text, " \n");
		const rpclog_slice word = { text, len };
		const size_t width = out_width(word);

		if (len && column && column + 1 + width > LINE_WIDTH) {
			out_char(out, '\n');
			column = 0;
		}
		if (len && !column) {
			indent_by(out, indent);
			column = indent;
		} else if (len) {
			out_char(out, ' ');
			column++;
		}
		/* Rules of the user may hold anything. */
		out_text(out, word);
		column += width;
		text += len;
		if (*text == '\n') {
			out_char(out, '\n');
			column = 0;
		}
		text += *text != '\0';
	}
	if (column)
		out_char(out, '\n');
}

void
wrap_put(struct out *out, size_t indent, const char *text)
{
	wrap_from(out, indent, 0, text);
}
