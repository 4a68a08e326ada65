/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an IIS log or a log of the RpcHttp module: in chunks they give
 * what they give whole, and no record points outside of memory it may read.
 */

#include <stdlib.h>

#include "check_foreign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Three bytes are taken: which log, size of chunks, the limit of a line. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	struct foreign_way whole = { .options = &options };
	struct foreign_way chunks = { .options = &options };
	struct check_text want = { 0 }, got = { 0 };
	foreign_render render;
	rpclog_slice text;

	if (size < 3)
		return 0;
	render = data[0] % 2 ? check_rpchttp : check_w3c;
	whole.cut = chunks.cut = data[0] & 2;
	chunks.chunk = 1 + data[1];
	if (data[2])
		options.max_row = (size_t)data[2] * 8;
	text = slice_of((const char *)data + 3, size - 3);
	CHECK_STATUS(render(&want, text, &whole), RPCLOG_OK);
	CHECK_STATUS(render(&got, text, &chunks), RPCLOG_OK);
	CHECK_STR(got.ptr, want.ptr);
	check_text_free(&want);
	check_text_free(&got);
	if (check_failures() > 0)
		abort();
	return 0;
}
