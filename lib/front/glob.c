/* SPDX-License-Identifier: MIT */
/* Globs with '*' and '?', blind to ASCII case. */

#include "base.h"
#include "pattern.h"

static bool
same(char pattern, char byte)
{
	return pattern == '?' || ascii_lower((unsigned char)pattern) ==
					 ascii_lower((unsigned char)byte);
}

/*
 * Only the last star seen is ever tried again: what earlier stars took can
 * stay as it is, so the cost is at most the product of the two lengths.
 */
int
glob_match(rpclog_slice glob, rpclog_slice text)
{
	size_t g = 0, t = 0;
	size_t star = SIZE_MAX, resume = 0;

	while (t < text.len) {
		if (g < glob.len && glob.ptr[g] == '*') {
			star = g++;
			resume = t;
		} else if (g < glob.len && same(glob.ptr[g], text.ptr[t])) {
			g++;
			t++;
		} else if (star != SIZE_MAX) {
			g = star + 1;
			t = ++resume;
		} else {
			return 0;
		}
	}
	while (g < glob.len && glob.ptr[g] == '*')
		g++;
	return g == glob.len;
}

int
glob_match_user(rpclog_slice glob, rpclog_slice user)
{
	if (glob_match(glob, user))
		return 1;

	size_t slash = slice_find(user, SLICE("\\"));

	if (slash != SIZE_MAX &&
	    glob_match(glob, slice_cut(user, slash + 1, user.len)))
		return 1;

	size_t at = slice_find(user, SLICE("@"));

	return at != SIZE_MAX && glob_match(glob, slice_cut(user, 0, at));
}
