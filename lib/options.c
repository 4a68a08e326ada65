/* SPDX-License-Identifier: MIT */
/* The caller's options with every default filled in. */

#include "options.h"

/* Places in a row are 32 bits wide, and buffers a few times as large. */
#define MAX_ROW_MOST ((size_t)1 << 30)

static void
fill(uint32_t *value, uint32_t otherwise)
{
	if (*value == 0)
		*value = otherwise;
	else if (*value == RPCLOG_ZERO)
		*value = 0;
}

rpclog_status
options_load(rpclog_options *out, const rpclog_options *in)
{
	memset(out, 0, sizeof(*out));
	if (in) {
		if (in->size < sizeof(in->size))
			return RPCLOG_ERR_USAGE;
		memcpy(out, in,
		       in->size < sizeof(*out) ? in->size : sizeof(*out));
	}
	out->size = sizeof(*out);

	const rpclog_allocator *a = &out->allocator;

	if (!a->alloc != !a->resize || !a->alloc != !a->release)
		return RPCLOG_ERR_USAGE;
	if (out->max_row == 0)
		out->max_row = (size_t)1 << 20;
	if (out->max_row > MAX_ROW_MOST)
		out->max_row = MAX_ROW_MOST;
	if (out->max_fields == 0)
		out->max_fields = 512;
	if (out->max_ratio == 0)
		out->max_ratio = 1000;
	if (out->match_limit == 0)
		out->match_limit = 100000;
	fill(&out->gap_s, 120);
	fill(&out->handshake_ms, 10000);
	fill(&out->reject_window_s, 60);
	if (out->reject_legs == 0)
		out->reject_legs = 3;
	fill(&out->settle_s, 120);
	fill(&out->settle_rpc_s, 7200);
	return RPCLOG_OK;
}
