/* SPDX-License-Identifier: MIT */
/* Who inflates: the build decides, see INFLATE in the Makefile. */

#include "inflate.h"

static const struct inflate_way *const ways[] = {
#ifdef RPCLOG_ISAL
	&inflate_by_isal,
#endif
	&inflate_by_zlib, NULL
};

const struct inflate_way *
inflate_way(size_t i)
{
	return i < ARRAY_LEN(ways) ? ways[i] : NULL;
}
