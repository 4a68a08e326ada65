/* SPDX-License-Identifier: MIT */
/*
 * Literal search for 64-bit ARM: 16 places at a time, each tested by the first
 * and the last byte of the literal at once; few are left to compare.  Equal to
 * scan_find_portable(), which test_scan_find holds against it between guard
 * pages.
 */

#include "scan_mask.h"

#ifdef SCAN_ARM

#include <arm_neon.h>

/* Of 16 places those at which both bytes stand. */
static inline uint8x16_t
test_16(const char *block, size_t reach, uint8x16_t first, uint8x16_t last)
{
	uint8x16_t heads = vld1q_u8((const uint8_t *)block);
	uint8x16_t tails = vld1q_u8((const uint8_t *)block + reach);

	return vandq_u8(vceqq_u8(heads, first), vceqq_u8(tails, last));
}

/* One bit a byte: of the four that a narrowing shift leaves, the lowest. */
static inline uint64_t
mask_of(uint8x16_t bytes)
{
	uint8x8_t fours = vshrn_n_u16(vreinterpretq_u16_u8(bytes), 4);

	return vget_lane_u64(vreinterpret_u64_u8(fours), 0) &
	       UINT64_C(0x1111111111111111);
}

size_t
scan_find_neon(rpclog_slice text, rpclog_slice literal)
{
	size_t reach = literal.len - 1;

	if (text.len < 16 + reach)
		return scan_find_portable(text, literal);

	const uint8x16_t first = vdupq_n_u8((uint8_t)literal.ptr[0]);
	const uint8x16_t last = vdupq_n_u8((uint8_t)literal.ptr[reach]);
	size_t places = text.len - reach;
	size_t at = 0;

	while (at < places) {
		/* The last block may overlap the one before it. */
		size_t from = at + 16 < places ? at : places - 16;
		const char *block = text.ptr + from;
		uint64_t both = mask_of(test_16(block, reach, first, last));

		for (; UNLIKELY(both); both &= both - 1) {
			size_t hit = mask_lowest(both) / 4;

			if (!memcmp(block + hit, literal.ptr, literal.len))
				return from + hit;
		}
		at = from + 16;
	}
	return SIZE_MAX;
}

#endif
