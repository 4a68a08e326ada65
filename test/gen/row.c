/* SPDX-License-Identifier: MIT */
/* A row of named cells and the real writer's way to put it down. */
#include "row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CLIP_UNITS 16384

void
row_clear(struct row *r)
{
	buf_clear(&r->bytes);
	memset(r->start, 0, sizeof r->start);
	memset(r->len, 0, sizeof r->len);
}

void
row_free(struct row *r)
{
	buf_free(&r->bytes);
}

void
row_put(struct row *r, enum col c, const void *data, size_t len)
{
	r->start[c] = r->bytes.len;
	r->len[c] = len;
	buf_add(&r->bytes, data, len);
}

void
row_set(struct row *r, enum col c, const char *text)
{
	if (text)
		row_put(r, c, text, strlen(text));
}

void
row_num(struct row *r, enum col c, int64_t value)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, value);
	row_set(r, c, text);
}

static void
cell_write(const char *p, size_t len, struct buf *out)
{
	const int quoted = memchr(p, '"', len) != NULL;

	if (quoted)
		buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (p[i] == ',') {
			buf_char(out, ' ');
		} else if (p[i] == '\r' && i + 1 < len && p[i + 1] == '\n') {
			buf_char(out, ' ');
			i++;
		} else if (p[i] == '\r') {
			buf_str(out, "\\r");
		} else if (p[i] == '\n') {
			buf_str(out, "\\n");
		} else if (p[i] == '"') {
			buf_str(out, "\"\"");
		} else {
			buf_char(out, p[i]);
		}
	}
	if (quoted)
		buf_char(out, '"');
}

void
row_write(const struct row *r, enum setid id, struct buf *out)
{
	const struct colset *set = colset_get(id);

	for (int i = 0; i < set->count; i++) {
		enum col c = set->col[i];

		if (i)
			buf_char(out, ',');
		if (r->len[c])
			cell_write(r->bytes.data + r->start[c], r->len[c], out);
	}
	buf_str(out, "\r\n");
}

void
pair_add(struct buf *out, const char *key, const char *value)
{
	buf_str(out, key);
	buf_char(out, '=');
	for (const char *p = value; *p; p++) {
		if (p[0] == '\r' && p[1] == '\n')
			continue;
		buf_char(out, strchr(",;=\n", *p) ? ' ' : *p);
	}
	buf_char(out, ';');
}

/* A character of four UTF-8 bytes is two UTF-16 units, others are one. */
void
pairs_clip(struct buf *text)
{
	size_t units = 0;

	for (size_t i = 0; i < text->len; i++) {
		unsigned char byte = (unsigned char)text->data[i];
		size_t more = (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;

		if (units + more > CLIP_UNITS) {
			text->len = i;
			/* Half of a surrogate pair leaves U+FFFD. */
			if (units < CLIP_UNITS)
				buf_str(text, "\xef\xbf\xbd");
			buf_str(text, "...");
			return;
		}
		units += more;
	}
}
