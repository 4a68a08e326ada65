/* SPDX-License-Identifier: MIT */
/*
 * Bytes in order, in two stages: 'raw' brings them as they lie, 'inflater'
 * takes them off it and brings what they hold.  Each stage keeps the bytes
 * that are read and not yet taken in 'have'; nothing is copied to take them.
 */

#ifndef RPCLOG_SOURCE_H
#define RPCLOG_SOURCE_H

#include "alloc.h"

#define SOURCE_CHUNK	((size_t)256 << 10)
#define SOURCE_PEEK	((size_t)64 << 10)
/* Until bytes are taken: who only looks at the head wants no more. */
#define SOURCE_FIRST	((size_t)16 << 10)
#define SOURCE_UNKNOWN	UINT64_MAX

struct raw {
	rpclog_read_fn read;	/* NULL: memory, all of it in 'have' */
	void *ctx;
	int fd;
	bool owned;		/* 'fd' is ours to close */
	int error;		/* errno of the read that failed, or 0 */
	bool over;		/* nothing will come behind 'have' */
	char *buffer;
	size_t capacity;
	size_t step;		/* read(2) is asked for no more at a time */
	rpclog_slice have;	/* read, not taken */
	uint64_t taken, total;	/* 'total' may be SOURCE_UNKNOWN */
	uint64_t left;		/* may still be read, or SOURCE_UNKNOWN */
};

/* Memory for raw->read; RPCLOG_OK or RPCLOG_ERR_NOMEM. */
rpclog_status raw_init(struct raw *raw, const struct alloc *a);
/* Reads once behind 'have'; false: the end, or raw->error. */
bool raw_more(struct raw *raw);
/* Reads until 'have' holds 'want' (at most SOURCE_PEEK) or all that is left. */
bool raw_want(struct raw *raw, size_t want);
/* Takes 'len' bytes of 'have'; they stay where they are until raw_more(). */
void raw_take(struct raw *raw, size_t len);
/* RPCLOG_END or RPCLOG_ERR_IO: why raw_more() said false. */
rpclog_status raw_end(const struct raw *raw, rpclog_diag *diag);
void raw_clear(struct raw *raw, const struct alloc *a);

/* Reads 'fd' from where it stands; RPCLOG_ERR_IO for what can't be read. */
rpclog_status raw_open_fd(struct raw *raw, int fd, rpclog_diag *diag);
/* The same for a path; raw_clear() closes it. */
rpclog_status raw_open_path(struct raw *raw, const char *path,
			    rpclog_diag *diag);
void raw_close(struct raw *raw);

struct inflater;
struct inflate_way;

/* Do these bytes begin a gzip member?  Fewer than three never do. */
bool gzip_begins(rpclog_slice head);
rpclog_status inflater_new(struct inflater **out, const struct alloc *a,
			   const struct inflate_way *way, uint32_t max_ratio);
/*
 * Adds to the bytes that are inflated and not taken, and stores them all in
 * '*have'.  Nothing added: the answer is RPCLOG_END or an error, sticky, with
 * the diag filled; else RPCLOG_OK.
 */
rpclog_status inflater_more(struct inflater *z, struct raw *raw,
			    rpclog_slice *have, rpclog_diag *diag);
/* All that inflater_more() gave is used up. */
void inflater_take(struct inflater *z);
void inflater_free(struct inflater *z, const struct alloc *a);

#endif /* RPCLOG_SOURCE_H */
