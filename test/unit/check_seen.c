/* SPDX-License-Identifier: MIT */
/* What a parser makes of a text; see check_seen.h. */

#include "check_seen.h"

#include <inttypes.h>

rpclog_slice
seen_known(const rpclog_row *row, int which)
{
	return rpclog_row_known(row, (rpclog_known)which);
}

rpclog_slice
seen_derived(const rpclog_row *row, int which)
{
	return rpclog_row_derived(row, (rpclog_derived)which);
}

static bool
step(struct seen *s, rpclog_parser *parser, seen_cell ask, int which)
{
	const rpclog_row *row;
	const rpclog_diag *diag = rpclog_parser_diag(parser);

	s->end = rpclog_parser_next(parser, &row);
	switch (s->end) {
	case RPCLOG_OK: {
		rpclog_slice cell = ask(row, which);

		s->rows++;
		check_text_bytes(&s->values, cell.ptr, cell.len);
		check_text_add(&s->values, "|");
		return true;
	}
	case RPCLOG_SCHEMA: s->schemas++; return true;
	case RPCLOG_BAD_ROW:
		s->bad++;
		check_text_add(&s->faults, "%" PRIu64 ":%s|", diag->line,
			       diag->text);
		return true;
	case RPCLOG_MORE: return rpclog_parser_finish(parser) == RPCLOG_OK;
	default: return false;
	}
}

void
seen_init(struct seen *s, struct check_text *text, seen_cell ask, int which)
{
	rpclog_parser *parser = NULL;

	memset(s, 0, sizeof(*s));
	check_text_add(&s->values, "%s", "");
	check_text_add(&s->faults, "%s", "");
	if (!CHECK_STATUS(rpclog_parser_new(&parser, NULL), RPCLOG_OK))
		return;
	CHECK_STATUS(rpclog_parser_feed(parser, text->ptr, text->len),
		     RPCLOG_OK);
	while (step(s, parser, ask, which))
		;
	s->account = *rpclog_parser_account(parser);
	s->foreign = rpclog_parser_foreign(parser);
	check_account(&s->account, text->len);
	rpclog_parser_free(parser);
	check_text_free(text);
}

void
seen_clear(struct seen *s)
{
	check_text_free(&s->values);
	check_text_free(&s->faults);
}

void
seen_one(const char *const *cells, seen_cell ask, int which, const char *want)
{
	struct check_text text = { 0 };
	struct seen s;

	log_columns(&text, 74);
	log_row(&text, 74, cells);
	seen_init(&s, &text, ask, which);
	if (CHECK_INT(s.rows, 1))
		CHECK_SLICE(slice_of(s.values.ptr, s.values.len - 1), want);
	seen_clear(&s);
}
