/* SPDX-License-Identifier: MIT */
/* The gzip stage: all members, and what may follow the last.  zlib is here. */

#include "source.h"

#include <limits.h>
#include <stdio.h>

#define ZLIB_CONST
#include <zlib.h>

#include "diag.h"

/* No input is refused for its growth before it has grown to this. */
#define RATIO_FROM (UINT64_C(64) << 20)

enum place {
	BETWEEN, /* a member or the end must follow */
	INSIDE,	 /* a member has begun and not ended */
	DONE	 /* 'end' is the answer from now on */
};

struct inflater {
	z_stream stream;
	const struct alloc *alloc;
	enum place place;
	rpclog_status end;
	rpclog_diag diag;
	uint32_t max_ratio;
	uint64_t out; /* bytes inflated since the start */
	size_t len;   /* bytes in 'buffer' that are not taken */
	char *buffer;
};

static voidpf
get(voidpf opaque, uInt items, uInt size)
{
	const struct inflater *z = opaque;

	return alloc_get(z->alloc, items, size);
}

static void
release(voidpf opaque, voidpf ptr)
{
	const struct inflater *z = opaque;

	alloc_free(z->alloc, ptr);
}

/* As far as the bytes go, do they begin a member? */
static bool
may_begin(rpclog_slice head)
{
	static const char magic[3] = { '\x1f', '\x8b', '\x08' };

	return head.len > 0 &&
	       !memcmp(head.ptr, magic, head.len < 3 ? head.len : 3);
}

bool
gzip_begins(rpclog_slice head)
{
	return head.len >= 3 && may_begin(head);
}

rpclog_status
inflater_new(struct inflater **out, const struct alloc *a, uint32_t max_ratio)
{
	struct inflater *z = alloc_zero(a, 1, sizeof(*z));

	*out = NULL;
	if (!z)
		return RPCLOG_ERR_NOMEM;
	z->alloc = a;
	z->max_ratio = max_ratio;
	z->place = BETWEEN;
	z->stream.zalloc = get;
	z->stream.zfree = release;
	z->stream.opaque = z;
	z->buffer = alloc_get(a, SOURCE_CHUNK, 1);
	/* 16: gzip and nothing else. */
	if (!z->buffer || inflateInit2(&z->stream, 15 + 16) != Z_OK) {
		alloc_free(a, z->buffer);
		alloc_free(a, z);
		return RPCLOG_ERR_NOMEM;
	}
	*out = z;
	return RPCLOG_OK;
}

static void
stop(struct inflater *z, rpclog_status status)
{
	z->place = DONE;
	z->end = status;
}

static void
stop_gzip(struct inflater *z, int code, const char *text)
{
	stop(z, diag_set(&z->diag, RPCLOG_ERR_GZIP, "%s", text));
	z->diag.sys = code;
}

static void
stop_damaged(struct inflater *z, int code)
{
	char text[128];
	const char *why = z->stream.msg ? z->stream.msg : "no reason given";

	snprintf(text, sizeof(text), "gzip data is damaged: %s", why);
	stop_gzip(z, code, text);
}

/* The raw bytes are over inside a member. */
static void
stop_short(struct inflater *z, const struct raw *raw)
{
	rpclog_status status = raw_end(raw, &z->diag);

	if (status == RPCLOG_END)
		stop_gzip(z, Z_BUF_ERROR, "gzip stream is cut short");
	else
		stop(z, status);
}

/* Tapes and some disks pad with NULs, which gzip(1) passes over as well. */
static void
skip_padding(struct inflater *z, struct raw *raw)
{
	while (raw_want(raw, 1)) {
		size_t len = 0;

		while (len < raw->have.len && raw->have.ptr[len] == '\0')
			len++;
		raw_take(raw, len);
		if (raw->have.len) {
			stop_gzip(z, Z_DATA_ERROR, "garbage after gzip member");
			return;
		}
	}
	stop(z, raw_end(raw, &z->diag));
}

static void
next_member(struct inflater *z, struct raw *raw)
{
	bool whole = raw_want(raw, 3);

	if (!may_begin(raw->have)) {
		skip_padding(z, raw);
	} else if (!whole) {
		raw_take(raw, raw->have.len);
		stop_short(z, raw);
	} else if (inflateReset(&z->stream) != Z_OK) {
		stop_damaged(z, Z_STREAM_ERROR);
	} else {
		z->place = INSIDE;
	}
}

static void
check_ratio(struct inflater *z, const struct raw *raw)
{
	if (z->out <= RATIO_FROM || z->out / z->max_ratio <= raw->taken)
		return;
	stop(z, diag_set(&z->diag, RPCLOG_ERR_LIMIT,
			 "gzip data grows more than %lu-fold",
			 (unsigned long)z->max_ratio));
}

/* One turn of zlib: all the input there is, into all the room there is. */
static int
turn(struct inflater *z, struct raw *raw)
{
	z_stream *s = &z->stream;
	size_t room = SOURCE_CHUNK - z->len;
	uInt in = raw->have.len < UINT_MAX ? (uInt)raw->have.len : UINT_MAX;

	s->next_in = (const Bytef *)raw->have.ptr;
	s->avail_in = in;
	s->next_out = (Bytef *)z->buffer + z->len;
	s->avail_out = (uInt)room;

	int code = inflate(s, Z_NO_FLUSH);

	raw_take(raw, in - s->avail_in);
	z->len += room - s->avail_out;
	z->out += room - s->avail_out;
	return code;
}

static void
inflate_some(struct inflater *z, struct raw *raw)
{
	int code = turn(z, raw);

	switch (code) {
	case Z_OK: break;
	case Z_STREAM_END: z->place = BETWEEN; break;
	case Z_BUF_ERROR:
		/* Nothing left inside either: only now read on. */
		if (raw->have.len == 0 && !raw_more(raw))
			stop_short(z, raw);
		break;
	case Z_MEM_ERROR:
		stop(z, diag_plain(&z->diag, RPCLOG_ERR_NOMEM));
		break;
	default: stop_damaged(z, code);
	}
	if (z->place != DONE)
		check_ratio(z, raw);
}

rpclog_status
inflater_more(struct inflater *z, struct raw *raw, rpclog_slice *have,
	      rpclog_diag *diag)
{
	size_t before = z->len;

	/* A pipe's reader gets what there is before we wait for more. */
	while (z->place != DONE && z->len < SOURCE_CHUNK &&
	       (z->len == before || raw->have.len > 0)) {
		if (z->place == BETWEEN)
			next_member(z, raw);
		else
			inflate_some(z, raw);
	}
	*have = slice_of(z->buffer, z->len);
	if (z->len > before)
		return RPCLOG_OK;
	*diag = z->diag;
	return z->end;
}

void
inflater_take(struct inflater *z)
{
	z->len = 0;
}

void
inflater_free(struct inflater *z, const struct alloc *a)
{
	if (!z)
		return;
	(void)inflateEnd(&z->stream);
	alloc_free(a, z->buffer);
	alloc_free(a, z);
}

void
inflater_version(char *out, size_t size)
{
	snprintf(out, size, "zlib %s", zlibVersion());
}
