/* SPDX-License-Identifier: MIT */
/*
 * Physical lines: what they are, and that no chunking, encoding or limit
 * changes where they stood.
 */

#include "check_rows.h"
#include "line.h"

#include <stdlib.h>

/* ---- lines as text --- */

static void
render_line(struct check_text *out, rpclog_slice text, uint64_t offset,
	    uint64_t span, bool ended, bool oversize)
{
	check_text_add(out, "%u+%u%s:", (unsigned)offset, (unsigned)span,
		       ended ? "" : "!");
	if (oversize)
		check_text_add(out, "OVER");
	else
		check_text_bytes(out, text.ptr, text.len);
	check_text_add(out, "|");
}

/* The scan that comes with a line is the line's. */
static void
check_line_scan(const struct line *line)
{
	const struct scan *s = line->scan;
	size_t commas = 0;
	bool quotes = false, nuls = false, same = true;

	for (size_t i = 0; i < line->text.len; i++) {
		char c = line->text.ptr[i];

		quotes |= c == '"';
		nuls |= c == '\0';
		if (c != ',')
			continue;
		if (commas < s->capacity)
			same &= s->commas[commas] == i;
		commas++;
	}
	if (!same || commas != s->count || quotes != s->quotes ||
	    nuls != s->nuls) {
		CHECK(same);
		CHECK_INT(s->count, commas);
		CHECK_INT(s->quotes, quotes);
		CHECK_INT(s->nuls, nuls);
	}
}

/* Every line that there is before the next chunk. */
static rpclog_status
drain(struct lines *l, struct check_text *out)
{
	struct line line;
	rpclog_status status;

	while ((status = lines_next(l, &line)) == RPCLOG_OK) {
		render_line(out, line.text, line.offset, line.span, line.ended,
			    line.oversize);
		if (!line.oversize)
			check_line_scan(&line);
	}
	return status;
}

/*
 * In chunks: the first of 'first' bytes, the others of 'step'.  Each is a copy
 * that goes as soon as it is used up.
 */
static void
render(struct check_text *out, struct lines *l, rpclog_slice text, size_t first,
       size_t step)
{
	size_t at = 0;
	uint64_t before = 0;

	check_text_add(out, "%s", "");
	lines_reset(l);
	for (size_t want = first; at < text.len; want = step) {
		size_t len = text.len - at < want ? text.len - at : want;
		char *copy = malloc(len ? len : 1);

		if (!copy)
			abort();
		memcpy(copy, text.ptr + at, len);
		at += len;
		lines_feed(l, copy, len);
		CHECK_STATUS(drain(l, out), RPCLOG_MORE);
		free(copy);
		lines_feed(l, NULL, 0);
		before = l->offset + lines_held(l);
		if (before != at)
			CHECK_INT(before, at);
	}
	l->finished = true;
	CHECK_STATUS(drain(l, out), RPCLOG_END);
	CHECK_INT(l->offset, text.len);
	CHECK_INT(lines_held(l), 0);
}

static void
lines_make(struct lines *l, size_t max_row, size_t max_fields)
{
	struct alloc a = alloc_from(NULL);

	CHECK_STATUS(lines_init(l, &a, max_row, max_fields), RPCLOG_OK);
}

/* The same in every chunking. */
static void
check_chunkings(rpclog_slice text, size_t max_row, rpclog_slice want)
{
	struct check_text got = { 0 };
	struct lines l;

	lines_make(&l, max_row, 8);
	for (size_t step = 1; step <= text.len + 1; step++) {
		got.len = 0;
		render(&got, &l, text, step, step);
		if (!CHECK_SLICE(check_text_slice(&got), want))
			break;
	}
	for (size_t first = 0; first < text.len; first++) {
		got.len = 0;
		render(&got, &l, text, first, text.len);
		if (!CHECK_SLICE(check_text_slice(&got), want))
			break;
	}
	lines_free(&l);
	check_text_free(&got);
}

/* ---- by hand --- */

#define BYTES(s)                                                               \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}
#define LE  "\xff\xfe"
#define BE  "\xfe\xff"
#define BOM "\xef\xbb\xbf"

static const struct {
	const char *name;
	rpclog_slice text;
	const char *want;
} cases[] = {
	{ "nothing", BYTES(""), "" },
	{ "one line", BYTES("a\n"), "0+2:a|" },
	{ "no end", BYTES("a,b"), "0+3!:a,b|" },
	{ "three", BYTES("a\nbb\nc"), "0+2:a|2+3:bb|5+1!:c|" },
	{ "blank lines", BYTES("\n\na\n\n"), "0+1:|1+1:|2+2:a|4+1:|" },
	{ "CR LF", BYTES("a\r\nb\r\n"), "0+3:a|3+3:b|" },
	{ "CR CR LF", BYTES("a\r\r\nb\r\r\n"), "0+4:a|4+4:b|" },
	{ "three CRs", BYTES("a\r\r\r\n"), "0+5:a\r|" },
	{ "a lone CR", BYTES("a\rb\n\r\n"), "0+4:a\rb|4+2:|" },
	{ "CR at the end", BYTES("a\r"), "0+2!:a|" },
	{ "a BOM", BYTES(BOM "a\n"), "0+5:a|" },
	{ "a BOM on later lines", BYTES("a\n" BOM "b\n" BOM "\n"),
	  "0+2:a|2+5:b|7+4:|" },
	{ "only a BOM", BYTES(BOM), "0+3!:|" },
	{ "half a BOM", BYTES("\xef\xbb"), "0+2!:\xef\xbb|" },
	{ "two BOMs", BYTES(BOM BOM "a\n"), "0+8:" BOM "a|" },
	{ "commas and quotes", BYTES(BOM ",\"a,\"\n,,x,\r\n"),
	  "0+9:,\"a,\"|9+6:,,x,|" },
	{ "half of a UTF-16 BOM", BYTES("\xff"), "0+1!:\xff|" },
	{ "nearly a UTF-16 BOM", BYTES("\xff,\n"), "0+3:\xff,|" },
	{ "UTF-16", BYTES(LE "a\0,\0\n\0b\0"), "0+8:a,|8+2!:b|" },
	{ "UTF-16 BE", BYTES(BE "\0a\0,\0\n\0b"), "0+8:a,|8+2!:b|" },
	{ "UTF-16, CR LF", BYTES(LE "a\0\r\0\n\0\r\0\n\0"), "0+8:a|8+4:|" },
	{ "UTF-16, only a BOM", BYTES(LE), "0+2!:|" },
	{ "UTF-16, BOMs again", BYTES(BE "\0a\0\n\xfe\xff\0b\0\n"),
	  "0+6:a|6+6:b|" },
	{ "UTF-16, bytes that look like LF", BYTES(LE "\n\x01\x0a\x0a\0\n\n\0"),
	  "0+10:\xc4\x8a\xe0\xa8\x8a\xe0\xa8\x80|" },
	{ "UTF-16 BE, bytes that look like LF",
	  BYTES(BE "\x01\n\x0a\x0a\n\0\0\n"),
	  "0+10:\xc4\x8a\xe0\xa8\x8a\xe0\xa8\x80|" },
	{ "UTF-16, two and three bytes", BYTES(LE "\xe4\0\xac\x20"),
	  "0+6!:\xc3\xa4\xe2\x82\xac|" },
	{ "UTF-16, a pair",
	  BYTES(LE "\x3d\xd8\x00\xde"
		   "\n\0"),
	  "0+8:\xf0\x9f\x98\x80|" },
	{ "UTF-16 BE, a pair",
	  BYTES(BE "\xd8\x3d\xde\x00"
		   "\0\n"),
	  "0+8:\xf0\x9f\x98\x80|" },
	{ "UTF-16, the last pair", BYTES(LE "\xff\xdb\xff\xdf"),
	  "0+6!:\xf4\x8f\xbf\xbf|" },
	{ "UTF-16, a lone high",
	  BYTES(LE "\x3d\xd8"
		   "a\0\n\0"),
	  "0+8:\xef\xbf\xbd"
	  "a|" },
	{ "UTF-16, a lone low",
	  BYTES(LE "\x00\xde"
		   "a\0\n\0"),
	  "0+8:\xef\xbf\xbd"
	  "a|" },
	{ "UTF-16, two highs and a low",
	  BYTES(LE "\x3d\xd8\x3d\xd8\x00\xde\n\0"),
	  "0+10:\xef\xbf\xbd\xf0\x9f\x98\x80|" },
	{ "UTF-16, a high at a line's end", BYTES(LE "\x3d\xd8\n\0a\0"),
	  "0+6:\xef\xbf\xbd|6+2!:a|" },
	{ "UTF-16, a high at the end", BYTES(LE "a\0\x3d\xd8"),
	  "0+6!:a\xef\xbf\xbd|" },
	{ "UTF-16, a pair cut in two", BYTES(LE "a\0\x3d\xd8\x00"),
	  "0+7!:a\xef\xbf\xbd\xef\xbf\xbd|" },
	{ "UTF-16, half a unit", BYTES(LE "a\0b"), "0+5!:a\xef\xbf\xbd|" },
	{ "UTF-16, half an LF", BYTES(LE "a\0\n"), "0+5!:a\xef\xbf\xbd|" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check_casef("lines, %s", cases[i].name);
		check_chunkings(cases[i].text, 1000, slice_str(cases[i].want));
	}
}

/* ---- the limit --- */

enum encoding { UTF8, UTF16_LE, UTF16_BE, ENCODINGS };

static void
encode(struct check_text *out, const char *text, enum encoding encoding)
{
	if (encoding == UTF8)
		check_text_bytes(out, text, strlen(text));
	else
		log_utf16(out, slice_str(text), encoding == UTF16_BE);
}

#define LIMIT 20

static void
check_limit(size_t len, const char *end, enum encoding encoding, bool bom)
{
	struct check_text text = { 0 }, raw = { 0 }, want = { 0 };
	size_t unit = encoding == UTF8 ? 1 : 2;
	size_t head = encoding == UTF8 ? 0 : 2;
	unsigned at = (unsigned)((len + strlen(end)) * unit + head);

	check_casef("%zu of %d bytes, end of %zu, encoding %d, BOM %d", len,
		    LIMIT, strlen(end), encoding, bom);
	if (bom) {
		check_text_bytes(&raw, BOM, 3);
		at += 3;
	}
	for (size_t i = 0; i < len; i++)
		check_text_add(&text, "%c", i % 3 ? 'a' + (char)(i % 26) : ',');
	check_text_add(&want, "0+%u%s:%s|", at, strchr(end, '\n') ? "" : "!",
		       len > LIMIT ? "OVER" : text.ptr);
	check_text_add(&text, "%s", end);
	if (strchr(end, '\n')) {
		/* The line behind it is good again. */
		check_text_add(&text, "x,y\r\n");
		check_text_add(&want, "%u+%u:x,y|", at, (unsigned)(5 * unit));
	}
	encode(&raw, text.ptr, encoding);
	check_chunkings(check_text_slice(&raw), LIMIT, check_text_slice(&want));
	check_text_free(&text);
	check_text_free(&raw);
	check_text_free(&want);
}

static void
test_limit(void)
{
	static const char *const ends[] = { "\n", "\r\n", "\r\r\n", "", "\r" };
	static const size_t lens[] = { LIMIT - 1,  LIMIT,      LIMIT + 1,
				       LIMIT + 7,  LIMIT + 8,  LIMIT + 9,
				       LIMIT + 10, LIMIT + 11, 3 * LIMIT };

	for (size_t l = 0; l < ARRAY_LEN(lens); l++) {
		for (size_t e = 0; e < ARRAY_LEN(ends); e++) {
			for (int c = 0; c < ENCODINGS; c++) {
				check_limit(lens[l], ends[e], (enum encoding)c,
					    false);
			}
			check_limit(lens[l], ends[e], UTF8, true);
		}
	}
}

/* More commas than fields that are asked for are counted, not stored. */
static void
test_fields(void)
{
	CHECK_CASE("more commas than room");
	check_chunkings(slice_str("1,2,3,4,5,6,7,8,9,10,11\n,,,,,,,,,,,,\n"),
			100,
			SLICE("0+24:1,2,3,4,5,6,7,8,9,10,11|"
			      "24+13:,,,,,,,,,,,,|"));
}

/* ---- against whole lines --- */

static void
test_random(void)
{
	uint64_t seed = 77;
	char text[120];

	for (int round = 0; round < 150; round++) {
		size_t len = check_random(&seed, sizeof(text));
		struct check_text want = { 0 };
		struct lines l;

		check_casef("lines, random text %d", round);
		for (size_t i = 0; i < len; i++)
			text[i] = "\n\r,\"\0a\xef\xbb\xbf\xd8"[check_random(
				&seed, 10)];
		if (len > 2 && round % 3 == 1)
			memcpy(text, round % 2 ? LE : BE, 2);
		lines_make(&l, 12, 8);
		render(&want, &l, slice_of(text, len), len, len);
		lines_free(&l);
		check_chunkings(slice_of(text, len), 12,
				check_text_slice(&want));
		check_text_free(&want);
	}
}

/* ---- memory --- */

static void
test_no_memory(void)
{
	static const rpclog_slice text = BYTES(LE "a\0b\0c\0\n\0d\0\n\0e\0f\0");
	rpclog_status status = RPCLOG_ERR_NOMEM;

	for (uint64_t n = 1; status == RPCLOG_ERR_NOMEM && n < 100; n++) {
		struct check_memory memory;
		rpclog_options options;
		struct check_text out = { 0 };
		struct alloc a;
		struct lines l;

		check_memory_init(&memory, n);
		options = check_memory_options(&memory);
		a = alloc_from(&options);
		check_casef("lines, allocation %u fails", (unsigned)n);
		status = lines_init(&l, &a, 1000, 8);
		if (status == RPCLOG_OK) {
			lines_feed(&l, text.ptr, text.len);
			l.finished = true;
			status = drain(&l, &out);
		}
		CHECK_STATUS(status,
			     memory.calls >= n ? RPCLOG_ERR_NOMEM : RPCLOG_END);
		lines_free(&l);
		CHECK_INT(memory.live, 0);
		check_text_free(&out);
	}
	CHECK_STATUS(status, RPCLOG_END);
}

int
main(void)
{
	test_cases();
	test_limit();
	test_fields();
	test_random();
	test_no_memory();
	return check_report();
}
