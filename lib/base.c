/* SPDX-License-Identifier: MIT */
/* Searching and comparing slices. */

#include "base.h"

int
slice_cmp(rpclog_slice a, rpclog_slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static bool
same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (a[i] != b[i] && ascii_lower((unsigned char)a[i]) !=
					    ascii_lower((unsigned char)b[i]))
			return false;
	}
	return true;
}

bool
slice_eq_nocase(rpclog_slice a, rpclog_slice b)
{
	return a.len == b.len && same_nocase(a.ptr, b.ptr, a.len);
}

bool
slice_starts_nocase(rpclog_slice s, rpclog_slice prefix)
{
	return s.len >= prefix.len &&
	       same_nocase(s.ptr, prefix.ptr, prefix.len);
}

bool
slice_ends_nocase(rpclog_slice s, rpclog_slice suffix)
{
	return s.len >= suffix.len && same_nocase(s.ptr + (s.len - suffix.len),
						  suffix.ptr, suffix.len);
}

size_t
slice_find(rpclog_slice s, rpclog_slice needle)
{
	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return SIZE_MAX;

	const char *hit = memmem(s.ptr, s.len, needle.ptr, needle.len);

	return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t
slice_rfind(rpclog_slice s, rpclog_slice needle)
{
	size_t last = SIZE_MAX;
	size_t from = 0;

	while (from + needle.len <= s.len) {
		size_t hit = slice_find(slice_cut(s, from, s.len), needle);

		if (hit == SIZE_MAX)
			break;
		last = from + hit;
		from = last + 1;
	}
	return last;
}

rpclog_slice
slice_trim(rpclog_slice s)
{
	while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = slice_cut(s, 1, s.len);
	while (s.len > 0 &&
	       (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}
