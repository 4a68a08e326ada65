/* SPDX-License-Identifier: MIT */
/* What is written before each of many parts, and taken off the first one. */

#include "leading.h"

#include <string.h>

#include "out.h"

/* The usual way to standard output, and what is to be dropped. */
static struct {
	void (*drain)(struct out *out);
	size_t len;
} leading;

static void
drain_first(struct out *out)
{
	const size_t len = leading.len < out->len ? leading.len : out->len;

	out->drain = leading.drain;
	memmove(out->data, out->data + len, out->len - len);
	out->len -= len;
	if (out->len)
		out->drain(out);
}

void
leading_take_off(size_t len)
{
	struct out *out = out_stdout();

	out_flush(out);
	leading.drain = out->drain;
	leading.len = len;
	out->drain = drain_first;
}

void
leading_end(void)
{
	struct out *out = out_stdout();

	if (!leading.drain)
		return;
	out_flush(out);
	out->drain = leading.drain;
	leading.drain = NULL;
}
