/* SPDX-License-Identifier: MIT */
/* Times in UTC, for a filter whose caller brings no zone. */

#include <inttypes.h>
#include <stdio.h>

#include "filter_term.h"
#include "row.h"

#define US_PER_DAY (INT64_C(24) * US_PER_HOUR)

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int
clock_read_utc(void *ctx, rpclog_slice text, int64_t *us)
{
	char whole[32];
	int length;

	(void)ctx;
	if (parse_time(text, us))
		return 1;
	if (text.len != 10)
		return 0;
	length = snprintf(whole, sizeof(whole), "%.10sT00:00:00Z", text.ptr);
	return length == 20 && parse_time(slice_of(whole, 20), us);
}

int64_t
clock_bucket_utc(void *ctx, enum name_kind kind, int64_t us)
{
	int64_t unit = kind == NAME_IS_DAY ? US_PER_DAY : US_PER_HOUR;

	(void)ctx;
	return floor_div(us, unit) * unit;
}

struct civil {
	int64_t year, month, day;
};

/* The proleptic Gregorian date of a day since 1970, years from March on. */
static struct civil
civil_of(int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct civil c;

	c.day = of_year - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = year + era * 400 + (c.month <= 2);
	return c;
}

size_t
clock_print_utc(void *ctx, enum name_kind kind, int64_t us, char *out,
		size_t room)
{
	int64_t days = floor_div(us, US_PER_DAY);
	int64_t ms = floor_div(us - days * US_PER_DAY, US_PER_MS);
	struct civil c = civil_of(days);
	char text[128];
	int length =
		snprintf(text, sizeof(text),
			 "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64
			 ":%02" PRId64 ":%02" PRId64 ".%03" PRId64 "Z",
			 c.year, c.month, c.day, ms / 3600000, ms / 60000 % 60,
			 ms / 1000 % 60, ms % 1000);
	size_t len = length > 0 ? (size_t)length : 0;

	(void)ctx;
	if (kind == NAME_IS_DAY && len > 14)
		len -= 14;
	if (kind == NAME_IS_HOUR && len > 11) {
		memcpy(text + len - 11, ":00:00Z", 7);
		len -= 4;
	}
	if (len > room)
		len = room;
	memcpy(out, text, len);
	return len;
}
