/* SPDX-License-Identifier: MIT */
/* Header lines: which lines they are, and the columns they set. */

#include "header.h"

static rpclog_slice
first_cell(const struct rpclog_parser *p)
{
	if (p->fault != RECORD_OK)
		return slice_of("", 0);
	return record_cell(&p->record, &p->line, 0);
}

/* Export-Csv and its like write the writer's # lines as quoted cells. */
bool
header_is_comment(rpclog_slice text)
{
	return slice_starts(text, SLICE("#")) ||
	       slice_starts(text, SLICE("\"#"));
}

bool
header_is(const struct rpclog_parser *p)
{
	rpclog_slice text = p->line.text;

	/* A row begins with a year: that tells nearly all of them. */
	if (text.len > 0 && ascii_digit((unsigned char)text.ptr[0]))
		return false;
	return header_is_comment(text) ||
	       slice_eq_nocase(slice_trim(first_cell(p)), SLICE("DateTime"));
}

/*
 * The names that the line in hand sets, in p->record.cells; 0 if it sets
 * none.
 */
static size_t
column_names(struct rpclog_parser *p)
{
	struct record *r = &p->record;
	rpclog_slice key = SLICE("#Fields:");
	rpclog_slice first = first_cell(p);
	size_t count = record_located(r);

	if (p->fault != RECORD_OK)
		return 0;
	if (header_is_comment(p->line.text)) {
		if (!slice_starts_nocase(first, key))
			return 0;
		first = slice_cut(first, key.len, first.len);
	}
	for (size_t i = 1; i < count; i++)
		r->cells[i] = record_cell(r, &p->line, i);
	r->cells[0] = first;
	/* An exporter that fills rows up leaves cells without a name. */
	while (count > 1 && slice_trim(r->cells[count - 1]).len == 0)
		count--;
	return count;
}

bool
header_names_columns(struct rpclog_parser *p)
{
	size_t count = column_names(p);

	return count > 0 && names_are_httpproxy(p->record.cells, count);
}

/* A # line as it was written: without the quote of an exporter. */
static rpclog_slice
comment_text(const struct rpclog_parser *p)
{
	rpclog_slice text = p->line.text;

	return slice_starts(text, SLICE("\"")) ? slice_cut(text, 1, text.len)
					       : text;
}

void
header_use(struct rpclog_parser *p, const struct rpclog_schema *schema)
{
	p->current = schema;
	parts_use(&p->parts, schema);
}

void
header_switch(struct rpclog_parser *p, const struct rpclog_schema *schema)
{
	if (p->current == schema)
		return;
	if (!p->current ||
	    !schema_has_names(p->current, schema->names, schema->count))
		p->schema_event = true;
	header_use(p, schema);
}

static rpclog_status
set_header(struct rpclog_parser *p, const rpclog_slice *names, size_t count)
{
	struct rpclog_schema *schema;

	if (p->header && schema_has_names(p->header, names, count))
		return RPCLOG_OK;
	if (schema_new(&schema, &p->alloc, names, count) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	header_switch(p, schema);
	schema_free(p->header, &p->alloc);
	p->header = schema;
	return RPCLOG_OK;
}

rpclog_status
header_take(struct rpclog_parser *p, enum header_kind *kind)
{
	size_t count = column_names(p);

	*kind = HEADER_OTHER;
	if (!p->header || p->elsewhere)
		recognize_line(&p->recognizer, comment_text(p));
	if (count == 0)
		return RPCLOG_OK;
	*kind = HEADER_FOREIGN;
	/* A file of lone CRs is one line, which begins like a header. */
	if (!p->header && p->recognizer.lone_cr)
		return RPCLOG_OK;
	if (!names_are_httpproxy(p->record.cells, count)) {
		if (names_are_torn(p->record.cells, count))
			*kind = HEADER_TORN;
		return RPCLOG_OK;
	}
	*kind = HEADER_HTTPPROXY;
	return set_header(p, p->record.cells, count);
}

/* The schema of column_sets[i], made once. */
static rpclog_status
set_schema(struct rpclog_parser *p, const struct column_set *set,
	   struct rpclog_schema **schema)
{
	struct rpclog_schema **made = &p->sets[set - column_sets];
	rpclog_slice names[128];
	rpclog_slice rest = slice_str(set->line);
	size_t count = 0;

	while (!*made && count < set->count) {
		const char *comma = memchr(rest.ptr, ',', rest.len);
		size_t len = comma ? (size_t)(comma - rest.ptr) : rest.len;

		names[count++] = slice_cut(rest, 0, len);
		if (comma)
			rest = slice_cut(rest, len + 1, rest.len);
	}
	if (!*made && schema_new(made, &p->alloc, names, count) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	*schema = *made;
	return RPCLOG_OK;
}

rpclog_status
header_from_set(struct rpclog_parser *p, size_t count)
{
	struct rpclog_schema *schema;

	if (set_schema(p, column_set_of(count), &schema) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	return set_header(p, schema->names, schema->count);
}

rpclog_status
header_schema_for(struct rpclog_parser *p, size_t count,
		  const struct rpclog_schema **schema)
{
	*schema = p->header;
	if (LIKELY(count <= p->header->count))
		return RPCLOG_OK;

	const struct column_set *set = column_set_of(count);
	struct rpclog_schema *larger;

	if (!set)
		return RPCLOG_OK;
	if (set_schema(p, set, &larger) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	*schema = larger;
	return RPCLOG_OK;
}
