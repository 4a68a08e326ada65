/* SPDX-License-Identifier: MIT */
/* Physical lines out of chunks of any size. */

#include "line.h"

/* What a line may hold beyond max_row before its end is seen. */
#define LINE_END_ROOM 8

rpclog_status
lines_init(struct lines *l, const struct alloc *a, size_t max_row,
	   size_t max_fields)
{
	memset(l, 0, sizeof(*l));
	l->alloc = *a;
	l->scan_line = scan_best();
	l->max_row = max_row;
	/* UTF-16 takes twice the bytes before it is transcoded. */
	buf_init(&l->carry, 2 * (max_row + LINE_END_ROOM));
	buf_init(&l->utf8, 3 * (max_row + LINE_END_ROOM));
	/* One more than asked for: the last cell's end is stored here too. */
	l->scan.capacity = max_fields;
	l->scan.commas = alloc_get(a, max_fields + 1, sizeof(uint32_t));
	return l->scan.commas ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

void
lines_feed(struct lines *l, const char *data, size_t len)
{
	l->chunk = data;
	l->chunk_len = len;
	l->pos = 0;
}

static void
scan_restart(struct scan *scan)
{
	scan->count = 0;
	scan->at = 0;
	scan->quotes = false;
	scan->nuls = false;
}

static bool
is_utf16(const struct lines *l)
{
	return l->encoding == LINE_UTF16LE || l->encoding == LINE_UTF16BE;
}

/*
 * Told by the first two bytes.  False: there is but one so far, and it may be
 * half of a UTF-16 BOM.
 */
static bool
find_encoding(struct lines *l)
{
	unsigned char head[2] = { 0, 0 };
	size_t have = 0;

	if (l->carry.len > 0)
		head[have++] = (unsigned char)l->carry.ptr[0];
	for (size_t i = l->pos; i < l->chunk_len && have < 2; i++)
		head[have++] = (unsigned char)l->chunk[i];
	if (have == 0)
		return false;
	if (have == 1 && head[0] >= 0xfe && !l->finished)
		return false;
	l->encoding = LINE_UTF8;
	if (head[0] == 0xff && head[1] == 0xfe)
		l->encoding = LINE_UTF16LE;
	else if (head[0] == 0xfe && head[1] == 0xff)
		l->encoding = LINE_UTF16BE;
	return true;
}

/*
 * The end of the first UTF-16 line feed in 'text', whose first byte stands at
 * 'base' in its line, or 0.  A line begins at an even byte.
 */
static size_t
find_utf16_end(const struct lines *l, const char *text, size_t len, size_t base,
	       unsigned char before)
{
	bool big = l->encoding == LINE_UTF16BE;

	for (size_t i = 0; i < len; i++) {
		if ((base + i) % 2 == 0)
			continue;

		unsigned char first = i ? (unsigned char)text[i - 1] : before;
		unsigned char second = (unsigned char)text[i];

		if (big ? first == 0 && second == '\n'
			: first == '\n' && second == 0)
			return i + 1;
	}
	return 0;
}

/* Bytes of the chunk up to and with the line's end; 0 if it has none. */
static size_t
find_end(const struct lines *l)
{
	const char *rest = l->chunk + l->pos;
	size_t len = l->chunk_len - l->pos;

	if (len == 0)
		return 0;
	if (is_utf16(l)) {
		uint64_t base = l->skipped + l->carry.len;
		unsigned char before =
			l->carry.len
				? (unsigned char)l->carry.ptr[l->carry.len - 1]
				: 0;

		return find_utf16_end(l, rest, len, (size_t)(base % 2), before);
	}

	const char *end = memchr(rest, '\n', len);

	return end ? (size_t)(end - rest) + 1 : 0;
}

/* Takes 'len' bytes of the chunk into the carry, or lets them go. */
static rpclog_status
carry_over(struct lines *l, size_t len)
{
	size_t limit = is_utf16(l) ? 2 * l->max_row : l->max_row;

	if (!l->skipping && l->carry.len + len > limit + LINE_END_ROOM)
		l->skipping = true;
	if (l->skipping) {
		/* The last byte stays, for a UTF-16 line end cut in two. */
		l->skipped += l->carry.len + len;
		l->carry.len = 0;
		if (len > 0) {
			l->skipped--;
			if (buf_append(&l->carry, &l->alloc,
				       l->chunk + l->pos + len - 1, 1))
				return RPCLOG_ERR_NOMEM;
		}
		l->pos += len;
		return RPCLOG_OK;
	}
	if (buf_append(&l->carry, &l->alloc, l->chunk + l->pos, len))
		return RPCLOG_ERR_NOMEM;
	l->pos += len;
	return RPCLOG_OK;
}

static rpclog_slice
strip_end(rpclog_slice text)
{
	if (text.len > 0 && text.ptr[text.len - 1] == '\n')
		text.len--;
	/* CR LF, and CR CR LF of a file that was translated twice. */
	for (int i = 0; i < 2; i++) {
		if (text.len > 0 && text.ptr[text.len - 1] == '\r')
			text.len--;
	}
	return text;
}

/* The line as UTF-8 with a scan that fits it. */
static rpclog_status
decode(struct lines *l, rpclog_slice raw, rpclog_slice *text)
{
	rpclog_slice body = raw;

	if (is_utf16(l)) {
		l->utf8.len = 0;
		if (utf16_to_utf8(&l->utf8, &l->alloc, raw,
				  l->encoding == LINE_UTF16BE))
			return RPCLOG_ERR_NOMEM;
		body = buf_slice(&l->utf8);
	}
	/* At any line: logs that begin with a BOM get concatenated. */
	if (slice_starts(body, SLICE("\xef\xbb\xbf")))
		body = slice_cut(body, 3, body.len);
	if (body.ptr != raw.ptr) {
		scan_restart(&l->scan);
		l->scan_line(&l->scan, body.ptr, body.len);
	}
	*text = strip_end(body);
	return RPCLOG_OK;
}

/* Hands out 'raw', the whole line in hand, and begins the next. */
static rpclog_status
hand_out(struct lines *l, rpclog_slice raw, bool ended, struct line *line)
{
	rpclog_slice text = { NULL, 0 };

	if (!l->skipping && decode(l, raw, &text) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	line->oversize = l->skipping || text.len > l->max_row;
	/* Whether it came in one chunk must not show. */
	line->text = line->oversize ? slice_of(NULL, 0) : text;
	line->offset = l->offset;
	line->span = l->skipped + raw.len;
	line->ended = ended;
	line->scan = &l->scan;
	line->number = ++l->number;
	l->carry_out = raw.ptr != NULL && raw.ptr == l->carry.ptr;
	l->offset += line->span;
	l->skipped = 0;
	l->skipping = false;
	return RPCLOG_OK;
}

/* The usual case: a UTF-8 line that begins in this chunk. */
static rpclog_status
next_in_chunk(struct lines *l, struct line *line)
{
	const char *base = l->chunk + l->pos;
	size_t len = l->chunk_len - l->pos;

	scan_restart(&l->scan);
	if (l->scan_line(&l->scan, base, len)) {
		size_t whole = l->scan.at + 1;

		l->pos += whole;
		return hand_out(l, slice_of(base, whole), true, line);
	}
	return carry_over(l, len) == RPCLOG_OK ? RPCLOG_MORE : RPCLOG_ERR_NOMEM;
}

/* A line whose head is in the carry, and every UTF-16 line. */
static rpclog_status
next_over_chunks(struct lines *l, struct line *line)
{
	size_t end = find_end(l);
	size_t take = end ? end : l->chunk_len - l->pos;

	if (take > 0 && carry_over(l, take) != RPCLOG_OK)
		return RPCLOG_ERR_NOMEM;
	if (!l->skipping && !is_utf16(l))
		l->scan_line(&l->scan, l->carry.ptr, l->carry.len);
	if (!end)
		return RPCLOG_MORE;
	return hand_out(l, buf_slice(&l->carry), true, line);
}

rpclog_status
lines_next(struct lines *l, struct line *line)
{
	rpclog_status status = RPCLOG_MORE;

	if (l->carry_out) {
		l->carry_out = false;
		l->carry.len = 0;
		scan_restart(&l->scan);
	}
	if (l->encoding == LINE_UNKNOWN && !find_encoding(l)) {
		if (l->pos < l->chunk_len &&
		    carry_over(l, l->chunk_len - l->pos) != RPCLOG_OK)
			return RPCLOG_ERR_NOMEM;
	} else if (l->pos < l->chunk_len) {
		if (l->carry.len == 0 && !l->skipping && !is_utf16(l))
			status = next_in_chunk(l, line);
		else
			status = next_over_chunks(l, line);
	}
	if (status != RPCLOG_MORE || !l->finished)
		return status;
	if (lines_held(l) == 0)
		return RPCLOG_END;
	return hand_out(l, buf_slice(&l->carry), false, line);
}

bool
lines_at_start(const struct lines *l)
{
	return l->encoding == LINE_UTF8 && !l->skipping &&
	       (l->carry.len == 0 || l->carry_out);
}

void
lines_pass(struct lines *l, size_t len)
{
	l->pos += len;
	l->offset += len;
	l->number++;
}

uint64_t
lines_held(const struct lines *l)
{
	return l->carry_out ? 0 : l->skipped + l->carry.len;
}

void
lines_reset(struct lines *l)
{
	l->encoding = LINE_UNKNOWN;
	l->finished = l->skipping = l->carry_out = false;
	l->chunk = NULL;
	l->chunk_len = l->pos = 0;
	l->carry.len = l->utf8.len = 0;
	scan_restart(&l->scan);
	l->number = l->offset = l->skipped = 0;
}

void
lines_free(struct lines *l)
{
	buf_free(&l->carry, &l->alloc);
	buf_free(&l->utf8, &l->alloc);
	alloc_free(&l->alloc, l->scan.commas);
	l->scan.commas = NULL;
}
