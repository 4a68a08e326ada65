/* SPDX-License-Identifier: MIT */
/*
 * Each scanner that this machine supports against a byte loop.
 *
 * usage: test_scan [--list]	lists the scanners and whether they can run here
 */

#include "check.h"
#include "scan.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOM 1024

/* Of the text and of the commas, each between unmapped pages. */
static struct {
	char *text, *text_end;
	uint32_t *commas_end;
} room;

enum place { AT_START, AT_END };

struct result {
	struct scan scan;
	bool ended;
};

/* The last comma that may be stored is the last before an unmapped page. */
static void
begin(struct result *r, uint32_t *end, size_t capacity)
{
	memset(r, 0, sizeof(*r));
	r->scan.commas = end - capacity;
	r->scan.capacity = capacity;
}

/* The judge of the judge. */
static void
scan_naively(struct result *r, rpclog_slice text)
{
	struct scan *s = &r->scan;

	for (s->at = 0; s->at < text.len; s->at++) {
		char c = text.ptr[s->at];

		if (c == '\n') {
			r->ended = true;
			return;
		}
		if (c == ',' && s->count++ < s->capacity)
			s->commas[s->count - 1] = (uint32_t)s->at;
		s->quotes |= c == '"';
		s->nuls |= c == '\0';
	}
}

static rpclog_slice
stored(const struct result *r)
{
	const struct scan *s = &r->scan;
	size_t count = s->count < s->capacity ? s->count : s->capacity;

	return slice_of((const char *)s->commas, count * sizeof(*s->commas));
}

static void
same(const struct result *got, const struct result *want)
{
	bool alike = got->ended == want->ended &&
		     got->scan.at == want->scan.at &&
		     got->scan.count == want->scan.count &&
		     got->scan.quotes == want->scan.quotes &&
		     got->scan.nuls == want->scan.nuls &&
		     slice_eq(stored(got), stored(want));

	if (CHECK(alike))
		return;
	CHECK_INT(got->ended, want->ended);
	CHECK_INT(got->scan.at, want->scan.at);
	CHECK_INT(got->scan.count, want->scan.count);
	CHECK_INT(got->scan.quotes, want->scan.quotes);
	CHECK_INT(got->scan.nuls, want->scan.nuls);
	CHECK_SLICE(stored(got), stored(want));
}

/* Whole, and resumed after 'cut' bytes. */
static void
check_in_place(rpclog_slice text, size_t capacity, size_t cut)
{
	static uint32_t commas[ROOM];
	struct result want, got;
	const struct scanner *s;

	begin(&want, commas + ROOM, capacity);
	scan_naively(&want, text);
	for (size_t i = 0; (s = scan_table(i)) != NULL; i++) {
		if (!s->supported())
			continue;
		begin(&got, room.commas_end, capacity);
		got.ended = cut > 0 && s->scan(&got.scan, text.ptr, cut);
		if (!got.ended) {
			CHECK(got.scan.at == cut);
			got.ended = s->scan(&got.scan, text.ptr, text.len);
		}
		same(&got, &want);
	}
}

/* Where memory begins or ends. */
static void
check_at(enum place place, rpclog_slice text, size_t capacity, size_t cut)
{
	char *ptr = place == AT_START ? room.text : room.text_end - text.len;

	memcpy(ptr, text.ptr, text.len);
	check_in_place(slice_of(ptr, text.len), capacity, cut);
}

static void
check_scan(rpclog_slice text, size_t capacity, size_t cut)
{
	check_at(AT_START, text, capacity, cut);
	check_at(AT_END, text, capacity, cut);
}

static const char alphabet[] = "abc,\n\"\0,\x80\xff\x2b\x2d\x0b\x8a\xac\x01";

static void
test_random(void)
{
	uint64_t seed = 1;
	char text[300];

	for (int round = 0; round < 30000; round++) {
		size_t len = check_random(&seed, sizeof(text));
		/* Now and then any byte, mostly those that matter. */
		uint32_t kinds = check_random(&seed, 4) ? 4 : 16;

		check_casef("random block %d", round);
		for (size_t i = 0; i < len; i++)
			text[i] =
				alphabet[check_random(&seed, 20)
						 ? 0
						 : check_random(&seed, kinds)];

		size_t capacity = check_random(&seed, 3) ? ROOM : 5;
		size_t cut = check_random(&seed, (uint32_t)len + 1);

		check_scan(slice_of(text, len), capacity, cut);
	}
	for (int round = 0; round < 3000; round++) {
		size_t len = check_random(&seed, sizeof(text));

		check_casef("dense block %d", round);
		for (size_t i = 0; i < len; i++)
			text[i] = alphabet[check_random(&seed, 16)];
		check_scan(slice_of(text, len), ROOM, 0);
	}
}

/* One kind of byte all over, and an LF at each place. */
static void
test_fills(void)
{
	static const char fills[] = { ',', '"', '\0', 'x', '\r', '\xff' };
	char text[256];

	for (size_t f = 0; f < sizeof(fills); f++) {
		for (size_t lf = 0; lf <= 201; lf++) {
			check_casef("all 0x%02x, LF at %zu",
				    (unsigned char)fills[f], lf);
			memset(text, fills[f], sizeof(text));
			if (lf <= 200)
				text[lf] = '\n';
			check_scan(slice_of(text, 201), ROOM, 0);
			check_scan(slice_of(text, 201), 64, lf / 2);
			check_scan(slice_of(text, sizeof(text)), 1, lf);
			check_scan(slice_of(text, lf), 0, 0);
		}
	}
}

/* Every byte at every place of two blocks and a bit. */
static void
test_bytes(void)
{
	char text[140];

	memset(text, 'x', sizeof(text));
	for (int c = 0; c < 256; c++) {
		for (size_t at = 0; at < sizeof(text); at += check_stride()) {
			check_casef("byte 0x%02x at %zu", (unsigned)c, at);
			text[at] = (char)c;
			check_scan(slice_of(text, sizeof(text)), ROOM, 0);
			text[at] = 'x';
		}
	}
}

/* Every number of commas in a block, with too little and just enough room. */
static void
test_capacity(void)
{
	char text[200];

	for (size_t commas = 0; commas <= 130; commas++) {
		memset(text, 'x', sizeof(text));
		for (size_t i = 0; i < commas; i++)
			text[i * 37 % 131] = ',';
		for (size_t more = 0; more <= 70; more += check_stride()) {
			check_casef("%zu commas and %zu", commas, more);
			check_scan(slice_of(text, sizeof(text)), commas + more,
				   more);
			if (more <= commas)
				check_scan(slice_of(text, sizeof(text)),
					   commas - more, commas);
		}
	}
}

/* Every length at every start alignment, and every cut of a resumed scan. */
static void
test_alignment(void)
{
	uint64_t seed = 5;
	char *text = room.text;
	size_t len = 300;

	for (size_t i = 0; i < 512; i++)
		text[i] = alphabet[check_random(&seed, 4) == 1 ? 3 : 0];
	for (size_t start = 0; start < 64; start++) {
		check_casef("start at %zu", start);
		for (size_t n = 0; n <= len; n += check_stride())
			check_in_place(slice_of(text + start, n), ROOM, n / 2);
		for (size_t cut = 0; cut <= len; cut += check_stride())
			check_in_place(slice_of(text + start, len), ROOM, cut);
		text[start + 250] = '\n';
		for (size_t cut = 0; cut <= len; cut += check_stride())
			check_in_place(slice_of(text + start, len), ROOM, cut);
		text[start + 250] = 'x';
	}
}

/* Byte after byte, as from a slow pipe. */
static void
test_drip(void)
{
	char text[200];
	const struct scanner *s;

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 3 ? 'x' : ',';
	for (size_t i = 0; (s = scan_table(i)) != NULL; i++) {
		struct result r;

		if (!s->supported())
			continue;
		check_casef("%s, byte after byte", s->name);
		begin(&r, room.commas_end, ROOM);
		for (size_t len = 0; len <= sizeof(text); len++) {
			CHECK(!s->scan(&r.scan, text, len));
			CHECK_INT(r.scan.at, len);
			CHECK_INT(r.scan.count, (len + 2) / 3);
		}
	}
}

/* Does this process die of asking for the scanner 'name'? */
static bool
refused(const char *name)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		setenv("RPCLOG_SCANNER", name, 1);
		scan_best();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

/* To be called before the scanner is chosen. */
static void
test_choice(void)
{
	const char *name = NULL;
	const struct scanner *s;

#ifdef RPCLOG_TEST
	name = getenv("RPCLOG_SCANNER");
	CHECK_CASE("only test builds listen to RPCLOG_SCANNER");
	CHECK(refused("none"));
#else
	CHECK(!refused("none"));
#endif
	for (size_t i = 0; (s = scan_table(i)) != NULL; i++) {
		check_casef("%s", s->name);
		if (!s->supported())
			check_skip("not on this machine");
		else if (!name)
			name = s->name;
#ifdef RPCLOG_TEST
		CHECK_INT(refused(s->name), !s->supported());
#endif
	}
	CHECK_CASE("the scanner in use");
	CHECK_STR(scan_name(), name);
}

int
main(int argc, char **argv)
{
	const struct scanner *s;
	struct check_guard text, commas;
	size_t size = ROOM;

	if (argc > 1 && !strcmp(argv[1], "--list")) {
		for (size_t i = 0; (s = scan_table(i)) != NULL; i++)
			printf("%s %s\n", s->name,
			       s->supported() ? "yes" : "no");
		return 0;
	}
	room.text = check_guard_room(&text, &size);
	room.text_end = room.text + size;
	size = ROOM * sizeof(uint32_t);
	room.commas_end = (void *)(check_guard_room(&commas, &size) + size);
	test_choice();
	test_random();
	test_fills();
	test_bytes();
	test_capacity();
	test_alignment();
	test_drip();
	check_guard_free(&text);
	check_guard_free(&commas);
	return check_report();
}
