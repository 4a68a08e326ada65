/* SPDX-License-Identifier: MIT */
/*
 * Any bytes in any chunks: the parser tells the same as of the whole, so does
 * a reader, and the account adds up to the byte.
 */

#include <stdlib.h>

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How much was fed by the time an input is called foreign may differ. */
static rpclog_slice
comparable(const struct check_text *run)
{
	rpclog_slice text = check_text_slice(run);

	if (slice_find(text, SLICE("RPCLOG_ERR_SCHEMA")) == SIZE_MAX)
		return text;
	return slice_cut(text, 0, slice_rfind(text, SLICE("account")));
}

static void
read_too(rpclog_slice text, const rpclog_options *options, rpclog_slice want)
{
	struct check_text got = { 0 };
	rpclog_source *source = NULL;

	if (rpclog_source_open_mem(&source, text.ptr, text.len, options,
				   NULL) != RPCLOG_OK)
		abort();
	if (rpclog_source_is_gzip(source)) {
		rpclog_source_free(source);
		return;
	}
	check_read(&got, source, options);
	CHECK_SLICE(comparable(&got), want);
	check_text_free(&got);
}

/* The first byte is the size of chunks, the second chooses options. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct check_text whole = { 0 }, parts = { 0 };
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	if (size < 2)
		return 0;

	size_t chunk = data[0] ? data[0] : 1;
	rpclog_slice text = slice_of((const char *)data + 2, size - 2);

	if (data[1] & 1)
		options.flags = RPCLOG_OPT_HOLD_TAIL;
	if (data[1] & 2)
		options.max_row = 200;
	if (data[1] & 4)
		options.max_fields = 60;
	check_parse(&whole, text, 0, &options);
	check_parse(&parts, text, chunk, &options);
	CHECK_SLICE(comparable(&parts), comparable(&whole));
	read_too(text, &options, comparable(&whole));
	check_text_free(&whole);
	check_text_free(&parts);
	if (check_failures() > 0)
		abort();
	return 0;
}
