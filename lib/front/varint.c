/* SPDX-License-Identifier: MIT */
/* Numbers as bytes, the small ones as few. */

#include "varint.h"

#include "../base.h"

size_t
varint_put(uint64_t value, unsigned char out[VARINT_ROOM])
{
	size_t len = 0;

	while (value > 127) {
		out[len++] = (unsigned char)(value | 128);
		value >>= 7;
	}
	out[len++] = (unsigned char)value;
	return len;
}

int
varint_get(rpclog_slice *bytes, uint64_t *value)
{
	const size_t room = bytes->len < VARINT_ROOM ? bytes->len : VARINT_ROOM;

	*value = 0;
	for (size_t i = 0; i < room; i++) {
		const unsigned char byte = (unsigned char)bytes->ptr[i];

		*value |= (uint64_t)(byte & 127) << 7 * i;
		if (byte > 127)
			continue;
		/* A number has one spelling, and 64 bits at most. */
		if ((byte == 0 && i > 0) || (byte > 1 && i == VARINT_ROOM - 1))
			return 0;
		*bytes = slice_cut(*bytes, i + 1, bytes->len);
		return 1;
	}
	return 0;
}
