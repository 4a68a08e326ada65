/* SPDX-License-Identifier: MIT */
/* What the tests of sources share; see check_source.h. */

#include "check_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

ptrdiff_t
feeder_read(void *ctx, void *buffer, size_t capacity)
{
	struct feeder *f = ctx;
	size_t len = f->data.len - f->at;

	f->calls++;
	if (f->eintr && f->calls % 2) {
		errno = EINTR;
		return -1;
	}
	if (len > capacity)
		len = capacity;
	if (f->step && len > f->step)
		len = f->step;
	if (f->at + len > f->fail_at)
		len = f->fail_at - f->at;
	if (f->at == f->fail_at) {
		errno = f->error;
		return -1;
	}
	if (len)
		memcpy(buffer, f->data.ptr + f->at, len);
	f->at += len;
	return (ptrdiff_t)len;
}

const char *
kind_name(enum kind kind)
{
	static const char *const names[] = { "path", "descriptor", "pipe",
					     "memory", "function" };

	return names[kind];
}

static void
write_all(int fd, rpclog_slice data)
{
	while (data.len) {
		ssize_t put = write(fd, data.ptr, data.len);

		if (put <= 0)
			abort();
		data = slice_cut(data, (size_t)put, data.len);
	}
}

static rpclog_status
open_file(struct opened *o, rpclog_slice data, const rpclog_options *options,
	  rpclog_diag *diag)
{
	char path[] = "/tmp/rpclog-check-XXXXXX";
	rpclog_status status;

	o->fd = mkstemp(path);
	if (o->fd < 0)
		abort();
	write_all(o->fd, data);
	if (lseek(o->fd, 0, SEEK_SET) != 0)
		abort();
	if (o->kind == KIND_PATH)
		status = rpclog_source_open(&o->source, path, options, diag);
	else
		status =
			rpclog_source_open_fd(&o->source, o->fd, options, diag);
	if (unlink(path) != 0)
		abort();
	return status;
}

static rpclog_status
open_pipe(struct opened *o, rpclog_slice data, const rpclog_options *options,
	  rpclog_diag *diag)
{
	int ends[2];

	if (pipe(ends) != 0)
		abort();
	write_all(ends[1], data);
	if (close(ends[1]) != 0)
		abort();
	o->fd = ends[0];
	return rpclog_source_open_fd(&o->source, o->fd, options, diag);
}

rpclog_status
opened_init(struct opened *o, enum kind kind, rpclog_slice data, size_t step,
	    const rpclog_options *options)
{
	rpclog_diag diag = { 0 };
	rpclog_status status = RPCLOG_OK;

	memset(o, 0, sizeof(*o));
	o->kind = kind;
	o->fd = -1;
	o->feeder.data = data;
	o->feeder.step = step;
	o->feeder.fail_at = SIZE_MAX;
	switch (kind) {
	case KIND_PATH:
	case KIND_FD: status = open_file(o, data, options, &diag); break;
	case KIND_PIPE: status = open_pipe(o, data, options, &diag); break;
	case KIND_MEMORY:
		status = rpclog_source_open_mem(&o->source, data.ptr, data.len,
						options, &diag);
		break;
	case KIND_FN:
		status = rpclog_source_open_fn(&o->source, feeder_read,
					       &o->feeder, options, &diag);
		break;
	case KIND_COUNT: abort();
	}
	CHECK((status == RPCLOG_OK) == (o->source != NULL));
	CHECK_STATUS((rpclog_status)diag.status, status);
	return status;
}

void
opened_clear(struct opened *o)
{
	rpclog_source_free(o->source);
	/* A descriptor that was lent is open still. */
	if (o->fd >= 0)
		CHECK_INT(close(o->fd), 0);
}

rpclog_status
drain(rpclog_source *source, struct check_text *out)
{
	rpclog_slice bytes;
	rpclog_status status;

	while ((status = rpclog_source_next(source, &bytes)) == RPCLOG_OK) {
		if (!CHECK(bytes.len > 0))
			break;
		check_text_bytes(out, bytes.ptr, bytes.len);
	}
	CHECK_INT(bytes.len, 0);
	CHECK_STATUS(rpclog_source_next(source, &bytes), status);
	CHECK_INT(bytes.len, 0);
	if (status != RPCLOG_END) {
		const rpclog_diag *diag = rpclog_source_diag(source);

		CHECK_STATUS((rpclog_status)diag->status, status);
		CHECK_INT(diag->offset, out->len);
		CHECK(diag->text[0] != '\0');
	}
	return status;
}

void
gzip_add(struct check_text *out, rpclog_slice text, int level)
{
	z_stream z = { 0 };
	unsigned char buffer[65536];
	int code;

	if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	z.next_in = (unsigned char *)(uintptr_t)text.ptr;
	z.avail_in = (unsigned)text.len;
	do {
		z.next_out = buffer;
		z.avail_out = sizeof(buffer);
		code = deflate(&z, Z_FINISH);
		check_text_bytes(out, buffer, sizeof(buffer) - z.avail_out);
	} while (code == Z_OK);
	if (code != Z_STREAM_END)
		abort();
	(void)deflateEnd(&z);
}

void
noise_add(struct check_text *out, size_t len)
{
	uint64_t x = UINT64_C(88172645463325252);

	for (size_t i = 0; i < len; i++) {
		char c;

		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		/* Few enough letters that gzip has something to do. */
		c = (char)('a' + x % 20);
		check_text_bytes(out, &c, 1);
	}
}
