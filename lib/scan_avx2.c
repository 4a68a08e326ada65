/* SPDX-License-Identifier: MIT */
/*
 * The scanner for x86-64 with AVX2 and BMI: 64 bytes at a time, as masks.
 * Equal to scan_portable(), which test_scan holds against it on random and
 * hostile blocks between guard pages: no byte outside the chunk is read.
 */

#include "scan.h"

#if defined(__x86_64__) && defined(__AVX2__)

#include <immintrin.h>

static inline uint64_t
equal(__m256i low, __m256i high, char c)
{
	__m256i wanted = _mm256_set1_epi8(c);
	uint32_t a =
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
	uint32_t b =
		(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));

	return a | (uint64_t)b << 32;
}

/* Stores the places of the commas in 'mask'; bit 0 is byte 'at'. */
static inline void
store_commas(struct scan *scan, uint64_t mask, size_t at)
{
	size_t count = scan->count;

	scan->count = count + (size_t)_mm_popcnt_u64(mask);
	for (; mask && count < scan->capacity; mask &= mask - 1)
		scan->commas[count++] = (uint32_t)(at + _tzcnt_u64(mask));
}

bool
scan_avx2(struct scan *scan, const char *base, size_t len)
{
	size_t at = scan->at;

	for (; len - at >= 64; at += 64) {
		__m256i low = _mm256_loadu_si256((const void *)(base + at));
		__m256i high =
			_mm256_loadu_si256((const void *)(base + at + 32));
		uint64_t line_end = equal(low, high, '\n');
		/* Bits below the first line end; all if there is none. */
		uint64_t inside = line_end ? _blsmsk_u64(line_end) : UINT64_MAX;

		store_commas(scan, equal(low, high, ',') & inside, at);
		if (equal(low, high, '"') & inside)
			scan->quotes = true;
		if (equal(low, high, '\0') & inside)
			scan->nuls = true;
		if (line_end) {
			scan->at = at + _tzcnt_u64(line_end);
			return true;
		}
	}
	scan->at = at;
	return scan_portable(scan, base, len);
}

#else

bool
scan_avx2(struct scan *scan, const char *base, size_t len)
{
	return scan_portable(scan, base, len);
}

#endif
