/* SPDX-License-Identifier: MIT */
/* The parser as a handle: making, feeding, asking, freeing. */

#include "parser.h"

#include "diag.h"
#include "options.h"

rpclog_status
rpclog_parser_new(rpclog_parser **out, const rpclog_options *options)
{
	rpclog_options all;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;
	if (options_load(&all, options) != RPCLOG_OK)
		return RPCLOG_ERR_USAGE;

	struct alloc alloc = alloc_from(&all);
	struct rpclog_parser *p = alloc_zero(&alloc, 1, sizeof(*p));

	if (!p)
		return RPCLOG_ERR_NOMEM;
	p->alloc = alloc;
	p->options = all;
	parts_init(&p->parts, &alloc);
	p->row.parts = &p->parts;
	p->sets = alloc_zero(&alloc, column_set_count, sizeof(*p->sets));
	if (!p->sets ||
	    lines_init(&p->lines, &alloc, all.max_row, all.max_fields) ||
	    record_init(&p->record, &alloc, all.max_row, all.max_fields) ||
	    legacy_hosts_new(&p->legacy_hosts, &alloc, all.legacy_hosts)) {
		rpclog_parser_free(p);
		return RPCLOG_ERR_NOMEM;
	}
	*out = p;
	return RPCLOG_OK;
}

static rpclog_status
misused(struct rpclog_parser *p, const char *what)
{
	if (p->final >= 0) {
		diag_set(&p->diag, RPCLOG_ERR_USAGE, "%s", what);
		p->final = RPCLOG_ERR_USAGE;
	}
	return p->final;
}

rpclog_status
rpclog_parser_feed(rpclog_parser *parser, const void *data, size_t len)
{
	if (!parser || (!data && len > 0))
		return RPCLOG_ERR_USAGE;
	if (parser->final < 0)
		return parser->final;
	if (parser->lines.finished)
		return misused(parser, "fed after finish");
	if (parser->fed)
		return misused(parser, "fed before all rows were taken");
	parser->fed = true;
	parser->hit_known = false;
	lines_feed(&parser->lines, data, len);
	return RPCLOG_OK;
}

rpclog_status
rpclog_parser_finish(rpclog_parser *parser)
{
	if (!parser)
		return RPCLOG_ERR_USAGE;
	if (parser->final < 0)
		return parser->final;
	parser->lines.finished = true;
	return RPCLOG_OK;
}

const rpclog_schema *
rpclog_parser_schema(const rpclog_parser *parser)
{
	return parser ? parser->current : NULL;
}

const rpclog_diag *
rpclog_parser_diag(const rpclog_parser *parser)
{
	return parser ? &parser->diag : NULL;
}

const rpclog_account *
rpclog_parser_account(const rpclog_parser *parser)
{
	return parser ? &parser->account : NULL;
}

rpclog_slice
rpclog_parser_tail(const rpclog_parser *parser, uint64_t *offset)
{
	if (offset)
		*offset = parser ? parser->tail_offset : 0;
	return parser ? parser->tail : slice_of(NULL, 0);
}

const char *
rpclog_parser_foreign(const rpclog_parser *parser)
{
	return parser ? parser->foreign_name : NULL;
}

static void
forget_schemas(struct rpclog_parser *p)
{
	schema_free(p->header, &p->alloc);
	p->header = NULL;
	p->current = NULL;
}

void
rpclog_parser_reset(rpclog_parser *parser)
{
	if (!parser)
		return;
	lines_reset(&parser->lines);
	forget_schemas(parser);
	parser->final = RPCLOG_OK;
	memset(&parser->diag, 0, sizeof(parser->diag));
	memset(&parser->account, 0, sizeof(parser->account));
	memset(&parser->recognizer, 0, sizeof(parser->recognizer));
	parser->foreign_name = NULL;
	parser->tail = slice_of(NULL, 0);
	parser->tail_offset = parser->tail_span = 0;
	parser->line_ready = parser->schema_event = parser->fed = false;
	parser->foreign_in_line = parser->suspect = false;
	parser->fragment = parser->elsewhere = false;
	parser->doubtful_count = parser->doubtful_told = 0;
	parser->doubtful_bytes = 0;
}

void
rpclog_parser_free(rpclog_parser *parser)
{
	if (!parser)
		return;

	struct alloc alloc = parser->alloc;

	forget_schemas(parser);
	for (size_t i = 0; parser->sets && i < column_set_count; i++)
		schema_free(parser->sets[i], &alloc);
	alloc_free(&alloc, parser->sets);
	lines_free(&parser->lines);
	record_free(&parser->record, &alloc);
	legacy_hosts_free(parser->legacy_hosts, &alloc);
	parts_free(&parser->parts);
	alloc_free(&alloc, parser->wanted_text);
	alloc_free(&alloc, parser->row.scratch);
	alloc_free(&alloc, parser);
}
