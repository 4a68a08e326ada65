/* SPDX-License-Identifier: MIT */
/* Encodings of the parts of a message. */

#include <string.h>

#include "mime.h"

/* No line of an encoded part is longer. */
#define LINE_MAX_LEN 76

static const char hex[] = "0123456789ABCDEF";

void
mime_line_end(const struct mime *mime)
{
	out_str(mime->out, mime->crlf ? "\r\n" : "\n");
}

/* How many bytes a line may take, if it does not end the text's own line. */
#define SOFT_LEN (LINE_MAX_LEN - 1)

/* Does it have to be coded at this place, wherever the line is broken? */
static bool
must_code(rpclog_slice line, size_t i, bool at_start)
{
	const unsigned char c = (unsigned char)line.ptr[i];

	if (c == ' ' || c == '\t')
		return i + 1 == line.len;
	/* Mailboxes of old begin messages with "From ", and SMTP ends one with
	 * a lone dot. */
	if (at_start && (c == 'F' || c == '.'))
		return true;
	return c < '!' || c > '~' || c == '=';
}

/* 'ended': no soft end comes after it. */
static void
put_line(const struct mime *mime, rpclog_slice line, bool ended)
{
	size_t column = 0;

	for (size_t i = 0; i < line.len; i++) {
		bool coded = must_code(line, i, column == 0);
		const size_t limit =
			ended && i + 1 == line.len ? LINE_MAX_LEN : SOFT_LEN;

		if (column + (coded ? 3 : 1) > limit) {
			out_char(mime->out, '=');
			mime_line_end(mime);
			column = 0;
			coded = must_code(line, i, true);
		}
		if (coded) {
			const unsigned char c = (unsigned char)line.ptr[i];

			out_char(mime->out, '=');
			out_char(mime->out, hex[c >> 4]);
			out_char(mime->out, hex[c & 15]);
		} else {
			out_char(mime->out, line.ptr[i]);
		}
		column += coded ? 3 : 1;
	}
}

void
mime_quoted_printable(const struct mime *mime, rpclog_slice text)
{
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		const rpclog_slice line = { text.ptr,
					    end ? (size_t)(end - text.ptr)
						: text.len };

		put_line(mime, line, end != NULL);
		if (!end) {
			/* The text's last line has no end; ours has. */
			out_char(mime->out, '=');
			mime_line_end(mime);
			return;
		}
		mime_line_end(mime);
		text.ptr += line.len + 1;
		text.len -= line.len + 1;
	}
}

void
mime_base64(const struct mime *mime, rpclog_slice bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t column = 0;

	for (size_t i = 0; i < bytes.len; i += 3) {
		const size_t left = bytes.len - i;
		uint32_t bits = 0;
		char four[4];

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (k < left ? (unsigned char)bytes.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			four[k] = k > left ? '='
					   : digits[bits >> (18 - 6 * k) & 63];
		out_bytes(mime->out, four, sizeof(four));
		column += sizeof(four);
		if (column == LINE_MAX_LEN || left <= 3) {
			mime_line_end(mime);
			column = 0;
		}
	}
}
