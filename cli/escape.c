/* SPDX-License-Identifier: MIT */
/* Text from logs, written in the escaping of each format. */

#include "out.h"
#include "text.h"

static rpclog_slice
rest_of(rpclog_slice text, size_t from)
{
	const rpclog_slice rest = { text.ptr + from, text.len - from };

	return rest;
}

static void
put_hex(struct out *out, const char *before, rpclog_slice bytes)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t i;

	for (i = 0; i < bytes.len; i++) {
		const unsigned char c = (unsigned char)bytes.ptr[i];

		out_str(out, before);
		out_char(out, hex[c >> 4]);
		out_char(out, hex[c & 15]);
	}
}

/* C0, DEL and invalid bytes as \xNN; C1 too if 'c1'; all else raw. */
static void
put_escaped(struct out *out, rpclog_slice text, int c1)
{
	while (text.len) {
		size_t len = text_ascii(text);
		uint32_t code;

		if (len) {
			out_bytes(out, text.ptr, len);
			text = rest_of(text, len);
			continue;
		}
		switch (text_next(text, &len, &code)) {
		case TEXT_PLAIN: out_bytes(out, text.ptr, len); break;
		case TEXT_C1:
			if (!c1) {
				out_bytes(out, text.ptr, len);
				break;
			}
			/* fall through */
		case TEXT_CONTROL:
		case TEXT_INVALID:
			put_hex(out, "\\x", (rpclog_slice){ text.ptr, len });
			break;
		}
		text = rest_of(text, len);
	}
}

void
out_safe(struct out *out, rpclog_slice text)
{
	put_escaped(out, text, 1);
}

void
out_text(struct out *out, rpclog_slice text)
{
	if (out->safe)
		put_escaped(out, text, 1);
	else
		out_bytes(out, text.ptr, text.len);
}

void
out_tsv(struct out *out, rpclog_slice text)
{
	put_escaped(out, text, out->safe);
}

static int
needs_quotes(rpclog_slice text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		const char c = text.ptr[i];

		if (c == ',' || c == '"' || c == '\n' || c == '\r')
			return 1;
	}
	return 0;
}

void
out_csv(struct out *out, rpclog_slice text, int guard)
{
	const char first = text.len ? text.ptr[0] : 'a';
	const int quotes = needs_quotes(text);

	if (quotes)
		out_char(out, '"');
	if (guard && (first == '=' || first == '+' || first == '-' ||
		      first == '@' || first == '\t'))
		out_char(out, '\'');
	while (quotes && text.len) {
		size_t len = 0;

		while (len < text.len && text.ptr[len] != '"')
			len++;
		out_text(out, (rpclog_slice){ text.ptr, len });
		if (len < text.len) {
			out_str(out, "\"\"");
			len++;
		}
		text = rest_of(text, len);
	}
	if (!quotes)
		out_text(out, text);
	else
		out_char(out, '"');
}

/* One character that does not stand for itself; answers its length. */
static size_t
put_json(struct out *out, rpclog_slice text)
{
	uint32_t code;
	size_t len;
	const enum text_class class = text_next(text, &len, &code);

	if (class == TEXT_INVALID) {
		out_str(out, "\xef\xbf\xbd");
	} else if (class == TEXT_CONTROL || (class == TEXT_C1 && out->safe)) {
		out_format(out, "\\u%04X", (unsigned)code);
	} else {
		if (code == '"' || code == '\\')
			out_char(out, '\\');
		out_bytes(out, text.ptr, len);
	}
	return len;
}

void
out_json(struct out *out, rpclog_slice text)
{
	out_char(out, '"');
	while (text.len) {
		size_t len = text_json(text);

		if (len)
			out_bytes(out, text.ptr, len);
		else
			len = put_json(out, text);
		text = rest_of(text, len);
	}
	out_char(out, '"');
}

size_t
out_width(rpclog_slice text)
{
	size_t width = 0;

	while (text.len) {
		size_t len = text_ascii(text);
		uint32_t code;

		if (len) {
			width += len;
		} else if (text_next(text, &len, &code) == TEXT_PLAIN) {
			width += text_columns(code);
		} else {
			width += 4 * len;
		}
		text = rest_of(text, len);
	}
	return width;
}
