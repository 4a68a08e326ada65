/* SPDX-License-Identifier: MIT */
/* The calendar, and TIMEs as users write them. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "civil.h"
#include "when.h"

int64_t
civil_floor(int64_t value, int64_t unit)
{
	return value / unit - (value % unit < 0);
}

/* Years begin in March here, so that a leap day ends one. */
int64_t
civil_day(int64_t year, unsigned month, unsigned day)
{
	const int64_t y = month <= 2 ? year - 1 : year;
	const int64_t era = civil_floor(y, 400);
	const int64_t of_era = y - era * 400;
	const int64_t of_year =
		(153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day -
		1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

void
civil_of_day(int64_t days, struct civil *date)
{
	const int64_t z = days + 719468;
	const int64_t era = civil_floor(z, 146097);
	const int64_t doe = z - era * 146097;
	const int64_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const int64_t mp = (5 * doy + 2) / 153;

	date->day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
	date->month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
	date->year = yoe + era * 400 + (date->month <= 2);
}

int
civil_valid(int64_t year, unsigned month, unsigned day)
{
	struct civil date;

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return 0;
	civil_of_day(civil_day(year, month, day), &date);
	return date.month == month && date.day == day;
}

/* For tests: it is that many seconds after the epoch. */
static int64_t
asked_now(void)
{
	const char *text = getenv("RPCLOG_NOW");

	return text ? strtoll(text, NULL, 10) * WHEN_SECOND : 0;
}

int64_t
when_now(void)
{
	static int64_t now;
	struct timespec ts;

	if (!now)
		now = asked_now();
	if (!now && clock_gettime(CLOCK_REALTIME, &ts) == 0)
		now = (int64_t)ts.tv_sec * WHEN_SECOND + ts.tv_nsec / 1000;
	return now;
}

struct cursor {
	const char *p, *end;
};

/* Exactly 'width' digits. */
static int
take_digits(struct cursor *c, size_t width, unsigned *value)
{
	size_t i;

	*value = 0;
	if ((size_t)(c->end - c->p) < width)
		return 0;
	for (i = 0; i < width; i++) {
		if (c->p[i] < '0' || c->p[i] > '9')
			return 0;
		*value = *value * 10 + (unsigned)(c->p[i] - '0');
	}
	c->p += width;
	return 1;
}

static int
take_char(struct cursor *c, char wanted)
{
	if (c->p == c->end || *c->p != wanted)
		return 0;
	c->p++;
	return 1;
}

/* Digits after a point, any number; those past microseconds are dropped. */
static int
take_fraction(struct cursor *c, int64_t *us)
{
	int64_t unit = WHEN_SECOND / 10;
	const char *begin = c->p;

	while (c->p < c->end && *c->p >= '0' && *c->p <= '9') {
		*us += (*c->p++ - '0') * unit;
		unit /= 10;
	}
	return c->p > begin;
}

/* "Z" or "+01:00"; 1 and '*offset', 0 if malformed, -1 if there is none. */
static int
take_offset(struct cursor *c, int64_t *offset)
{
	unsigned hours, minutes;
	int minus;

	*offset = 0;
	if (c->p == c->end)
		return -1;
	if (take_char(c, 'Z') || take_char(c, 'z'))
		return c->p == c->end;
	minus = *c->p == '-';
	if (!take_char(c, minus ? '-' : '+') || !take_digits(c, 2, &hours) ||
	    !take_char(c, ':') || !take_digits(c, 2, &minutes) || hours > 23 ||
	    minutes > 59)
		return 0;
	*offset = (int64_t)(hours * 3600 + minutes * 60) * WHEN_SECOND;
	if (minus)
		*offset = -*offset;
	return c->p == c->end;
}

static int
take_clock(struct cursor *c, int64_t *us)
{
	unsigned hour, minute, second = 0;

	*us = 0;
	if (!take_digits(c, 2, &hour) || !take_char(c, ':') ||
	    !take_digits(c, 2, &minute))
		return 0;
	if (take_char(c, ':')) {
		if (!take_digits(c, 2, &second))
			return 0;
		if (take_char(c, '.') && !take_fraction(c, us))
			return 0;
	}
	if (hour > 23 || minute > 59 || second > 60)
		return 0;
	*us += (int64_t)(hour * 3600 + minute * 60 + second) * WHEN_SECOND;
	return 1;
}

static int
parse_date(struct cursor c, int64_t *us)
{
	unsigned year, month, day;
	int64_t clock = 0, offset = 0;
	int has_offset = -1;

	if (!take_digits(&c, 4, &year) || !take_char(&c, '-') ||
	    !take_digits(&c, 2, &month) || !take_char(&c, '-') ||
	    !take_digits(&c, 2, &day) || !civil_valid(year, month, day))
		return 0;
	if (c.p < c.end) {
		if (!take_char(&c, 'T') && !take_char(&c, 't') &&
		    !take_char(&c, ' '))
			return 0;
		if (!take_clock(&c, &clock))
			return 0;
		has_offset = take_offset(&c, &offset);
		if (!has_offset)
			return 0;
	}
	*us = civil_day(year, month, day) * WHEN_DAY + clock;
	*us = has_offset > 0 ? *us - offset : when_from_local(*us);
	return 1;
}

static int
parse_age(struct cursor c, int64_t *us)
{
	int64_t count = 0, unit;
	const char *begin = c.p;

	while (c.p < c.end && *c.p >= '0' && *c.p <= '9') {
		count = count * 10 + (*c.p++ - '0');
		if (count > 1000000000)
			return 0;
	}
	if (c.p == begin || c.end - c.p != 1)
		return 0;
	switch (*c.p) {
	case 's': unit = 1; break;
	case 'm': unit = 60; break;
	case 'h': unit = 3600; break;
	case 'd': unit = 86400; break;
	case 'w': unit = 7 * 86400; break;
	default: return 0;
	}
	if (count > INT64_C(6000000000) / unit)
		return 0;
	*us = when_now() - count * unit * WHEN_SECOND;
	return 1;
}

static int
is_word(rpclog_slice text, const char *word)
{
	return text.len == strlen(word) &&
	       strncasecmp(text.ptr, word, text.len) == 0;
}

int
when_parse(void *ctx, rpclog_slice text, int64_t *us)
{
	const struct cursor c = { text.ptr, text.ptr + text.len };
	const int64_t today = when_day_of(when_now());

	(void)ctx;
	if (is_word(text, "now"))
		*us = when_now();
	else if (is_word(text, "today"))
		*us = when_day_begin(today);
	else if (is_word(text, "yesterday"))
		*us = when_day_begin(today - 1);
	else
		return parse_date(c, us) || parse_age(c, us);
	return 1;
}
