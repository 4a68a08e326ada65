/* SPDX-License-Identifier: MIT */
/* What an input is, from its head: the parser is asked. */

#include "parser.h"

static rpclog_kind
kind_of(rpclog_parser *parser, rpclog_slice head, int whole, const char **name)
{
	const rpclog_row *row;

	if (rpclog_parser_feed(parser, head.ptr, head.len) != RPCLOG_OK ||
	    (whole && rpclog_parser_finish(parser) != RPCLOG_OK))
		return RPCLOG_KIND_MORE;
	switch (rpclog_parser_next(parser, &row)) {
	case RPCLOG_ERR_SCHEMA:
		*name = rpclog_parser_foreign(parser);
		return RPCLOG_KIND_FOREIGN;
	case RPCLOG_OK:
	case RPCLOG_SCHEMA:
	case RPCLOG_BAD_ROW:
		return parser->fragment ? RPCLOG_KIND_FRAGMENT
					: RPCLOG_KIND_HTTPPROXY;
	case RPCLOG_END:
		/* Blank lines at most, or a header without columns. */
		return parser->recognizer.says_httpproxy ? RPCLOG_KIND_HTTPPROXY
							 : RPCLOG_KIND_EMPTY;
	case RPCLOG_MORE:
	case RPCLOG_NO_MATCH:
	case RPCLOG_ERR_NOMEM:
	case RPCLOG_ERR_USAGE:
	case RPCLOG_ERR_IO:
	case RPCLOG_ERR_GZIP:
	case RPCLOG_ERR_LIMIT:
	case RPCLOG_ERR_RULE: break;
	}
	return RPCLOG_KIND_MORE;
}

rpclog_kind
rpclog_recognize(rpclog_slice head, int whole, const char **name)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	const char *foreign = NULL;
	rpclog_kind kind = RPCLOG_KIND_MORE;
	rpclog_parser *parser;

	if (head.len == 0) {
		if (whole)
			kind = RPCLOG_KIND_EMPTY;
	} else if (rpclog_parser_new(&parser, &options) == RPCLOG_OK) {
		kind = kind_of(parser, head, whole, &foreign);
		rpclog_parser_free(parser);
	}
	if (name)
		*name = foreign;
	return kind;
}
