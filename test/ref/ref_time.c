/* SPDX-License-Identifier: MIT */
/* Times: microseconds since 1970 in UTC, read from and written as RFC 3339. */
#include "ref.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* n digits at *at, which moves on */
static bool
read_digits(struct text t, size_t *at, size_t n, int *value)
{
	*value = 0;
	for (size_t i = 0; i < n; i++, (*at)++) {
		if (*at >= t.len || t.ptr[*at] < '0' || t.ptr[*at] > '9')
			return false;
		*value = *value * 10 + (t.ptr[*at] - '0');
	}
	return true;
}

static bool
read_char(struct text t, size_t *at, char c)
{
	if (*at >= t.len || t.ptr[*at] != c)
		return false;
	(*at)++;
	return true;
}

/* .f with one digit or more; those after the sixth are cut off */
static bool
read_fraction(struct text t, size_t *at, int64_t *us)
{
	int64_t unit = SECOND / 10;
	const size_t first = *at + 1;

	*us = 0;
	if (!read_char(t, at, '.'))
		return true;
	for (int digit; read_digits(t, at, 1, &digit); unit /= 10)
		*us += digit * unit;
	return *at > first;
}

/* yyyy-MM-ddTHH:mm:ss[.f..]Z and nothing else */
bool
time_parse(struct text t, int64_t *us)
{
	struct tm tm;
	int year, month, day;
	int64_t fraction;
	size_t at = 0;

	memset(&tm, 0, sizeof tm);
	if (!read_digits(t, &at, 4, &year) || !read_char(t, &at, '-') ||
	    !read_digits(t, &at, 2, &month) || !read_char(t, &at, '-') ||
	    !read_digits(t, &at, 2, &day) || !read_char(t, &at, 'T') ||
	    !read_digits(t, &at, 2, &tm.tm_hour) || !read_char(t, &at, ':') ||
	    !read_digits(t, &at, 2, &tm.tm_min) || !read_char(t, &at, ':') ||
	    !read_digits(t, &at, 2, &tm.tm_sec) ||
	    !read_fraction(t, &at, &fraction) || !read_char(t, &at, 'Z') ||
	    at != t.len)
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31 ||
	    tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 59)
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = day;
	*us = timegm(&tm) * SECOND + fraction;
	return tm.tm_mday == day; /* timegm makes 31 June 1 July */
}

int64_t
time_floor(int64_t us, int64_t unit)
{
	const int64_t rest = us % unit;

	return us - (rest < 0 ? rest + unit : rest);
}

static struct text
time_format(int64_t us, const char *format)
{
	const time_t seconds = time_floor(us, SECOND) / SECOND;
	struct tm tm;
	char date[64], clock[32];

	gmtime_r(&seconds, &tm);
	snprintf(date, sizeof date, "%04d-%02d-%02d", tm.tm_year + 1900,
		 tm.tm_mon + 1, tm.tm_mday);
	strftime(clock, sizeof clock, format, &tm);
	return text_join(date, text_of(clock));
}

struct text
time_seconds(int64_t us)
{
	const struct text t = time_format(us, "T%H:%M:%SZ");

	return text_copy(t.ptr, t.len);
}

struct text
time_day(int64_t us)
{
	return time_format(us, "");
}

struct text
time_millis(int64_t us)
{
	const struct text t = time_format(us, "T%H:%M:%S");
	const int ms = (int)((us - time_floor(us, SECOND)) / 1000);
	char text[96];

	snprintf(text, sizeof text, "%.*s.%03dZ", (int)t.len, t.ptr, ms);
	return text_copy(text, strlen(text));
}
