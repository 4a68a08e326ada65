/* SPDX-License-Identifier: MIT */
/* What the tests of sources share: inputs, gzip, and a read() to order. */

#ifndef RPCLOG_CHECK_SOURCE_H
#define RPCLOG_CHECK_SOURCE_H

#include "check.h"

/* A callback's input: 'step' bytes a call (0: all), failing to order. */
struct feeder {
	rpclog_slice data;
	size_t at, step;
	size_t fail_at; /* SIZE_MAX: never */
	int error;	/* errno at 'fail_at' */
	bool eintr;	/* every second call is interrupted */
	uint64_t calls;
};

ptrdiff_t feeder_read(void *ctx, void *buffer, size_t capacity);

enum kind { KIND_PATH, KIND_FD, KIND_PIPE, KIND_MEMORY, KIND_FN, KIND_COUNT };

/* One input open in one of the five ways; zeroed to start with. */
struct opened {
	rpclog_source *source;
	enum kind kind;
	int fd;
	struct feeder feeder;
};

const char *kind_name(enum kind kind);
/* 'step' is for KIND_FN. A pipe takes at most 64 KiB. */
rpclog_status opened_init(struct opened *o, enum kind kind, rpclog_slice data,
			  size_t step, const rpclog_options *options);
void opened_clear(struct opened *o);

/* Takes all bytes into '*out'; checks that the last answer stays. */
rpclog_status drain(rpclog_source *source, struct check_text *out);

/* Adds 'text' as a gzip member. */
void gzip_add(struct check_text *out, rpclog_slice text, int level);
/* Bytes that neither repeat nor change between runs. */
void noise_add(struct check_text *out, size_t len);

#endif /* RPCLOG_CHECK_SOURCE_H */
