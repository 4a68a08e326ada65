/* SPDX-License-Identifier: MIT */
/*
 * Literal search for x86-64 with AVX-512 (F, BW): as scan_find_avx2.c, and
 * what is left at the end is read under a mask.  Equal to
 * scan_find_portable(), which test_scan_find holds against it between guard
 * pages.
 */

#include "scan_mask.h"

#ifdef SCAN_X86

#include <immintrin.h>

/* Of 64 places those at which both bytes stand. */
static inline uint64_t
test_64(const char *block, size_t reach, __m512i first, __m512i last)
{
	__m512i heads = _mm512_loadu_si512(block);
	__m512i tails = _mm512_loadu_si512(block + reach);

	return _mm512_mask_cmpeq_epi8_mask(_mm512_cmpeq_epi8_mask(heads, first),
					   tails, last);
}

/* Of up to 63 places; nothing behind them is read. */
static inline uint64_t
test_some(const char *block, size_t reach, __m512i first, __m512i last,
	  size_t count)
{
	uint64_t wanted = (UINT64_C(1) << count) - 1;
	__m512i heads = _mm512_maskz_loadu_epi8(wanted, block);
	__m512i tails = _mm512_maskz_loadu_epi8(wanted, block + reach);

	return _mm512_mask_cmpeq_epi8_mask(
		_mm512_mask_cmpeq_epi8_mask(wanted, heads, first), tails, last);
}

size_t
scan_find_avx512(rpclog_slice text, rpclog_slice literal)
{
	size_t reach = literal.len - 1;
	const __m512i first = _mm512_set1_epi8(literal.ptr[0]);
	const __m512i last = _mm512_set1_epi8(literal.ptr[reach]);
	size_t at = 0;

	if (text.len < literal.len)
		return SIZE_MAX;

	size_t places = text.len - reach;

	for (; places - at >= 64; at += 64) {
		const char *block = text.ptr + at;
		uint64_t both = test_64(block, reach, first, last);
		size_t hit = mask_confirm(both, block, literal);

		if (UNLIKELY(hit != SIZE_MAX))
			return at + hit;
	}

	const char *block = text.ptr + at;
	uint64_t both = test_some(block, reach, first, last, places - at);
	size_t hit = mask_confirm(both, block, literal);

	return hit == SIZE_MAX ? SIZE_MAX : at + hit;
}

#endif
