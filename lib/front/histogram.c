/* SPDX-License-Identifier: MIT */
/* Steps of histograms, and histograms as bytes. */

#include "histogram.h"

#include "../base.h"

uint32_t
histogram_step(int64_t value)
{
	uint32_t power = 8;

	if (value < 256)
		return value > 0 ? (uint32_t)value : 0;
	while (value >> (power + 1))
		power++;
	return 256 + (power - 8) * 128 +
	       (uint32_t)((value >> (power - 7)) & 127);
}

int64_t
histogram_value(uint32_t step)
{
	uint32_t shift;

	if (step < 256)
		return step;
	shift = (step - 256) / 128 + 1;
	return ((128 + (int64_t)((step - 256) % 128)) << shift) +
	       (INT64_C(1) << shift) / 2;
}

/* Seven bits a byte, the last without the eighth. */
static size_t
put_number(uint64_t value, unsigned char *out)
{
	size_t len = 0;

	while (value > 127) {
		out[len++] = (unsigned char)(value | 128);
		value >>= 7;
	}
	out[len++] = (unsigned char)value;
	return len;
}

static bool
get_number(rpclog_slice *bytes, uint64_t *value)
{
	unsigned shift = 0;

	*value = 0;
	while (bytes->len > 0 && shift < 64) {
		unsigned char byte = (unsigned char)*bytes->ptr++;

		bytes->len--;
		*value |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			return true;
		shift += 7;
	}
	return false;
}

size_t
histogram_pack(const struct histogram_bar *bars, size_t count,
	       unsigned char *out)
{
	uint32_t last = 0;
	size_t len = 0;

	/* Each step as its distance; the first as it is. */
	for (size_t i = 0; i < count; i++) {
		len += put_number(bars[i].step - last, out + len);
		len += put_number(bars[i].count, out + len);
		last = bars[i].step;
	}
	return len;
}

int
histogram_next(rpclog_slice *packed, struct histogram_bar *bar)
{
	uint64_t step;

	if (!get_number(packed, &step) || !get_number(packed, &bar->count) ||
	    step >= HISTOGRAM_STEPS - bar->step)
		return 0;
	bar->step += (uint32_t)step;
	return 1;
}
