/* SPDX-License-Identifier: MIT */
/* Does it get worse? */

#include "inside.h"

#define DAY_US (24 * US_PER_HOUR)

void
trend_init(const struct findings *f, struct trend *trend)
{
	int64_t first = f->in->first_us, last = f->in->last_us;
	int64_t span = last - first;
	int64_t window = span / 2 < DAY_US ? span / 2 : DAY_US;

	memset(trend, 0, sizeof(*trend));
	trend->recent_from_us = trend->before_from_us = INT64_MAX;
	if (f->in->requests == 0 || span < 2 * US_PER_HOUR)
		return;
	trend->recent_from_us = last - window;
	trend->before_from_us = last - 2 * window;
}

void
trend_add(struct trend *trend, const struct cell *cell)
{
	/* A cell is counted where its middle lies. */
	int64_t at = cell->first_us + (cell->last_us - cell->first_us) / 2;

	if (at >= trend->recent_from_us)
		trend->recent += cell->requests;
	else if (at >= trend->before_from_us)
		trend->before += cell->requests;
}

enum finding_trend
trend_of(const struct trend *trend)
{
	uint64_t recent = trend->recent, before = trend->before;

	if (trend->recent_from_us == INT64_MAX)
		return TREND_NONE;
	if (recent == 0)
		return TREND_ENDED;
	if (recent * 2 > before * 3 + 4)
		return TREND_RISING;
	if (before * 2 > recent * 3 + 4)
		return TREND_FALLING;
	return TREND_STEADY;
}
