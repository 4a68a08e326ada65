/* SPDX-License-Identifier: MIT */
/* Globs with '*', '?' and '[...]', blind to ASCII case. */

#include "base.h"
#include "pattern.h"

/*
 * One past the ']' of the set that begins at 'at', or 0 if it is never closed:
 * then '[' stands for itself.
 */
static size_t
set_end(rpclog_slice glob, size_t at)
{
	size_t i = at + 1;

	if (i < glob.len && (glob.ptr[i] == '!' || glob.ptr[i] == '^'))
		i++;
	/* A ']' that comes first is one of the set. */
	for (i++; i < glob.len; i++) {
		if (glob.ptr[i] == ']')
			return i + 1;
	}
	return 0;
}

static bool
in_set(rpclog_slice set, unsigned char byte)
{
	size_t i = 1;
	bool negated = set.ptr[1] == '!' || set.ptr[1] == '^';
	bool found = false;

	for (i += negated; i + 1 < set.len; i++) {
		unsigned char low = ascii_lower((unsigned char)set.ptr[i]);
		unsigned char high = low;

		if (i + 3 < set.len && set.ptr[i + 1] == '-') {
			high = ascii_lower((unsigned char)set.ptr[i + 2]);
			i += 2;
		}
		found |= low <= byte && byte <= high;
	}
	return found != negated;
}

/* Length of what matches 'byte' at 'at' of the glob; 0: it does not. */
static size_t
match_one(rpclog_slice glob, size_t at, char byte)
{
	unsigned char folded = ascii_lower((unsigned char)byte);
	size_t end;

	if (glob.ptr[at] == '?')
		return 1;
	if (glob.ptr[at] == '[' && (end = set_end(glob, at)) > 0)
		return in_set(slice_cut(glob, at, end), folded) ? end - at : 0;
	return ascii_lower((unsigned char)glob.ptr[at]) == folded;
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
			continue;
		}

		size_t len = g < glob.len ? match_one(glob, g, text.ptr[t]) : 0;

		if (len > 0) {
			g += len;
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
