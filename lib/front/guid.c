/* SPDX-License-Identifier: MIT */
/* Request ids as 16 bytes. */

#include "guid.h"

#include "base.h"

#define DASHED 36
#define PLAIN  32

static int
hex_digit(char c)
{
	const unsigned char low = ascii_lower((unsigned char)c);

	if (ascii_digit(low))
		return low - '0';
	return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static bool
is_dash_place(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

int
guid_parse(rpclog_slice text, unsigned char id[GUID_LEN])
{
	size_t digits = 0;

	if (text.len != DASHED && text.len != PLAIN)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit;

		if (text.len == DASHED && is_dash_place(i)) {
			if (text.ptr[i] != '-')
				return 0;
			continue;
		}
		digit = hex_digit(text.ptr[i]);
		if (digit < 0)
			return 0;
		if (digits % 2 == 0)
			id[digits / 2] = (unsigned char)(digit << 4);
		else
			id[digits / 2] |= (unsigned char)digit;
		digits++;
	}
	return 1;
}
