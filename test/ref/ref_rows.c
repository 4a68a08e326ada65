/* SPDX-License-Identifier: MIT */
/* Lines of a log to rows of cells; damaged rows are left out. */
#include "ref.h"

#include <stdlib.h>
#include <string.h>

#define ROW_LIMIT      ((size_t)1048576)
#define NUL_RUN	       8
#define FRAGMENT_LINES 64

struct line {
	struct text text; /* without its end */
	size_t at;	  /* index in the body, a BOM left out */
	size_t number;
	size_t next; /* where the next line begins */
};

/*
 * The cell at *at, which moves on to the comma or the end after it.  A quote
 * is special at the start only, and doubled inside; what follows the closing
 * quote is kept as it is.  False: the quote is not closed.
 */
static bool
read_cell(struct text line, size_t *at, struct text *cell)
{
	size_t i = *at, len = 0, end;
	char *plain;

	if (i == line.len || line.ptr[i] != '"') {
		end = text_find(line, ",", i);
		*cell = text_cut(line, i, end);
		*at = end;
		return true;
	}
	plain = ref_alloc(line.len - i);
	for (i++;; i++) {
		if (i >= line.len)
			return false;
		if (line.ptr[i] == '"') {
			if (i + 1 >= line.len || line.ptr[i + 1] != '"')
				break;
			i++;
		}
		plain[len++] = line.ptr[i];
	}
	end = text_find(line, ",", i + 1);
	memcpy(plain + len, line.ptr + i + 1, end - (i + 1));
	*cell = (struct text){ plain, len + end - (i + 1) };
	*at = end;
	return true;
}

/* At least one cell; false if a quote is not closed. */
bool
split_cells(struct text line, struct text **cells, size_t *count)
{
	size_t most = 1, at = 0;

	for (size_t i = 0; i < line.len; i++)
		most += line.ptr[i] == ',';
	*cells = ref_alloc(most * sizeof **cells);
	*count = 0;
	for (;; at++) {
		if (!read_cell(line, &at, &(*cells)[(*count)++]))
			return false;
		if (at >= line.len)
			return true;
	}
}

/* The line at index at; false: none is left that has an end. */
static bool
read_line(struct text body, size_t at, struct line *line)
{
	const size_t end = text_find(body, "\n", at);
	struct text t;

	if (end == body.len)
		return false;
	t = text_cut(body, at, end);
	for (int i = 0; i < 2 && t.len && t.ptr[t.len - 1] == '\r'; i++)
		t.len--;
	if (text_starts(t, "\xef\xbb\xbf"))
		t = text_cut(t, 3, t.len);
	*line = (struct line){ t, at, line->number + 1, end + 1 };
	return true;
}

static bool
has_nul_run(struct text t)
{
	size_t run = 0;

	for (size_t i = 0; i < t.len && run < NUL_RUN; i++)
		run = t.ptr[i] == '\0' ? run + 1 : 0;
	return run == NUL_RUN;
}

/* Damage that shows without knowing the columns. */
static bool
line_is_damaged(struct text t)
{
	return t.len > ROW_LIMIT || has_nul_run(t);
}

/* False: damaged. */
static bool
read_row(struct row *row, const struct line *line, const struct columns *set)
{
	const struct columns *larger;

	memset(row, 0, sizeof *row);
	if (line_is_damaged(line->text) ||
	    !split_cells(line->text, &row->cells, &row->cell_count))
		return false;
	larger = columns_known(row->cell_count);
	row->columns = larger && larger->count > set->count ? larger : set;
	row->line = line->number;
	return row->cell_count > row->columns->method &&
	       time_parse(row_cell(row, "DateTime"), &row->end);
}

/*
 * The columns of a fragment without a header: those of its first undamaged
 * row with an ISO time and a known number of cells among the first lines.
 */
static const struct columns *
columns_of_fragment(struct text body)
{
	struct line line = { .next = 0 };

	while (line.number < FRAGMENT_LINES &&
	       read_line(body, line.next, &line)) {
		const struct columns *set;
		struct text *cells;
		size_t count;
		int64_t end;

		if (line_is_damaged(line.text))
			continue;
		if (line_is_header(line.text)) {
			if (columns_of_header(line.text))
				return NULL;
			continue;
		}
		if (!split_cells(line.text, &cells, &count))
			continue;
		set = columns_known(count);
		if (set && time_parse(cells[0], &end))
			return set;
	}
	return NULL;
}

static void
add_row(struct file *file, const struct row *row, size_t at)
{
	file->rows =
		realloc(file->rows, (file->row_count + 1) * sizeof *file->rows);
	if (!file->rows)
		abort();
	file->rows[file->row_count] = *row;
	file->rows[file->row_count].file = file;
	file->rows[file->row_count++].offset =
		file->origin ? file->origin[at] : at + file->bom;
}

void
file_read_rows(struct file *file)
{
	const struct columns *set = columns_of_fragment(file->body);
	struct line line = { .next = 0 };

	while (read_line(file->body, line.next, &line)) {
		struct row row;

		if (line.text.len == 0)
			continue;
		if (line_is_header(line.text) && !line_is_damaged(line.text)) {
			const struct columns *new =
				columns_of_header(line.text);

			set = new ? new : set;
			continue;
		}
		if (!set || set->foreign)
			continue;
		if (read_row(&row, &line, set))
			add_row(file, &row, line.at);
		else
			ref_trouble = true;
	}
}
