/* SPDX-License-Identifier: MIT */
/* Steps of histograms, and histograms as bytes. */

#include "histogram.h"

#include "varint.h"

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

size_t
histogram_pack(const struct histogram_bar *bars, size_t count,
	       unsigned char *out)
{
	uint32_t last = 0;
	size_t len = 0;

	/* Each step as its distance; the first as it is. */
	for (size_t i = 0; i < count; i++) {
		len += varint_put(bars[i].step - last, out + len);
		len += varint_put(bars[i].count, out + len);
		last = bars[i].step;
	}
	return len;
}

int
histogram_next(rpclog_slice *packed, struct histogram_bar *bar)
{
	rpclog_slice rest = *packed;
	uint64_t step, count;

	if (!varint_get(&rest, &step) || !varint_get(&rest, &count) ||
	    step >= HISTOGRAM_STEPS - bar->step)
		return 0;
	bar->step += (uint32_t)step;
	bar->count = count;
	*packed = rest;
	return 1;
}
