/* SPDX-License-Identifier: MIT */
/* The raw stage: bytes as they lie, read in large pieces into one buffer. */

#include "source.h"

#include <errno.h>

#include "diag.h"

rpclog_status
raw_init(struct raw *raw, const struct alloc *a)
{
	if (!raw->read)
		return RPCLOG_OK;
	raw->capacity = SOURCE_CHUNK;
	raw->step = SOURCE_FIRST;
	if (raw->left < SOURCE_CHUNK)
		raw->capacity = (size_t)raw->left;
	raw->buffer = alloc_get(a, raw->capacity, 1);
	return raw->buffer ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

/* Moves what is left in front, so that there is room behind it. */
static void
make_room(struct raw *raw)
{
	if (raw->have.len && raw->have.ptr != raw->buffer)
		memmove(raw->buffer, raw->have.ptr, raw->have.len);
	raw->have.ptr = raw->buffer;
}

bool
raw_more(struct raw *raw)
{
	if (raw->over)
		return false;
	make_room(raw);

	size_t room = raw->capacity - raw->have.len;
	ptrdiff_t got = 0;

	if (room > raw->left)
		room = (size_t)raw->left;
	if (room > raw->step)
		room = raw->step;
	if (room > 0) {
		do {
			errno = 0;
			got = raw->read(raw->ctx, raw->buffer + raw->have.len,
					room);
		} while (got < 0 && errno == EINTR);
	}
	if (got < 0)
		raw->error = errno ? errno : EIO;
	else if ((size_t)got > room)
		raw->error = EINVAL;
	if (got <= 0 || raw->error) {
		raw->over = true;
		return false;
	}
	raw->have.len += (size_t)got;
	if (raw->left != SOURCE_UNKNOWN)
		raw->left -= (uint64_t)got;
	return true;
}

bool
raw_want(struct raw *raw, size_t want)
{
	while (raw->have.len < want)
		if (!raw_more(raw))
			return false;
	return true;
}

void
raw_take(struct raw *raw, size_t len)
{
	if (len) {
		raw->have.ptr += len;
		raw->have.len -= len;
		raw->taken += len;
	}
}

rpclog_status
raw_end(const struct raw *raw, rpclog_diag *diag)
{
	if (!raw->error)
		return RPCLOG_END;

	rpclog_status status = diag_set(diag, RPCLOG_ERR_IO, "cannot read: %s",
					strerror(raw->error));

	if (diag)
		diag->sys = raw->error;
	return status;
}

void
raw_clear(struct raw *raw, const struct alloc *a)
{
	raw_close(raw);
	alloc_free(a, raw->buffer);
	raw->buffer = NULL;
}
