/* SPDX-License-Identifier: MIT */
/* Figures, drawn as lines with round ends. */

#include "png.h"

/*
 * A glyph is lines in a box of 24 by 36, around which there is half a pen: two
 * bytes for each point, its x and y from '0' on; a blank lifts the pen.
 */
#define PEN_WIDTH  5
#define BOX_HEIGHT (36 + PEN_WIDTH)

static const struct glyph {
	char name;
	unsigned char advance;
	const char *lines;
} glyphs[] = {
	{ '0', 31, "FBFGEKCOAR?S<T9S7R5O3K2G2B2=39557291<0?1A2C5E9F=FB" },
	{ '1', 28, "47=0=T" },
	{ '2', 31, "2836446281:0<0?0A1C3D4E6F9F;E=DA2TFT" },
	{ '3', 31,
	  "36436280;0>1@2B4D6D9D<B>@@>B;B ;A>A@BCDDFEIEKENDPBR?S<T:T7S4R2P1N" },
	{ '4', 31, "ATA01IGI" },
	{ '5', 31, "D0503@4?7=:<=<@=C?EBFFFIELDPAR>S;T8T5R3P" },
	{ '6', 31, "B0984@2G3D5A7?;>>>A?DAEDFGFKENCQAS=T:T7S4Q3N2K2G" },
	{ '7', 31, "20F09T" },
	{ '8', 31,
	  "D9D<C?@A=B;B8A5?4<49465381;0=0@1C3D6D9 "
	  "FKFNDQAS>T:T7S4Q2N2K2H4E7C:B>BACDEFHFK" },
	{ '9', 31, "6T?LDDF=E@CCAE=F:F7E4C3@2=29365371;0>0A1D3E6F9F=" },
	{ '-', 22, "4CBC" },
	{ '.', 13, "6S7S" },
	{ 'k', 31, "303T B<3J 8ECT" },
	{ 'M', 31, "1T10<FG0GT" },
};

/* All of it in whole numbers, so that every machine draws the same. */
struct point {
	int64_t x, y;
};

/* Parts of a unit of the box. */
#define UNIT 64

static const struct glyph *
glyph_of(char name)
{
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++) {
		if (glyphs[i].name == name)
			return &glyphs[i];
	}
	return NULL;
}

static struct point
point_at(const char *lines)
{
	const int64_t pen = PEN_WIDTH * UNIT / 2;

	return (struct point){ (lines[0] - '0') * UNIT + pen,
			       (lines[1] - '0') * UNIT + pen };
}

/* Is 'p' within half a pen of the line from a to b? */
static int
is_near(struct point p, struct point a, struct point b)
{
	const int64_t near = PEN_WIDTH * UNIT / 2;
	const struct point line = { b.x - a.x, b.y - a.y };
	const struct point to = { p.x - a.x, p.y - a.y };
	const struct point past = { p.x - b.x, p.y - b.y };
	const int64_t along = to.x * line.x + to.y * line.y;
	const int64_t length = line.x * line.x + line.y * line.y;
	const int64_t across = to.x * line.y - to.y * line.x;

	if (along <= 0)
		return to.x * to.x + to.y * to.y <= near * near;
	if (along >= length)
		return past.x * past.x + past.y * past.y <= near * near;
	return across * across <= near * near * length;
}

static int
is_inked(const struct glyph *glyph, struct point p)
{
	const char *lines = glyph->lines;

	while (lines[2]) {
		if (lines[2] == ' ') {
			lines += 3;
			continue;
		}
		if (is_near(p, point_at(lines), point_at(lines + 2)))
			return 1;
		lines += 2;
	}
	return 0;
}

/* Where the middle of a fourth of a pixel is in the box. */
static int64_t
place_of(size_t pixel, int64_t fourth, size_t height)
{
	return ((int64_t)pixel * 8 + fourth * 2 + 1) * BOX_HEIGHT * UNIT /
	       ((int64_t)height * 8);
}

/* How many of 16 places in the pixel are inked. */
static unsigned char
shade_at(const struct glyph *glyph, size_t x, size_t y, size_t height)
{
	unsigned char inked = 0;

	for (int64_t i = 0; i < GLYPH_SHADES; i++) {
		const struct point p = { place_of(x, i % 4, height),
					 place_of(y, i / 4, height) };

		if (is_inked(glyph, p))
			inked++;
	}
	return inked;
}

static size_t
advance_of(const struct glyph *glyph, size_t height)
{
	return (glyph->advance * height + BOX_HEIGHT / 2) / BOX_HEIGHT;
}

static void
put_glyph(struct canvas *canvas, size_t left, size_t top, size_t height,
	  const struct glyph *glyph)
{
	for (size_t y = 0; y < height; y++) {
		for (size_t x = 0; x < advance_of(glyph, height); x++) {
			const unsigned char color =
				shade_at(glyph, x, y, height);

			if (color)
				canvas_fill(canvas, left + x, top + y, 1, 1,
					    color);
		}
	}
}

void
canvas_figures(struct canvas *canvas, size_t x, size_t y, size_t height,
	       const char *text)
{
	for (; *text; text++) {
		const struct glyph *glyph = glyph_of(*text);

		if (!glyph)
			continue;
		put_glyph(canvas, x, y, height, glyph);
		x += advance_of(glyph, height);
	}
}

size_t
canvas_figures_width(size_t height, const char *text)
{
	size_t width = 0;

	for (; *text; text++) {
		const struct glyph *glyph = glyph_of(*text);

		if (glyph)
			width += advance_of(glyph, height);
	}
	return width;
}
