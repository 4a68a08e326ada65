/* SPDX-License-Identifier: MIT */
/* What a file holds: gzip is inflated, a BOM dropped, UTF-16 made UTF-8. */
#include "ref.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct buffer {
	char *ptr;
	size_t len;
	size_t size;
};

static void
buffer_room(struct buffer *buffer, size_t room)
{
	if (buffer->size - buffer->len >= room)
		return;
	buffer->size = buffer->size * 2 + room;
	buffer->ptr = realloc(buffer->ptr, buffer->size);
	if (!buffer->ptr)
		abort();
}

/* One member from the head of *in; false if it is cut or damaged. */
static bool
inflate_member(z_stream *z, struct buffer *out)
{
	const size_t step = (size_t)1 << 16;
	int code = Z_OK;

	if (inflateInit2(z, 15 + 16) != Z_OK)
		abort();
	while (code == Z_OK) {
		buffer_room(out, step);
		z->next_out = (Bytef *)(out->ptr + out->len);
		z->avail_out = (uInt)step;
		code = inflate(z, Z_NO_FLUSH);
		out->len += step - z->avail_out;
	}
	inflateEnd(z);
	return code == Z_STREAM_END;
}

/* All members; what comes before the first fault counts. */
static struct text
inflate_all(struct text packed)
{
	struct buffer out = { NULL, 0, 0 };
	struct text inflated;
	size_t at = 0;

	while (packed.len - at >= 2 &&
	       memcmp(packed.ptr + at, "\x1f\x8b", 2) == 0) {
		z_stream z;

		memset(&z, 0, sizeof z);
		z.next_in = (Bytef *)(uintptr_t)(packed.ptr + at);
		z.avail_in = (uInt)(packed.len - at);
		if (!inflate_member(&z, &out)) {
			ref_trouble = true;
			break;
		}
		at = packed.len - z.avail_in;
	}
	if (at < packed.len)
		ref_trouble = true;
	inflated = text_copy(out.ptr, out.len);
	free(out.ptr);
	return inflated;
}

static size_t
put_utf8(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

static uint32_t
utf16_unit(struct text bytes, size_t at, bool big)
{
	const unsigned char *p = (const unsigned char *)bytes.ptr + at;

	if (at + 2 > bytes.len)
		return 0;
	return big ? (uint32_t)(p[0] << 8 | p[1])
		   : (uint32_t)(p[1] << 8 | p[0]);
}

/* Lone surrogates become U+FFFD; an odd last byte is left out. */
static void
decode_utf16(struct file *file, bool big)
{
	const struct text bytes = file->bytes;
	char *body = ref_alloc(bytes.len * 2);
	size_t len = 0;

	file->origin = ref_alloc((bytes.len * 2 + 1) * sizeof(size_t));
	for (size_t at = 2; at + 2 <= bytes.len;) {
		const size_t origin = at;
		const uint32_t next = utf16_unit(bytes, at + 2, big);
		uint32_t code = utf16_unit(bytes, at, big);
		size_t n;

		at += 2;
		if (code >= 0xD800 && code < 0xDC00 && next >= 0xDC00 &&
		    next < 0xE000) {
			code = 0x10000 + (code - 0xD800) * 0x400 +
			       (next - 0xDC00);
			at += 2;
		} else if (code >= 0xD800 && code < 0xE000) {
			code = 0xFFFD;
		}
		n = put_utf8(body + len, code);
		while (n-- > 0)
			file->origin[len++] = origin;
	}
	file->body = (struct text){ body, len };
}

void
file_decode(struct file *file, struct text raw)
{
	file->packed = text_starts(raw, "\x1f\x8b");
	file->bytes = file->packed ? inflate_all(raw) : raw;
	file->body = file->bytes;
	if (text_starts(file->bytes, "\xff\xfe")) {
		decode_utf16(file, false);
	} else if (text_starts(file->bytes, "\xfe\xff")) {
		decode_utf16(file, true);
	} else if (text_starts(file->bytes, "\xef\xbb\xbf")) {
		file->bom = 3;
		file->body = text_cut(file->bytes, 3, file->bytes.len);
	}
}
