/* SPDX-License-Identifier: MIT */
/* Holds a way to inflate against zlib's own gzip; see check_inflate.h. */

#include "check_inflate.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "check_source.h"
#include "source.h"

void
end_clear(struct end *e)
{
	check_text_free(&e->bytes);
}

static void
judge_stops(struct end *e, int code, const char *text)
{
	e->status = RPCLOG_ERR_GZIP;
	e->diag.sys = code;
	snprintf(e->diag.text, sizeof(e->diag.text), "%s", text);
}

/* One member; false: that was the last word. */
static bool
judge_member(struct end *e, rpclog_slice data)
{
	unsigned char out[65536];
	char text[128];
	z_stream z = { 0 };
	int code;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		abort();
	z.next_in = (unsigned char *)(uintptr_t)data.ptr + e->taken;
	z.avail_in = (unsigned)(data.len - e->taken);
	do {
		z.next_out = out;
		z.avail_out = sizeof(out);
		code = inflate(&z, Z_NO_FLUSH);
		check_text_bytes(&e->bytes, out, sizeof(out) - z.avail_out);
	} while (code == Z_OK);
	e->taken += z.total_in;
	snprintf(text, sizeof(text), "gzip data is damaged: %s",
		 z.msg ? z.msg : "");
	(void)inflateEnd(&z);
	if (code == Z_BUF_ERROR)
		judge_stops(e, code, "gzip stream is cut short");
	else if (code != Z_STREAM_END)
		judge_stops(e, code, text);
	return code == Z_STREAM_END;
}

void
inflate_judge(struct end *e, rpclog_slice data)
{
	static const char magic[3] = { '\x1f', '\x8b', '\x08' };

	memset(e, 0, sizeof(*e));
	e->status = RPCLOG_END;
	for (;;) {
		size_t left = data.len - e->taken, len = left < 3 ? left : 3;

		if (left == 0 || memcmp(data.ptr + e->taken, magic, len) != 0)
			break;
		if (len < 3) {
			e->taken = data.len;
			judge_stops(e, Z_BUF_ERROR, "gzip stream is cut short");
			return;
		}
		if (!judge_member(e, data))
			return;
	}
	while (e->taken < data.len && data.ptr[e->taken] == '\0')
		e->taken++;
	if (e->taken < data.len)
		judge_stops(e, Z_DATA_ERROR, "garbage after gzip member");
}

static void
inflate_by(const struct inflate_way *way, rpclog_slice data, size_t step,
	   struct end *e)
{
	struct feeder feeder = { .data = data,
				 .step = step,
				 .fail_at = SIZE_MAX };
	struct alloc a = alloc_from(NULL);
	struct raw raw = { .total = SOURCE_UNKNOWN, .left = SOURCE_UNKNOWN };
	struct inflater *z;
	rpclog_slice have;

	memset(e, 0, sizeof(*e));
	if (step) {
		raw.read = feeder_read;
		raw.ctx = &feeder;
	} else {
		raw.have = data;
		raw.over = true;
	}
	if (raw_init(&raw, &a) != RPCLOG_OK ||
	    inflater_new(&z, &a, way, UINT32_MAX) != RPCLOG_OK)
		abort();
	while ((e->status = inflater_more(z, &raw, &have, &e->diag)) ==
	       RPCLOG_OK) {
		check_text_bytes(&e->bytes, have.ptr, have.len);
		inflater_take(z);
	}
	e->taken = raw.taken;
	inflater_free(z, &a);
	raw_clear(&raw, &a);
}

void
check_inflate(const struct inflate_way *way, rpclog_slice data, size_t step,
	      const struct end *want)
{
	struct check_guard guard;
	struct end got;

	inflate_by(way, check_guard_end(&guard, data), step, &got);
	CHECK_STATUS(got.status, want->status);
	CHECK_STR(got.diag.text, want->diag.text);
	CHECK_INT(got.diag.sys, want->diag.sys);
	CHECK_INT(got.taken, want->taken);
	CHECK_INT(got.bytes.len, want->bytes.len);
	CHECK(slice_eq(check_text_slice(&got.bytes),
		       check_text_slice(&want->bytes)));
	end_clear(&got);
	check_guard_free(&guard);
}
