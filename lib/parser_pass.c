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

/* Is the line at 'text', which begins with its timestamp, a good row? */
static bool
is_good(struct rpclog_parser *p, const struct scan *scan, const char *text)
{
	int64_t end_us;

	return !scan->quotes && !scan->nuls &&
	       scan->count + 1 == p->current->count &&
	       scan->at <= p->options.max_row &&
	       parse_time_near(&p->row.minutes, slice_of(text, scan->commas[0]),
			       &end_us);
}

/*
 * A line that begins in this chunk, under columns that the caller knows.  A
 * line that does not begin with a timestamp may be a comment or a header.
 */
static bool
may_pass(const struct rpclog_parser *p)
{
	const struct lines *l = &p->lines;

	return p->wanted.len > 0 && !p->line_ready && !p->schema_event &&
	       p->header && p->current == p->header && !p->elsewhere &&
	       p->doubtful_told == p->doubtful_count &&
	       p->current->known[RPCLOG_DATE_TIME] == 0 && lines_at_start(l);
}

void
parser_pass(struct rpclog_parser *p)
{
	struct lines *l = &p->lines;
	uint32_t comma = 0;

	if (!may_pass(p))
		return;
	while (l->pos < l->chunk_len) {
		struct scan scan = { .commas = &comma, .capacity = 1 };
		const char *text = l->chunk + l->pos;

		if (!l->scan_line(&scan, text, l->chunk_len - l->pos) ||
		    l->pos + scan.at >= next_hit(p) || !is_good(p, &scan, text))
			return;
		p->account.rows.count++;
		p->account.rows.bytes += scan.at + 1;
		lines_pass(l, scan.at + 1);
	}
}
