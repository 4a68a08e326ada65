/* SPDX-License-Identifier: MIT */
/*
 * Times in the user's zone: reading, writing, and putting instants into hours
 * and days.  The zone is set once, before any thread starts; all else may be
 * called from any thread.  Instants are microseconds since 1970, UTC.
 */

#ifndef RPCLOG_CLI_WHEN_H
#define RPCLOG_CLI_WHEN_H

#include "rpclog.h"

/* Room for any of the texts below, NUL included. */
#define WHEN_SIZE	40

/* "UTC", "local" or an IANA name; 1 if there is such a zone, else 0. */
int when_set_zone(const char *zone);

/*
 * TIME of rpclog(1): RFC 3339 or its date part, "YYYY-MM-DD HH:MM[:SS]", now,
 * today, yesterday, ages (90m 24h 7d).  1 if well formed.  'ctx' is not used:
 * this fits filter_time_fn.
 */
int when_parse(void *ctx, rpclog_slice text, int64_t *us);

/*
 * The hour an instant lies in, as the instant at which it begins; and its
 * day, as a number that grows with the days and that only when_day() reads.
 * Cheap: no call into the C library for instants near one another.
 */
int64_t when_hour_of(int64_t us);
int64_t when_day_of(int64_t us);
/* Where a day begins, as an instant. */
int64_t when_day_begin(int64_t day);

/* All write a NUL-terminated text and answer its length. */
/* "2026-11-20T13:00:00.000Z", or with the offset "+01:00" of a zone */
size_t when_time(char text[WHEN_SIZE], int64_t us);
/* "2026-11-20T13:00:00.000Z", whatever the zone */
size_t when_utc(char text[WHEN_SIZE], int64_t us);
/* "2026-11-20 13:05", a minute of the zone, for people */
size_t when_minute(char text[WHEN_SIZE], int64_t us);
/* "2026-11-20T13:00:00Z": takes what when_hour_of() gave */
size_t when_hour(char text[WHEN_SIZE], int64_t hour_us);
/* "2026-11-20": takes what when_day_of() gave */
size_t when_day(char text[WHEN_SIZE], int64_t day);

/* The instant at which this process asked first; "now" everywhere. */
int64_t when_now(void);

#endif /* RPCLOG_CLI_WHEN_H */
