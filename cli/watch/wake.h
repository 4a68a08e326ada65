/* SPDX-License-Identifier: MIT */
/*
 * What wakes a watch: the kernel, where it tells of changes in folders, or
 * time.
 */

#ifndef RPCLOG_CLI_WATCH_WAKE_H
#define RPCLOG_CLI_WATCH_WAKE_H

#include "inputs.h"

struct wake;

/* 'seconds' between looks, or 0: the kernel is asked, if it can tell. */
struct wake *wake_new(const struct options *options, uint64_t seconds);
/*
 * Folders that were walked: those that are new are watched from now on.  1 if
 * there are any: what came before that has to be looked for again.
 */
int wake_folders(struct wake *wake, char *const *folders, size_t count);

enum wake_up {
	WAKE_STOP,	/* 'interrupted' */
	WAKE_TIME,	/* 'due_ms' has come */
	WAKE_CHANGED,	/* what wake_paths() says has changed */
	WAKE_ALL	/* anything may have changed */
};

/* Of a clock that only goes on. */
int64_t wake_clock_ms(void);
/* Until something has happened, and for a moment longer: writes gather. */
enum wake_up wake_wait(struct wake *wake, int64_t due_ms);
/* How often to look at everything all the same. */
int64_t wake_look_ms(const struct wake *wake);
/* After WAKE_CHANGED, in order, each once; they last until the next wait. */
char *const *wake_paths(struct wake *wake, size_t *count);
void wake_free(struct wake *wake);

#endif /* RPCLOG_CLI_WATCH_WAKE_H */
