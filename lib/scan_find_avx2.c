/* SPDX-License-Identifier: MIT */
/*
 * Literal search for x86-64 with AVX2: 32 places at a time, each tested by the
 * first and the last byte of the literal at once; few are left to compare.
 * Equal to scan_find_portable(), which test_scan_find holds against it
 * between guard pages.
 */

#include "scan.h"

#if defined(__x86_64__) && defined(__AVX2__)

#include <immintrin.h>

size_t
scan_find_avx2(rpclog_slice text, rpclog_slice literal)
{
	size_t reach = literal.len - 1;
	const __m256i first = _mm256_set1_epi8(literal.ptr[0]);
	const __m256i last = _mm256_set1_epi8(literal.ptr[reach]);
	size_t at = 0;

	for (; text.len - at >= 32 + reach; at += 32) {
		const char *p = text.ptr + at;
		__m256i heads = _mm256_loadu_si256((const void *)p);
		__m256i tails = _mm256_loadu_si256((const void *)(p + reach));
		uint32_t both = (uint32_t)_mm256_movemask_epi8(
			_mm256_and_si256(_mm256_cmpeq_epi8(heads, first),
					 _mm256_cmpeq_epi8(tails, last)));

		for (; both; both &= both - 1) {
			size_t hit = (size_t)__builtin_ctz(both);

			if (!memcmp(p + hit, literal.ptr, literal.len))
				return at + hit;
		}
	}

	/* What is left is shorter than a block and the literal. */

	size_t hit = scan_find_portable(slice_cut(text, at, text.len), literal);

	return hit == SIZE_MAX ? SIZE_MAX : at + hit;
}

#else

size_t
scan_find_avx2(rpclog_slice text, rpclog_slice literal)
{
	return scan_find_portable(text, literal);
}

#endif
