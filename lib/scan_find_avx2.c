/* SPDX-License-Identifier: MIT */
/*
 * Literal search for x86-64 with AVX2: 64 places at a time, each tested by the
 * first and the last byte of the literal at once; few are left to compare.
 * Equal to scan_find_portable(), which test_scan_find holds against it
 * between guard pages.
 */

#include "scan_mask.h"

#ifdef SCAN_X86

#include <immintrin.h>

/* Of 32 places those at which both bytes stand. */
static inline uint64_t
test_32(const char *block, size_t reach, __m256i first, __m256i last)
{
	__m256i heads = _mm256_loadu_si256((const void *)block);
	__m256i tails = _mm256_loadu_si256((const void *)(block + reach));

	return (uint32_t)_mm256_movemask_epi8(
		_mm256_and_si256(_mm256_cmpeq_epi8(heads, first),
				 _mm256_cmpeq_epi8(tails, last)));
}

size_t
scan_find_avx2(rpclog_slice text, rpclog_slice literal)
{
	size_t reach = literal.len - 1;

	if (text.len < 32 + reach)
		return scan_find_portable(text, literal);

	const __m256i first = _mm256_set1_epi8(literal.ptr[0]);
	const __m256i last = _mm256_set1_epi8(literal.ptr[reach]);
	size_t places = text.len - reach;
	size_t at = 0;

	for (; places - at >= 64; at += 64) {
		const char *block = text.ptr + at;
		uint64_t both = test_32(block, reach, first, last) |
				test_32(block + 32, reach, first, last) << 32;
		size_t hit = mask_confirm(both, block, literal);

		if (UNLIKELY(hit != SIZE_MAX))
			return at + hit;
	}
	while (at < places) {
		/* The last block may overlap the one before it. */
		size_t from = at + 32 < places ? at : places - 32;
		const char *block = text.ptr + from;
		uint64_t both = test_32(block, reach, first, last);
		size_t hit = mask_confirm(both, block, literal);

		if (UNLIKELY(hit != SIZE_MAX))
			return from + hit;
		at = from + 32;
	}
	return SIZE_MAX;
}

#endif
