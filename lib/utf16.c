/* SPDX-License-Identifier: MIT */
/* UTF-16 to UTF-8, for logs that PowerShell's '>' has re-written. */

#include "line.h"

#define REPLACEMENT UINT32_C(0xfffd)

static uint32_t
unit(const unsigned char *p, bool big_endian)
{
	return big_endian ? (uint32_t)p[0] << 8 | p[1]
			  : (uint32_t)p[1] << 8 | p[0];
}

static size_t
encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

rpclog_status
utf16_to_utf8(struct buf *out, const struct alloc *a, rpclog_slice text,
	      bool big_endian)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	size_t len = text.len;
	/* A unit is at most three bytes, an odd byte at the end as well. */
	rpclog_status status = buf_reserve(out, a, (len / 2 + 1) * 3);

	if (status != RPCLOG_OK)
		return status;
	for (size_t i = 0; i < len; i += 2) {
		uint32_t c =
			i + 1 < len ? unit(p + i, big_endian) : REPLACEMENT;

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < len) {
			uint32_t low = unit(p + i + 2, big_endian);

			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) +
				    (low - 0xdc00);
				i += 2;
			}
		}
		if (c >= 0xd800 && c < 0xe000)
			c = REPLACEMENT;
		out->len += encode(c, out->ptr + out->len);
	}
	return RPCLOG_OK;
}
