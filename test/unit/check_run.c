/* SPDX-License-Identifier: MIT */
/* Runs of a parser or reader, rendered event by event; see check.h. */

#include "check.h"

#include <inttypes.h>
#include <stdlib.h>

/* No test is so long: a run that gets there would never end. */
#define MANY_EVENTS UINT64_C(100000000)

/* What a parser and a reader have in common. */
struct run {
	struct check_text *out;
	rpclog_parser *parser;
	rpclog_reader *reader;
	rpclog_slice text; /* all that a parser is fed */
	size_t fed, chunk;
	char *lent;
	bool finished;
	uint64_t events;
};

static rpclog_status
run_next(struct run *r, const rpclog_row **row)
{
	return r->parser ? rpclog_parser_next(r->parser, row)
			 : rpclog_reader_next(r->reader, row);
}

static const rpclog_diag *
run_diag(const struct run *r)
{
	return r->parser ? rpclog_parser_diag(r->parser)
			 : rpclog_reader_diag(r->reader);
}

static const rpclog_account *
run_account(const struct run *r)
{
	return r->parser ? rpclog_parser_account(r->parser)
			 : rpclog_reader_account(r->reader);
}

static const rpclog_schema *
run_schema(const struct run *r)
{
	return r->parser ? rpclog_parser_schema(r->parser)
			 : rpclog_reader_schema(r->reader);
}

bool
check_account(const rpclog_account *a, uint64_t bytes)
{
	uint64_t sum = a->rows.bytes + a->header.bytes + a->blank.bytes +
		       a->rejected.bytes + a->partial.bytes + a->foreign.bytes;

	/* Asked at every event: counted only when it fails. */
	if (sum == a->bytes && (bytes == UINT64_MAX || bytes == sum))
		return true;
	CHECK_INT(sum, a->bytes);
	return bytes == UINT64_MAX || CHECK_INT(a->bytes, bytes);
}

static uint64_t
hash(rpclog_slice bytes)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < bytes.len; i++)
		h = (h ^ (unsigned char)bytes.ptr[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
render_row(struct check_text *out, const rpclog_row *row)
{
	size_t count;
	int64_t start = 0;
	int known = rpclog_row_start(row, &start);
	/* Read one before all: both ways must give the same. */
	rpclog_slice first = rpclog_row_field(row, 0);
	const rpclog_slice *cells = rpclog_row_fields(row, &count);

	CHECK(count > 0 && slice_eq(first, cells[0]));
	CHECK_INT(rpclog_row_field(row, count).len, 0);
	check_text_add(out,
		       "row line=%" PRIu64 " offset=%" PRIu64 " span=%" PRIu64
		       " raw=%016" PRIx64 " start=%d:%" PRId64 " |",
		       rpclog_row_line(row), rpclog_row_offset(row),
		       rpclog_row_span(row), hash(rpclog_row_raw(row)), known,
		       start);
	for (size_t i = 0; i < count; i++) {
		check_text_escaped(out, cells[i]);
		check_text_add(out, "|");
	}
	check_text_add(out, "\n");
}

static void
render_schema(struct check_text *out, const rpclog_schema *schema)
{
	check_text_add(out, "schema");
	for (size_t i = 0; i < rpclog_schema_count(schema); i++) {
		check_text_add(out, i ? "," : " ");
		check_text_escaped(out, rpclog_schema_name(schema, i));
	}
	check_text_add(out, "\n");
}

static void
render_diag(struct check_text *out, rpclog_status status, const rpclog_diag *d)
{
	CHECK_STATUS((rpclog_status)d->status, status);
	check_text_add(out,
		       "%s line=%" PRIu64 " offset=%" PRIu64 " field=%" PRIu32
		       " \"%s\"\n",
		       rpclog_status_name(status), d->line, d->offset, d->field,
		       d->text);
}

static void
render_count(struct check_text *out, const char *name, rpclog_count c)
{
	if (c.count || c.bytes)
		check_text_add(out, " %s=%" PRIu64 ":%" PRIu64, name, c.count,
			       c.bytes);
}

static void
render_end(struct run *r, rpclog_status status)
{
	const rpclog_account *a = run_account(r);
	const char *foreign = r->parser ? rpclog_parser_foreign(r->parser)
					: rpclog_reader_foreign(r->reader);
	uint64_t at = 0;
	rpclog_slice tail = r->parser ? rpclog_parser_tail(r->parser, &at)
				      : rpclog_reader_tail(r->reader, &at);

	if (status == RPCLOG_END)
		check_text_add(r->out, "end\n");
	if (tail.len) {
		check_text_add(r->out, "tail offset=%" PRIu64 " ", at);
		check_text_escaped(r->out, tail);
		check_text_add(r->out, "\n");
	}
	if (foreign)
		check_text_add(r->out, "foreign %s\n", foreign);
	check_text_add(r->out, "account %" PRIu64, a->bytes);
	render_count(r->out, "rows", a->rows);
	render_count(r->out, "header", a->header);
	render_count(r->out, "blank", a->blank);
	render_count(r->out, "rejected", a->rejected);
	render_count(r->out, "partial", a->partial);
	render_count(r->out, "foreign", a->foreign);
	check_text_add(r->out, "\n");
}

/* What was lent is spoiled: nothing may look at it after RPCLOG_MORE. */
static void
take_back(struct run *r)
{
	if (r->lent)
		memset(r->lent, 0xdd, r->chunk);
	free(r->lent);
	r->lent = NULL;
}

static rpclog_status
feed(struct run *r)
{
	size_t len = r->text.len - r->fed;

	take_back(r);
	if (len == 0) {
		CHECK(!r->finished);
		r->finished = true;
		return rpclog_parser_finish(r->parser);
	}
	if (r->chunk == 0) {
		r->fed = r->text.len;
		return rpclog_parser_feed(r->parser, r->text.ptr, len);
	}
	if (len > r->chunk)
		len = r->chunk;
	r->lent = malloc(r->chunk);
	if (!r->lent)
		abort();
	/* At the end of the block: what reads on reads past it. */
	char *lent = r->lent + r->chunk - len;

	memcpy(lent, r->text.ptr + r->fed, len);
	r->fed += len;
	return rpclog_parser_feed(r->parser, lent, len);
}

/* One event; false: it was the last. */
static bool
step(struct run *r)
{
	const rpclog_row *row = NULL;
	rpclog_status status = run_next(r, &row);

	check_account(run_account(r), UINT64_MAX);
	/* Asked at every event: counted only when it fails. */
	if ((status == RPCLOG_OK) != (row != NULL))
		CHECK((status == RPCLOG_OK) == (row != NULL));
	if (status == RPCLOG_OK && row) {
		render_row(r->out, row);
	} else if (status == RPCLOG_SCHEMA) {
		render_schema(r->out, run_schema(r));
	} else if (status == RPCLOG_BAD_ROW) {
		render_diag(r->out, status, run_diag(r));
	} else if (status == RPCLOG_MORE && r->parser && !r->finished) {
		status = feed(r);
		if (status != RPCLOG_OK) {
			render_diag(r->out, status, run_diag(r));
			render_end(r, status);
			return false;
		}
	} else {
		if (status != RPCLOG_END)
			render_diag(r->out, status, run_diag(r));
		CHECK_STATUS(run_next(r, &row), status);
		CHECK(row == NULL);
		render_end(r, status);
		return false;
	}
	if (r->events++ < MANY_EVENTS)
		return true;
	return CHECK(r->events < MANY_EVENTS);
}

void
check_parse(struct check_text *out, rpclog_slice text, size_t chunk,
	    const rpclog_options *options)
{
	struct run r = { .out = out, .text = text, .chunk = chunk };
	rpclog_status status = rpclog_parser_new(&r.parser, options);

	if (status != RPCLOG_OK) {
		CHECK(r.parser == NULL);
		check_text_add(out, "new: %s\n", rpclog_status_name(status));
		return;
	}
	while (step(&r))
		;
	take_back(&r);
	rpclog_parser_free(r.parser);
}

void
check_read(struct check_text *out, rpclog_source *source,
	   const rpclog_options *options)
{
	struct run r = { .out = out };
	rpclog_diag diag = { 0 };
	rpclog_status status =
		rpclog_reader_open_source(&r.reader, source, options, &diag);

	if (status != RPCLOG_OK) {
		CHECK(r.reader == NULL);
		CHECK_STATUS((rpclog_status)diag.status, status);
		check_text_add(out, "open: %s\n", rpclog_status_name(status));
		return;
	}
	while (step(&r))
		;
	rpclog_reader_free(r.reader);
}
