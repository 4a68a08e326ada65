/* SPDX-License-Identifier: MIT */
/* Sources as callers see them: two stages put together. */

#include "source.h"

#include "diag.h"
#include "inflate.h"
#include "options.h"

struct rpclog_source {
	struct alloc alloc;
	struct raw raw;
	struct inflater *inflater; /* NULL: plain */
	rpclog_slice inflated;	   /* not taken yet */
	bool started;		   /* peeking is over */
	uint64_t given;
	rpclog_status end; /* not OK: the answer from now on */
	rpclog_diag diag;
};

static rpclog_status
source_new(rpclog_source **out, struct alloc *a, rpclog_options *full,
	   const rpclog_options *options)
{
	rpclog_status status = options_load(full, options);

	if (status != RPCLOG_OK)
		return status;
	*a = alloc_from(full);

	rpclog_source *s = alloc_zero(a, 1, sizeof(*s));

	if (!s)
		return RPCLOG_ERR_NOMEM;
	s->alloc = *a;
	s->raw.total = SOURCE_UNKNOWN;
	s->raw.left = SOURCE_UNKNOWN;
	*out = s;
	return RPCLOG_OK;
}

/* Looks at the first bytes to tell gzip from plain. */
static rpclog_status
source_begin(rpclog_source *s, const rpclog_options *full)
{
	rpclog_status status = raw_init(&s->raw, &s->alloc);

	if (status != RPCLOG_OK)
		return status;
	if (raw_want(&s->raw, 3) && gzip_begins(s->raw.have))
		status = inflater_new(&s->inflater, &s->alloc, inflate_way(0),
				      full->max_ratio);
	return status;
}

/* How the four kinds differ: one of them is set. */
struct origin {
	const char *path;
	const int *fd;
	rpclog_read_fn read;
	void *ctx;
	rpclog_slice memory;
};

static rpclog_status
origin_open(struct raw *raw, const struct origin *from, rpclog_diag *diag)
{
	if (from->path)
		return raw_open_path(raw, from->path, diag);
	if (from->fd)
		return raw_open_fd(raw, *from->fd, diag);
	if (from->read) {
		raw->read = from->read;
		raw->ctx = from->ctx;
		return RPCLOG_OK;
	}
	raw->have = from->memory;
	raw->total = from->memory.len;
	raw->left = 0;
	raw->over = true;
	return RPCLOG_OK;
}

static rpclog_status
open_origin(rpclog_source **out, const struct origin *from,
	    const rpclog_options *options, rpclog_diag *diag)
{
	struct alloc a;
	rpclog_options full;
	rpclog_source *s = NULL;
	rpclog_status status = source_new(&s, &a, &full, options);

	if (status == RPCLOG_OK)
		status = origin_open(&s->raw, from, diag);
	if (status == RPCLOG_OK)
		status = source_begin(s, &full);
	if (status == RPCLOG_OK) {
		*out = s;
		return RPCLOG_OK;
	}
	rpclog_source_free(s);
	/* What could not be opened is said already. */
	return status == RPCLOG_ERR_IO ? status : diag_plain(diag, status);
}

rpclog_status
rpclog_source_open(rpclog_source **out, const char *path,
		   const rpclog_options *options, rpclog_diag *diag)
{
	struct origin from = { .path = path };

	if (!out)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	*out = NULL;
	if (!path)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	return open_origin(out, &from, options, diag);
}

rpclog_status
rpclog_source_open_fd(rpclog_source **out, int fd,
		      const rpclog_options *options, rpclog_diag *diag)
{
	struct origin from = { .fd = &fd };

	if (!out)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	*out = NULL;
	return open_origin(out, &from, options, diag);
}

rpclog_status
rpclog_source_open_mem(rpclog_source **out, const void *data, size_t len,
		       const rpclog_options *options, rpclog_diag *diag)
{
	struct origin from = { .memory = { data, len } };

	if (!out)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	*out = NULL;
	if (!data && len)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	return open_origin(out, &from, options, diag);
}

rpclog_status
rpclog_source_open_fn(rpclog_source **out, rpclog_read_fn read, void *ctx,
		      const rpclog_options *options, rpclog_diag *diag)
{
	struct origin from = { .read = read, .ctx = ctx };

	if (!out)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	*out = NULL;
	if (!read)
		return diag_plain(diag, RPCLOG_ERR_USAGE);
	return open_origin(out, &from, options, diag);
}

/* Adds to what is not taken yet and shows it all; false: nothing came. */
static bool
more(rpclog_source *s, rpclog_slice *have)
{
	if (!s->inflater) {
		bool came = raw_more(&s->raw);

		*have = s->raw.have;
		if (!came)
			s->end = raw_end(&s->raw, &s->diag);
		return came;
	}

	rpclog_status status =
		inflater_more(s->inflater, &s->raw, &s->inflated, &s->diag);

	*have = s->inflated;
	if (status != RPCLOG_OK)
		s->end = status;
	return status == RPCLOG_OK;
}

rpclog_status
rpclog_source_peek(rpclog_source *source, size_t want, rpclog_slice *head)
{
	if (head)
		*head = slice_of("", 0);
	if (!source || !head)
		return RPCLOG_ERR_USAGE;
	if (source->started) {
		if (source->end < 0)
			return source->end;
		source->end = diag_set(&source->diag, RPCLOG_ERR_USAGE,
				       "peek after the first bytes were taken");
		source->diag.offset = source->given;
		return source->end;
	}

	rpclog_slice have =
		source->inflater ? source->inflated : source->raw.have;

	if (want > SOURCE_PEEK)
		want = SOURCE_PEEK;
	while (have.len < want && source->end == RPCLOG_OK)
		(void)more(source, &have);
	if (source->end == RPCLOG_ERR_NOMEM)
		return RPCLOG_ERR_NOMEM;
	if (have.len)
		*head = slice_of(have.ptr, have.len < want ? have.len : want);
	return RPCLOG_OK;
}

rpclog_status
rpclog_source_next(rpclog_source *source, rpclog_slice *bytes)
{
	if (bytes)
		*bytes = slice_of("", 0);
	if (!source || !bytes)
		return RPCLOG_ERR_USAGE;
	source->started = true;
	source->raw.step = SOURCE_CHUNK;

	rpclog_slice have =
		source->inflater ? source->inflated : source->raw.have;

	if (have.len == 0 && source->end == RPCLOG_OK)
		(void)more(source, &have);
	if (have.len == 0) {
		source->diag.offset = source->given;
		return source->end;
	}
	if (source->inflater) {
		inflater_take(source->inflater);
		source->inflated = slice_of(NULL, 0);
	} else {
		raw_take(&source->raw, have.len);
	}
	source->given += have.len;
	*bytes = have;
	return RPCLOG_OK;
}

int
rpclog_source_is_gzip(const rpclog_source *source)
{
	return source && source->inflater;
}

uint64_t
rpclog_source_consumed(const rpclog_source *source, uint64_t *total)
{
	if (total)
		*total = source ? source->raw.total : SOURCE_UNKNOWN;
	return source ? source->raw.taken : 0;
}

const rpclog_diag *
rpclog_source_diag(const rpclog_source *source)
{
	static const rpclog_diag none;

	return source ? &source->diag : &none;
}

void
rpclog_source_free(rpclog_source *source)
{
	if (!source)
		return;

	struct alloc a = source->alloc;

	inflater_free(source->inflater, &a);
	raw_clear(&source->raw, &a);
	alloc_free(&a, source);
}
