/* SPDX-License-Identifier: MIT */
/* rpclog_parser_require() held against asking each row; see check_want.h. */

#include "check_want.h"

rpclog_parser *
want_parser(const rpclog_options *options, rpclog_slice wanted)
{
	rpclog_parser *p;

	CHECK_STATUS(rpclog_parser_new(&p, options), RPCLOG_OK);
	CHECK_STATUS(rpclog_parser_require(p, wanted.ptr, wanted.len),
		     RPCLOG_OK);
	return p;
}

size_t
want_check(const struct want_subject *s, rpclog_slice wanted, size_t chunk)
{
	struct told some = { 0 };
	rpclog_parser *p = want_parser(&s->options, wanted);

	check_casef("%s in chunks of %zu, %zu bytes \"%.*s\" wanted", s->name,
		    chunk, wanted.len, (int)wanted.len, wanted.ptr);
	told_run(&some, p, s->text, chunk);

	size_t others = told_compare(&s->all, &some, wanted);

	/* The same again, and with nothing wanted any more. */
	if (chunk % 16 == 1) {
		told_free(&some);
		rpclog_parser_reset(p);
		told_run(&some, p, s->text, chunk);
		told_compare(&s->all, &some, wanted);
		told_free(&some);
		rpclog_parser_reset(p);
		CHECK_STATUS(rpclog_parser_require(p, NULL, 0), RPCLOG_OK);
		told_run(&some, p, s->text, chunk);
		CHECK_INT(told_compare(&s->all, &some, SLICE("")), 0);
	}
	rpclog_parser_free(p);
	told_free(&some);
	return others;
}

/* ---- What to want ----------------------------------------------------- */

struct wishes {
	rpclog_slice items[64];
	size_t count;
};

static void
wish(struct wishes *w, rpclog_slice text)
{
	if (text.len > 0 && w->count < ARRAY_LEN(w->items))
		w->items[w->count++] = text;
}

/* Heads and ends of the row that stands in the input from 'at' to 'end'. */
static void
wish_row(struct wishes *w, rpclog_slice text, rpclog_slice raw)
{
	static const size_t lens[] = { 1, 2, 5, 24 };
	size_t at = slice_find(text, raw);

	for (size_t i = 0; i < ARRAY_LEN(lens) && lens[i] <= raw.len; i++) {
		wish(w, slice_cut(raw, 0, lens[i]));
		wish(w, slice_cut(raw, raw.len - lens[i], raw.len));
	}
	wish(w, raw);
	if (at == SIZE_MAX)
		return;
	/* More than the row, and over its end. */
	if (at + raw.len + 6 <= text.len) {
		wish(w, slice_cut(text, at, at + raw.len + 1));
		wish(w, slice_cut(text, at + raw.len - 1, at + raw.len + 6));
	}
}

static void
wishes_init(struct wishes *w, const struct want_subject *s)
{
	const struct told *all = &s->all;
	size_t rows = 0, seen = 0;

	memset(w, 0, sizeof(*w));
	wish(w, SLICE("not to be found"));
	wish(w, SLICE("needle"));
	wish(w, SLICE("CONTOSO\\alice"));
	wish(w, SLICE(","));
	wish(w, SLICE("\r"));
	wish(w, SLICE("\n"));
	wish(w, SLICE("\""));
	wish(w, slice_of("\0", 1));
	wish(w, SLICE("hi\""));
	for (size_t i = 0; i < all->count; i++)
		rows += all->events[i].status == RPCLOG_OK;
	for (size_t i = 0; i < all->count; i++) {
		if (all->events[i].status != RPCLOG_OK)
			continue;
		if (seen == 1 || seen == rows / 2 || seen + 1 == rows)
			wish_row(w, s->text, told_raw(all, i));
		seen++;
	}
}

void
want_sweep(struct want_subject *s, size_t chunks)
{
	/* The small ones last long: not for every wish. */
	static const size_t some_chunks[] = { 0, 64, 1000, 4096, 1, 7 };
	uint64_t failures = check_failures();
	struct wishes w;
	rpclog_parser *p = want_parser(&s->options, SLICE(""));

	told_run(&s->all, p, s->text, 0);
	rpclog_parser_free(p);
	wishes_init(&w, s);
	for (size_t i = 0; i < w.count; i += check_stride()) {
		for (size_t c = 0; c < (i % 4 ? 4 : 6); c++) {
			if (check_failures() > failures)
				break;
			want_check(s, w.items[i], some_chunks[c]);
		}
	}
	for (size_t chunk = 2; chunk <= chunks; chunk += check_stride()) {
		if (check_failures() > failures)
			break;
		want_check(s, w.items[0], chunk);
		want_check(s, w.items[chunk % w.count], chunk);
	}
	told_free(&s->all);
}
