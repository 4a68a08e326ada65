/* SPDX-License-Identifier: MIT */
/* The gzip stage: all members, and what may follow the last. */

#include "source.h"

#include <stdio.h>

#include "diag.h"
#include "gzip_member.h"

/* No input is refused for its growth before it has grown to this. */
#define RATIO_FROM (UINT64_C(64) << 20)

#define BUFFER (INFLATE_HISTORY + SOURCE_CHUNK)

enum place {
	BETWEEN, /* a member or the end must follow */
	INSIDE,	 /* a member has begun and not ended */
	DONE	 /* 'end' is the answer from now on */
};

struct inflater {
	const struct inflate_way *way;
	void *state; /* of 'way' */
	struct wrap wrap;
	enum place place;
	bool hungry; /* nothing to do without more input */
	rpclog_status end;
	rpclog_diag diag;
	uint32_t max_ratio;
	uint64_t out;	 /* bytes inflated since the start */
	size_t from, to; /* what is not taken, in 'buffer' */
	char *buffer;
};

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
inflater_new(struct inflater **out, const struct alloc *a,
	     const struct inflate_way *way, uint32_t max_ratio)
{
	struct inflater *z = alloc_zero(a, 1, sizeof(*z));

	*out = NULL;
	if (!z)
		return RPCLOG_ERR_NOMEM;
	z->way = way;
	z->max_ratio = max_ratio;
	z->place = BETWEEN;
	z->buffer = alloc_get(a, BUFFER, 1);
	if (!z->buffer || way->create(&z->state, a) != RPCLOG_OK) {
		inflater_free(z, a);
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
stop_damaged(struct inflater *z, const char *why)
{
	char text[128];

	snprintf(text, sizeof(text), "gzip data is damaged: %s", why);
	stop_gzip(z, INFLATE_SYS_DAMAGED, text);
}

/* The raw bytes are over inside a member. */
static void
stop_short(struct inflater *z, struct raw *raw)
{
	rpclog_status status = raw_end(raw, &z->diag);

	raw_take(raw, raw->have.len);
	if (status == RPCLOG_END)
		stop_gzip(z, INFLATE_SYS_SHORT, "gzip stream is cut short");
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
			stop_gzip(z, INFLATE_SYS_DAMAGED,
				  "garbage after gzip member");
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
		stop_short(z, raw);
	} else {
		wrap_begin(&z->wrap, z->way->crc);
		z->way->begin(z->state);
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

/* One turn: all the input there is, into all the room there is. */
static void
inflate_body(struct inflater *z, struct raw *raw)
{
	struct inflate_io io = { .in = raw->have,
				 .last = raw->over,
				 .out = z->buffer + z->to,
				 .room = BUFFER - z->to,
				 .made = z->wrap.made };
	enum inflate_turn turn = z->way->turn(z->state, &io);
	size_t made = (size_t)(io.made - z->wrap.made);

	raw_take(raw, raw->have.len - io.in.len);
	wrap_body(&z->wrap, slice_of(z->buffer + z->to, made));
	z->to += made;
	z->out += made;
	switch (turn) {
	case INFLATE_OK: break;
	case INFLATE_NEED:
		z->hungry = !io.last;
		if (io.last)
			stop_short(z, raw);
		break;
	case INFLATE_END: wrap_close(&z->wrap); break;
	case INFLATE_DAMAGED: stop_damaged(z, io.why); break;
	case INFLATE_NOMEM:
		stop(z, diag_plain(&z->diag, RPCLOG_ERR_NOMEM));
		break;
	}
	if (z->place != DONE)
		check_ratio(z, raw);
}

static void
go_on(struct inflater *z, struct raw *raw)
{
	if (z->place == BETWEEN) {
		next_member(z, raw);
	} else if (z->wrap.part == WRAP_BODY) {
		inflate_body(z, raw);
	} else if (raw->have.len == 0 && raw->over) {
		stop_short(z, raw);
	} else {
		raw_take(raw, wrap_read(&z->wrap, raw->have));
		z->hungry = raw->have.len == 0;
		if (z->wrap.damage)
			stop_damaged(z, z->wrap.damage);
		else if (z->wrap.part == WRAP_OVER)
			z->place = BETWEEN;
	}
}

/* Moves what is not taken to the front, behind what deflate may refer to. */
static void
make_room(struct inflater *z)
{
	size_t keep = z->from < INFLATE_HISTORY ? z->from : INFLATE_HISTORY;

	if (BUFFER - z->to >= INFLATE_LEAST)
		return;
	memmove(z->buffer, z->buffer + z->from - keep, z->to - z->from + keep);
	z->to -= z->from - keep;
	z->from = keep;
}

rpclog_status
inflater_more(struct inflater *z, struct raw *raw, rpclog_slice *have,
	      rpclog_diag *diag)
{
	make_room(z);

	size_t before = z->to;

	/* A pipe's reader gets what there is before we wait for more. */
	while (z->place != DONE && BUFFER - z->to >= INFLATE_LEAST &&
	       (z->to == before || !z->hungry)) {
		/* At the end there may be a last word on what is there. */
		if (z->hungry)
			(void)raw_more(raw);
		z->hungry = false;
		go_on(z, raw);
	}
	*have = slice_of(z->buffer + z->from, z->to - z->from);
	if (z->to > before)
		return RPCLOG_OK;
	*diag = z->diag;
	return z->end;
}

void
inflater_take(struct inflater *z)
{
	z->from = z->to;
}

void
inflater_free(struct inflater *z, const struct alloc *a)
{
	if (!z)
		return;
	z->way->release(z->state, a);
	alloc_free(a, z->buffer);
	alloc_free(a, z);
}
