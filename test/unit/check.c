/* SPDX-License-Identifier: MIT */
/* The unit tests' harness; see check.h. */

#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define SHOWN_FAILURES 50

static struct {
	uint64_t passed, failed, skipped;
	char name[256];
} state;

/* ---- checks --- */

static bool
passes(void)
{
	state.passed++;
	return true;
}

static bool fails(const char *file, int line, const char *format, ...)
	PRINTF_LIKE(3, 4);

static bool
fails(const char *file, int line, const char *format, ...)
{
	if (++state.failed > SHOWN_FAILURES)
		return false;

	va_list args;

	printf("%s:%d: [%s] ", file, line, state.name);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	if (state.failed == SHOWN_FAILURES)
		printf("further failures are only counted\n");
	fflush(stdout);
	return false;
}

void
check_casef(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(state.name, sizeof(state.name), format, args);
	va_end(args);
}

void
check_skip(const char *reason)
{
	printf("SKIP [%s] %s\n", state.name, reason);
	state.skipped++;
}

uint64_t
check_failures(void)
{
	return state.failed;
}

bool
check_true(const char *file, int line, const char *expr, int held)
{
	return held ? passes() : fails(file, line, "not true: %s", expr);
}

bool
check_int(const char *file, int line, const char *expr, int64_t got,
	  int64_t want)
{
	if (got == want)
		return passes();
	return fails(file, line, "%s: got %" PRId64 ", want %" PRId64, expr,
		     got, want);
}

bool
check_slice(const char *file, int line, const char *expr, rpclog_slice got,
	    rpclog_slice want)
{
	if (slice_eq(got, want))
		return passes();

	struct check_text a = { 0 }, b = { 0 };
	size_t same = 0;

	while (same < got.len && same < want.len &&
	       got.ptr[same] == want.ptr[same])
		same++;
	/* Long ones are shown from a little before they part. */
	size_t from = same > 60 ? same - 60 : 0;

	got = slice_cut(got, from, got.len < same + 200 ? got.len : same + 200);
	want = slice_cut(want, from,
			 want.len < same + 200 ? want.len : same + 200);
	check_text_escaped(&a, got);
	check_text_escaped(&b, want);
	fails(file, line, "%s: part at byte %zu\n\tgot  \"%s\"\n\twant \"%s\"",
	      expr, same, a.ptr, b.ptr);
	check_text_free(&a);
	check_text_free(&b);
	return false;
}

bool
check_slice_str(const char *file, int line, const char *expr, rpclog_slice got,
		const char *want)
{
	return check_slice(file, line, expr, got, slice_str(want));
}

bool
check_str(const char *file, int line, const char *expr, const char *got,
	  const char *want)
{
	if (!got || !want)
		return got == want ? passes()
				   : fails(file, line, "%s: got %s, want %s",
					   expr, got ? got : "NULL",
					   want ? want : "NULL");
	return check_slice(file, line, expr, slice_str(got), slice_str(want));
}

int
check_report_as(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	size_t len = strcspn(name, ".");

	printf("%.*s: %" PRIu64 " passed, %" PRIu64 " failed", (int)len, name,
	       state.passed, state.failed);
	if (state.skipped)
		printf(", %" PRIu64 " skipped", state.skipped);
	printf("\n");
	return state.failed ? 1 : 0;
}

/* ---- memory --- */

/* In front of every block, as large as the strictest alignment. */
union head {
	size_t size;
	max_align_t align;
};

static bool
refused(struct check_memory *m)
{
	m->calls++;
	return m->fail_at && (m->calls == m->fail_at ||
			      (m->fail_on && m->calls > m->fail_at));
}

static void *
memory_alloc(void *ctx, size_t size)
{
	struct check_memory *m = ctx;

	if (refused(m))
		return NULL;

	union head *h = malloc(sizeof(*h) + size);

	if (!h)
		abort();
	memset(h + 1, 0xa5, size);
	h->size = size;
	m->live++;
	m->bytes += size;
	if (m->bytes > m->peak)
		m->peak = m->bytes;
	return h + 1;
}

static void
memory_release(void *ctx, void *ptr)
{
	struct check_memory *m = ctx;
	union head *h = ptr;

	if (!ptr)
		return;
	h--;
	m->live--;
	m->bytes -= h->size;
	memset(h, 0xdd, sizeof(*h) + h->size);
	free(h);
}

/* Always moves: a pointer kept from before is found out. */
static void *
memory_resize(void *ctx, void *ptr, size_t size)
{
	void *moved = memory_alloc(ctx, size);

	if (moved && ptr) {
		size_t old = ((union head *)ptr - 1)->size;

		memcpy(moved, ptr, old < size ? old : size);
		memory_release(ctx, ptr);
	}
	return moved;
}

void
check_memory_init(struct check_memory *m, uint64_t fail_at)
{
	memset(m, 0, sizeof(*m));
	m->allocator.alloc = memory_alloc;
	m->allocator.resize = memory_resize;
	m->allocator.release = memory_release;
	m->allocator.ctx = m;
	m->fail_at = fail_at;
}

rpclog_options
check_memory_options(struct check_memory *m)
{
	rpclog_options options = RPCLOG_OPTIONS_INIT;

	options.allocator = m->allocator;
	return options;
}

/* ---- guard pages --- */

char *
check_guard_room(struct check_guard *g, size_t *size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t room = (*size + page - 1) / page * page;

	if (room == 0)
		room = page;
	g->size = room + 2 * page;
	g->map = mmap(NULL, g->size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (g->map == MAP_FAILED || mprotect(g->map, page, PROT_NONE) != 0 ||
	    mprotect(g->map + page + room, page, PROT_NONE) != 0)
		abort();
	*size = room;
	return g->map + page;
}

static rpclog_slice
guard(struct check_guard *g, rpclog_slice text, bool at_end)
{
	size_t size = text.len;
	char *room = check_guard_room(g, &size);
	char *ptr = room + (at_end ? size - text.len : 0);

	if (text.len)
		memcpy(ptr, text.ptr, text.len);
	if (mprotect(room, size, PROT_READ) != 0)
		abort();
	return slice_of(ptr, text.len);
}

rpclog_slice
check_guard_end(struct check_guard *g, rpclog_slice text)
{
	return guard(g, text, true);
}

rpclog_slice
check_guard_start(struct check_guard *g, rpclog_slice text)
{
	return guard(g, text, false);
}

void
check_guard_free(struct check_guard *g)
{
	if (g->map)
		munmap(g->map, g->size);
	g->map = NULL;
}

/* ---- text --- */

void
check_text_bytes(struct check_text *t, const void *bytes, size_t len)
{
	if (t->len + len + 1 > t->capacity) {
		t->capacity = 2 * t->capacity + len + 256;
		t->ptr = realloc(t->ptr, t->capacity);
		if (!t->ptr)
			abort();
	}
	if (len)
		memcpy(t->ptr + t->len, bytes, len);
	t->len += len;
	t->ptr[t->len] = '\0';
}

void
check_text_add(struct check_text *t, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);

	int len = vsnprintf(NULL, 0, format, args);
	char *line = len < 0 ? NULL : malloc((size_t)len + 1);

	if (!line)
		abort();
	vsnprintf(line, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	check_text_bytes(t, line, (size_t)len);
	free(line);
}

void
check_text_escaped(struct check_text *t, rpclog_slice bytes)
{
	check_text_bytes(t, "", 0);
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];

		if (c < 0x20 || c >= 0x7f || c == '\\')
			check_text_add(t, "\\x%02x", c);
		else
			check_text_bytes(t, &c, 1);
	}
}

rpclog_slice
check_text_slice(const struct check_text *t)
{
	return slice_of(t->ptr ? t->ptr : "", t->len);
}

void
check_text_free(struct check_text *t)
{
	free(t->ptr);
	memset(t, 0, sizeof(*t));
}

size_t
check_stride(void)
{
	const char *text = getenv("CHECK_STRIDE");
	unsigned long stride = text ? strtoul(text, NULL, 10) : 0;

	return stride > 0 ? stride : 1;
}

size_t
check_stride_few(void)
{
	return 1 + check_stride() / 8;
}
