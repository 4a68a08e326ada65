/* SPDX-License-Identifier: MIT */
/*
 * The scanner for x86-64 with AVX2 and BMI: 64 bytes at a time, as masks.
 * Equal to scan_portable(), which test_scan holds against it on random and
 * hostile blocks between guard pages: no byte outside the chunk is read.
 */

#include "scan_mask.h"

#ifdef SCAN_X86

#include <immintrin.h>

struct block {
	__m256i low, high;
};

static inline struct block
load(const char *from)
{
	return (struct block){
		_mm256_loadu_si256((const void *)from),
		_mm256_loadu_si256((const void *)(from + 32)),
	};
}

static inline struct block
equal(struct block b, char c)
{
	__m256i wanted = _mm256_set1_epi8(c);

	return (struct block){
		_mm256_cmpeq_epi8(b.low, wanted),
		_mm256_cmpeq_epi8(b.high, wanted),
	};
}

static inline uint64_t
mask_of(struct block b)
{
	uint32_t low = (uint32_t)_mm256_movemask_epi8(b.low);
	uint32_t high = (uint32_t)_mm256_movemask_epi8(b.high);

	return low | (uint64_t)high << 32;
}

/*
 * Bytes that are commas, quotes, line ends or NULs.  A shuffle takes the low
 * half of a byte for an index, and gives 0 for a byte from 0x80 on: only
 * these four find themselves.
 */
static inline struct block
special(struct block b)
{
	const __m256i table = _mm256_broadcastsi128_si256(_mm_setr_epi8(
		0, 0, '"', 0, 0, 0, 0, 0, 0, 0, '\n', 0, ',', 0, 0, 0));

	return (struct block){
		_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, b.low), b.low),
		_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, b.high), b.high),
	};
}

/* Are all bits of 'part' in 'whole', too? */
static inline bool
covers(struct block whole, struct block part)
{
	return _mm256_testc_si256(whole.low, part.low) &
	       _mm256_testc_si256(whole.high, part.high);
}

bool
scan_avx2(struct scan *scan, const char *base, size_t len)
{
	struct scan s = *scan;
	uint64_t line_ends = 0;

	while (!line_ends && len - s.at >= 64) {
		struct block b = load(base + s.at);
		struct block found = equal(b, ',');
		uint64_t commas = mask_of(found);

		if (UNLIKELY(!covers(found, special(b)))) {
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
