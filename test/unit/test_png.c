/* SPDX-License-Identifier: MIT */
/* Pictures: what is drawn where, and files that others can read. */

#include <string.h>
#include <zlib.h>

#include "check.h"
#include "report/png.h"

static int
pixel(const struct canvas *canvas, size_t x, size_t y)
{
	return canvas->pixels[y * canvas->width + x];
}

static size_t
count(const struct canvas *canvas, int color)
{
	size_t found = 0;

	for (size_t i = 0; i < canvas->width * canvas->height; i++)
		found += canvas->pixels[i] == color;
	return found;
}

static const struct {
	size_t x, y, width, height, filled;
} fills[] = {
	{ 0, 0, 10, 5, 50 },
	{ 2, 1, 3, 2, 6 },
	{ 9, 4, 5, 5, 1 },
	{ 10, 0, 1, 1, 0 },
	{ 0, 5, 1, 1, 0 },
	{ 0, 0, 0, 5, 0 },
	{ 5, 0, SIZE_MAX, SIZE_MAX, 25 },
};

static void
test_fills(void)
{
	for (size_t i = 0; i < ARRAY_LEN(fills); i++) {
		struct canvas canvas;

		check_casef("fill %zu", i);
		canvas_new(&canvas, 10, 5);
		CHECK_INT(count(&canvas, 0), 50);
		canvas_fill(&canvas, fills[i].x, fills[i].y, fills[i].width,
			    fills[i].height, 7);
		CHECK_INT(count(&canvas, 7), fills[i].filled);
		if (fills[i].filled)
			CHECK_INT(pixel(&canvas, fills[i].x, fills[i].y), 7);
		canvas_free(&canvas);
	}
}

/* Every sign leaves ink within its box, smooth at its edges, each another. */
static void
test_glyphs(void)
{
	static const char signs[] = "0123456789-.kM";
	const size_t height = 28;
	unsigned long sums[sizeof(signs) - 1];

	for (size_t i = 0; signs[i]; i++) {
		const char text[] = { signs[i], '\0' };
		const size_t width = canvas_figures_width(height, text);
		struct canvas canvas;

		check_casef("sign %c", signs[i]);
		CHECK(width > 0 && width <= height);
		canvas_new(&canvas, 60, 60);
		canvas_figures(&canvas, 10, 20, height, text);
		CHECK(count(&canvas, GLYPH_SHADES) > 5);
		CHECK(count(&canvas, 0) + count(&canvas, GLYPH_SHADES) <
		      60 * 60);
		for (size_t y = 0; y < 60; y++) {
			for (size_t x = 0; x < 60; x++) {
				if (x >= 10 && x < 10 + width && y >= 20 &&
				    y < 20 + height)
					continue;
				CHECK_INT(pixel(&canvas, x, y), 0);
			}
		}
		sums[i] = crc32(0, canvas.pixels, 60 * 60);
		for (size_t k = 0; k < i; k++)
			CHECK(sums[k] != sums[i]);
		canvas_free(&canvas);
	}
	CHECK_CASE("no such sign");
	CHECK_INT(canvas_figures_width(height, "<\n\xff"), 0);
	CHECK_INT(canvas_figures_width(height, "07"),
		  canvas_figures_width(height, "0") +
			  canvas_figures_width(height, "7"));
}

/* At the edge, what does not fit is left out. */
static void
test_edge(void)
{
	struct canvas canvas;

	CHECK_CASE("edge");
	canvas_new(&canvas, 30, 30);
	canvas_figures(&canvas, 20, 20, 28, "888888");
	CHECK(pixel(&canvas, 0, 0) == 0);
	canvas_free(&canvas);
}

static size_t
number_at(const struct out *out, size_t at)
{
	size_t number = 0;

	for (size_t i = 0; i < 4; i++)
		number = number << 8 | (unsigned char)out->data[at + i];
	return number;
}

static void
test_file(void)
{
	static const uint32_t palette[] = { 0xffffff, 0x112233, 0xa0b0c0 };
	static const char *const types[] = { "IHDR", "PLTE", "IDAT", "IEND" };
	struct canvas canvas;
	struct out out;
	size_t at = 8;

	CHECK_CASE("file");
	canvas_new(&canvas, 300, 20);
	canvas_fill(&canvas, 0, 0, 150, 10, 1);
	canvas_fill(&canvas, 150, 10, 150, 10, 2);
	out_memory(&out);
	png_write(&canvas, palette, ARRAY_LEN(palette), &out);
	CHECK(out.len > at && memcmp(out.data, "\x89PNG\r\n\x1a\n", at) == 0);
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const size_t len = number_at(&out, at);
		const Bytef *body = (const Bytef *)out.data + at + 8;

		CHECK(memcmp(out.data + at + 4, types[i], 4) == 0);
		CHECK(number_at(&out, at + 8 + len) ==
		      crc32(0, body - 4, (uInt)len + 4));
		if (i == 0) {
			CHECK_INT(number_at(&out, at + 8), 300);
			CHECK_INT(number_at(&out, at + 12), 20);
		} else if (i == 1) {
			CHECK_SLICE(slice_of((const char *)body, len),
				    slice_of("\xff\xff\xff\x11\x22\x33"
					     "\xa0\xb0\xc0",
					     9));
		} else if (i == 2) {
			Bytef rows[301 * 20 + 1];
			uLongf size = sizeof(rows);

			CHECK_INT(uncompress(rows, &size, body, (uLong)len),
				  Z_OK);
			CHECK_INT(size, 301 * 20);
			for (size_t y = 0; y < 20; y++)
				CHECK(rows[y * 301] == 0 &&
				      memcmp(rows + y * 301 + 1,
					     canvas.pixels + y * 300,
					     300) == 0);
		}
		at += 12 + len;
	}
	CHECK_INT(at, out.len);
	out_free(&out);
	canvas_free(&canvas);
}

int
main(void)
{
	test_fills();
	test_glyphs();
	test_edge();
	test_file();
	return check_report();
}
