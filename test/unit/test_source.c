/* SPDX-License-Identifier: MIT */
/* Sources: the same bytes in every way to open them, and honest failures. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "check_source.h"

static const size_t steps[] = { 0, 1, 2, 3, 7, 4096 };

static void
same_bytes(enum kind kind, rpclog_slice data, size_t step, rpclog_slice want,
	   bool gzip)
{
	struct opened o;
	struct check_text got = { 0 };
	uint64_t total;

	if (kind == KIND_PIPE && data.len > 65536)
		return;
	if (!CHECK_STATUS(opened_init(&o, kind, data, step, NULL), RPCLOG_OK))
		return;
	CHECK_INT(rpclog_source_is_gzip(o.source), gzip);
	CHECK_INT(rpclog_source_consumed(o.source, &total), 0);
	CHECK(total ==
	      (kind == KIND_PIPE || kind == KIND_FN ? UINT64_MAX : data.len));
	CHECK_STATUS(drain(o.source, &got), RPCLOG_END);
	CHECK_SLICE(check_text_slice(&got), want);
	CHECK_INT(rpclog_source_consumed(o.source, NULL), data.len);
	opened_clear(&o);
	check_text_free(&got);
}

static void
every_way(const char *name, rpclog_slice data, rpclog_slice want, bool gzip)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		size_t count = kind == KIND_FN ? ARRAY_LEN(steps) : 1;

		for (size_t i = 0; i < count; i++) {
			check_casef("%s by %s, %zu a read", name,
				    kind_name(kind), steps[i]);
			same_bytes(kind, data, steps[i], want, gzip);
		}
	}
}

static void
test_kinds(void)
{
	static const struct {
		const char *name;
		rpclog_slice text;
	} cases[] = {
		{ "nothing", { "", 0 } },
		{ "one byte", { "x", 1 } },
		{ "1f", { "\x1f", 1 } },
		{ "1f 8b", { "\x1f\x8b", 2 } },
		{ "1f 8b 07", { "\x1f\x8b\x07", 3 } },
		{ "NULs", { "\0\0\0\0\0", 5 } },
		{ "a line", { "DateTime,RequestId\r\n", 20 } },
	};
	const size_t most = check_stride() > 1 ? 200000 : 700000;
	const size_t more = check_stride() > 1 ? most : 87500;
	struct check_text large = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct check_text packed = { 0 };

		every_way(cases[i].name, cases[i].text, cases[i].text, false);
		gzip_add(&packed, cases[i].text, 6);
		every_way(cases[i].name, check_text_slice(&packed),
			  cases[i].text, true);
		check_text_free(&packed);
	}
	noise_add(&large, most);
	for (size_t len = 0; len <= large.len; len += more) {
		struct check_text packed = { 0 };
		rpclog_slice text = slice_of(large.ptr, len);

		every_way("noise", text, text, false);
		/* Three members, one of them empty. */
		gzip_add(&packed, slice_cut(text, 0, len / 3), 9);
		gzip_add(&packed, SLICE(""), 9);
		gzip_add(&packed, slice_cut(text, len / 3, len), 0);
		every_way("members", check_text_slice(&packed), text, true);
		check_text_free(&packed);
	}
	check_text_free(&large);
}

static void
peek_one(enum kind kind, rpclog_slice data, rpclog_slice text, size_t want)
{
	struct opened o;
	struct check_text got = { 0 };
	rpclog_slice head;
	size_t len = want < 65536 ? want : 65536;

	if (len > text.len)
		len = text.len;
	if (!CHECK_STATUS(opened_init(&o, kind, data, 1000, NULL), RPCLOG_OK))
		return;
	/* A small look, the one in question, and a small one again. */
	CHECK_STATUS(rpclog_source_peek(o.source, 1, &head), RPCLOG_OK);
	CHECK_SLICE(head, slice_of(text.ptr, text.len ? 1 : 0));
	CHECK_STATUS(rpclog_source_peek(o.source, want, &head), RPCLOG_OK);
	CHECK_SLICE(head, slice_of(text.ptr, len));
	CHECK_STATUS(rpclog_source_peek(o.source, 0, &head), RPCLOG_OK);
	CHECK_INT(head.len, 0);
	CHECK_STATUS(drain(o.source, &got), RPCLOG_END);
	CHECK_SLICE(check_text_slice(&got), text);
	CHECK_STATUS(rpclog_source_peek(o.source, 1, &head), RPCLOG_ERR_USAGE);
	CHECK_STATUS(drain(o.source, &got), RPCLOG_ERR_USAGE);
	opened_clear(&o);
	check_text_free(&got);
}

static void
peek_each(rpclog_slice text, rpclog_slice packed, size_t want)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		check_casef("peek %zu of %zu by %s", want, text.len,
			    kind_name(kind));
		if (kind != KIND_PIPE || text.len <= 65536)
			peek_one(kind, text, text, want);
		if (kind != KIND_PIPE || packed.len <= 65536)
			peek_one(kind, packed, text, want);
	}
}

static void
test_peek(void)
{
	static const size_t wants[] = { 0,     1,     3,     1000,
					65535, 65536, 65537, SIZE_MAX };
	static const size_t sizes[] = { 0, 2, 3, 60000, 65535, 65536, 400000 };
	struct check_text large = { 0 };

	noise_add(&large, 400000);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		rpclog_slice text = slice_of(large.ptr, sizes[i]);
		struct check_text packed = { 0 };

		gzip_add(&packed, slice_cut(text, 0, text.len / 2), 6);
		gzip_add(&packed, slice_cut(text, text.len / 2, text.len), 6);
		for (size_t k = 0; k < ARRAY_LEN(wants); k++)
			peek_each(text, check_text_slice(&packed), wants[k]);
		check_text_free(&packed);
	}
	check_text_free(&large);
}

static void
test_failing_reads(void)
{
	struct check_text text = { 0 }, packed = { 0 };

	noise_add(&text, 300);
	gzip_add(&packed, check_text_slice(&text), 6);
	for (size_t at = 0; at <= packed.len; at++) {
		for (int gzip = 0; gzip < 2; gzip++) {
			rpclog_slice data =
				check_text_slice(gzip ? &packed : &text);
			struct feeder f = { data, 0, 5, at, EIO, true, 0 };
			struct check_text got = { 0 };
			rpclog_source *s = NULL;
			rpclog_slice head;

			if (at > data.len)
				continue;
			check_casef("EIO at %zu, gzip %d", at, gzip);
			CHECK_STATUS(rpclog_source_open_fn(&s, feeder_read, &f,
							   NULL, NULL),
				     RPCLOG_OK);
			CHECK_STATUS(rpclog_source_peek(s, 20000, &head),
				     RPCLOG_OK);
			CHECK_STATUS(drain(s, &got), RPCLOG_ERR_IO);
			CHECK_INT(rpclog_source_diag(s)->sys, EIO);
			CHECK_STR(rpclog_source_diag(s)->text,
				  "cannot read: Input/output error");
			if (!rpclog_source_is_gzip(s))
				CHECK_INT(got.len, at);
			CHECK(slice_starts(at < 3 ? data
						  : check_text_slice(&text),
					   check_text_slice(&got)));
			rpclog_source_free(s);
			check_text_free(&got);
		}
	}
	check_text_free(&text);
	check_text_free(&packed);
}

static ptrdiff_t
read_too_much(void *ctx, void *buffer, size_t capacity)
{
	(void)ctx;
	(void)buffer;
	return (ptrdiff_t)capacity + 1;
}

static ptrdiff_t
read_no_errno(void *ctx, void *buffer, size_t capacity)
{
	(void)ctx;
	(void)buffer;
	(void)capacity;
	return -1;
}

static void
test_broken_callbacks(void)
{
	static const struct {
		const char *name;
		rpclog_read_fn read;
		int sys;
	} cases[] = {
		{ "says it read more than fits", read_too_much, EINVAL },
		{ "fails without errno", read_no_errno, EIO },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		rpclog_source *s = NULL;
		struct check_text got = { 0 };

		CHECK_CASE(cases[i].name);
		CHECK_STATUS(rpclog_source_open_fn(&s, cases[i].read, NULL,
						   NULL, NULL),
			     RPCLOG_OK);
		CHECK_STATUS(drain(s, &got), RPCLOG_ERR_IO);
		CHECK_INT(rpclog_source_diag(s)->sys, cases[i].sys);
		CHECK_INT(got.len, 0);
		rpclog_source_free(s);
		check_text_free(&got);
	}
}

static void
test_cannot_open(void)
{
	static const struct {
		const char *name, *path;
		int sys;
		const char *text;
	} cases[] = {
		{ "missing", "/nonexistent/x", ENOENT,
		  "cannot open: No such file or directory" },
		{ "directory", "/", EISDIR, "cannot open: Is a directory" },
		{ "empty path", "", ENOENT,
		  "cannot open: No such file or directory" },
	};
	rpclog_options options = RPCLOG_OPTIONS_INIT;
	rpclog_diag diag;
	rpclog_source *s = NULL;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CHECK_CASE(cases[i].name);
		CHECK_STATUS(rpclog_source_open(&s, cases[i].path, NULL, &diag),
			     RPCLOG_ERR_IO);
		CHECK(s == NULL);
		CHECK_STATUS((rpclog_status)diag.status, RPCLOG_ERR_IO);
		CHECK_INT(diag.sys, cases[i].sys);
		CHECK_STR(diag.text, cases[i].text);
	}
	CHECK_CASE("wrong arguments");
	CHECK_STATUS(rpclog_source_open_fd(&s, -1, NULL, &diag), RPCLOG_ERR_IO);
	CHECK_INT(diag.sys, EBADF);
	CHECK_STATUS(rpclog_source_open(NULL, "/", NULL, NULL),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_source_open(&s, NULL, NULL, &diag),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS((rpclog_status)diag.status, RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_source_open_mem(&s, NULL, 1, NULL, NULL),
		     RPCLOG_ERR_USAGE);
	CHECK_STATUS(rpclog_source_open_fn(&s, NULL, NULL, NULL, NULL),
		     RPCLOG_ERR_USAGE);
	options.size = 0;
	CHECK_STATUS(rpclog_source_open_mem(&s, "x", 1, &options, NULL),
		     RPCLOG_ERR_USAGE);
	CHECK(s == NULL);
	rpclog_source_free(NULL);
}

/* A file that is written to, or cut, while it is read. */
static void
test_moving_size(void)
{
	char path[] = "/tmp/rpclog-check-XXXXXX";
	int fd = mkstemp(path);
	rpclog_source *s = NULL;
	struct check_text got = { 0 };
	uint64_t total;

	CHECK_CASE("grows after open");
	CHECK_INT(write(fd, "0123456789", 10), 10);
	CHECK_STATUS(rpclog_source_open(&s, path, NULL, NULL), RPCLOG_OK);
	CHECK_INT(write(fd, "more", 4), 4);
	CHECK_STATUS(drain(s, &got), RPCLOG_END);
	CHECK_SLICE(check_text_slice(&got), "0123456789");
	CHECK_INT(rpclog_source_consumed(s, &total), 10);
	CHECK_INT(total, 10);
	rpclog_source_free(s);
	check_text_free(&got);

	CHECK_CASE("from where the descriptor stands");
	CHECK_INT(lseek(fd, 6, SEEK_SET), 6);
	CHECK_STATUS(rpclog_source_open_fd(&s, fd, NULL, NULL), RPCLOG_OK);
	CHECK_STATUS(drain(s, &got), RPCLOG_END);
	CHECK_SLICE(check_text_slice(&got), "6789more");
	rpclog_source_free(s);
	check_text_free(&got);

	CHECK_CASE("shrinks after open");
	CHECK_INT(ftruncate(fd, 1000000), 0);
	CHECK_STATUS(rpclog_source_open(&s, path, NULL, NULL), RPCLOG_OK);
	CHECK_INT(ftruncate(fd, 14), 0);
	CHECK_STATUS(drain(s, &got), RPCLOG_END);
	CHECK(got.len < 1000000);
	CHECK(slice_starts(check_text_slice(&got), SLICE("0123456789more")));
	rpclog_source_free(s);
	check_text_free(&got);
	CHECK_INT(close(fd), 0);
	CHECK_INT(unlink(path), 0);
}

static void
test_allocations(void)
{
	struct check_text text = { 0 }, packed = { 0 };

	noise_add(&text, 400000);
	gzip_add(&packed, check_text_slice(&text), 6);
	for (int turn = 0; turn < 2 * KIND_COUNT; turn++) {
		enum kind kind = (enum kind)(turn / 2);
		rpclog_slice data =
			check_text_slice(turn % 2 ? &packed : &text);
		rpclog_status status = RPCLOG_ERR_NOMEM;

		if (kind == KIND_PIPE)
			data = slice_cut(data, 0, 60000);
		for (uint64_t n = 1; status == RPCLOG_ERR_NOMEM; n++) {
			struct check_memory m;
			struct opened o;
			struct check_text got = { 0 };

			check_memory_init(&m, n);

			rpclog_options options = check_memory_options(&m);

			check_casef("allocation %d fails, %s, gzip %d", (int)n,
				    kind_name(kind), turn % 2);
			status = opened_init(&o, kind, data, 999, &options);
			if (status == RPCLOG_OK)
				status = drain(o.source, &got);
			CHECK(status == RPCLOG_ERR_NOMEM || m.calls < n);
			CHECK(n < 100);
			opened_clear(&o);
			CHECK_INT(m.live, 0);
			check_text_free(&got);
		}
		CHECK(status == RPCLOG_END ||
		      (kind == KIND_PIPE && turn % 2 != 0));
	}
	check_text_free(&text);
	check_text_free(&packed);
}

int
main(void)
{
	test_kinds();
	test_peek();
	test_failing_reads();
	test_broken_callbacks();
	test_cannot_open();
	test_moving_size();
	test_allocations();
	return check_report();
}
