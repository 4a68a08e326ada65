/* SPDX-License-Identifier: MIT */
/* Lines to rows: the state that next() walks through. */

#include "parser.h"

#include "diag.h"
#include "header.h"
#include "options.h"

/* Inside the library: the line is dealt with, take the next one. */
#define GO_ON RPCLOG_MORE

static void
count(rpclog_count *c, uint64_t bytes)
{
	c->count++;
	c->bytes += bytes;
}

static rpclog_status
finish_with(struct rpclog_parser *p, rpclog_status status)
{
	p->final = status;
	return status;
}

static rpclog_status
out_of_memory(struct rpclog_parser *p)
{
	diag_plain(&p->diag, RPCLOG_ERR_NOMEM);
	p->diag.line = p->lines.number;
	return finish_with(p, RPCLOG_ERR_NOMEM);
}

/*
 * What is taken but neither handed out nor counted is 'partial'; and the
 * counts are all there is, so that they add up by construction.
 */
static void
add_up(struct rpclog_parser *p)
{
	rpclog_account *a = &p->account;

	if (!p->foreign_name) {
		a->partial.bytes = lines_held(&p->lines) + p->doubtful_bytes +
				   p->tail_span +
				   (p->line_ready ? p->line.span : 0);
		a->partial.count = a->partial.bytes > 0;
	}
	a->bytes = a->rows.bytes + a->header.bytes + a->blank.bytes +
		   a->rejected.bytes + a->partial.bytes + a->foreign.bytes;
}

/* A line counts by its first byte: the last one may have no end. */
void
parser_count_foreign(struct rpclog_parser *p, rpclog_slice bytes)
{
	size_t from = 0;

	p->account.foreign.bytes += bytes.len;
	while (from < bytes.len) {
		const char *end =
			memchr(bytes.ptr + from, '\n', bytes.len - from);

		p->account.foreign.count += !p->foreign_in_line;
		p->foreign_in_line = !end;
		from = end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;
	}
	add_up(p);
}

/* All that was read so far, and what was fed with it, is of another log. */
static rpclog_status
foreign(struct rpclog_parser *p)
{
	struct lines *l = &p->lines;
	uint64_t held = lines_held(l);

	p->foreign_name = recognize_name(&p->recognizer);
	memset(&p->account, 0, sizeof(p->account));
	p->account.foreign.bytes = l->offset + held;
	p->account.foreign.count = l->number + (held > 0);
	p->foreign_in_line = held > 0;
	diag_set(&p->diag, RPCLOG_ERR_SCHEMA, "no HttpProxy log: %s",
		 p->foreign_name);
	p->diag.line = p->line.number;
	p->diag.offset = p->line.offset;
	parser_count_foreign(
		p, slice_of(l->chunk + l->pos, l->chunk_len - l->pos));
	l->pos = l->chunk_len;
	return finish_with(p, RPCLOG_ERR_SCHEMA);
}

static void
describe_fault(struct rpclog_parser *p, enum record_fault fault)
{
	rpclog_diag *d = &p->diag;
	rpclog_status bad = RPCLOG_BAD_ROW;

	switch (fault) {
	case RECORD_OVERSIZE:
		diag_set(d, bad, "row longer than %zu bytes",
			 p->options.max_row);
		break;
	case RECORD_NULS: diag_set(d, bad, "NUL bytes in a run"); break;
	case RECORD_QUOTE: diag_set(d, bad, "unclosed quote"); break;
	case RECORD_TIME: diag_set(d, bad, "no timestamp"); break;
	case RECORD_HEADER: diag_set(d, bad, "torn column line"); break;
	case RECORD_OK:
	case RECORD_SHORT:
		diag_set(d, bad, "short row: cells are missing up to Method");
		break;
	}
}

static rpclog_status
bad_row(struct rpclog_parser *p, enum record_fault fault)
{
	describe_fault(p, fault);
	p->diag.line = p->line.number;
	p->diag.offset = p->line.offset;
	count(&p->account.rejected, p->line.span);
	p->line_ready = false;
	return RPCLOG_BAD_ROW;
}

/* The lines passed over before the input was known are bad rows after all. */
static rpclog_status
tell_doubtful(struct rpclog_parser *p)
{
	const struct doubtful *d = &p->doubtful[p->doubtful_told++];

	describe_fault(p, d->fault);
	p->diag.line = d->line;
	p->diag.offset = d->offset;
	count(&p->account.rejected, d->span);
	p->doubtful_bytes -= d->span;
	return RPCLOG_BAD_ROW;
}

static rpclog_status
doubt(struct rpclog_parser *p, enum record_fault fault)
{
	struct doubtful *d = &p->doubtful[p->doubtful_count++];

	d->line = p->line.number;
	d->offset = p->line.offset;
	d->span = p->line.span;
	d->fault = fault;
	p->doubtful_bytes += d->span;
	p->line_ready = false;
	return p->doubtful_count == RECOGNIZE_LINES ? foreign(p) : GO_ON;
}

static rpclog_status
header_line(struct rpclog_parser *p)
{
	enum header_kind kind;
	rpclog_status status = header_take(p, &kind);

	if (status != RPCLOG_OK)
		return out_of_memory(p);
	if (kind == HEADER_TORN)
		return p->header ? bad_row(p, RECORD_HEADER)
				 : doubt(p, RECORD_HEADER);
	/*
	 * A bare column row stands before the lines that name the log: wait
	 * for them.
	 */
	if (kind == HEADER_FOREIGN && !p->header) {
		if (header_is_comment(p->line.text) || p->recognizer.lone_cr)
			return foreign(p);
		p->suspect = true;
		return doubt(p, RECORD_HEADER);
	}
	if (kind == HEADER_FOREIGN)
		p->elsewhere = true;
	else if (kind == HEADER_HTTPPROXY)
		p->elsewhere = false;
	count(kind == HEADER_FOREIGN ? &p->account.foreign : &p->account.header,
	      p->line.span);
	p->line_ready = false;
	return GO_ON;
}

/* Room for derived values, so that working them out can't fail. */
static bool
scratch_for(struct rpclog_parser *p, size_t raw_len)
{
	return alloc_grow(&p->alloc, &p->row.scratch, &p->scratch_room,
			  raw_len + ROW_SCRATCH_MORE, 1);
}

static rpclog_status
good_row(struct rpclog_parser *p, const struct rpclog_schema *schema,
	 int64_t end_us)
{
	struct rpclog_row *row = &p->row;

	if (!scratch_for(p, p->line.text.len))
		return out_of_memory(p);
	row->schema = schema;
	row->raw = p->line.text;
	row->line = p->line.number;
	row->offset = p->line.offset;
	row->span = p->line.span;
	row->commas = p->record.commas;
	row->cells = p->record.cells;
	row->cells_store = p->record.cells;
	row->count = (uint32_t)record_located(&p->record);
	row->legacy_hosts = p->legacy_hosts;
	row->end_us = end_us;
	row->have = 0;
	row->scratch_used = 0;
	count(&p->account.rows, p->line.span);
	p->line_ready = false;
	return RPCLOG_OK;
}

static rpclog_status
data_line(struct rpclog_parser *p)
{
	const struct rpclog_schema *schema;
	int64_t end_us;

	if (p->fault != RECORD_OK)
		return bad_row(p, p->fault);
	if (header_schema_for(p, p->record.count, &schema) != RPCLOG_OK)
		return out_of_memory(p);
	if (!parse_time_near(&p->row.minutes,
			     record_cell(&p->record, &p->line,
					 schema->known[RPCLOG_DATE_TIME]),
			     &end_us)) {
		/* A column row whose first column is another. */
		if (header_names_columns(p))
			return header_line(p);
		return bad_row(p, RECORD_TIME);
	}
	if (p->record.count <= schema->known[RPCLOG_METHOD])
		return bad_row(p, RECORD_SHORT);
	header_switch(p, schema);
	if (p->schema_event)
		return GO_ON;
	return good_row(p, schema, end_us);
}

/* Before any column line: is this the first good row of a fragment? */
static rpclog_status
undecided_line(struct rpclog_parser *p)
{
	int64_t us;

	if (p->suspect)
		return foreign(p);
	recognize_line(&p->recognizer, p->line.text);
	if (p->fault != RECORD_OK)
		return doubt(p, p->fault);
	if (!parse_time(record_cell(&p->record, &p->line, 0), &us))
		return header_names_columns(p) ? header_line(p)
					       : doubt(p, RECORD_TIME);
	if (!column_set_of(p->record.count))
		return doubt(p, RECORD_SHORT);
	if (header_from_set(p, p->record.count) != RPCLOG_OK)
		return out_of_memory(p);
	p->fragment = true;
	return GO_ON;
}

static rpclog_status
use_line(struct rpclog_parser *p)
{
	if (p->line.text.len == 0 && !p->line.oversize) {
		count(&p->account.blank, p->line.span);
		p->line_ready = false;
		return GO_ON;
	}
	if (header_is(p))
		return header_line(p);
	if (!p->header)
		return undecided_line(p);
	if (p->elsewhere) {
		count(&p->account.foreign, p->line.span);
		p->line_ready = false;
		return GO_ON;
	}
	return data_line(p);
}

/* The input is over and no column line was seen. */
static rpclog_status
end_undecided(struct rpclog_parser *p)
{
	struct recognizer *r = &p->recognizer;
	/* A new log whose first line is not written yet, or not whole. */
	bool torn_header = slice_starts(p->tail, SLICE("DateTime,")) ||
			   slice_starts(p->tail, SLICE("\"DateTime\","));
	bool benign = r->says_httpproxy || torn_header;

	if (p->tail.len > 0)
		recognize_line(r, p->tail);
	if (r->lone_cr || p->doubtful_count > 0 || (r->nuls && !benign) ||
	    (p->account.header.count > 0 && !benign))
		return foreign(p);
	return finish_with(p, RPCLOG_END);
}

static rpclog_status
at_end(struct rpclog_parser *p)
{
	return p->header ? finish_with(p, RPCLOG_END) : end_undecided(p);
}

/* The next line into hand; GO_ON if it was held back. */
static rpclog_status
take_line(struct rpclog_parser *p)
{
	rpclog_status status = lines_next(&p->lines, &p->line);

	if (status == RPCLOG_END)
		return at_end(p);
	if (status == RPCLOG_MORE)
		return status;
	if (status != RPCLOG_OK)
		return out_of_memory(p);
	if (!p->line.ended && (p->options.flags & RPCLOG_OPT_HOLD_TAIL)) {
		p->tail = p->line.text;
		if (!p->tail.ptr)
			p->tail = slice_of("", 0);
		p->tail_offset = p->line.offset;
		p->tail_span = p->line.span;
		return at_end(p);
	}
	if (record_split(&p->record, &p->alloc, &p->line, &p->fault))
		return out_of_memory(p);
	p->line_ready = true;
	return RPCLOG_OK;
}

static rpclog_status
step(struct rpclog_parser *p)
{
	for (;;) {
		if (p->header && p->doubtful_told < p->doubtful_count)
			return tell_doubtful(p);
		if (p->schema_event) {
			p->schema_event = false;
			return RPCLOG_SCHEMA;
		}
		if (!p->line_ready) {
			parser_pass(p);

			rpclog_status status = take_line(p);

			if (status != RPCLOG_OK)
				return status;
		}

		rpclog_status status = use_line(p);

		if (status != GO_ON)
			return status;
	}
}

rpclog_status
rpclog_parser_next(rpclog_parser *parser, const rpclog_row **row)
{
	if (!row)
		return RPCLOG_ERR_USAGE;
	*row = NULL;
	if (!parser)
		return RPCLOG_ERR_USAGE;
	if (parser->final != RPCLOG_OK)
		return parser->final;

	rpclog_status status = step(parser);

	if (status == RPCLOG_OK)
		*row = &parser->row;
	if (status == RPCLOG_MORE)
		parser->fed = false;
	add_up(parser);
	return status;
}

void
parser_break(struct rpclog_parser *p, rpclog_status status,
	     const rpclog_diag *diag)
{
	add_up(p);
	p->diag = *diag;
	p->diag.line = p->foreign_name ? p->account.foreign.count
				       : p->lines.number + 1;
	p->final = status;
}
