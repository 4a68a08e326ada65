/* SPDX-License-Identifier: MIT */
/*
 * What gzip puts around deflate, by RFC 1952.  Damage is found at the byte at
 * which zlib finds it, and has zlib's words.
 */

#include "gzip_member.h"

enum flag {
	HAS_CRC = 1 << 1,
	HAS_EXTRA = 1 << 2,
	HAS_NAME = 1 << 3,
	HAS_COMMENT = 1 << 4,
	RESERVED = 7 << 5
};

void
wrap_begin(struct wrap *w, uint32_t (*crc)(uint32_t crc, rpclog_slice bytes))
{
	memset(w, 0, sizeof(*w));
	w->crc = crc;
}

static void
go_to(struct wrap *w, enum wrap_part part)
{
	w->part = part;
	w->at = 0;
}

/* The part behind this one that the flags ask for. */
static void
next_part(struct wrap *w)
{
	static const struct {
		enum wrap_part part;
		unsigned flag;
	} parts[] = {
		{ WRAP_EXTRA_SIZE, HAS_EXTRA }, { WRAP_EXTRA, HAS_EXTRA },
		{ WRAP_NAME, HAS_NAME },	{ WRAP_COMMENT, HAS_COMMENT },
		{ WRAP_CRC, HAS_CRC },
	};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i].part <= w->part || !(w->flags & parts[i].flag))
			continue;
		if (parts[i].part == WRAP_EXTRA && w->size == 0)
			continue;
		go_to(w, parts[i].part);
		return;
	}
	go_to(w, WRAP_BODY);
}

static void
add_digit(struct wrap *w, unsigned char c)
{
	unsigned at = w->at++ % 4;

	w->size = (at ? w->size : 0) | (uint32_t)c << 8 * at;
}

static void
read_fixed(struct wrap *w, unsigned char c)
{
	switch (w->at++) {
	case 2:
		if (c != 8)
			w->damage = "unknown compression method";
		break;
	case 3:
		w->flags = c;
		if (c & RESERVED)
			w->damage = "unknown header flags set";
		break;
	case 9: next_part(w); break;
	}
}

static void
read_sums(struct wrap *w, unsigned char c)
{
	add_digit(w, c);
	if (w->at == 4 && w->size != w->sum)
		w->damage = "incorrect data check";
	if (w->at < 8)
		return;
	if (w->size != (uint32_t)w->made)
		w->damage = "incorrect length check";
	go_to(w, WRAP_OVER);
}

static void
read_byte(struct wrap *w, unsigned char c)
{
	switch (w->part) {
	case WRAP_FIXED: read_fixed(w, c); break;
	case WRAP_EXTRA_SIZE:
		add_digit(w, c);
		if (w->at == 2)
			next_part(w);
		break;
	case WRAP_EXTRA:
		if (++w->at == w->size)
			next_part(w);
		break;
	case WRAP_NAME:
	case WRAP_COMMENT:
		if (c == '\0')
			next_part(w);
		break;
	case WRAP_CRC:
		add_digit(w, c);
		if (w->at < 2)
			break;
		if (w->size != (w->sum & 0xffff))
			w->damage = "header crc mismatch";
		next_part(w);
		break;
	case WRAP_SUMS: read_sums(w, c); break;
	case WRAP_BODY:
	case WRAP_OVER: break;
	}
}

size_t
wrap_read(struct wrap *w, rpclog_slice bytes)
{
	size_t len = 0;

	while (len < bytes.len && w->part != WRAP_BODY &&
	       w->part != WRAP_OVER && !w->damage) {
		bool summed = w->part < WRAP_CRC;

		read_byte(w, (unsigned char)bytes.ptr[len]);
		if (summed)
			w->sum = w->crc(w->sum, slice_cut(bytes, len, len + 1));
		len++;
	}
	if (w->part == WRAP_BODY)
		w->sum = 0;
	return len;
}

void
wrap_body(struct wrap *w, rpclog_slice bytes)
{
	w->sum = w->crc(w->sum, bytes);
	w->made += bytes.len;
}

void
wrap_close(struct wrap *w)
{
	go_to(w, WRAP_SUMS);
}
