/* SPDX-License-Identifier: MIT */
/* One physical line to cells. */

#include "record.h"

/* So many NULs in a row are the mark of a crash, not of a client. */
#define NUL_RUN 8

rpclog_status
record_init(struct record *r, const struct alloc *a, size_t max_row,
	    size_t max_cells)
{
	memset(r, 0, sizeof(*r));
	r->max_cells = max_cells;
	/* Undoubled quotes only shrink; UTF-16 may have grown before. */
	buf_init(&r->unquoted, 4 * max_row + 64);
	r->cells = alloc_get(a, max_cells, sizeof(*r->cells));
	return r->cells ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

static bool
has_nul_run(rpclog_slice text)
{
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '\0' ? run + 1 : 0;
		if (run == NUL_RUN)
			return true;
	}
	return false;
}

/*
 * The quoted cell whose first quote stands at 'from': its text into '*cell',
 * its end (the comma after it, or the line's end) as the answer, or SIZE_MAX
 * if the quote is never closed.  Bytes between the closing quote and the comma
 * belong to the cell.  'out' has room for the whole line.
 */
static size_t
quoted_cell(rpclog_slice text, size_t from, struct buf *out, rpclog_slice *cell)
{
	char *start = out->ptr + out->len;
	char *to = start;
	size_t i = from + 1;

	for (;; i++) {
		const char *quote =
			i < text.len ? memchr(text.ptr + i, '"', text.len - i)
				     : NULL;

		if (!quote)
			return SIZE_MAX;

		size_t len = (size_t)(quote - text.ptr) - i;

		memcpy(to, text.ptr + i, len);
		to += len;
		i += len + 1;
		if (i >= text.len || text.ptr[i] != '"')
			break;
		*to++ = '"';
	}
	for (; i < text.len && text.ptr[i] != ','; i++)
		*to++ = text.ptr[i];
	*cell = slice_of(start, (size_t)(to - start));
	out->len += cell->len;
	return i;
}

static enum record_fault
split_quoted(struct record *r, rpclog_slice text)
{
	size_t from = 0;

	r->count = 0;
	for (;;) {
		rpclog_slice cell;
		size_t end;

		if (from < text.len && text.ptr[from] == '"') {
			end = quoted_cell(text, from, &r->unquoted, &cell);
			if (end == SIZE_MAX)
				return RECORD_QUOTE;
		} else {
			const char *comma =
				from < text.len ? memchr(text.ptr + from, ',',
							 text.len - from)
						: NULL;

			end = comma ? (size_t)(comma - text.ptr) : text.len;
			cell = slice_cut(text, from, end);
		}
		if (r->count < r->max_cells)
			r->cells[r->count] = cell;
		r->count++;
		if (end >= text.len)
			return RECORD_OK;
		from = end + 1;
	}
}

rpclog_status
record_split(struct record *r, const struct alloc *a, const struct line *line,
	     enum record_fault *fault)
{
	const struct scan *scan = line->scan;

	*fault = RECORD_OK;
	if (line->oversize) {
		*fault = RECORD_OVERSIZE;
		return RPCLOG_OK;
	}
	if (UNLIKELY(scan->nuls) && has_nul_run(line->text)) {
		*fault = RECORD_NULS;
		return RPCLOG_OK;
	}
	if (UNLIKELY(scan->quotes)) {
		r->commas = NULL;
		r->unquoted.len = 0;
		if (buf_reserve(&r->unquoted, a, line->text.len))
			return RPCLOG_ERR_NOMEM;
		*fault = split_quoted(r, line->text);
		return RPCLOG_OK;
	}
	r->commas = scan->commas;
	r->count = scan->count + 1;
	/* The last cell ends where the line ends; there is room for it. */
	if (scan->count <= scan->capacity)
		scan->commas[scan->count] = (uint32_t)line->text.len;
	return RPCLOG_OK;
}

size_t
record_located(const struct record *r)
{
	return r->count < r->max_cells ? r->count : r->max_cells;
}

rpclog_slice
record_cell(const struct record *r, const struct line *line, size_t column)
{
	if (column >= record_located(r))
		return slice_of("", 0);
	if (!r->commas)
		return r->cells[column];

	size_t from = column ? r->commas[column - 1] + (size_t)1 : 0;

	return slice_of(line->text.ptr + from, r->commas[column] - from);
}

void
record_free(struct record *r, const struct alloc *a)
{
	buf_free(&r->unquoted, a);
	alloc_free(a, r->cells);
	r->cells = NULL;
}
