/* SPDX-License-Identifier: MIT */
/* The values that a condition compares with, and how a cell meets them. */

#include "rules_values.h"

#define SKIPS ((size_t)256)

static void
allow_first(struct value_set *set, unsigned char c)
{
	set->first[c / 64] |= UINT64_C(1) << c % 64;
}

static bool
is_first(const struct value_set *set, unsigned char c)
{
	return set->first[c / 64] >> c % 64 & 1;
}

static size_t
pair_hash(unsigned char a, unsigned char b, bool nocase)
{
	if (nocase) {
		a = ascii_lower(a);
		b = ascii_lower(b);
	}
	return (a * 37u + b) % SKIPS;
}

/*
 * For the last byte pair of a window that is as long as the shortest text:
 * how far the window may move on without passing over a match.
 */
static void
fill_skips(struct value_set *set, bool nocase)
{
	size_t window = set->shortest;
	uint8_t farthest = window - 1 > 255 ? 255 : (uint8_t)(window - 1);

	memset(set->skips, farthest, SKIPS);
	for (size_t i = 0; i < set->text_count; i++) {
		const unsigned char *t =
			(const unsigned char *)set->texts[i].ptr;

		for (size_t at = 1; at < window; at++) {
			uint8_t *skip = &set->skips[pair_hash(t[at - 1], t[at],
							      nocase)];

			if (window - 1 - at < *skip)
				*skip = (uint8_t)(window - 1 - at);
		}
	}
}

rpclog_status
values_prepare(struct value_set *set, enum cond_op op, bool nocase,
	       struct arena *arena)
{
	set->shortest = SIZE_MAX;
	for (size_t i = 0; i < set->text_count; i++) {
		rpclog_slice text = set->texts[i];

		if (text.len < set->shortest)
			set->shortest = text.len;
		if (text.len > set->longest)
			set->longest = text.len;
		if (text.len == 0)
			continue;

		unsigned char c = (unsigned char)text.ptr[0];
		unsigned char low = ascii_lower(c);

		allow_first(set, c);
		if (nocase) {
			allow_first(set, low);
			if ((unsigned char)(low - 'a') < 26)
				allow_first(set, (unsigned char)(low - 32));
		}
	}
	if (op != COND_CONTAINS || set->shortest < 2 ||
	    (set->text_count == 1 && !nocase))
		return RPCLOG_OK;
	set->skips = arena_get(arena, SKIPS, 1);
	if (!set->skips)
		return RPCLOG_ERR_NOMEM;
	fill_skips(set, nocase);
	return RPCLOG_OK;
}

bool
values_has(const struct value_set *set, rpclog_slice value, bool nocase)
{
	int64_t number;

	/* Equals comparing with each text: no other length or first byte. */
	if (value.len >= set->shortest && value.len <= set->longest &&
	    (value.len == 0 || is_first(set, (unsigned char)value.ptr[0]))) {
		for (size_t i = 0; i < set->text_count; i++) {
			if (nocase ? slice_eq_nocase(value, set->texts[i])
				   : slice_eq(value, set->texts[i]))
				return true;
		}
	}
	if (set->range_count == 0 || !parse_int(value, &number))
		return false;
	for (size_t i = 0; i < set->range_count; i++) {
		if (number >= set->ranges[i].first &&
		    number <= set->ranges[i].last)
			return true;
	}
	return false;
}

static bool
stands_at(rpclog_slice value, size_t at, rpclog_slice text, bool nocase)
{
	rpclog_slice rest = slice_cut(value, at, value.len);

	return nocase ? slice_starts_nocase(rest, text)
		      : slice_starts(rest, text);
}

static bool
found(rpclog_slice *hit, rpclog_slice value, size_t at, size_t len)
{
	if (hit)
		*hit = slice_cut(value, at, at + len);
	return true;
}

bool
values_start(const struct value_set *set, rpclog_slice value, bool nocase,
	     rpclog_slice *hit)
{
	if (value.len < set->shortest ||
	    !is_first(set, (unsigned char)value.ptr[0]))
		return false;
	for (size_t i = 0; i < set->text_count; i++) {
		if (stands_at(value, 0, set->texts[i], nocase))
			return found(hit, value, 0, set->texts[i].len);
	}
	return false;
}

bool
values_end(const struct value_set *set, rpclog_slice value, bool nocase,
	   rpclog_slice *hit)
{
	for (size_t i = 0; i < set->text_count; i++) {
		size_t len = set->texts[i].len;

		if (value.len >= len &&
		    stands_at(value, value.len - len, set->texts[i], nocase))
			return found(hit, value, value.len - len, len);
	}
	return false;
}

/* The first text that stands at 'at', which may be any of them. */
static bool
any_at(const struct value_set *set, rpclog_slice value, size_t at, bool nocase,
       rpclog_slice *hit)
{
	for (size_t i = 0; i < set->text_count; i++) {
		if (stands_at(value, at, set->texts[i], nocase))
			return found(hit, value, at, set->texts[i].len);
	}
	return false;
}

/*
 * Equals asking any_at() of every place from the left: a window as long as
 * the shortest text moves on by what the last pair of bytes in it allows.
 */
static bool
find_by_skips(const struct value_set *set, rpclog_slice value, bool nocase,
	      rpclog_slice *hit)
{
	const unsigned char *v = (const unsigned char *)value.ptr;
	size_t last = set->shortest - 1;

	while (last < value.len) {
		uint8_t skip =
			set->skips[pair_hash(v[last - 1], v[last], nocase)];

		if (skip > 0) {
			last += skip;
			continue;
		}
		if (any_at(set, value, last - (set->shortest - 1), nocase, hit))
			return true;
		last++;
	}
	return false;
}

bool
values_find(const struct value_set *set, rpclog_slice value, bool nocase,
	    rpclog_slice *hit)
{
	if (value.len < set->shortest)
		return false;
	if (set->skips)
		return find_by_skips(set, value, nocase, hit);
	if (set->text_count == 1 && !nocase) {
		size_t at = slice_find(value, set->texts[0]);

		return at != SIZE_MAX &&
		       found(hit, value, at, set->texts[0].len);
	}
	for (size_t at = 0; at < value.len; at++) {
		if (any_at(set, value, at, nocase, hit))
			return true;
	}
	return false;
}
