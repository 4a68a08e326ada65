/* SPDX-License-Identifier: MIT */
/* Where is a literal: by libc on any machine, by pairs where AVX2 is. */

#include "scan.h"

size_t
scan_find_portable(rpclog_slice text, rpclog_slice literal)
{
	return slice_find(text, literal);
}

size_t
scan_find(rpclog_slice text, rpclog_slice literal)
{
	if (literal.len >= 2 && text.len >= 64 && scan_best() == scan_avx2)
		return scan_find_avx2(text, literal);
	return scan_find_portable(text, literal);
}
