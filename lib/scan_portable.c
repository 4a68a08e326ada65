/* SPDX-License-Identifier: MIT */
/*
 * The scanner for any machine: eight bytes at a time to pass over what is not
 * special, then byte by byte; literals are left to libc.  It is the judge of
 * the other scanners.
 */

#include "scan.h"

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Has 'word' a zero byte?  Never misses one; exact enough to skip words. */
static inline bool
has_zero(uint64_t word)
{
	return ((word - ONES) & ~word & HIGHS) != 0;
}

static inline bool
is_plain(uint64_t word)
{
	return !has_zero(word) && !has_zero(word ^ (ONES * '\n')) &&
	       !has_zero(word ^ (ONES * ',')) && !has_zero(word ^ (ONES * '"'));
}

bool
scan_portable(struct scan *scan, const char *base, size_t len)
{
	size_t at = scan->at;

	while (at < len) {
		uint64_t word;

		if (len - at >= sizeof(word)) {
			memcpy(&word, base + at, sizeof(word));
			if (is_plain(word)) {
				at += sizeof(word);
				continue;
			}
		}
		switch (base[at]) {
		case '\n': scan->at = at; return true;
		case ',':
			if (scan->count < scan->capacity)
				scan->commas[scan->count] = (uint32_t)at;
			scan->count++;
			break;
		case '"': scan->quotes = true; break;
		case '\0': scan->nuls = true; break;
		}
		at++;
	}
	scan->at = at;
	return false;
}

size_t
scan_find_portable(rpclog_slice text, rpclog_slice literal)
{
	return slice_find(text, literal);
}
