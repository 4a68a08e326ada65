/* SPDX-License-Identifier: MIT */
/* The picture of a mail: failures by the hour, stacked by class. */

#include <stdio.h>
#include <string.h>

#include "chart.h"
#include "digest.h"
#include "mail.h"
#include "png.h"

/* All in pixels of the picture, which is shown at half its size. */
#define WIDTH	      ((size_t)2 * MAIL_CHART_WIDTH)
#define HEIGHT	      ((size_t)440)
#define LEFT	      ((size_t)112)
#define RIGHT	      ((size_t)28)
#define TOP	      ((size_t)56)
#define BOTTOM	      ((size_t)66)
#define PLOT_WIDTH    (WIDTH - LEFT - RIGHT)
#define PLOT_HEIGHT   (HEIGHT - TOP - BOTTOM)
#define FIGURE_HEIGHT ((size_t)28)
#define FIGURE_GAP    ((size_t)18)
/* Between labels of the hours. */
#define LABEL_GAP ((size_t)26)
/* A bar that is there is seen. */
#define BAR_LEAST ((size_t)4)
#define BARS_MOST ((size_t)180)
/* Lines across, the axis left out. */
#define STEPS 4

enum {
	COLOR_PAPER,
	COLOR_INK = GLYPH_SHADES,
	COLOR_LINE,
	COLOR_AXIS,
	COLOR_GAP,
	COLOR_CLASS,
	COLORS = COLOR_CLASS + CHART_COLORS + 1
};

/* Told apart by those who see red and green alike, too. */
static const char *const class_colors[CHART_COLORS + 1] = {
	"#c8372d", "#e8a317", "#2f6db3", "#7a4fa3",
	"#16877a", "#d46aa0", "#87919b",
};

const char *
mail_chart_color(size_t i)
{
	return class_colors[i < CHART_COLORS ? i : CHART_COLORS];
}

static uint32_t
number_of(const char *color)
{
	unsigned number = 0;

	sscanf(color, "#%x", &number);
	return number;
}

static void
palette_fill(uint32_t palette[COLORS])
{
	const uint32_t ink = 0x39444f;

	for (uint32_t i = 0; i <= GLYPH_SHADES; i++) {
		palette[i] = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			const uint32_t dark = ink >> shift & 255;

			palette[i] |= (255 - (255 - dark) * i / GLYPH_SHADES)
				      << shift;
		}
	}
	palette[COLOR_LINE] = 0xe3e8ed;
	palette[COLOR_AXIS] = 0x8a96a1;
	palette[COLOR_GAP] = number_of(MAIL_CHART_GAP);
	for (size_t i = 0; i <= CHART_COLORS; i++)
		palette[COLOR_CLASS + i] = number_of(class_colors[i]);
}

/* ---- What is to be drawn ------------------------------------------------- */

static size_t
bar_count(const struct mail_chart *chart, const struct report *report)
{
	return (report->bucket_count + chart->per_bar - 1) / chart->per_bar;
}

/* The bucket behind the last one of a bar. */
static size_t
bar_end(const struct mail_chart *chart, const struct report *report, size_t bar)
{
	const size_t end = (bar + 1) * chart->per_bar;

	return end < report->bucket_count ? end : report->bucket_count;
}

/* Of a bar by class; answers the sum of them. */
static uint64_t
bar_sums(const struct mail_chart *chart, const struct report *report,
	 size_t bar, uint64_t sums[CHART_COLORS + 1])
{
	uint64_t all = 0;

	for (size_t i = 0; i < chart_class_count(report); i++) {
		sums[i] = 0;
		for (size_t b = bar * chart->per_bar;
		     b < bar_end(chart, report, bar); b++)
			sums[i] += chart_class_requests(report, i, b);
		all += sums[i];
	}
	return all;
}

/* Was no log of it read? */
static bool
is_gap(const struct mail_chart *chart, const struct report *report, size_t bar)
{
	for (size_t b = bar * chart->per_bar; b < bar_end(chart, report, bar);
	     b++) {
		if (report->buckets[b].known)
			return false;
	}
	return true;
}

static void
look(struct mail_chart *chart, const struct report *report)
{
	chart->per_bar = (report->bucket_count + BARS_MOST - 1) / BARS_MOST;
	if (chart->per_bar == 0)
		chart->per_bar = 1;
	for (size_t bar = 0; bar < bar_count(chart, report); bar++) {
		uint64_t sums[CHART_COLORS + 1];
		const uint64_t all = bar_sums(chart, report, bar, sums);

		if (all > chart->most) {
			chart->most = all;
			chart->most_bar = bar;
		}
		chart->gaps |= is_gap(chart, report, bar);
	}
}

/* ---- Drawing ------------------------------------------------------------- */

/* "250", "12.5k", "3M" */
static void
figure_of(uint64_t value, char text[32])
{
	uint64_t unit = 1;
	const char *name = "";

	if (value >= 1000000) {
		unit = 1000000;
		name = "M";
	} else if (value >= 10000) {
		unit = 1000;
		name = "k";
	}
	snprintf(text, 32, "%llu", (unsigned long long)(value / unit));
	if (value % unit * 10 / unit)
		snprintf(text + strlen(text), 32 - strlen(text), ".%llu",
			 (unsigned long long)(value % unit * 10 / unit));
	strcat(text, name);
}

static size_t
height_of(uint64_t value, uint64_t top)
{
	return (size_t)chart_scale(value, top, (int)PLOT_HEIGHT);
}

static size_t
bar_left(size_t bar, size_t bars)
{
	return LEFT + bar * PLOT_WIDTH / bars;
}

static void
draw_lines(struct canvas *canvas, uint64_t step, uint64_t top)
{
	for (uint64_t i = 0; i <= top / step; i++) {
		const size_t y = TOP + PLOT_HEIGHT - height_of(i * step, top);
		char text[32];

		figure_of(i * step, text);
		canvas_fill(canvas, LEFT, y, PLOT_WIDTH, 2,
			    i ? COLOR_LINE : COLOR_AXIS);
		canvas_figures(
			canvas,
			LEFT - FIGURE_GAP -
				canvas_figures_width(FIGURE_HEIGHT, text),
			y - FIGURE_HEIGHT / 2, FIGURE_HEIGHT, text);
	}
}

/* Slanting stripes: nothing is known here, which is not the same as none. */
static void
draw_gap(struct canvas *canvas, size_t left, size_t width)
{
	for (size_t y = TOP; y < TOP + PLOT_HEIGHT; y++) {
		for (size_t x = left; x < left + width; x++) {
			if ((x + y) % 16 < 5)
				canvas_fill(canvas, x, y, 1, 1, COLOR_GAP);
		}
	}
}

static void
draw_bar(struct canvas *canvas, const uint64_t *sums, uint64_t all,
	 uint64_t top, size_t left, size_t width)
{
	const size_t base = TOP + PLOT_HEIGHT;
	size_t height = height_of(all, top), below = 0;
	uint64_t sum = 0;

	if (height < BAR_LEAST)
		height = BAR_LEAST;
	for (size_t i = 0; sum < all; i++) {
		size_t until;

		if (!sums[i])
			continue;
		sum += sums[i];
		until = sum == all ? height : height_of(sum, top);
		if (until > height)
			until = height;
		canvas_fill(canvas, left, base - until, width, until - below,
			    (unsigned char)(COLOR_CLASS + i));
		below = until;
	}
}

const char *
mail_chart_label(const struct report *report, size_t bucket)
{
	const char *label = report->buckets[bucket].label;
	const size_t year = strlen("2026-");

	return report->by_day && strlen(label) > year ? label + year : label;
}

static void
draw_labels(struct canvas *canvas, const struct mail_chart *chart,
	    const struct report *report)
{
	const size_t bars = bar_count(chart, report);
	size_t from = 0;

	for (size_t bar = 0; bar < bars; bar++) {
		const char *label =
			mail_chart_label(report, bar * chart->per_bar);
		const size_t width = canvas_figures_width(FIGURE_HEIGHT, label);
		const size_t middle =
			(bar_left(bar, bars) + bar_left(bar + 1, bars)) / 2;
		const size_t left = middle - width / 2;

		if (left < from || left + width > WIDTH)
			continue;
		canvas_figures(canvas, left, TOP + PLOT_HEIGHT + 2 + FIGURE_GAP,
			       FIGURE_HEIGHT, label);
		from = left + width + LABEL_GAP;
	}
}

/* The figure of the highest bar stands on it. */
static void
draw_most(struct canvas *canvas, const struct mail_chart *chart,
	  const struct report *report, uint64_t top)
{
	const size_t bars = bar_count(chart, report);
	const size_t middle = (bar_left(chart->most_bar, bars) +
			       bar_left(chart->most_bar + 1, bars)) /
			      2;
	char text[32];
	size_t width, left, y;

	if (chart->most == 0)
		return;
	figure_of(chart->most, text);
	width = canvas_figures_width(FIGURE_HEIGHT, text);
	left = middle - width / 2;
	if (left + width + 4 > WIDTH)
		left = WIDTH - width - 4;
	y = TOP + PLOT_HEIGHT - height_of(chart->most, top) - FIGURE_HEIGHT -
	    FIGURE_GAP / 3;
	/* Nothing of what is behind shows between the digits. */
	canvas_fill(canvas, left - 4, y - 2, width + 8, FIGURE_HEIGHT + 6,
		    COLOR_PAPER);
	canvas_figures(canvas, left, y, FIGURE_HEIGHT, text);
}

static void
draw(struct canvas *canvas, const struct mail_chart *chart,
     const struct report *report)
{
	const uint64_t step = chart_step(chart->most, STEPS);
	const uint64_t top =
		(chart->most / step + (chart->most % step != 0)) * step;
	const size_t bars = bar_count(chart, report);

	draw_lines(canvas, step, top ? top : 1);
	for (size_t bar = 0; bar < bars; bar++) {
		uint64_t sums[CHART_COLORS + 1];
		const uint64_t all = bar_sums(chart, report, bar, sums);
		const size_t left = bar_left(bar, bars);
		const size_t width = bar_left(bar + 1, bars) - left;
		const size_t gap = width / 6;

		if (is_gap(chart, report, bar))
			draw_gap(canvas, left, width);
		if (all)
			draw_bar(canvas, sums, all, top, left + gap,
				 width - 2 * gap);
	}
	canvas_fill(canvas, LEFT, TOP + PLOT_HEIGHT, PLOT_WIDTH, 2, COLOR_AXIS);
	draw_labels(canvas, chart, report);
	draw_most(canvas, chart, report, top ? top : 1);
}

/*
 * By the picture, not by the file: another zlib packs the same pixels into
 * other bytes.
 */
static void
name(struct mail_chart *chart, const struct canvas *canvas)
{
	uint8_t digest[DIGEST_LEN];
	rpclog_digest sum;
	char *end = chart->id;

	rpclog_digest_init(&sum, 0);
	rpclog_digest_add(&sum,
			  (rpclog_slice){ (const char *)canvas->pixels,
					  canvas->width * canvas->height });
	rpclog_digest_get(&sum, digest);
	end += sprintf(end, "hours.");
	for (size_t i = 0; i < DIGEST_LEN; i++)
		end += sprintf(end, "%02x", (unsigned)digest[i]);
	strcpy(end, "@rpclog.invalid");
}

void
mail_chart_new(struct mail_chart *chart, const struct report *report)
{
	uint32_t palette[COLORS];
	struct canvas canvas;

	memset(chart, 0, sizeof(*chart));
	out_memory(&chart->png);
	look(chart, report);
	canvas_new(&canvas, WIDTH, HEIGHT);
	draw(&canvas, chart, report);
	name(chart, &canvas);
	palette_fill(palette);
	png_write(&canvas, palette, COLORS, &chart->png);
	canvas_free(&canvas);
}

void
mail_chart_free(struct mail_chart *chart)
{
	out_free(&chart->png);
}
