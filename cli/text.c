/* SPDX-License-Identifier: MIT */
/* UTF-8 as it comes from logs: what is a character, what may be shown. */

#include "text.h"

#include "command.h"

#include <string.h>

/* The bytes that a lead byte asks for, or 0; and the least code they code. */
static size_t
lead(unsigned char c, uint32_t *bits, uint32_t *least)
{
	if (c >= 0xc2 && c <= 0xdf) {
		*bits = c & 0x1fU;
		*least = 0x80;
		return 2;
	}
	if (c >= 0xe0 && c <= 0xef) {
		*bits = c & 0x0fU;
		*least = 0x800;
		return 3;
	}
	if (c >= 0xf0 && c <= 0xf4) {
		*bits = c & 0x07U;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

enum text_class
text_next(rpclog_slice text, size_t *len, uint32_t *code)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	uint32_t bits = 0, least = 0;
	size_t want, i;

	*len = 1;
	*code = p[0];
	if (p[0] < 0x80)
		return p[0] < 0x20 || p[0] == 0x7f ? TEXT_CONTROL : TEXT_PLAIN;
	want = lead(p[0], &bits, &least);
	if (want == 0 || want > text.len)
		return TEXT_INVALID;
	for (i = 1; i < want; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return TEXT_INVALID;
		bits = bits << 6 | (p[i] & 0x3fU);
	}
	if (bits < least || bits > 0x10ffff ||
	    (bits >= 0xd800 && bits <= 0xdfff))
		return TEXT_INVALID;
	*len = want;
	*code = bits;
	return bits < 0xa0 ? TEXT_C1 : TEXT_PLAIN;
}

/* Eight bytes that are all 'c'. */
#define EIGHT(c) (UINT64_C(0x0101010101010101) * (c))

/*
 * Eight bytes at once: the high bits of the answer are all 0 if and only if
 * all of them are 0x20 .. 0x7e.  What one byte borrows from the next makes a
 * wrong bit only above one that is right.
 */
static uint64_t
unprintable(uint64_t eight)
{
	return (eight | (eight - EIGHT(0x20)) | (eight + EIGHT(1))) &
	       EIGHT(0x80);
}

/* The same for "is none of them 'c'?". */
static uint64_t
has_byte(uint64_t eight, unsigned char c)
{
	const uint64_t other = eight ^ EIGHT(c);

	return (other - EIGHT(1)) & ~other & EIGHT(0x80);
}

size_t
text_ascii(rpclog_slice text)
{
	size_t i = 0;
	uint64_t eight;

	for (; text.len - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text.ptr + i, sizeof(eight));
		if (unprintable(eight))
			break;
	}
	while (i < text.len && text.ptr[i] >= 0x20 && text.ptr[i] < 0x7f)
		i++;
	return i;
}

size_t
text_json(rpclog_slice text)
{
	size_t i = 0;
	uint64_t eight;

	for (; text.len - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, text.ptr + i, sizeof(eight));
		if (unprintable(eight) | has_byte(eight, '"') |
		    has_byte(eight, '\\'))
			break;
	}
	while (i < text.len && text.ptr[i] >= 0x20 && text.ptr[i] < 0x7f &&
	       text.ptr[i] != '"' && text.ptr[i] != '\\')
		i++;
	return i;
}

static size_t
count_invalid(rpclog_slice text)
{
	size_t count = 0, len;
	uint32_t code;

	while (text.len) {
		len = text_ascii(text);
		if (!len)
			count += text_next(text, &len, &code) == TEXT_INVALID;
		text.ptr += len;
		text.len -= len;
	}
	return count;
}

rpclog_slice
text_valid(rpclog_slice text, char **made)
{
	static const char replacement[] = "\xef\xbf\xbd";
	size_t invalid = count_invalid(text);
	rpclog_slice valid = text;
	char *to;

	*made = NULL;
	if (!invalid)
		return text;
	to = *made = xmalloc(text.len + 2 * invalid);
	while (text.len) {
		size_t len;
		uint32_t code;

		if (text_next(text, &len, &code) == TEXT_INVALID) {
			memcpy(to, replacement, 3);
			to += 3;
		} else {
			memcpy(to, text.ptr, len);
			to += len;
		}
		text.ptr += len;
		text.len -= len;
	}
	valid.ptr = *made;
	valid.len = (size_t)(to - *made);
	return valid;
}

struct range {
	uint32_t from, to;
};

static int
within(uint32_t code, const struct range *ranges, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (code >= ranges[i].from && code <= ranges[i].to)
			return 1;
	return 0;
}

size_t
text_columns(uint32_t code)
{
	/* Not wcwidth(): the answer must not hang on the locale. */
	static const struct range none[] = {
		{ 0x300, 0x36f },   { 0x483, 0x489 },	{ 0x591, 0x5bd },
		{ 0x610, 0x61a },   { 0x64b, 0x65f },	{ 0x200b, 0x200f },
		{ 0x202a, 0x202e }, { 0x2060, 0x2069 }, { 0x20d0, 0x20ff },
		{ 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
	};
	static const struct range wide[] = {
		{ 0x1100, 0x115f },   { 0x2e80, 0x303e },
		{ 0x3041, 0x33ff },   { 0x3400, 0x4dbf },
		{ 0x4e00, 0x9fff },   { 0xa000, 0xa4cf },
		{ 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },
		{ 0xffe0, 0xffe6 },   { 0x1f300, 0x1f64f },
		{ 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
	};

	if (code < 0x300)
		return 1;
	if (within(code, none, sizeof(none) / sizeof(none[0])))
		return 0;
	return within(code, wide, sizeof(wide) / sizeof(wide[0])) ? 2 : 1;
}
