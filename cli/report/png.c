/* SPDX-License-Identifier: MIT */
/* Pictures as PNG files, by zlib. */

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "command.h"
#include "png.h"

void
canvas_new(struct canvas *canvas, size_t width, size_t height)
{
	canvas->width = width;
	canvas->height = height;
	canvas->pixels = xcalloc(width, height);
}

void
canvas_free(struct canvas *canvas)
{
	free(canvas->pixels);
	memset(canvas, 0, sizeof(*canvas));
}

void
canvas_fill(struct canvas *canvas, size_t x, size_t y, size_t width,
	    size_t height, unsigned char color)
{
	if (x >= canvas->width || y >= canvas->height)
		return;
	if (width > canvas->width - x)
		width = canvas->width - x;
	if (height > canvas->height - y)
		height = canvas->height - y;
	for (size_t row = y; row < y + height; row++)
		memset(canvas->pixels + row * canvas->width + x, color, width);
}

static void
put_number(unsigned char bytes[4], size_t number)
{
	for (size_t i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* Length, type, data, and a sum over the latter two. */
static void
put_chunk(struct out *out, const char *type, const unsigned char *data,
	  size_t len)
{
	unsigned char number[4];
	uLong sum = crc32(0, (const Bytef *)type, 4);

	put_number(number, len);
	out_bytes(out, (const char *)number, 4);
	out_bytes(out, type, 4);
	if (len) {
		out_bytes(out, (const char *)data, len);
		sum = crc32(sum, data, (uInt)len);
	}
	put_number(number, sum);
	out_bytes(out, (const char *)number, 4);
}

static void
put_palette(struct out *out, const uint32_t *palette, size_t count)
{
	unsigned char colors[3 * 256];

	for (size_t i = 0; i < count; i++) {
		colors[3 * i] = (unsigned char)(palette[i] >> 16);
		colors[3 * i + 1] = (unsigned char)(palette[i] >> 8);
		colors[3 * i + 2] = (unsigned char)palette[i];
	}
	put_chunk(out, "PLTE", colors, 3 * count);
}

/* Each row has a byte in front of it that says how it is filtered: not. */
static void
put_pixels(struct out *out, const struct canvas *canvas)
{
	const size_t row = canvas->width + 1;
	const size_t size = row * canvas->height;
	unsigned char *rows = xcalloc(size, 1);
	uLongf packed_size = compressBound((uLong)size);
	unsigned char *packed = xmalloc(packed_size);

	for (size_t y = 0; y < canvas->height; y++)
		memcpy(rows + y * row + 1, canvas->pixels + y * canvas->width,
		       canvas->width);
	if (compress2(packed, &packed_size, rows, (uLong)size,
		      Z_BEST_COMPRESSION) != Z_OK)
		xno_memory();
	put_chunk(out, "IDAT", packed, packed_size);
	free(packed);
	free(rows);
}

void
png_write(const struct canvas *canvas, const uint32_t *palette, size_t count,
	  struct out *out)
{
	/* A byte a pixel, by palette. */
	unsigned char head[13] = { [8] = 8, [9] = 3 };

	put_number(head, canvas->width);
	put_number(head + 4, canvas->height);
	out_bytes(out, "\x89PNG\r\n\x1a\n", 8);
	put_chunk(out, "IHDR", head, sizeof(head));
	put_palette(out, palette, count);
	put_pixels(out, canvas);
	put_chunk(out, "IEND", NULL, 0);
}
