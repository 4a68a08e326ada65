/* SPDX-License-Identifier: MIT */
/* Damaged gzip: every good byte first, then one honest error. */

#include <stdlib.h>
#include <zlib.h>

#include "check_source.h"

/* Three members and the text they hold; where each ends in both. */
struct members {
	struct check_text text, packed;
	size_t text_end[3], packed_end[3];
};

static void
members_init(struct members *m)
{
	static const size_t sizes[] = { 40, 0, 700 };

	memset(m, 0, sizeof(*m));
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct check_text part = { 0 };

		noise_add(&part, sizes[i]);
		check_text_bytes(&m->text, part.ptr, part.len);
		gzip_add(&m->packed, check_text_slice(&part), i ? 6 : 0);
		m->text_end[i] = m->text.len;
		m->packed_end[i] = m->packed.len;
		check_text_free(&part);
	}
}

static void
members_clear(struct members *m)
{
	check_text_free(&m->text);
	check_text_free(&m->packed);
}

/* Reads 'data' by 'kind'; the answer and the diag's text at the end. */
static rpclog_status
run(enum kind kind, rpclog_slice data, size_t step, struct check_text *got,
    rpclog_diag *diag, uint64_t *consumed)
{
	struct opened o;
	rpclog_status status = opened_init(&o, kind, data, step, NULL);

	if (status == RPCLOG_OK)
		status = drain(o.source, got);
	*diag = *rpclog_source_diag(o.source);
	*consumed = rpclog_source_consumed(o.source, NULL);
	opened_clear(&o);
	return status;
}

static void
test_truncated(void)
{
	struct members m;

	members_init(&m);
	for (size_t len = 3; len <= m.packed.len; len++) {
		bool whole = false;
		size_t least = 0;

		for (size_t i = 0; i < ARRAY_LEN(m.packed_end); i++) {
			if (len >= m.packed_end[i])
				least = m.text_end[i];
			whole = whole || len == m.packed_end[i];
		}
		for (size_t step = 0; step < 3; step++) {
			struct check_text got = { 0 };
			rpclog_diag diag;
			uint64_t consumed;
			rpclog_status status =
				run(step == 0 ? KIND_MEMORY : KIND_FN,
				    slice_of(m.packed.ptr, len), step, &got,
				    &diag, &consumed);

			check_casef("cut at %zu of %zu, step %zu", len,
				    m.packed.len, step);
			CHECK_STATUS(status,
				     whole ? RPCLOG_END : RPCLOG_ERR_GZIP);
			CHECK_STR(diag.text,
				  whole ? "" : "gzip stream is cut short");
			CHECK_INT(diag.sys, whole ? 0 : Z_BUF_ERROR);
			CHECK_INT(consumed, len);
			CHECK(got.len >= least);
			CHECK(slice_starts(check_text_slice(&m.text),
					   check_text_slice(&got)));
			check_text_free(&got);
		}
	}
	members_clear(&m);
}

/* What may be said of one byte changed at 'at'. */
static void
check_corrupt(const struct members *m, size_t at, rpclog_slice data)
{
	struct check_text got = { 0 }, slow = { 0 };
	rpclog_diag diag, slow_diag;
	uint64_t consumed;
	rpclog_status status =
		run(KIND_MEMORY, data, 0, &got, &diag, &consumed);
	size_t sure = 0;

	CHECK_STATUS(run(KIND_FN, data, 1, &slow, &slow_diag, &consumed),
		     status);
	CHECK_SLICE(check_text_slice(&slow), check_text_slice(&got));
	CHECK_STR(slow_diag.text, diag.text);
	for (size_t i = 0; i < ARRAY_LEN(m->packed_end); i++)
		if (at >= m->packed_end[i])
			sure = m->text_end[i];
	if (at < 3)
		CHECK_SLICE(check_text_slice(&got), data);
	else if (status == RPCLOG_END)
		CHECK_SLICE(check_text_slice(&got), check_text_slice(&m->text));
	else if (CHECK_STATUS(status, RPCLOG_ERR_GZIP))
		CHECK(got.len >= sure &&
		      slice_starts(check_text_slice(&got),
				   slice_of(m->text.ptr, sure)));
	check_text_free(&got);
	check_text_free(&slow);
}

static void
test_corrupt(void)
{
	static const unsigned char flips[] = { 0x01, 0x10, 0x80, 0xff };
	struct members m;

	members_init(&m);
	for (size_t at = 0; at < m.packed.len; at++) {
		for (size_t i = 0; i < ARRAY_LEN(flips); i++) {
			check_casef("byte %zu xor %02x", at, flips[i]);
			m.packed.ptr[at] =
				(char)((unsigned char)m.packed.ptr[at] ^
				       flips[i]);
			check_corrupt(&m, at, check_text_slice(&m.packed));
			m.packed.ptr[at] =
				(char)((unsigned char)m.packed.ptr[at] ^
				       flips[i]);
		}
	}
	members_clear(&m);
}

/* Damage in one known place, and the words for it. */
static void
test_words(void)
{
	static const struct {
		const char *name;
		size_t from_end;
		const char *text;
	} cases[] = {
		{ "length", 4, "gzip data is damaged: incorrect length check" },
		{ "checksum", 8, "gzip data is damaged: incorrect data check" },
	};
	struct members m;

	members_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_text got = { 0 };
		rpclog_diag diag;
		uint64_t consumed;
		char *at = m.packed.ptr + m.packed.len - cases[i].from_end;

		CHECK_CASE(cases[i].name);
		*at = (char)(*at + 1);
		CHECK_STATUS(run(KIND_PATH, check_text_slice(&m.packed), 0,
				 &got, &diag, &consumed),
			     RPCLOG_ERR_GZIP);
		*at = (char)(*at - 1);
		CHECK_STR(diag.text, cases[i].text);
		CHECK_INT(diag.sys, Z_DATA_ERROR);
		CHECK_SLICE(check_text_slice(&got), check_text_slice(&m.text));
		check_text_free(&got);
	}
	members_clear(&m);
}

static void
test_after_member(void)
{
	static char nuls[600000];
	static const struct {
		const char *name;
		rpclog_slice tail;
		const char *text; /* NULL: this is no trouble */
	} cases[] = {
		{ "one NUL", { "\0", 1 }, NULL },
		{ "many NULs", { nuls, sizeof(nuls) }, NULL },
		{ "NULs, then x",
		  { "\0\0\0x", 4 },
		  "garbage after gzip member" },
		{ "x", { "x", 1 }, "garbage after gzip member" },
		{ "1f", { "\x1f", 1 }, "gzip stream is cut short" },
		{ "1f 8b", { "\x1f\x8b", 2 }, "gzip stream is cut short" },
		{ "1f 8b 08",
		  { "\x1f\x8b\x08", 3 },
		  "gzip stream is cut short" },
		{ "1f 8b 00",
		  { "\x1f\x8b\0", 3 },
		  "garbage after gzip member" },
		{ "1f 00", { "\x1f\0", 2 }, "garbage after gzip member" },
		{ "NUL, then a member",
		  { "\0\x1f\x8b\x08", 4 },
		  "garbage after gzip member" },
	};

	for (size_t i = 0; i < 3 * ARRAY_LEN(cases); i++) {
		size_t c = i / 3;
		enum kind kind = i % 3 == 0   ? KIND_PATH
				 : i % 3 == 1 ? KIND_MEMORY
					      : KIND_FN;
		struct check_text packed = { 0 }, got = { 0 };
		rpclog_diag diag;
		uint64_t consumed;

		check_casef("%s after a member, by %s", cases[c].name,
			    kind_name(kind));
		gzip_add(&packed, SLICE("good bytes"), 6);
		check_text_bytes(&packed, cases[c].tail.ptr, cases[c].tail.len);
		CHECK_STATUS(run(kind, check_text_slice(&packed), 1, &got,
				 &diag, &consumed),
			     cases[c].text ? RPCLOG_ERR_GZIP : RPCLOG_END);
		CHECK_STR(diag.text, cases[c].text ? cases[c].text : "");
		CHECK_SLICE(check_text_slice(&got), "good bytes");
		if (!cases[c].text)
			CHECK_INT(consumed, packed.len);
		check_text_free(&packed);
		check_text_free(&got);
	}
}

static void
test_ratio(void)
{
	static const struct {
		const char *name;
		size_t mib;
		uint32_t max_ratio;
		rpclog_status status;
	} cases[] = {
		{ "default, up to 64 MiB", 64, 0, RPCLOG_END },
		{ "default, past 64 MiB", 65, 0, RPCLOG_ERR_LIMIT },
		{ "a wide limit", 65, 1100, RPCLOG_END },
		{ "a narrow limit", 65, 2, RPCLOG_ERR_LIMIT },
		{ "a narrow limit, small", 64, 1, RPCLOG_END },
	};
	size_t size = (size_t)65 << 20;
	char *zeros = calloc(size, 1);
	struct check_text packings[2] = { { 0 }, { 0 } };

	for (size_t i = 0; i < ARRAY_LEN(packings); i++)
		gzip_add(&packings[i], slice_of(zeros, (size_t)(64 + i) << 20),
			 9);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		rpclog_options options = RPCLOG_OPTIONS_INIT;
		struct check_text got = { 0 };
		const struct check_text *packed = &packings[cases[i].mib - 64];
		size_t len = cases[i].mib << 20;
		struct opened o;

		CHECK_CASE(cases[i].name);
		options.max_ratio = cases[i].max_ratio;
		CHECK_STATUS(opened_init(&o, KIND_MEMORY,
					 check_text_slice(packed), 0, &options),
			     RPCLOG_OK);
		CHECK_STATUS(drain(o.source, &got), cases[i].status);
		if (cases[i].status == RPCLOG_END)
			CHECK_INT(got.len, len);
		else
			CHECK(got.len > (size_t)64 << 20);
		opened_clear(&o);
		check_text_free(&got);
	}
	check_text_free(&packings[0]);
	check_text_free(&packings[1]);
	free(zeros);
}

/* What a pipe has brought is given before anything more is waited for. */
static void
test_no_waiting(void)
{
	struct members m;
	struct feeder f = { 0 };
	rpclog_source *s = NULL;
	rpclog_slice bytes = { 0 };

	CHECK_CASE("bytes that came are given before the next read");
	members_init(&m);
	f.data = check_text_slice(&m.packed);
	f.fail_at = SIZE_MAX;
	f.step = m.packed_end[0] - 4;
	CHECK_STATUS(rpclog_source_open_fn(&s, feeder_read, &f, NULL, NULL),
		     RPCLOG_OK);
	CHECK_INT(f.calls, 1);
	CHECK_STATUS(rpclog_source_next(s, &bytes), RPCLOG_OK);
	CHECK_INT(f.calls, 1);
	CHECK_SLICE(bytes, slice_of(m.text.ptr, m.text_end[0]));
	rpclog_source_free(s);
	members_clear(&m);
}

/* A member with every optional part of a header. */
static void
test_header_parts(void)
{
	static const unsigned char member[] = {
		0x1f, 0x8b, 8,	 2 | 4 | 8 | 16,
		0,    0,    0,	 0,
		0,    3, /* flags */
		3,    0,    'a', 'b',
		'c', /* extra */
		'x',  '.',  'L', 'O',
		'G',  0, /* name */
		'n',  'o',  't', 'e',
		0, /* comment */
	};
	unsigned long sum = crc32(0, member, sizeof(member)) & 0xffff;
	struct check_text packed = { 0 }, rest = { 0 };
	unsigned char check[2] = { (unsigned char)(sum & 0xff),
				   (unsigned char)(sum >> 8) };

	for (int damaged = 0; damaged < 2; damaged++) {
		struct check_text got = { 0 };
		rpclog_diag diag;
		uint64_t consumed;

		check_casef("all parts of a header, damaged %d", damaged);
		gzip_add(&rest, SLICE("good bytes"), 6);
		check[0] = (unsigned char)(check[0] + damaged);
		check_text_bytes(&packed, member, sizeof(member));
		check_text_bytes(&packed, check, sizeof(check));
		check_text_bytes(&packed, rest.ptr + 10, rest.len - 10);
		CHECK_STATUS(run(KIND_FN, check_text_slice(&packed), 1, &got,
				 &diag, &consumed),
			     damaged ? RPCLOG_ERR_GZIP : RPCLOG_END);
		CHECK_STR(diag.text,
			  damaged ? "gzip data is damaged: header crc mismatch"
				  : "");
		CHECK_SLICE(check_text_slice(&got),
			    damaged ? "" : "good bytes");
		check_text_free(&got);
		check_text_free(&rest);
		check_text_free(&packed);
	}
}

int
main(void)
{
	test_truncated();
	test_corrupt();
	test_words();
	test_after_member();
	test_ratio();
	test_no_waiting();
	test_header_parts();
	return check_report();
}
