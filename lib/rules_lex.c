/* SPDX-License-Identifier: MIT */
/* Rule text: lines with what goes on below them, and words within a line. */

#include "rules_lex.h"

#include "diag.h"

#include <stdarg.h>
#include <stdio.h>

rpclog_status
rules_fail(const struct place *at, const char *format, ...)
{
	char text[sizeof(at->diag->text)];
	va_list args;

	if (!at->diag)
		return RPCLOG_ERR_RULE;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	diag_set(at->diag, RPCLOG_ERR_RULE, "%s", text);
	at->diag->line = at->line;
	at->diag->offset = at->offset;
	return RPCLOG_ERR_RULE;
}

/* ---- Lines ------------------------------------------------------------ */

void
rule_lines_init(struct rule_lines *lines, const struct alloc *a,
		rpclog_slice text, rpclog_diag *diag)
{
	memset(lines, 0, sizeof(*lines));
	lines->alloc = a;
	lines->text = text;
	lines->number = 1;
	if (slice_starts(text, SLICE("\xef\xbb\xbf")))
		lines->at = 3;
	buf_init(&lines->joined, RULES_MAX_TEXT);
	lines->place.diag = diag;
}

void
rule_lines_begin_block(struct rule_lines *lines)
{
	lines->reindent = true;
}

void
rule_lines_free(struct rule_lines *lines)
{
	buf_free(&lines->joined, lines->alloc);
}

/* A physical line and its indentation, tabs going to columns of eight. */
struct physical {
	rpclog_slice text; /* trimmed */
	size_t start, end; /* in the rule text; 'end' is behind the LF */
	size_t indent;
};

static bool
look(const struct rule_lines *lines, size_t at, struct physical *line)
{
	if (at >= lines->text.len)
		return false;

	rpclog_slice rest = slice_cut(lines->text, at, lines->text.len);
	const char *lf = memchr(rest.ptr, '\n', rest.len);
	size_t len = lf ? (size_t)(lf - rest.ptr) : rest.len;
	rpclog_slice text = slice_of(rest.ptr, len);

	line->start = at;
	line->end = at + len + (lf != NULL);
	line->indent = 0;
	for (size_t i = 0; i < len; i++) {
		if (text.ptr[i] == ' ')
			line->indent++;
		else if (text.ptr[i] == '\t')
			line->indent += 8 - line->indent % 8;
		else
			break;
	}
	if (text.len > 0 && text.ptr[text.len - 1] == '\r')
		text.len--;
	line->text = slice_trim(text);
	return true;
}

static bool
is_text(const struct physical *line)
{
	return line->text.len > 0 && line->text.ptr[0] != '#';
}

static rpclog_status
check_bytes(const struct rule_lines *lines, rpclog_slice text)
{
	for (size_t i = 0; !lines->trusted && i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return rules_fail(&lines->place,
					  "control byte 0x%02x in the text", c);
	}
	return RPCLOG_OK;
}

/* Joins the lines on that are indented deeper than 'lines->depth'. */
static rpclog_status
join(struct rule_lines *lines, struct rule_line *line)
{
	struct physical next;
	struct place first = lines->place;
	rpclog_status status = RPCLOG_OK;
	bool alone = true;

	while (status == RPCLOG_OK && look(lines, lines->at, &next)) {
		if (is_text(&next)) {
			if (next.indent <= lines->depth)
				break;
			if (alone) {
				lines->joined.len = 0;
				status = buf_append(
					&lines->joined, lines->alloc,
					line->text.ptr, line->text.len);
			}
			alone = false;
			lines->place.line = lines->number;
			lines->place.offset = next.start;
			if (status == RPCLOG_OK)
				status = check_bytes(lines, next.text);
			if (status == RPCLOG_OK)
				status = buf_append(&lines->joined,
						    lines->alloc, " ", 1);
			if (status == RPCLOG_OK)
				status = buf_append(&lines->joined,
						    lines->alloc, next.text.ptr,
						    next.text.len);
			line->source.len =
				(size_t)(next.text.ptr + next.text.len -
					 line->source.ptr);
		}
		lines->at = next.end;
		lines->number++;
	}
	if (status == RPCLOG_OK)
		lines->place = first;
	if (!alone)
		line->text = buf_slice(&lines->joined);
	return status;
}

rpclog_status
rule_lines_next(struct rule_lines *lines, struct rule_line *line)
{
	struct physical own;
	rpclog_status status;

	do {
		if (!look(lines, lines->at, &own))
			return RPCLOG_END;
		lines->place.line = lines->number++;
		lines->place.offset = own.start;
		lines->at = own.end;
	} while (!is_text(&own));

	line->text = line->source = own.text;
	line->indented = own.indent > 0;
	status = check_bytes(lines, own.text);
	if (status != RPCLOG_OK)
		return status;
	if (line->indented && !lines->reindent && own.indent != lines->depth)
		return rules_fail(&lines->place,
				  "indented by %zu columns, "
				  "the lines above by %zu",
				  own.indent, lines->depth);
	lines->depth = own.indent;
	lines->reindent = false;
	/* What follows a class line has no place to be joined to. */
	if (!line->indented && slice_starts(own.text, SLICE("class")))
		return RPCLOG_OK;
	return join(lines, line);
}

/* ---- Words ------------------------------------------------------------ */

static bool
is_word_byte(unsigned char c)
{
	return (unsigned char)(ascii_lower(c) - 'a') < 26 || ascii_digit(c) ||
	       c == '_' || c == '-';
}

rpclog_slice
lex_word(rpclog_slice *rest)
{
	size_t len = 0;

	while (len < rest->len && is_word_byte((unsigned char)rest->ptr[len]))
		len++;

	rpclog_slice word = slice_cut(*rest, 0, len);

	*rest = slice_trim(slice_cut(*rest, len, rest->len));
	return word;
}

bool
lex_symbol(rpclog_slice *rest, const char *symbol)
{
	rpclog_slice s = slice_str(symbol);

	if (!slice_starts(*rest, s))
		return false;
	*rest = slice_trim(slice_cut(*rest, s.len, rest->len));
	return true;
}

/* The place of the quote that closes the one at 0, or SIZE_MAX. */
static size_t
closing_quote(rpclog_slice text)
{
	for (size_t i = 1; i < text.len; i++) {
		if (text.ptr[i] != '"')
			continue;
		if (i + 1 == text.len || text.ptr[i + 1] != '"')
			return i;
		i++;
	}
	return SIZE_MAX;
}

static rpclog_status
lex_quoted(rpclog_slice *rest, const struct place *at, struct arena *arena,
	   rpclog_slice *value)
{
	size_t end = closing_quote(*rest);
	size_t len = 0;

	if (end == SIZE_MAX)
		return rules_fail(at, "a quote is not closed");

	char *room = arena_get(arena, end, 1);

	if (!room)
		return RPCLOG_ERR_NOMEM;
	for (size_t i = 1; i < end; i++) {
		room[len++] = rest->ptr[i];
		i += rest->ptr[i] == '"';
	}
	*value = slice_of(room, len);
	*rest = slice_trim(slice_cut(*rest, end + 1, rest->len));
	return RPCLOG_OK;
}

rpclog_status
lex_value(rpclog_slice *rest, const struct place *at, struct arena *arena,
	  rpclog_slice *value, bool *quoted)
{
	size_t len = 0;

	*quoted = rest->len > 0 && rest->ptr[0] == '"';
	if (*quoted)
		return lex_quoted(rest, at, arena, value);
	while (len < rest->len && !strchr(" \t,()&\"", rest->ptr[len]))
		len++;
	if (len == 0)
		return rules_fail(at, "a value is missing");

	const char *copy = arena_copy(arena, slice_cut(*rest, 0, len));

	if (!copy)
		return RPCLOG_ERR_NOMEM;
	*value = slice_of(copy, len);
	*rest = slice_trim(slice_cut(*rest, len, rest->len));
	return RPCLOG_OK;
}
