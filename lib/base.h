/* SPDX-License-Identifier: MIT */
/*
 * What every file may use: slices of bytes, checked sizes, small macros.
 * The only place, beside the scanners, that knows compilers apart.
 */

#ifndef RPCLOG_BASE_H
#define RPCLOG_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rpclog.h"

#if defined(__GNUC__)
#define LIKELY(x)	__builtin_expect(!!(x), 1)
#define UNLIKELY(x)	__builtin_expect(!!(x), 0)
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define PREFETCH(p)	__builtin_prefetch(p)
#else
#define LIKELY(x)	(x)
#define UNLIKELY(x)	(x)
#define PRINTF_LIKE(f, a)
#define PREFETCH(p)	((void)(p))
#endif

#define ARRAY_LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* A slice of a string literal. */
#define SLICE(literal)	slice_of("" literal, sizeof(literal) - 1)

#define US_PER_MS	INT64_C(1000)
#define US_PER_S	INT64_C(1000000)
#define US_PER_MINUTE	(INT64_C(60) * US_PER_S)
#define US_PER_QUARTER	(INT64_C(900) * US_PER_S)
#define US_PER_HOUR	(INT64_C(3600) * US_PER_S)

/* Quarters of an hour, and hours, since 1970; rounded to the past, also before
 * it. */
static inline int64_t
quarter_of(int64_t us)
{
	return us / US_PER_QUARTER - (us % US_PER_QUARTER < 0);
}

static inline int64_t
hour_of(int64_t us)
{
	return us / US_PER_HOUR - (us % US_PER_HOUR < 0);
}

static inline rpclog_slice
slice_of(const char *ptr, size_t len)
{
	rpclog_slice s = { ptr, len };

	return s;
}

static inline rpclog_slice
slice_str(const char *str)
{
	return slice_of(str, strlen(str));
}

static inline bool
slice_eq(rpclog_slice a, rpclog_slice b)
{
	/* By b.len: a constant where 'b' is a literal, and then no call. */
	return a.len == b.len && (b.len == 0 || !memcmp(a.ptr, b.ptr, b.len));
}

static inline bool
slice_starts(rpclog_slice s, rpclog_slice prefix)
{
	return s.len >= prefix.len &&
	       (prefix.len == 0 || !memcmp(s.ptr, prefix.ptr, prefix.len));
}

/* Bytes 'from' up to 'to', which must lie within 's'. */
static inline rpclog_slice
slice_cut(rpclog_slice s, size_t from, size_t to)
{
	return slice_of(s.ptr ? s.ptr + from : NULL, to - from);
}

/* ASCII only: the locale has no say in what a log means. */
static inline unsigned char
ascii_lower(unsigned char c)
{
	return (unsigned char)((unsigned char)(c - 'A') < 26 ? c + 32 : c);
}

static inline bool
ascii_digit(unsigned char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* <0, 0 or >0: bytewise, a prefix before what it begins. */
int slice_cmp(rpclog_slice a, rpclog_slice b);
bool slice_eq_nocase(rpclog_slice a, rpclog_slice b);
bool slice_starts_nocase(rpclog_slice s, rpclog_slice prefix);
bool slice_ends_nocase(rpclog_slice s, rpclog_slice suffix);
/* Index of the first or last 'needle', or SIZE_MAX. */
size_t slice_find(rpclog_slice s, rpclog_slice needle);
size_t slice_rfind(rpclog_slice s, rpclog_slice needle);
/* Without blanks and tabs at both ends. */
rpclog_slice slice_trim(rpclog_slice s);

/* 1 and '*sum' (or '*product'), or 0 if it does not fit. */
static inline bool
size_add(size_t a, size_t b, size_t *sum)
{
	*sum = a + b;
	return *sum >= a;
}

static inline bool
size_mul(size_t a, size_t b, size_t *product)
{
	*product = a * b;
	return b == 0 || *product / b == a;
}

struct wide {
	uint64_t high, low;
};

/* All 128 bits of a product. */
static inline struct wide
mul_wide(uint64_t a, uint64_t b)
{
	struct wide product;
#ifdef __SIZEOF_INT128__
	__extension__ const unsigned __int128 all = (unsigned __int128)a * b;

	product.high = (uint64_t)(all >> 64);
	product.low = (uint64_t)all;
#else
	const uint64_t half = UINT32_MAX;
	const uint64_t low = (a & half) * (b & half);
	const uint64_t left = (a >> 32) * (b & half) + (low >> 32);
	const uint64_t right = (a & half) * (b >> 32) + (left & half);

	product.high = (a >> 32) * (b >> 32) + (left >> 32) + (right >> 32);
	product.low = right << 32 | (low & half);
#endif
	return product;
}

#endif /* RPCLOG_BASE_H */
