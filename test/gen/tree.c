/* SPDX-License-Identifier: MIT */
/* Collects rows and writes them as a tree of log files. */
#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"

struct entry {
	const struct server *srv;
	const char *proto; /* protocols are string constants */
	int64_t end_ms;
	int64_t order_ms; /* end with the queue's few ms of disorder */
	size_t seq;
	size_t start; /* runs to the start of entry seq + 1 */
	size_t len;
};

struct tree {
	struct gen *g;
	struct buf bytes;
	struct entry *entry;
	size_t count;
	size_t cap;
};

struct tree *
tree_new(struct gen *g)
{
	struct tree *t = calloc(1, sizeof *t);

	if (!t)
		die("out of memory");
	t->g = g;
	return t;
}

void
tree_free(struct tree *t)
{
	if (!t)
		return;
	buf_free(&t->bytes);
	free(t->entry);
	free(t);
}

struct buf *
tree_row(struct tree *t, const struct server *s, const char *proto,
	 int64_t end_ms)
{
	if (t->count == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 1024;
		t->entry = realloc(t->entry, t->cap * sizeof *t->entry);
		if (!t->entry)
			die("out of memory");
	}
	struct entry *e = &t->entry[t->count];
	*e = (struct entry){
		.srv = s,
		.proto = proto,
		.end_ms = end_ms,
		.seq = t->count,
		.order_ms = end_ms + (int64_t)(hash64(t->count) % 4),
		.start = t->bytes.len,
	};
	t->count++;
	return &t->bytes;
}

size_t
tree_bytes(const struct tree *t)
{
	return t->bytes.len;
}

void
header_write(const struct server *s, int64_t ms, bool bare, struct buf *out)
{
	const char *names = colset_get(server_set(s, ms))->names;

	if (bare)
		buf_fmt(out, "%s\r\n", names);
	buf_fmt(out,
		"#Software: Microsoft Exchange Server\r\n"
		"#Version: 15.%02d.%04d.%03d\r\n"
		"#Log-type: HttpProxy Logs\r\n#Date: ",
		s->minor, s->build, s->revision);
	buf_time(out, ms);
	buf_fmt(out, "\r\n#Fields: %s\r\n", names);
}

static int
entry_cmp(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	if (a->srv != b->srv)
		return a->srv < b->srv ? -1 : 1;
	int c = strcmp(a->proto, b->proto);
	if (c)
		return c;
	if (a->end_ms / MS_HOUR != b->end_ms / MS_HOUR)
		return a->end_ms < b->end_ms ? -1 : 1;
	if (a->order_ms != b->order_ms)
		return a->order_ms < b->order_ms ? -1 : 1;
	return a->seq < b->seq ? -1 : 1;
}

static bool
want_gzip(const struct tree *t, int64_t ms)
{
	const struct options *o = &t->g->opt;

	switch (o->gzip) {
	case GZIP_NONE: return false;
	case GZIP_ALL: return true;
	case GZIP_SOME: break;
	}
	/* An archiver packs what is old. */
	return ms < o->start_ms + (t->g->stop_ms - o->start_ms) * 3 / 4;
}

void
tree_put(struct tree *t, const struct server *s, const char *proto, int64_t ms,
	 int instance, const struct buf *text)
{
	struct buf path = { 0 };
	const bool gz = want_gzip(t, ms);

	buf_fmt(&path, "%s/%s/HttpProxy/%s/HttpProxy_", t->g->opt.out, s->name,
		proto);
	buf_hour(&path, ms);
	buf_fmt(&path, "-%d.LOG%s", instance, gz ? ".gz" : "");
	if (gz)
		file_put_gzip(path.data, text->data, text->len);
	else
		file_put(path.data, text->data, text->len);
	buf_free(&path);
}

static bool
same_file(const struct entry *a, const struct entry *b)
{
	return a->srv == b->srv && !strcmp(a->proto, b->proto) &&
	       a->end_ms / MS_HOUR == b->end_ms / MS_HOUR;
}

/* Writes the files of one hour; answers where the next hour begins. */
static size_t
hour_write(struct tree *t, size_t first)
{
	const struct entry *e = &t->entry[first];
	struct buf text = { 0 };
	int instance = 1;
	bool mid_done = false;
	size_t i = first;

	for (; i < t->count && same_file(e, &t->entry[i]); i++) {
		const struct entry *now = &t->entry[i];
		int64_t mid = e->srv->midheader_ms;

		if ((int64_t)text.len > t->g->opt.rollover_bytes) {
			tree_put(t, e->srv, e->proto, e->end_ms, instance++,
				 &text);
			buf_clear(&text);
		}
		if (!text.len) {
			header_write(e->srv, now->end_ms + 1, true, &text);
		} else if (mid && !mid_done && now->end_ms >= mid &&
			   e->end_ms / MS_HOUR == mid / MS_HOUR) {
			header_write(e->srv, now->end_ms, false, &text);
			mid_done = true;
		}
		buf_add(&text, t->bytes.data + now->start, now->len);
	}
	tree_put(t, e->srv, e->proto, e->end_ms, instance, &text);
	buf_free(&text);
	return i;
}

void
tree_write(struct tree *t)
{
	for (size_t i = 0; i < t->count; i++)
		t->entry[i].len = (i + 1 < t->count ? t->entry[i + 1].start
						    : t->bytes.len) -
				  t->entry[i].start;
	if (t->count)
		qsort(t->entry, t->count, sizeof *t->entry, entry_cmp);
	for (size_t i = 0; i < t->count;)
		i = hour_write(t, i);
}
