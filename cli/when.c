/* SPDX-License-Identifier: MIT */
/* Times in the user's zone: the zone itself, hours, days, and writing them. */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "civil.h"
#include "when.h"

#define CACHE_SIZE 256

/* Set once by when_set_zone(), before threads start. */
static int zone_is_utc = 1;

/* 1 if 'zone' names a file of time zone data below the zoneinfo directory. */
static int
zone_exists(const char *zone)
{
	const char *root = getenv("TZDIR");
	char path[PATH_MAX], magic[4];
	FILE *file;
	int len, good;

	if (!zone[0] || zone[0] == '/' || strstr(zone, ".."))
		return 0;
	if (!root || root[0] != '/')
		root = "/usr/share/zoneinfo";
	len = snprintf(path, sizeof(path), "%s/%s", root, zone);
	if (len <= 0 || (size_t)len >= sizeof(path))
		return 0;
	file = fopen(path, "re");
	if (!file)
		return 0;
	good = fread(magic, 1, sizeof(magic), file) == sizeof(magic) &&
	       memcmp(magic, "TZif", sizeof(magic)) == 0;
	fclose(file);
	return good;
}

int
when_set_zone(const char *zone)
{
	char value[PATH_MAX];

	zone_is_utc = 0;
	if (strcmp(zone, "UTC") == 0 || strcmp(zone, "utc") == 0 ||
	    strcmp(zone, "Z") == 0) {
		zone_is_utc = 1;
		return 1;
	}
	if (strcmp(zone, "local") == 0) {
		tzset();
		return 1;
	}
	if (!zone_exists(zone))
		return 0;
	snprintf(value, sizeof(value), ":%s", zone);
	if (setenv("TZ", value, 1) != 0)
		return 0;
	tzset();
	return 1;
}

static int64_t
ask_offset(int64_t us)
{
	const time_t second = (time_t)civil_floor(us, WHEN_SECOND);
	struct tm tm;

	if (!localtime_r(&second, &tm))
		return 0;
	return (int64_t)tm.tm_gmtoff * WHEN_SECOND;
}

/*
 * Offsets change on quarters of an hour (in UTC), if not before 1972: one
 * question to the C library serves a quarter.
 */
int64_t
when_offset(int64_t us)
{
	static _Thread_local struct {
		int64_t quarter, offset;
		int known;
	} cache[CACHE_SIZE];
	const int64_t quarter = civil_floor(us, WHEN_QUARTER);
	const size_t slot = (size_t)((uint64_t)quarter % CACHE_SIZE);

	if (zone_is_utc)
		return 0;
	if (!cache[slot].known || cache[slot].quarter != quarter) {
		cache[slot].quarter = quarter;
		cache[slot].offset = ask_offset(us);
		cache[slot].known = 1;
	}
	return cache[slot].offset;
}

int64_t
when_hour_of(int64_t us)
{
	const int64_t hour = 3600 * WHEN_SECOND;
	const int64_t offset = when_offset(us);
	int64_t begin, quarter;

	begin = civil_floor(us + offset, hour) * hour - offset;
	if (zone_is_utc || when_offset(begin) == offset)
		return begin;
	/* The clock was set within this hour: it begins there. */
	quarter = civil_floor(us, WHEN_QUARTER) * WHEN_QUARTER;
	while (quarter > begin && when_offset(quarter - WHEN_QUARTER) == offset)
		quarter -= WHEN_QUARTER;
	return quarter > begin ? quarter : begin;
}

int64_t
when_day_of(int64_t us)
{
	return civil_floor(us + when_offset(us), WHEN_DAY);
}

int64_t
when_day_begin(int64_t day)
{
	return when_from_local(day * WHEN_DAY);
}

/*
 * A clock that was set back shows a time twice: the first one counts.  One
 * that was set forward leaves times out: they count as those just after.
 */
int64_t
when_from_local(int64_t local_us)
{
	const int64_t before = when_offset(local_us - WHEN_DAY);
	const int64_t after = when_offset(local_us + WHEN_DAY);
	const int64_t early = local_us - (before > after ? before : after);
	const int64_t late = local_us - (before > after ? after : before);

	if (when_offset(early) == local_us - early)
		return early;
	if (when_offset(late) == local_us - late)
		return late;
	return local_us - before;
}

static char *
put_digits(char *p, unsigned value, unsigned width)
{
	unsigned i;

	for (i = width; i--; value /= 10)
		p[i] = (char)('0' + value % 10);
	return p + width;
}

static char *
put_date(char *p, int64_t day)
{
	const int64_t first = civil_day(1, 1, 1);
	const int64_t last = civil_day(9999, 12, 31);
	struct civil date;

	/* An offset may move the ends of the calendar past four digits. */
	if (day > last)
		day = last;
	if (day < first)
		day = first;
	civil_of_day(day, &date);
	p = put_digits(p, (unsigned)date.year, 4);
	*p++ = '-';
	p = put_digits(p, date.month, 2);
	*p++ = '-';
	return put_digits(p, date.day, 2);
}

static char *
put_offset(char *p, int64_t offset_us)
{
	const int64_t minutes = offset_us / (60 * WHEN_SECOND);
	const unsigned size = (unsigned)(minutes < 0 ? -minutes : minutes);

	if (zone_is_utc) {
		*p++ = 'Z';
		return p;
	}
	*p++ = minutes < 0 ? '-' : '+';
	p = put_digits(p, size / 60, 2);
	*p++ = ':';
	return put_digits(p, size % 60, 2);
}

static char *
put_clock(char *p, int64_t us, int64_t offset)
{
	const int64_t local = us + offset;
	const int64_t day = civil_floor(local, WHEN_DAY);
	const unsigned second =
		(unsigned)((local - day * WHEN_DAY) / WHEN_SECOND);

	p = put_date(p, day);
	*p++ = 'T';
	p = put_digits(p, second / 3600, 2);
	*p++ = ':';
	p = put_digits(p, second / 60 % 60, 2);
	*p++ = ':';
	return put_digits(p, second % 60, 2);
}

static char *
put_time(char *p, int64_t us, int64_t offset)
{
	const int64_t rest = us - civil_floor(us, WHEN_SECOND) * WHEN_SECOND;

	p = put_clock(p, us, offset);
	*p++ = '.';
	return put_digits(p, (unsigned)(rest / 1000), 3);
}

size_t
when_time(char text[WHEN_SIZE], int64_t us)
{
	const int64_t offset = when_offset(us);
	char *p = put_offset(put_time(text, us, offset), offset);

	*p = '\0';
	return (size_t)(p - text);
}

size_t
when_utc(char text[WHEN_SIZE], int64_t us)
{
	char *p = put_time(text, us, 0);

	*p++ = 'Z';
	*p = '\0';
	return (size_t)(p - text);
}

size_t
when_hour(char text[WHEN_SIZE], int64_t hour_us)
{
	const int64_t offset = when_offset(hour_us);
	char *p = put_offset(put_clock(text, hour_us, offset), offset);

	*p = '\0';
	return (size_t)(p - text);
}

size_t
when_day(char text[WHEN_SIZE], int64_t day)
{
	char *p = put_date(text, day);

	*p = '\0';
	return (size_t)(p - text);
}

#define DATE_LEN   10
#define MINUTE_LEN 16

size_t
when_minute(char text[WHEN_SIZE], int64_t us)
{
	when_time(text, us);
	text[DATE_LEN] = ' ';
	text[MINUTE_LEN] = '\0';
	return MINUTE_LEN;
}
