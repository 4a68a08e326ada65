/* SPDX-License-Identifier: MIT */
/*
 * Rows that hold no wanted bytes are counted and not handed out.  A search
 * runs ahead through the chunk; up to what it finds, lines are only held
 * against what makes a row good: cells in number, a timestamp, no quote, no
 * NUL.  Any other line is left to the long way, which knows what to make of
 * it.  Equals asking each row; test_parser_pass.c compares them.
 */

#include "parser.h"

rpclog_status
rpclog_parser_require(rpclog_parser *parser, const void *bytes, size_t len)
{
	char *copy = NULL;

	if (!parser || (!bytes && len > 0))
		return RPCLOG_ERR_USAGE;
	if (len > 0) {
		copy = alloc_copy(&parser->alloc, slice_of(bytes, len));
		if (!copy)
			return RPCLOG_ERR_NOMEM;
	}
	alloc_free(&parser->alloc, parser->wanted_text);
	parser->wanted_text = copy;
	parser->wanted = slice_of(copy, len);
	parser->hit_known = false;
	return RPCLOG_OK;
}

/* Where the wanted bytes come next in the chunk, or where it ends. */
static size_t
next_hit(struct rpclog_parser *p)
{
	const struct lines *l = &p->lines;

	if (!p->hit_known || p->hit < l->pos) {
		rpclog_slice rest =
			slice_of(l->chunk + l->pos, l->chunk_len - l->pos);
		size_t hit = scan_find(rest, p->wanted);

		p->hit = hit == SIZE_MAX ? l->chunk_len : l->pos + hit;
		p->hit_known = true;
	}
	return p->hit;
}

/* Is the line at 'text' a good row?  'first' are its first commas. */
static bool
is_good(struct rpclog_parser *p, const struct scan *scan, const char *text)
{
	const struct rpclog_schema *schema = p->current;
	uint32_t column = schema->known[RPCLOG_DATE_TIME];
	int64_t end_us;

	if (scan->quotes || scan->nuls || scan->count + 1 != schema->count ||
	    scan->at > p->options.max_row)
		return false;

	size_t from = column ? scan->commas[column - 1] + (size_t)1 : 0;

	return parse_time_near(
		&p->row.minutes,
		slice_of(text + from, scan->commas[column] - from), &end_us);
}

/* A line that begins in this chunk, under columns that the caller knows. */
static bool
may_pass(const struct rpclog_parser *p)
{
	const struct lines *l = &p->lines;

	return p->wanted.len > 0 && !p->line_ready && !p->schema_event &&
	       p->header && p->current == p->header && !p->elsewhere &&
	       p->doubtful_told == p->doubtful_count &&
	       p->current->known[RPCLOG_DATE_TIME] < PASS_COMMAS &&
	       p->current->known[RPCLOG_DATE_TIME] + 1 < p->current->count &&
	       lines_at_start(l);
}

void
parser_pass(struct rpclog_parser *p)
{
	struct lines *l = &p->lines;
	uint32_t commas[PASS_COMMAS];

	if (!may_pass(p))
		return;
	while (l->pos < l->chunk_len) {
		struct scan scan = { .commas = commas,
				     .capacity = PASS_COMMAS };
		const char *text = l->chunk + l->pos;

		if (!l->scan_line(&scan, text, l->chunk_len - l->pos) ||
		    l->pos + scan.at >= next_hit(p) || !is_good(p, &scan, text))
			return;
		p->account.rows.count++;
		p->account.rows.bytes += scan.at + 1;
		lines_pass(l, scan.at + 1);
	}
}
