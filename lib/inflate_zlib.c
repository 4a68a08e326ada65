/* SPDX-License-Identifier: MIT */
/* Inflating by zlib: the judge of every other way. */

#include "inflate.h"

#include <limits.h>
#include <stdio.h>

#define ZLIB_CONST
#include <zlib.h>

struct zlib {
	z_stream stream;
	const struct alloc *alloc;
};

_Static_assert(INFLATE_SYS_DAMAGED == Z_DATA_ERROR, "zlib's number");
_Static_assert(INFLATE_SYS_SHORT == Z_BUF_ERROR, "zlib's number");

static voidpf
get(voidpf opaque, uInt items, uInt size)
{
	const struct zlib *z = opaque;

	return alloc_get(z->alloc, items, size);
}

static void
put_back(voidpf opaque, voidpf ptr)
{
	const struct zlib *z = opaque;

	alloc_free(z->alloc, ptr);
}

static rpclog_status
zlib_create(void **state, const struct alloc *a)
{
	struct zlib *z = alloc_zero(a, 1, sizeof(*z));

	*state = NULL;
	if (!z)
		return RPCLOG_ERR_NOMEM;
	z->alloc = a;
	z->stream.zalloc = get;
	z->stream.zfree = put_back;
	z->stream.opaque = z;
	/* Negative: the bare stream. */
	if (inflateInit2(&z->stream, -15) != Z_OK) {
		alloc_free(a, z);
		return RPCLOG_ERR_NOMEM;
	}
	*state = z;
	return RPCLOG_OK;
}

static void
zlib_release(void *state, const struct alloc *a)
{
	struct zlib *z = state;

	if (!z)
		return;
	(void)inflateEnd(&z->stream);
	alloc_free(a, z);
}

static void
zlib_begin(void *state)
{
	struct zlib *z = state;

	/* Fails only for a state that was never made. */
	(void)inflateReset(&z->stream);
}

static enum inflate_turn
zlib_turn(void *state, struct inflate_io *io)
{
	struct zlib *z = state;
	z_stream *s = &z->stream;
	uInt in = io->in.len < UINT_MAX ? (uInt)io->in.len : UINT_MAX;
	uInt room = io->room < UINT_MAX ? (uInt)io->room : UINT_MAX;

	s->next_in = (const Bytef *)io->in.ptr;
	s->avail_in = in;
	s->next_out = (Bytef *)io->out;
	s->avail_out = room;

	int code = inflate(s, Z_NO_FLUSH);

	inflate_moved(io, in - s->avail_in, room - s->avail_out);
	switch (code) {
	case Z_OK:
	case Z_BUF_ERROR:
		if (io->in.len == 0 && s->avail_out > 0)
			return INFLATE_NEED;
		return INFLATE_OK;
	case Z_STREAM_END: return INFLATE_END;
	case Z_MEM_ERROR: return INFLATE_NOMEM;
	default:
		io->why = s->msg ? s->msg : "no reason given";
		return INFLATE_DAMAGED;
	}
}

bool
inflate_zlib_enter(void *state, rpclog_slice history, const unsigned char *bits,
		   size_t count)
{
	struct zlib *z = state;
	z_stream *s = &z->stream;
	unsigned char none;
	int rest = (int)(count % 8);

	zlib_begin(z);
	if (inflateSetDictionary(s, (const Bytef *)history.ptr,
				 (uInt)history.len) != Z_OK)
		return false;
	s->next_in = bits;
	s->avail_in = (uInt)(count / 8);
	s->next_out = &none;
	s->avail_out = 0;
	(void)inflate(s, Z_NO_FLUSH);
	return rest == 0 ||
	       inflatePrime(s, rest, bits[count / 8] & ((1 << rest) - 1)) ==
		       Z_OK;
}

static uint32_t
zlib_crc(uint32_t crc, rpclog_slice bytes)
{
	return (uint32_t)crc32_z(crc, (const Bytef *)bytes.ptr, bytes.len);
}

static void
write_version(char *out, size_t size)
{
	snprintf(out, size, "zlib %s", zlibVersion());
}

const struct inflate_way inflate_by_zlib = {
	zlib_create, zlib_release, zlib_begin,
	zlib_turn,   zlib_crc,	   write_version,
};
