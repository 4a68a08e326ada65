/* SPDX-License-Identifier: MIT */
/* Output: checked buffered writing, and text from logs made safe. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "text.h"

#define OUT_CAPACITY ((size_t)64 << 10)

static struct out standard_out, standard_err;

static void
write_all(int fd, const char *data, size_t len)
{
	while (len) {
		const ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			const int error = errno;

			if (fd == STDOUT_FILENO)
				fprintf(stderr, "rpclog: write error: %s\n",
					strerror(error));
			_exit(EXIT_TROUBLE);
		}
		data += n;
		len -= (size_t)n;
	}
}

static void
drain_stdout(struct out *out)
{
	write_all(STDOUT_FILENO, out->data, out->len);
	out->len = 0;
}

static void
drain_stderr(struct out *out)
{
	/* What can't be said is no reason to fail. */
	if (write(STDERR_FILENO, out->data, out->len) < 0)
		errno = 0;
	out->len = 0;
}

static void
drain_memory(struct out *out)
{
	if (out->capacity > SIZE_MAX / 2)
		abort();
	out->capacity = out->capacity ? out->capacity * 2 : 256;
	out->data = xrealloc(out->data, out->capacity, 1);
}

struct out *
out_stdout(void)
{
	if (!standard_out.data) {
		standard_out.data = xmalloc(OUT_CAPACITY);
		standard_out.capacity = OUT_CAPACITY;
		standard_out.drain = drain_stdout;
		standard_out.safe = isatty(STDOUT_FILENO);
	}
	return &standard_out;
}

struct out *
out_stderr(void)
{
	if (!standard_err.data) {
		standard_err.data = xmalloc(4096);
		standard_err.capacity = 4096;
		standard_err.drain = drain_stderr;
		standard_err.safe = 1;
	}
	return &standard_err;
}

void
out_memory(struct out *out)
{
	memset(out, 0, sizeof(*out));
	out->drain = drain_memory;
}

void
out_free(struct out *out)
{
	free(out->data);
	memset(out, 0, sizeof(*out));
}

void
out_bytes(struct out *out, const char *bytes, size_t len)
{
	while (len) {
		size_t room = out->capacity - out->len;

		if (room == 0) {
			out->drain(out);
			continue;
		}
		if (room > len)
			room = len;
		memcpy(out->data + out->len, bytes, room);
		out->len += room;
		bytes += room;
		len -= room;
	}
}

void
out_str(struct out *out, const char *text)
{
	out_bytes(out, text, strlen(text));
}

void
out_char(struct out *out, char c)
{
	if (out->len == out->capacity)
		out->drain(out);
	out->data[out->len++] = c;
}

void
out_unsigned(struct out *out, uint64_t value)
{
	char digits[20];
	size_t i = sizeof(digits);

	do {
		digits[--i] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	out_bytes(out, digits + i, sizeof(digits) - i);
}

void
out_format(struct out *out, const char *format, ...)
{
	char text[1024], *longer;
	va_list ap;
	int len;

	va_start(ap, format);
	len = vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (len < 0)
		return;
	if ((size_t)len < sizeof(text)) {
		out_bytes(out, text, (size_t)len);
		return;
	}
	longer = xmalloc((size_t)len + 1);
	va_start(ap, format);
	vsnprintf(longer, (size_t)len + 1, format, ap);
	va_end(ap);
	out_bytes(out, longer, (size_t)len);
	free(longer);
}

void
out_flush(struct out *out)
{
	if (out->len)
		out->drain(out);
}

void
out_finish(void)
{
	if (standard_out.data)
		out_flush(&standard_out);
	/* A file system may tell only now that it is full. */
	if (close(STDOUT_FILENO) != 0 && errno != EBADF && errno != EINTR) {
		fprintf(stderr, "rpclog: write error: %s\n", strerror(errno));
		_exit(EXIT_TROUBLE);
	}
}

void
out_color(struct out *out, enum out_color color)
{
	static const char *const codes[] = {
		"\033[0m",  "\033[1m",	"\033[2m",  "\033[31m",
		"\033[32m", "\033[33m", "\033[35m", "\033[36m",
	};

	if (out->color)
		out_str(out, codes[color]);
}
