/* SPDX-License-Identifier: MIT */
/* What a parser tells, kept; see check_told.h. */

#include "check_told.h"

#include <inttypes.h>
#include <stdlib.h>

void
told_free(struct told *t)
{
	free(t->events);
	check_text_free(&t->bytes);
	memset(t, 0, sizeof(*t));
}

static rpclog_slice
text_of(const struct told *t, size_t i)
{
	return slice_of(t->bytes.ptr + t->events[i].text,
			t->events[i].text_len);
}

rpclog_slice
told_raw(const struct told *t, size_t i)
{
	return slice_of(t->bytes.ptr + t->events[i].raw, t->events[i].raw_len);
}

static void
add_count(struct check_text *out, rpclog_count c)
{
	check_text_add(out, " %" PRIu64 ":%" PRIu64, c.count, c.bytes);
}

static void
add_account(struct check_text *out, const rpclog_parser *p)
{
	const rpclog_account *a = rpclog_parser_account(p);
	uint64_t at;
	rpclog_slice tail = rpclog_parser_tail(p, &at);

	check_account(a, UINT64_MAX);
	check_text_add(out, " tail %" PRIu64 " ", at);
	check_text_bytes(out, tail.ptr ? tail.ptr : "", tail.len);
	/* What a foreign input counts hangs on the chunks. */
	if (rpclog_parser_foreign(p))
		return;
	check_text_add(out, " account %" PRIu64, a->bytes);
	add_count(out, a->rows);
	add_count(out, a->header);
	add_count(out, a->blank);
	add_count(out, a->rejected);
	add_count(out, a->partial);
	add_count(out, a->foreign);
}

static void
add_row(struct check_text *out, const rpclog_row *row)
{
	size_t count;
	int64_t start;
	const rpclog_slice *cells = rpclog_row_fields(row, &count);

	rpclog_row_start(row, &start);
	check_text_add(out,
		       "line %" PRIu64 " offset %" PRIu64 " span %" PRIu64
		       " start %" PRId64 " cells",
		       rpclog_row_line(row), rpclog_row_offset(row),
		       rpclog_row_span(row), start);
	for (size_t i = 0; i < count; i++)
		check_text_add(out, " %zu", cells[i].len);
}

static void
add_schema(struct check_text *out, const rpclog_schema *schema)
{
	for (size_t i = 0; i < rpclog_schema_count(schema); i++) {
		rpclog_slice name = rpclog_schema_name(schema, i);

		check_text_bytes(out, name.ptr, name.len);
		check_text_add(out, ",");
	}
}

void
told_add(struct told *t, rpclog_status status, const rpclog_parser *p,
	 const rpclog_row *row)
{
	const rpclog_diag *d = rpclog_parser_diag(p);
	struct check_text *out = &t->bytes;

	if (t->count == t->room) {
		t->room = 2 * t->room + 64;
		t->events = realloc(t->events, t->room * sizeof(*t->events));
		if (!t->events)
			abort();
	}

	struct event *e = &t->events[t->count++];

	memset(e, 0, sizeof(*e));
	e->status = status;
	if (row) {
		rpclog_slice raw = rpclog_row_raw(row);

		e->raw = out->len;
		e->raw_len = raw.len;
		check_text_bytes(out, raw.ptr, raw.len);
	}
	e->text = out->len;
	if (row)
		add_row(out, row);
	else if (status == RPCLOG_SCHEMA)
		add_schema(out, rpclog_parser_schema(p));
	else if (status == RPCLOG_END)
		add_account(out, p);
	else
		check_text_add(out, "%s %" PRIu64 " %" PRIu64 " ", d->text,
			       d->line, d->offset);
	if (status < 0)
		add_account(out, p);
	e->text_len = out->len - e->text;
}

/* Feeds all of 'text'; chunks are spoiled before the next is fed. */
void
told_run(struct told *t, rpclog_parser *p, rpclog_slice text, size_t chunk)
{
	char *lent = NULL;
	size_t fed = 0;

	for (;;) {
		const rpclog_row *row;
		rpclog_status status = rpclog_parser_next(p, &row);

		if (status != RPCLOG_MORE)
			told_add(t, status, p, row);
		if (status < 0 || status == RPCLOG_END)
			break;
		if (status != RPCLOG_MORE)
			continue;

		size_t len = text.len - fed;

		len = chunk && len > chunk ? chunk : len;
		free(lent);
		lent = NULL;
		if (len == 0) {
			CHECK_STATUS(rpclog_parser_finish(p), RPCLOG_OK);
			continue;
		}
		lent = malloc(len);
		if (!lent)
			abort();
		memcpy(lent, text.ptr + fed, len);
		fed += len;
		CHECK_STATUS(rpclog_parser_feed(p, lent, len), RPCLOG_OK);
	}
	free(lent);
}

size_t
told_compare(const struct told *all, const struct told *some,
	     rpclog_slice wanted)
{
	size_t j = 0, others = 0;

	for (size_t i = 0; i < all->count; i++) {
		bool row = all->events[i].status == RPCLOG_OK;
		bool holds =
			row && slice_find(told_raw(all, i), wanted) != SIZE_MAX;
		bool same = j < some->count &&
			    all->events[i].status == some->events[j].status &&
			    slice_eq(text_of(all, i), text_of(some, j)) &&
			    slice_eq(told_raw(all, i), told_raw(some, j));

		others += same && row && !holds;
		j += same;
		if (same || (row && !holds))
			continue;
		CHECK_SLICE(j < some->count ? text_of(some, j) : SLICE(""),
			    text_of(all, i));
		return others;
	}
	CHECK_INT(j, some->count);
	return others;
}
