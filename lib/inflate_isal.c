/* SPDX-License-Identifier: MIT */
/*
 * Inflating by ISA-L, one deflate block at a time, so that each block's header
 * is judged as zlib does.  Whatever is unusual, and the end of input that is
 * cut short, goes to zlib from the place that is reached: damage is found where
 * zlib finds it, behind the same bytes and in the same words.
 */

#include "inflate.h"

#include <isa-l.h>
#include <stdio.h>

#include "inflate_block.h"

enum place {
	HEADER, /* a block must follow */
	STORED, /* in bytes that are not packed */
	BEGUN,	/* at a header that is good */
	CODED,	/* behind it */
	BY_ZLIB /* for the rest of the stream */
};

struct isal {
	struct inflate_state state;
	const struct alloc *alloc;
	void *zlib; /* NULL: not needed yet */
	enum place place;
	struct block block;
	uint32_t hold;	/* bits before the input that are not used, */
	unsigned count; /* less than 8 */
	/* The block's header, and room for 'hold'. */
	size_t header_bits;
	unsigned char header[BLOCK_HEADER + 2];
};

static rpclog_status
isal_create(void **state, const struct alloc *a)
{
	struct isal *d = alloc_get(a, 1, sizeof(*d));

	*state = d;
	if (!d)
		return RPCLOG_ERR_NOMEM;
	isal_inflate_init(&d->state);
	d->alloc = a;
	d->zlib = NULL;
	d->place = HEADER;
	d->hold = d->count = 0;
	return RPCLOG_OK;
}

static void
isal_release(void *state, const struct alloc *a)
{
	struct isal *d = state;

	if (!d)
		return;
	inflate_by_zlib.release(d->zlib, a);
	alloc_free(a, d);
}

static void
isal_begin(void *state)
{
	struct isal *d = state;

	d->place = HEADER;
	d->hold = d->count = 0;
}

/* Shows zlib the header of the block that we are in, and the bits at hand. */
static enum inflate_turn
go_on_by_zlib(struct isal *d, struct inflate_io *io)
{
	size_t count = d->place == CODED ? d->header_bits : 0;
	uint32_t bits = d->hold << count % 8;

	if (!d->zlib && inflate_by_zlib.create(&d->zlib, d->alloc) != RPCLOG_OK)
		return INFLATE_NOMEM;
	if (count % 8 == 0)
		d->header[count / 8] = 0;
	d->header[count / 8] |= (unsigned char)(bits & 0xff);
	d->header[count / 8 + 1] = (unsigned char)(bits >> 8);
	if (!inflate_zlib_enter(d->zlib, inflate_history(io), d->header,
				count + d->count))
		return INFLATE_NOMEM;
	d->place = BY_ZLIB;
	return inflate_by_zlib.turn(d->zlib, io);
}

static enum inflate_turn
need(struct isal *d, struct inflate_io *io)
{
	/* ISA-L may hold back what its last bits say already. */
	return io->last ? go_on_by_zlib(d, io) : INFLATE_NEED;
}

/* Keeps the first 'count' bits, so that zlib can be shown them later. */
static void
keep_header(struct isal *d, rpclog_slice in, size_t count)
{
	uint32_t carry = d->hold;

	for (size_t i = 0; i * 8 < count; i++) {
		if (i < in.len)
			carry |= (uint32_t)(unsigned char)in.ptr[i] << d->count;
		d->header[i] = (unsigned char)(carry & 0xff);
		carry >>= 8;
	}
	if (count % 8)
		d->header[count / 8] &= (unsigned char)((1U << count % 8) - 1);
	d->header_bits = count;
}

/* False: not without more input, or not by us. */
static bool
read_header(struct isal *d, struct inflate_io *io, enum block_kind *kind)
{
	struct bits bits = { io->in, d->hold, d->count };

	*kind = block_read(&d->block, &bits);

	size_t read = d->count + 8 * (io->in.len - bits.in.len) - bits.count;

	if (*kind == BLOCK_STORED) {
		inflate_moved(io, (read - d->count) / 8, 0);
		d->hold = d->count = 0;
		d->place = STORED;
	} else if (*kind == BLOCK_CODED) {
		keep_header(d, io->in, read);
		d->place = BEGUN;
	} else {
		return false;
	}
	return true;
}

/* The block is over: true if the stream is. */
static bool
block_end(struct isal *d)
{
	d->place = HEADER;
	if (d->block.final)
		d->hold = d->count = 0;
	return d->block.final;
}

static void
copy_stored(struct isal *d, struct inflate_io *io)
{
	size_t len = d->block.stored;

	if (len > io->in.len)
		len = io->in.len;
	if (len > io->room)
		len = io->room;
	if (len)
		memcpy(io->out, io->in.ptr, len);
	inflate_moved(io, len, len);
	d->block.stored -= len;
}

/* Sets ISA-L to the beginning of a block, as if the stream began there. */
static void
begin_block(struct isal *d, const struct inflate_io *io)
{
	struct inflate_state *s = &d->state;
	rpclog_slice history = inflate_history(io);

	isal_inflate_reset(s);
	(void)isal_inflate_set_dict(s, (uint8_t *)(uintptr_t)history.ptr,
				    (uint32_t)history.len);
}

static void
lend_input(struct isal *d, const struct inflate_io *io)
{
	struct inflate_state *s = &d->state;
	size_t len = io->in.len < INT32_MAX ? io->in.len : INT32_MAX;

	s->next_in = (uint8_t *)(uintptr_t)io->in.ptr;
	s->avail_in = (uint32_t)len;
	s->read_in = d->hold;
	s->read_in_length = (int32_t)d->count;
	if (d->place == BEGUN) {
		if (d->count == 0) {
			s->read_in = *s->next_in++;
			s->read_in_length = 8;
			s->avail_in--;
		}
		/* It stops behind a final block only. */
		s->read_in |= 1;
	}
}

/* What ISA-L read and did not use goes back, all but a part of a byte. */
static size_t
take_input_back(struct isal *d, const struct inflate_io *io)
{
	struct inflate_state *s = &d->state;
	unsigned count = (unsigned)s->read_in_length;

	d->count = count % 8;
	d->hold = (uint32_t)s->read_in & ((1U << d->count) - 1);
	return (size_t)(s->next_in - (const uint8_t *)io->in.ptr) - count / 8;
}

static enum inflate_turn
decode(struct isal *d, struct inflate_io *io)
{
	struct inflate_state *s = &d->state;
	size_t room = io->room < INT32_MAX ? io->room : INT32_MAX;

	if (d->place == BEGUN)
		begin_block(d, io);

	/* At most one match: INFLATE_LEAST is more than ISA-L's own buffer. */
	size_t sure = (size_t)(s->tmp_out_valid - s->tmp_out_processed);

	lend_input(d, io);
	s->next_out = (uint8_t *)io->out;
	s->avail_out = (uint32_t)room;
	if (isal_inflate(s) < 0 || s->block_state == ISAL_BLOCK_HDR) {
		/* Back to where this turn began. */
		inflate_moved(io, 0, sure);
		return go_on_by_zlib(d, io);
	}
	inflate_moved(io, take_input_back(d, io), room - s->avail_out);
	d->place = CODED;
	if (s->block_state == ISAL_BLOCK_FINISH)
		return block_end(d) ? INFLATE_END : INFLATE_OK;
	return s->avail_out == 0 ? INFLATE_OK : need(d, io);
}

static enum inflate_turn
isal_turn(void *state, struct inflate_io *io)
{
	struct isal *d = state;
	enum inflate_turn turn = INFLATE_OK;
	enum block_kind kind;

	while (turn == INFLATE_OK && io->room >= INFLATE_LEAST) {
		switch (d->place) {
		case HEADER:
			if (read_header(d, io, &kind))
				break;
			turn = kind == BLOCK_SHORT ? need(d, io)
						   : go_on_by_zlib(d, io);
			break;
		case STORED:
			copy_stored(d, io);
			if (d->block.stored > 0 && io->in.len == 0)
				turn = INFLATE_NEED;
			else if (d->block.stored == 0 && block_end(d))
				turn = INFLATE_END;
			break;
		case BEGUN:
		case CODED: turn = decode(d, io); break;
		case BY_ZLIB: return inflate_by_zlib.turn(d->zlib, io);
		}
	}
	return turn;
}

static uint32_t
isal_crc(uint32_t crc, rpclog_slice bytes)
{
	return crc32_gzip_refl(crc, (const unsigned char *)bytes.ptr,
			       bytes.len);
}

static void
write_version(char *out, size_t size)
{
	char zlib[24];

	inflate_by_zlib.version(zlib, sizeof(zlib));
	snprintf(out, size, "ISA-L %d.%d.%d, %s", ISAL_MAJOR_VERSION,
		 ISAL_MINOR_VERSION, ISAL_PATCH_VERSION, zlib);
}

const struct inflate_way inflate_by_isal = {
	isal_create, isal_release, isal_begin,
	isal_turn,   isal_crc,	   write_version,
};
