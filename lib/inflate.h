/* SPDX-License-Identifier: MIT */
/*
 * Raw deflate, by one of the libraries that can: no headers, no checksums.
 * All ways give the same bytes and the same end for the same input, damaged or
 * not; test_inflate.c holds them against each other.
 */

#ifndef RPCLOG_INFLATE_H
#define RPCLOG_INFLATE_H

#include "alloc.h"

/* How far back deflate may reach, and what must lie before 'out'. */
#define INFLATE_HISTORY ((size_t)32 << 10)
/* A turn with less room than this may do nothing. */
#define INFLATE_LEAST	((size_t)66 << 10)

/* What zlib calls them: diags carry the numbers whoever inflates. */
#define INFLATE_SYS_DAMAGED	(-3)
#define INFLATE_SYS_SHORT	(-5)

enum inflate_turn {
	INFLATE_OK,	/* go on, with INFLATE_LEAST of room */
	INFLATE_NEED,	/* go on with more input behind what is left of it */
	INFLATE_END,	/* the stream is whole; 'in' begins behind it */
	INFLATE_DAMAGED,
	INFLATE_NOMEM
};

/* A turn moves 'in' and 'out' forward. */
struct inflate_io {
	rpclog_slice in;
	bool last;	 /* nothing will ever come behind 'in' */
	char *out;	 /* behind the bytes made before */
	size_t room;
	uint64_t made;	 /* bytes since the stream began */
	const char *why; /* INFLATE_DAMAGED: a few words */
};

struct inflate_way {
	/* RPCLOG_OK or RPCLOG_ERR_NOMEM; '*state' is NULL then. */
	rpclog_status (*create)(void **state, const struct alloc *a);
	void (*release)(void *state, const struct alloc *a);
	/* A new stream begins. */
	void (*begin)(void *state);
	enum inflate_turn (*turn)(void *state, struct inflate_io *io);
	/* gzip's checksum, over 'bytes' behind those that gave 'crc'; 0 first. */
	uint32_t (*crc)(uint32_t crc, rpclog_slice bytes);
	/* "zlib 1.2.13" */
	void (*version)(char *out, size_t size);
};

extern const struct inflate_way inflate_by_zlib;
#ifdef RPCLOG_ISAL
extern const struct inflate_way inflate_by_isal;
#endif

/* The ways that are built in, the best first; NULL behind the last. */
const struct inflate_way *inflate_way(size_t i);

/* What 'len' bytes less of input and 'made' more of output leave. */
static inline void
inflate_moved(struct inflate_io *io, size_t len, size_t made)
{
	io->in = slice_cut(io->in, len, io->in.len);
	io->out += made;
	io->room -= made;
	io->made += made;
}

/* The bytes before 'out' that the stream may refer to. */
static inline rpclog_slice
inflate_history(const struct inflate_io *io)
{
	size_t len = io->made < INFLATE_HISTORY ? (size_t)io->made
						: INFLATE_HISTORY;

	return slice_of(io->out - len, len);
}

/*
 * Begins zlib within a stream: behind 'history', with the first 'count' of
 * 'bits' as if they came next, the lowest of each byte first.
 */
bool inflate_zlib_enter(void *state, rpclog_slice history,
			const unsigned char *bits, size_t count);

#endif /* RPCLOG_INFLATE_H */
