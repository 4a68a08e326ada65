/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a source: what is given and how it ends is the same whether
 * they come at once or a few at a time, looked at before or not; and, if they
 * begin as gzip, whoever inflates them.
 */

#include <stdlib.h>

#include "check.h"
#include "check_inflate.h"
#include "source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct trickle {
	rpclog_slice data;
	size_t at, step;
};

static ptrdiff_t
trickle_read(void *ctx, void *buffer, size_t capacity)
{
	struct trickle *t = ctx;
	size_t len = t->data.len - t->at;

	if (len > t->step)
		len = t->step;
	if (len > capacity)
		len = capacity;
	if (len)
		memcpy(buffer, t->data.ptr + t->at, len);
	t->at += len;
	return (ptrdiff_t)len;
}

static void
drain(rpclog_source *source, struct check_text *out)
{
	rpclog_slice bytes;
	rpclog_status status;
	const rpclog_diag *diag = rpclog_source_diag(source);

	while ((status = rpclog_source_next(source, &bytes)) == RPCLOG_OK)
		check_text_bytes(out, bytes.ptr, bytes.len);
	CHECK_STATUS(rpclog_source_next(source, &bytes), status);
	CHECK(status == RPCLOG_END || diag->offset == out->len);
	check_text_add(out, "|%s %s", rpclog_status_name(status),
		       status == RPCLOG_END ? "" : diag->text);
}

static void
all_ways(rpclog_slice data, size_t step)
{
	struct end want;

	if (!gzip_begins(data))
		return;
	inflate_judge(&want, data);
	for (size_t i = 0; inflate_way(i); i++) {
		check_inflate(inflate_way(i), data, 0, &want);
		check_inflate(inflate_way(i), data, step, &want);
	}
	end_clear(&want);
}

/* The first byte is the number of bytes a read. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct check_text whole = { 0 }, parts = { 0 };
	rpclog_source *source = NULL;
	rpclog_slice head;

	if (size < 1)
		return 0;

	struct trickle t = { { (const char *)data + 1, size - 1 },
			     0,
			     data[0] ? data[0] : 1 };

	if (rpclog_source_open_mem(&source, t.data.ptr, t.data.len, NULL,
				   NULL) != RPCLOG_OK)
		abort();
	drain(source, &whole);
	rpclog_source_free(source);

	if (rpclog_source_open_fn(&source, trickle_read, &t, NULL, NULL) !=
	    RPCLOG_OK)
		abort();
	if (data[0] % 2) {
		CHECK_STATUS(rpclog_source_peek(source, 50, &head), RPCLOG_OK);
		CHECK(slice_starts(check_text_slice(&whole), head));
	}
	drain(source, &parts);
	rpclog_source_free(source);
	CHECK_SLICE(check_text_slice(&parts), check_text_slice(&whole));
	all_ways(t.data, t.step);
	check_text_free(&whole);
	check_text_free(&parts);
	if (check_failures() > 0)
		abort();
	return 0;
}
