/* SPDX-License-Identifier: MIT */
/* Numbers and times out of bytes, without locale or libc's leniency. */

#include "row.h"

bool
parse_int(rpclog_slice text, int64_t *value)
{
	size_t i = 0;
	bool negative = text.len > 0 && text.ptr[0] == '-';
	uint64_t limit = (uint64_t)INT64_MAX + (negative ? 1 : 0);
	uint64_t number = 0;

	*value = 0;
	if (negative)
		i = 1;
	if (i == text.len)
		return false;
	for (; i < text.len; i++) {
		unsigned digit = (unsigned char)text.ptr[i] - (unsigned)'0';

		if (digit > 9 || number > (limit - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*value = negative ? (int64_t)(0 - number) : (int64_t)number;
	return true;
}

/* Microseconds of it still fit. */
#define MAX_LATENCY_MS INT64_C(999999999999999)

/* As many digits are less than that. */
#define PLAIN_DIGITS 15

/* A few digits and nothing else, as nearly all latencies are. */
static bool
parse_plain(rpclog_slice text, int64_t *ms)
{
	int64_t number = 0;

	if (text.len == 0 || text.len > PLAIN_DIGITS)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = (unsigned char)text.ptr[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		number = number * 10 + digit;
	}
	*ms = number;
	return true;
}

bool
parse_latency(rpclog_slice text, int64_t *ms)
{
	if (parse_plain(text, ms))
		return true;

	const char *dot = text.len ? memchr(text.ptr, '.', text.len) : NULL;
	size_t whole = dot ? (size_t)(dot - text.ptr) : text.len;

	for (size_t i = whole + 1; i < text.len; i++) {
		if (!ascii_digit((unsigned char)text.ptr[i]))
			return false;
	}
	return parse_int(slice_cut(text, 0, whole), ms) && *ms >= 0 &&
	       *ms <= MAX_LATENCY_MS;
}

/* 'count' digits at 'p' as a number; false if there is another byte. */
static bool
digits(const char *p, size_t count, int *value)
{
	int number = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned digit = (unsigned char)p[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		number = number * 10 + (int)digit;
	}
	*value = number;
	return true;
}

/* Days since 1970-01-01 in the Gregorian calendar. */
static int64_t
days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t month_from_march = month > 2 ? month - 3 : month + 9;
	int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static int
month_days(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30,
				     31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Z, or +hh:mm, or nothing; '*offset_s' is east of UTC. */
static bool
parse_zone(rpclog_slice text, int64_t *offset_s)
{
	int hours, minutes;

	*offset_s = 0;
	if (text.len == 0)
		return true;
	if (text.len == 1)
		return text.ptr[0] == 'Z' || text.ptr[0] == 'z';
	if (text.len != 6 || (text.ptr[0] != '+' && text.ptr[0] != '-') ||
	    text.ptr[3] != ':' || !digits(text.ptr + 1, 2, &hours) ||
	    !digits(text.ptr + 4, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*offset_s = (hours * 60 + minutes) * 60;
	if (text.ptr[0] == '-')
		*offset_s = -*offset_s;
	return true;
}

/* The digits after the dot: '*us' of a second; what is finer is cut off. */
static size_t
parse_fraction(rpclog_slice text, int64_t *us)
{
	int64_t unit = 100000;
	size_t i = 0;

	*us = 0;
	for (; i < text.len && ascii_digit((unsigned char)text.ptr[i]); i++) {
		*us += (text.ptr[i] - '0') * unit;
		unit /= 10;
	}
	return i;
}

static bool
is_date(int year, int month, int day)
{
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= month_days(year, month);
}

/*
 * The writer's own form, yyyy-MM-ddTHH:mm:ss.fffZ: what parse_time() would
 * say, found without a loop.  False: ask the slow way, it may still be a time.
 */
static bool
parse_usual(const char *p, int64_t *us)
{
	static const unsigned char places[17] = { 0,  1,  2,  3,  5,  6,
						  8,  9,  11, 12, 14, 15,
						  17, 18, 20, 21, 22 };
	unsigned d[17], worst = 0;

	for (size_t i = 0; i < sizeof(places); i++) {
		d[i] = (unsigned char)p[places[i]] - (unsigned)'0';
		worst |= d[i] > 9;
	}
	if (worst || p[4] != '-' || p[7] != '-' || p[10] != 'T' ||
	    p[13] != ':' || p[16] != ':' || p[19] != '.' || p[23] != 'Z')
		return false;

	int year = (int)(d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3]);
	int month = (int)(d[4] * 10 + d[5]);
	int day = (int)(d[6] * 10 + d[7]);
	unsigned hour = d[8] * 10 + d[9];
	unsigned minute = d[10] * 10 + d[11];
	unsigned second = d[12] * 10 + d[13];

	if (!is_date(year, month, day) || hour > 23 || minute > 59 ||
	    second > 59)
		return false;
	*us = (days_from_civil(year, month, day) * 86400 +
	       (int64_t)(hour * 3600 + minute * 60 + second)) *
		      US_PER_S +
	      (int64_t)(d[14] * 100 + d[15] * 10 + d[16]) * US_PER_MS;
	return true;
}

/* What stands behind the minute: :ss.fffZ, in microseconds; or false. */
static bool
parse_in_minute(const char *p, int64_t *us)
{
	unsigned tens = (unsigned char)p[1] - (unsigned)'0';
	unsigned ones = (unsigned char)p[2] - (unsigned)'0';
	unsigned a = (unsigned char)p[4] - (unsigned)'0';
	unsigned b = (unsigned char)p[5] - (unsigned)'0';
	unsigned c = (unsigned char)p[6] - (unsigned)'0';

	*us = (int64_t)((tens * 10 + ones) * 1000 + a * 100 + b * 10 + c) *
	      US_PER_MS;
	return p[0] == ':' && p[3] == '.' && p[7] == 'Z' && tens < 6 &&
	       ones < 10 && a < 10 && b < 10 && c < 10;
}

bool
parse_time_near(struct minutes *minutes, rpclog_slice text, int64_t *us)
{
	/* Neighbours in time differ in the last digit of the minute. */
	struct minute *m;

	if (text.len != 24 || text.ptr[16] != ':')
		return parse_time(text, us);
	m = &minutes->last[text.ptr[15] & 15];
	if (m->known && !memcmp(m->text, text.ptr, sizeof(m->text)) &&
	    parse_in_minute(text.ptr + sizeof(m->text), us)) {
		*us += m->us;
		return true;
	}
	if (!parse_usual(text.ptr, us))
		return parse_time(text, us);
	memcpy(m->text, text.ptr, sizeof(m->text));
	m->known = true;
	/* Before 1970, too, a minute begins before its seconds. */
	m->us = *us - (((*us % US_PER_MINUTE) + US_PER_MINUTE) % US_PER_MINUTE);
	return true;
}

bool
parse_time(rpclog_slice text, int64_t *us)
{
	const char *p = text.ptr;
	int year, month, day, hour, minute, second;
	int64_t fraction = 0, offset_s;
	size_t at = 19;

	if (text.len == 24 && parse_usual(p, us))
		return true;
	*us = 0;
	if (text.len < at || p[4] != '-' || p[7] != '-' ||
	    (p[10] != 'T' && p[10] != ' ') || p[13] != ':' || p[16] != ':')
		return false;
	if (!digits(p, 4, &year) || !digits(p + 5, 2, &month) ||
	    !digits(p + 8, 2, &day) || !digits(p + 11, 2, &hour) ||
	    !digits(p + 14, 2, &minute) || !digits(p + 17, 2, &second))
		return false;
	if (!is_date(year, month, day) || hour > 23 || minute > 59 ||
	    second > 59)
		return false;
	if (text.len > at && p[at] == '.') {
		size_t count = parse_fraction(slice_cut(text, at + 1, text.len),
					      &fraction);

		if (count == 0)
			return false;
		at += 1 + count;
	}
	if (!parse_zone(slice_cut(text, at, text.len), &offset_s))
		return false;

	int64_t seconds = days_from_civil(year, month, day) * 86400 +
			  hour * 3600 + minute * 60 + second - offset_s;

	*us = seconds * US_PER_S + fraction;
	return true;
}
