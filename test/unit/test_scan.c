/* SPDX-License-Identifier: MIT */
/* scan_portable() against a byte loop, and scan_avx2() against both. */

#include "check_rows.h"
#include "scan.h"

#include <stdlib.h>

#define ROOM 1024

struct scanner {
	const char *name;
	scan_fn scan;
};

static struct scanner scanners[2] = { { "portable", scan_portable } };
static size_t scanner_count = 1;

struct result {
	uint32_t commas[ROOM];
	struct scan scan;
	bool ended;
};

static void
begin(struct result *r, size_t capacity)
{
	memset(r, 0, sizeof(*r));
	memset(r->commas, 0xee, sizeof(r->commas));
	r->scan.commas = r->commas;
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

static void
same(const struct result *got, const struct result *want)
{
	bool alike = got->ended == want->ended &&
		     got->scan.at == want->scan.at &&
		     got->scan.count == want->scan.count &&
		     got->scan.quotes == want->scan.quotes &&
		     got->scan.nuls == want->scan.nuls &&
		     !memcmp(got->commas, want->commas, sizeof(got->commas));

	if (alike)
		return;
	CHECK_INT(got->ended, want->ended);
	CHECK_INT(got->scan.at, want->scan.at);
	CHECK_INT(got->scan.count, want->scan.count);
	CHECK_INT(got->scan.quotes, want->scan.quotes);
	CHECK_INT(got->scan.nuls, want->scan.nuls);
	CHECK_SLICE(slice_of((const char *)got->commas, sizeof(got->commas)),
		    slice_of((const char *)want->commas, sizeof(want->commas)));
}

/* Whole, and resumed after 'cut' bytes. */
static void
check_scan(rpclog_slice text, size_t capacity, size_t cut)
{
	struct result want, got;

	begin(&want, capacity);
	scan_naively(&want, text);
	for (size_t i = 0; i < scanner_count; i++) {
		scan_fn scan = scanners[i].scan;

		begin(&got, capacity);
		got.ended = cut > 0 && scan(&got.scan, text.ptr, cut);
		if (!got.ended) {
			CHECK(got.scan.at == cut);
			got.ended = scan(&got.scan, text.ptr, text.len);
		}
		same(&got, &want);
	}
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

/* Every start alignment, and every cut of a resumed scan. */
static void
test_alignment(void)
{
	uint64_t seed = 5;
	char *block = aligned_alloc(64, 512);
	size_t len = 200;

	if (!block)
		abort();
	for (size_t i = 0; i < 512; i++)
		block[i] = alphabet[check_random(&seed, 4) == 1 ? 3 : 0];
	for (size_t start = 0; start < 64; start++) {
		check_casef("start at %zu", start);
		for (size_t cut = 0; cut <= len; cut++)
			check_scan(slice_of(block + start, len), ROOM, cut);
		block[start + 150] = '\n';
		for (size_t cut = 0; cut <= len; cut++)
			check_scan(slice_of(block + start, len), ROOM, cut);
		block[start + 150] = 'x';
	}
	free(block);
}

/* The bytes end where memory ends, or begin where it begins. */
static void
test_guards(void)
{
	uint64_t seed = 9;
	char text[260];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = alphabet[check_random(&seed, 8) ? 0 : 3];
	for (size_t len = 0; len <= sizeof(text); len++) {
		struct check_guard g = { 0 };
		rpclog_slice copy;

		check_casef("%zu bytes before an unmapped page", len);
		copy = check_guard_end(&g, slice_of(text, len));
		check_scan(copy, ROOM, len / 3);
		check_guard_free(&g);
		check_casef("%zu bytes behind an unmapped page", len);
		copy = check_guard_start(&g, slice_of(text, len));
		check_scan(copy, ROOM, 0);
		check_guard_free(&g);
	}
}

static void
test_choice(void)
{
	bool known = false;

	CHECK_CASE("the best scanner has its name");
	for (size_t i = 0; i < scanner_count; i++)
		known |= scan_best() == scanners[i].scan &&
			 !strcmp(scan_name(), scanners[i].name);
	CHECK(known);
}

/* Of the machine: the library may have been told to use another. */
static bool
has_avx2(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
#else
	return false;
#endif
}

int
main(void)
{
	CHECK_CASE("scan_avx2");
	if (has_avx2())
		scanners[scanner_count++] =
			(struct scanner){ "avx2", scan_avx2 };
	else
		check_skip("this machine has no AVX2");
	test_random();
	test_fills();
	test_alignment();
	test_guards();
	test_choice();
	return check_report();
}
