/* SPDX-License-Identifier: MIT */
/* Small pictures of few colours, and PNG files of them. */

#ifndef RPCLOG_CLI_REPORT_PNG_H
#define RPCLOG_CLI_REPORT_PNG_H

#include "out.h"

/* Colours are numbers of a palette of at most 256. */
struct canvas {
	size_t width, height;
	unsigned char *pixels; /* row by row */
};

/* All of colour 0. */
void canvas_new(struct canvas *canvas, size_t width, size_t height);
void canvas_free(struct canvas *canvas);

/* What lies outside is left out. */
void canvas_fill(struct canvas *canvas, size_t x, size_t y, size_t width,
		 size_t height, unsigned char color);

/*
 * Digits and the few other signs that figures are made of, 'height' pixels
 * high, with smooth edges: over colour 0, in the shades 1 to GLYPH_SHADES.
 */
#define GLYPH_SHADES 16
void canvas_figures(struct canvas *canvas, size_t x, size_t y, size_t height,
		    const char *text);
/* How wide that is. */
size_t canvas_figures_width(size_t height, const char *text);

/* 0xRRGGBB each. */
void png_write(const struct canvas *canvas, const uint32_t *palette,
	       size_t count, struct out *out);

#endif /* RPCLOG_CLI_REPORT_PNG_H */
