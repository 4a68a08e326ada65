/* SPDX-License-Identifier: MIT */
/* Growable bytes, calendar text and the way out for the log generator. */
#ifndef GEN_BUF_H
#define GEN_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#define MS_SECOND INT64_C(1000)
#define MS_MINUTE INT64_C(60000)
#define MS_HOUR   INT64_C(3600000)
#define MS_DAY    INT64_C(86400000)

/* The bytes are always followed by a NUL that is not counted in len. */
struct buf {
	char *data;
	size_t len;
	size_t cap;
};

#if defined(__GNUC__)
#define GEN_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define GEN_NORETURN __attribute__((noreturn))
#else
#define GEN_PRINTF(fmt, args)
#define GEN_NORETURN
#endif

/* Prints one line on stderr and exits 1. */
GEN_NORETURN GEN_PRINTF(1, 2) void die(const char *fmt, ...);

void buf_reserve(struct buf *b, size_t extra);
void buf_add(struct buf *b, const void *data, size_t len);
void buf_str(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
GEN_PRINTF(2, 3) void buf_fmt(struct buf *b, const char *fmt, ...);
void buf_vfmt(struct buf *b, const char *fmt, va_list ap);
void buf_clear(struct buf *b);
void buf_free(struct buf *b);

/* yyyy-MM-ddTHH:mm:ss.fffZ, 24 characters. */
void buf_time(struct buf *b, int64_t ms);
/* The same into out[25], ended by NUL. */
void time_text(char *out, int64_t ms);
/* yyyyMMddHH of the UTC hour. */
void buf_hour(struct buf *b, int64_t ms);

int64_t days_from_civil(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
