/* SPDX-License-Identifier: MIT */
/* The reader: a source and a parser in one handle. */

#include "diag.h"
#include "options.h"
#include "parser.h"

struct rpclog_reader {
	struct alloc alloc;
	rpclog_source *source;
	rpclog_parser *parser;
};

rpclog_status
rpclog_reader_open_source(rpclog_reader **out, rpclog_source *source,
			  const rpclog_options *options, rpclog_diag *diag)
{
	rpclog_options all;
	rpclog_reader *r = NULL;
	rpclog_status status = options_load(&all, options);

	if (status == RPCLOG_OK && (!source || !out))
		status = RPCLOG_ERR_USAGE;
	if (out)
		*out = NULL;
	if (status == RPCLOG_OK) {
		struct alloc alloc = alloc_from(&all);

		status = RPCLOG_ERR_NOMEM;
		r = alloc_zero(&alloc, 1, sizeof(*r));
		if (r) {
			r->alloc = alloc;
			status = rpclog_parser_new(&r->parser, options);
		}
	}
	if (status != RPCLOG_OK) {
		rpclog_source_free(source);
		if (r)
			alloc_free(&r->alloc, r);
		return diag ? diag_plain(diag, status) : status;
	}
	r->source = source;
	*out = r;
	return RPCLOG_OK;
}

rpclog_status
rpclog_reader_open(rpclog_reader **out, const char *path,
		   const rpclog_options *options, rpclog_diag *diag)
{
	rpclog_source *source;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;

	rpclog_status status = rpclog_source_open(&source, path, options, diag);

	return status == RPCLOG_OK
		       ? rpclog_reader_open_source(out, source, options, diag)
		       : status;
}

rpclog_status
rpclog_reader_open_fn(rpclog_reader **out, rpclog_read_fn read, void *ctx,
		      const rpclog_options *options, rpclog_diag *diag)
{
	rpclog_source *source;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;

	rpclog_status status =
		rpclog_source_open_fn(&source, read, ctx, options, diag);

	return status == RPCLOG_OK
		       ? rpclog_reader_open_source(out, source, options, diag)
		       : status;
}

/* Another chunk into the parser; its end and its damage as well. */
static rpclog_status
fill(rpclog_reader *r)
{
	rpclog_slice bytes;
	rpclog_status status = rpclog_source_next(r->source, &bytes);

	if (status == RPCLOG_OK)
		return rpclog_parser_feed(r->parser, bytes.ptr, bytes.len);
	if (status == RPCLOG_END)
		return rpclog_parser_finish(r->parser);
	parser_break(r->parser, status, rpclog_source_diag(r->source));
	return status;
}

/*
 * The rest of a foreign input, only to account for it.  Damage there outranks
 * that the input is foreign.
 */
static rpclog_status
drain(rpclog_reader *r)
{
	rpclog_slice bytes;
	rpclog_status status;

	while ((status = rpclog_source_next(r->source, &bytes)) == RPCLOG_OK)
		parser_count_foreign(r->parser, bytes);
	if (status == RPCLOG_END)
		return RPCLOG_ERR_SCHEMA;
	parser_break(r->parser, status, rpclog_source_diag(r->source));
	return status;
}

rpclog_status
rpclog_reader_next(rpclog_reader *reader, const rpclog_row **row)
{
	if (!row)
		return RPCLOG_ERR_USAGE;
	*row = NULL;
	if (!reader)
		return RPCLOG_ERR_USAGE;

	bool done = reader->parser->final < 0;

	for (;;) {
		rpclog_status status = rpclog_parser_next(reader->parser, row);

		if (status == RPCLOG_ERR_SCHEMA && !done)
			return drain(reader);
		if (status != RPCLOG_MORE)
			return status;
		status = fill(reader);
		if (status < 0)
			return status;
	}
}

const rpclog_schema *
rpclog_reader_schema(const rpclog_reader *reader)
{
	return reader ? rpclog_parser_schema(reader->parser) : NULL;
}

const rpclog_diag *
rpclog_reader_diag(const rpclog_reader *reader)
{
	return reader ? rpclog_parser_diag(reader->parser) : NULL;
}

const rpclog_account *
rpclog_reader_account(const rpclog_reader *reader)
{
	return reader ? rpclog_parser_account(reader->parser) : NULL;
}

rpclog_slice
rpclog_reader_tail(const rpclog_reader *reader, uint64_t *offset)
{
	return rpclog_parser_tail(reader ? reader->parser : NULL, offset);
}

const char *
rpclog_reader_foreign(const rpclog_reader *reader)
{
	return reader ? reader->parser->foreign_name : NULL;
}

uint64_t
rpclog_reader_consumed(const rpclog_reader *reader)
{
	return reader ? rpclog_source_consumed(reader->source, NULL) : 0;
}

void
rpclog_reader_free(rpclog_reader *reader)
{
	if (!reader)
		return;
	rpclog_parser_free(reader->parser);
	rpclog_source_free(reader->source);
	alloc_free(&reader->alloc, reader);
}
