/* SPDX-License-Identifier: MIT */
/*
 * The unit tests' harness: checks that say what they saw, memory that counts
 * and fails on demand, guard pages, and runs rendered as text to compare.
 *
 *	int
 *	main(void)
 *	{
 *		CHECK_CASE("two and two");
 *		CHECK_INT(2 + 2, 4);
 *		return check_report();
 *	}
 */

#ifndef RPCLOG_CHECK_H
#define RPCLOG_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base.h"

/* Each is true if it held; a test goes on after a failure. */
#define CHECK(cond) check_true(__FILE__, __LINE__, #cond, (cond) ? 1 : 0)
#define CHECK_INT(got, want)                                                   \
	check_int(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define CHECK_STR(got, want) check_str(__FILE__, __LINE__, #got, got, want)
/* 'want' is a slice or a string. */
#define CHECK_SLICE(got, want)                                                 \
	_Generic((want), rpclog_slice                                          \
		 : check_slice, default                                        \
		 : check_slice_str)(__FILE__, __LINE__, #got, got, want)
/* 'got' and 'want' are an rpclog_status. */
#define CHECK_STATUS(got, want)                                                \
	check_str(__FILE__, __LINE__, #got, rpclog_status_name(got),           \
		  rpclog_status_name(want))

/* Names what is checked from here on, in every line that a failure prints. */
#define CHECK_CASE(name) check_casef("%s", name)
void check_casef(const char *format, ...) PRINTF_LIKE(1, 2);
/* A test that can't run here says why and is counted as skipped. */
void check_skip(const char *reason);
/* Failures so far: a sweep that has found one need not find it again. */
uint64_t check_failures(void);
/* Ends a test program: prints the counts; 0 if none failed, else 1. */
#define check_report() check_report_as(__FILE__)

bool check_true(const char *file, int line, const char *expr, int held);
bool check_int(const char *file, int line, const char *expr, int64_t got,
	       int64_t want);
bool check_str(const char *file, int line, const char *expr, const char *got,
	       const char *want);
bool check_slice(const char *file, int line, const char *expr, rpclog_slice got,
		 rpclog_slice want);
bool check_slice_str(const char *file, int line, const char *expr,
		     rpclog_slice got, const char *want);
int check_report_as(const char *file);

/*
 * An allocator that counts, fills what it gives with 0xa5, and fails the
 * 'fail_at'th call (from 1; 0: none) and, with 'fail_on', every later one.
 */
struct check_memory {
	rpclog_allocator allocator; /* for rpclog_options.allocator */
	uint64_t calls, fail_at;
	bool fail_on;
	uint64_t live; /* blocks; 0 at the end, or something leaks */
	size_t bytes, peak;
};

void check_memory_init(struct check_memory *m, uint64_t fail_at);
/* Default options with 'm' for memory. */
rpclog_options check_memory_options(struct check_memory *m);

/* Bytes between two unmapped pages. */
struct check_guard {
	char *map;
	size_t size;
};

/* Room for '*size' bytes, which is rounded up so that both pages touch it. */
char *check_guard_room(struct check_guard *g, size_t *size);
/*
 * A copy of 'text' that can only be read, whose last byte is the last before
 * an unmapped page.
 */
rpclog_slice check_guard_end(struct check_guard *g, rpclog_slice text);
/* The same whose first byte is the first after an unmapped page. */
rpclog_slice check_guard_start(struct check_guard *g, rpclog_slice text);
void check_guard_free(struct check_guard *g);

/* Text that grows: { 0 } to start with; NUL-terminated once added to. */
struct check_text {
	char *ptr;
	size_t len, capacity;
};

void check_text_add(struct check_text *t, const char *format, ...)
	PRINTF_LIKE(2, 3);
/* With bytes outside of printable ASCII, and \, as \xNN. */
void check_text_escaped(struct check_text *t, rpclog_slice bytes);
void check_text_bytes(struct check_text *t, const void *bytes, size_t len);
/* A slice of it, for what takes slices. */
rpclog_slice check_text_slice(const struct check_text *t);
void check_text_free(struct check_text *t);

/* Do the six counts add up to the byte, and to 'bytes' if not UINT64_MAX? */
bool check_account(const rpclog_account *account, uint64_t bytes);

/*
 * Runs a parser over 'text' and renders every event, a line each: rows with
 * line, offset, span, start and cells; schemas with their names; bad rows and
 * errors with their diag; the tail; the account.  Two runs that render alike
 * did alike.  'chunk' 0 feeds 'text' itself, whole; else each chunk is a copy
 * that is overwritten and freed when the parser asks for more.
 */
void check_parse(struct check_text *out, rpclog_slice text, size_t chunk,
		 const rpclog_options *options);
/* The same for a reader over 'source', which it takes over. */
void check_read(struct check_text *out, rpclog_source *source,
		const rpclog_options *options);

/*
 * Steps that a sweep may take at once: 1, or CHECK_STRIDE of the environment
 * where a run is many times slower (valgrind) and has been swept before.
 */
size_t check_stride(void);
/* The same where there are few steps to begin with: 1, or a little more. */
size_t check_stride_few(void);

/* Numbers that look random and are the same in every run. */
static inline uint32_t
check_random(uint64_t *seed, uint32_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33) % below;
}

#endif /* RPCLOG_CHECK_H */
