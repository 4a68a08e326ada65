/* SPDX-License-Identifier: MIT */
/*
 * The scanner for 64-bit ARM, which always has NEON: 64 bytes at a time, as
 * masks.  Equal to scan_portable(), which test_scan holds against it on random
 * and hostile blocks between guard pages: no byte outside the chunk is read.
 */

#include "scan_mask.h"

#ifdef SCAN_ARM

#include <arm_neon.h>

struct block {
	uint8x16_t part[4];
};

static inline struct block
load(const char *from)
{
	struct block b;

	for (int i = 0; i < 4; i++)
		b.part[i] = vld1q_u8((const uint8_t *)from + 16 * i);
	return b;
}

static inline struct block
equal(struct block b, char c)
{
	for (int i = 0; i < 4; i++)
		b.part[i] = vceqq_u8(b.part[i], vdupq_n_u8((uint8_t)c));
	return b;
}

/* Each byte keeps one bit; adding neighbours thrice makes 8 bytes one. */
static inline uint64_t
mask_of(struct block b)
{
	const uint8x16_t bits = { 1, 2, 4, 8, 16, 32, 64, 128,
				  1, 2, 4, 8, 16, 32, 64, 128 };
	uint8x16_t low =
		vpaddq_u8(vandq_u8(b.part[0], bits), vandq_u8(b.part[1], bits));
	uint8x16_t high =
		vpaddq_u8(vandq_u8(b.part[2], bits), vandq_u8(b.part[3], bits));
	uint8x16_t all = vpaddq_u8(low, high);

	return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

/*
 * Bytes that are commas, quotes, line ends or NULs: looked up by the low half
 * of a byte, only these four find themselves.
 */
static inline struct block
special(struct block b)
{
	const uint8x16_t table = { 0, 0, '"',  0, 0,   0, 0, 0,
				   0, 0, '\n', 0, ',', 0, 0, 0 };

	for (int i = 0; i < 4; i++) {
		uint8x16_t half = vandq_u8(b.part[i], vdupq_n_u8(0x0f));

		b.part[i] = vceqq_u8(vqtbl1q_u8(table, half), b.part[i]);
	}
	return b;
}

static inline bool
differ(struct block a, struct block b)
{
	uint8x16_t low = vorrq_u8(veorq_u8(a.part[0], b.part[0]),
				  veorq_u8(a.part[1], b.part[1]));
	uint8x16_t high = vorrq_u8(veorq_u8(a.part[2], b.part[2]),
				   veorq_u8(a.part[3], b.part[3]));

	return vmaxvq_u8(vorrq_u8(low, high)) != 0;
}

bool
scan_neon(struct scan *scan, const char *base, size_t len)
{
	struct scan s = *scan;
	uint64_t line_ends = 0;

	while (!line_ends && len - s.at >= 64) {
		struct block b = load(base + s.at);
		struct block found = equal(b, ',');
		uint64_t commas = mask_of(found);

		if (UNLIKELY(differ(found, special(b)))) {
			line_ends = mask_of(equal(b, '\n'));
			mask_note(&s, &commas, line_ends,
				  mask_of(equal(b, '"')),
				  mask_of(equal(b, '\0')));
		}
		mask_store(&s, commas);
		s.at += mask_lowest(line_ends);
	}
	*scan = s;
	return line_ends || scan_portable(scan, base, len);
}

#endif
