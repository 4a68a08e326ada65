/* SPDX-License-Identifier: MIT */
/*
 * For scanners that look at many bytes at a time: what they do with the masks
 * that they get, in which bit 0 is the first byte of a block.
 */

#ifndef RPCLOG_SCAN_MASK_H
#define RPCLOG_SCAN_MASK_H

#include "scan.h"

/* Which bit is the lowest; 64 if there is none, as machines have it. */
static inline size_t
mask_lowest(uint64_t mask)
{
	return mask ? (size_t)__builtin_ctzll(mask) : 64;
}

/*
 * Stores the places of the commas in the block at 'scan->at'.  Two at a time, since how many
 * there are can't be foretold: the second may be rubbish, and there must be
 * room for it.
 */
static inline void
mask_store(struct scan *scan, uint64_t mask)
{
	size_t count = scan->count;

	scan->count += (size_t)__builtin_popcountll(mask);
	if (LIKELY(scan->count < scan->capacity)) {
		for (uint32_t *to = scan->commas + count; mask; to += 2) {
			to[0] = (uint32_t)(scan->at + mask_lowest(mask));
			mask &= mask - 1;
			to[1] = (uint32_t)(scan->at + mask_lowest(mask));
			mask &= mask - 1;
		}
		return;
	}
	for (; mask && count < scan->capacity; mask &= mask - 1)
		scan->commas[count++] =
			(uint32_t)(scan->at + mask_lowest(mask));
}

/*
 * Notes what a block holds beside commas, and takes off the commas behind the
 * line's end.
 */
static inline void
mask_note(struct scan *scan, uint64_t *commas, uint64_t line_ends,
	  uint64_t quotes, uint64_t nuls)
{
	/* Bits up to the first line end; all if there is none. */
	uint64_t inside = line_ends ^ (line_ends - 1);

	*commas &= inside;
	scan->quotes |= (quotes & inside) != 0;
	scan->nuls |= (nuls & inside) != 0;
}

/*
 * How far behind 'block' the literal stands first, of the places in 'mask';
 * SIZE_MAX if it stands at none.
 */
static inline size_t
mask_confirm(uint64_t mask, const char *block, rpclog_slice literal)
{
	/* Most masks are empty: what comes before the call is to be fast. */
	for (; UNLIKELY(mask); mask &= mask - 1) {
		size_t place = mask_lowest(mask);

		if (!memcmp(block + place, literal.ptr, literal.len))
			return place;
	}
	return SIZE_MAX;
}

#endif /* RPCLOG_SCAN_MASK_H */
