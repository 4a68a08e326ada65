/* SPDX-License-Identifier: MIT */
/* Files on disk: folders made on the way, gzip without time and name. */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#ifdef _WIN32
#include <direct.h>
#define make_folder(path) _mkdir(path)
#else
#define make_folder(path) mkdir(path, 0777)
#endif

void
file_folders(const char *path)
{
	struct buf b = { 0 };

	buf_str(&b, path);
	for (char *p = b.data + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (make_folder(b.data) != 0 && errno != EEXIST)
			die("%s: %s", b.data, strerror(errno));
		*p = '/';
	}
	buf_free(&b);
}

void
file_put(const char *path, const void *data, size_t len)
{
	file_folders(path);
	FILE *f = fopen(path, "wb");
	if (!f)
		die("%s: %s", path, strerror(errno));
	if (len && fwrite(data, 1, len, f) != len)
		die("%s: %s", path, strerror(errno));
	if (fclose(f) != 0)
		die("%s: %s", path, strerror(errno));
}

void
gzip_member(struct buf *out, const void *data, size_t len)
{
	static const unsigned char head[10] = { 0x1f, 0x8b, 8, 0, 0,
						0,    0,    0, 2, 255 };
	z_stream z;

	if (len > UINT32_MAX)
		die("a gzip member is limited to 4 GiB");
	memset(&z, 0, sizeof z);
	if (deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("deflateInit2 failed");
	size_t bound = deflateBound(&z, (uLong)len) + 64;
	buf_add(out, head, sizeof head);
	buf_reserve(out, bound);
	/* zlib declares the input as writable but does not write it. */
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	z.next_out = (Bytef *)(out->data + out->len);
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("deflate failed");
	out->len += bound - z.avail_out;
	deflateEnd(&z);
	uLong crc = len ? crc32(0, data, (uInt)len) : 0;
	unsigned char tail[8];
	for (int i = 0; i < 4; i++) {
		tail[i] = (unsigned char)(crc >> (8 * i) & 255);
		tail[4 + i] = (unsigned char)(len >> (8 * i) & 255);
	}
	buf_add(out, tail, sizeof tail);
}

void
file_put_gzip(const char *path, const void *data, size_t len)
{
	struct buf b = { 0 };

	gzip_member(&b, data, len);
	file_put(path, b.data, b.len);
	buf_free(&b);
}
