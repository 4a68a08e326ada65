/* SPDX-License-Identifier: MIT */
/*
 * The scanner for x86-64 with AVX-512 (F, BW, VBMI2) and BMI: 64 bytes at a
 * time, and up to 16 places of commas stored at once.  Equal to
 * scan_portable(), which test_scan holds against it on random and hostile
 * blocks between guard pages: no byte outside the chunk is read.
 */

#include "scan_mask.h"

#ifdef SCAN_X86

#include <immintrin.h>

static inline uint64_t
equal(__m512i block, char c)
{
	return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(c));
}

/* As special() of scan_avx2.c. */
static inline uint64_t
special(__m512i block)
{
	const __m512i table = _mm512_broadcast_i32x4(_mm_setr_epi8(
		0, 0, '"', 0, 0, 0, 0, 0, 0, 0, '\n', 0, ',', 0, 0, 0));

	return _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(table, block), block);
}

/* The numbers of 16 bytes as places behind 'at'. */
static inline void
store_16(uint32_t *to, size_t at, __m128i numbers)
{
	_mm512_storeu_si512(to,
			    _mm512_add_epi32(_mm512_set1_epi32((int)at),
					     _mm512_cvtepu8_epi32(numbers)));
}

/* As mask_store(), with room for a comma at every byte. */
static inline void
store(struct scan *scan, uint64_t mask)
{
	/* 0, 1, .. 63 */
	const __m512i bytes = _mm512_set_epi64(
		0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928,
		0x2726252423222120, 0x1f1e1d1c1b1a1918, 0x1716151413121110,
		0x0f0e0d0c0b0a0908, 0x0706050403020100);

	if (UNLIKELY(scan->count + 64 > scan->capacity)) {
		mask_store(scan, mask);
		return;
	}

	/* To a register: compressing to memory is slow on some machines. */
	__m512i found = _mm512_maskz_compress_epi8(mask, bytes);
	size_t count = (size_t)__builtin_popcountll(mask);
	uint32_t *to = scan->commas + scan->count;

	scan->count += count;
	store_16(to, scan->at, _mm512_castsi512_si128(found));
	if (LIKELY(count <= 16))
		return;
	store_16(to + 16, scan->at, _mm512_extracti32x4_epi32(found, 1));
	if (LIKELY(count <= 32))
		return;
	store_16(to + 32, scan->at, _mm512_extracti32x4_epi32(found, 2));
	store_16(to + 48, scan->at, _mm512_extracti32x4_epi32(found, 3));
}

bool
scan_avx512(struct scan *scan, const char *base, size_t len)
{
	struct scan s = *scan;
	uint64_t line_ends = 0;

	while (!line_ends && len - s.at >= 64) {
		__m512i block = _mm512_loadu_si512(base + s.at);
		uint64_t commas = equal(block, ',');

		if (UNLIKELY(special(block) != commas)) {
			line_ends = equal(block, '\n');
			mask_note(&s, &commas, line_ends, equal(block, '"'),
				  equal(block, '\0'));
		}
		store(&s, commas);
		s.at += mask_lowest(line_ends);
	}
	*scan = s;
	return line_ends || scan_portable(scan, base, len);
}

#endif
