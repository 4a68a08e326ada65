/* SPDX-License-Identifier: MIT */
/* Text for HTML: our own words, those of logs, numbers and times. */

#include <stdio.h>
#include <string.h>

#include "html.h"
#include "text.h"
#include "when.h"

#define UNNAMED "(none)"

/* How a byte stands in text and in an attribute; NULL: as it is. */
static const char *
entity_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	}
	return NULL;
}

void
html_words(struct out *out, const char *text)
{
	for (; *text; text++) {
		const char *entity = entity_of(*text);

		if (entity)
			out_str(out, entity);
		else
			out_char(out, *text);
	}
}

bool
html_acts_on_others(uint32_t code)
{
	return code == 0xad || code == 0x61c || code == 0x180e ||
	       code == 0x200b || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
	       (code >= 0xfff9 && code <= 0xfffb) ||
	       (code & 0xfffe) == 0xfffe || code >= 0xe0000;
}

static void
put_hex(struct out *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out_format(out, "\\x%02X", (unsigned)(unsigned char)bytes[i]);
}

/* The character at the head of 'text'; answers its length. */
static size_t
put_character(struct out *out, rpclog_slice text, bool *as_hex)
{
	uint32_t code;
	size_t len;
	const enum text_class class = text_next(text, &len, &code);
	const char *entity = entity_of(*text.ptr);

	*as_hex = class != TEXT_PLAIN || html_acts_on_others(code);
	if (*as_hex)
		put_hex(out, text.ptr, len);
	else if (entity)
		out_str(out, entity);
	else
		out_bytes(out, text.ptr, len);
	return len;
}

static rpclog_slice
rest_of(rpclog_slice text, size_t from)
{
	return (rpclog_slice){ text.ptr + from, text.len - from };
}

void
html_log(struct out *out, rpclog_slice text)
{
	bool as_hex;

	while (text.len)
		text = rest_of(text, put_character(out, text, &as_hex));
}

void
html_name(struct out *out, rpclog_slice name)
{
	if (name.len == 0) {
		out_str(out, "<i>" UNNAMED "</i>");
		return;
	}
	out_str(out, "<bdi>");
	html_log(out, name);
	out_str(out, "</bdi>");
}

/* Columns of the character at the head of 'text'. */
static size_t
columns_of(rpclog_slice text, size_t *len)
{
	uint32_t code;

	if (text_next(text, len, &code) != TEXT_PLAIN ||
	    html_acts_on_others(code))
		return 4 * *len;
	/* Without a letter before it, or a font for it, a mark has a width. */
	return text_columns(code) > 1 ? 2 : 1;
}

/* How much of the text fits into 'columns'. */
static size_t
fitting(rpclog_slice text, size_t columns)
{
	size_t at = 0, used = 0, len;

	while (at < text.len) {
		used += columns_of(rest_of(text, at), &len);
		if (used > columns)
			break;
		at += len;
	}
	return at;
}

void
html_cut(struct out *out, rpclog_slice name, size_t columns)
{
	if (name.len == 0) {
		out_str(out, UNNAMED);
	} else if (fitting(name, columns) == name.len) {
		html_log(out, name);
	} else {
		name.len = fitting(name, columns - 1);
		html_log(out, name);
		out_str(out, "\xe2\x80\xa6");
	}
}

void
html_marked(struct out *out, rpclog_slice text)
{
	while (text.len) {
		const char *end = memchr(text.ptr, FINDING_LOG, text.len);
		size_t len = end ? (size_t)(end - text.ptr) : text.len;

		html_log(out, (rpclog_slice){ text.ptr, len });
		text = rest_of(text, end ? len + 1 : len);
		if (!end)
			break;
		end = memchr(text.ptr, FINDING_END, text.len);
		len = end ? (size_t)(end - text.ptr) : text.len;
		if (len)
			html_name(out, (rpclog_slice){ text.ptr, len });
		text = rest_of(text, end ? len + 1 : len);
	}
}

void
html_marked_str(struct out *out, const char *text)
{
	html_marked(out, (rpclog_slice){ text, strlen(text) });
}

/* Shorter ones are read at a glance. */
#define GROUPED 10000

void
html_number(struct out *out, uint64_t number)
{
	char digits[24];
	const int len = snprintf(digits, sizeof(digits), "%llu",
				 (unsigned long long)number);

	for (int i = 0; i < len; i++) {
		if (number >= GROUPED && i && (len - i) % 3 == 0)
			out_str(out, "\xe2\x80\xaf");
		out_char(out, digits[i]);
	}
}

void
html_count(struct out *out, uint64_t number, const char *word)
{
	out_unsigned(out, number);
	out_char(out, ' ');
	html_words(out, word);
	if (number != 1)
		out_char(out, 's');
}

void
html_minute(struct out *out, int64_t us)
{
	char text[WHEN_SIZE];

	when_minute(text, us);
	out_str(out, text);
}
