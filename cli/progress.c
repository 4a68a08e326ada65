/* SPDX-License-Identifier: MIT */
/* How far a run is, on one line of the terminal. */

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

#define SECOND INT64_C(1000000)

static int64_t
clock_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec / 1000;
}

void
progress_begin(struct progress *progress, const struct options *options,
	       uint64_t total)
{
	atomic_init(&progress->done, 0);
	progress->total = total;
	progress->begin_us = clock_us();
	progress->shown_us = 0;
	progress->shown = 0;
	progress->wanted =
		options->progress == WHEN_ALWAYS ||
		(options->progress == WHEN_AUTO && isatty(STDERR_FILENO));
}

/* "1.5 GB" */
static void
put_bytes(char text[24], uint64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	uint64_t tenths = bytes * 10;
	size_t unit = 0;

	while (tenths >= 10000 && unit < 4) {
		tenths /= 1000;
		unit++;
	}
	snprintf(text, 24, "%llu.%llu %s", (unsigned long long)(tenths / 10),
		 (unsigned long long)(tenths % 10), units[unit]);
}

void
progress_show(struct progress *progress)
{
	const int64_t now = clock_us();
	const int64_t ran = now - progress->begin_us;
	const uint64_t done = atomic_load(&progress->done);
	char bytes[24], rate[24], line[128];
	size_t len;

	if (!progress->wanted || ran < SECOND ||
	    now - progress->shown_us < SECOND / 5)
		return;
	progress->shown_us = now;
	put_bytes(bytes, done);
	put_bytes(rate, done / (uint64_t)(ran / 1000 + 1) * 1000);
	snprintf(line, sizeof(line), "\r%s, %s/s", bytes, rate);
	len = strlen(line);
	if (progress->total && done && done <= progress->total) {
		const uint64_t left = progress->total - done;
		const uint64_t eta = (uint64_t)(ran / SECOND) * left / done;

		snprintf(line + len, sizeof(line) - len,
			 ", %llu %%, %llu:%02llu left",
			 (unsigned long long)(done * 100 / progress->total),
			 (unsigned long long)(eta / 60),
			 (unsigned long long)(eta % 60));
	}
	fprintf(stderr, "%s\033[K", line);
	fflush(stderr);
	progress->shown = 1;
}

void
progress_join(struct progress *progress, pthread_t thread)
{
	while (progress->wanted) {
		struct timespec until;

		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += 200000000;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		if (pthread_timedjoin_np(thread, NULL, &until) == 0)
			return;
		progress_show(progress);
	}
	pthread_join(thread, NULL);
}

void
progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = 0;
}
