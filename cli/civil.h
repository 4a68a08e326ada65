/* SPDX-License-Identifier: MIT */
/* The calendar, and what reading and writing of times share. */

#ifndef RPCLOG_CLI_CIVIL_H
#define RPCLOG_CLI_CIVIL_H

#include <stdint.h>

#define WHEN_SECOND	INT64_C(1000000)
#define WHEN_QUARTER	(900 * WHEN_SECOND)
#define WHEN_HOUR	(3600 * WHEN_SECOND)
#define WHEN_DAY	(86400 * WHEN_SECOND)

struct civil {
	int64_t year;
	unsigned month, day;	/* from 1 */
};

/* Division that rounds down, also below zero. */
int64_t civil_floor(int64_t value, int64_t unit);
/* Days since 1970-01-01 to a date and back (Gregorian throughout). */
int64_t civil_day(int64_t year, unsigned month, unsigned day);
void civil_of_day(int64_t days, struct civil *date);
/* Is there such a date? */
int civil_valid(int64_t year, unsigned month, unsigned day);

/* Of the zone, east positive, in microseconds: when.c. */
int64_t when_offset(int64_t us);
/* The instant at which clocks of the zone show 'local_us'. */
int64_t when_from_local(int64_t local_us);

#endif /* RPCLOG_CLI_CIVIL_H */
