/* SPDX-License-Identifier: MIT */
/* inotify(7), behind what a watch needs of it. */

#ifndef RPCLOG_CLI_WATCH_NOTIFY_H
#define RPCLOG_CLI_WATCH_NOTIFY_H

#include <stddef.h>

struct notify;

/* NULL: there is none; errno says why. */
struct notify *notify_new(void);
int notify_fd(const struct notify *notify);
/*
 * From now on tells of files in 'folder', whose name ends with '/'.  1: it was
 * not watched before; 0: it was, or is not there; -1: it can't be, errno says
 * why, ENOTSUP that the kernel is not told of all that happens there.
 */
int notify_add(struct notify *notify, const char *folder);

struct notify_sink {
	void *ctx;
	void (*changed)(void *ctx, const char *path);
	/* Folders came or went, or more happened than was kept. */
	void (*all)(void *ctx);
};

/* What has happened so far; never waits. */
void notify_read(struct notify *notify, const struct notify_sink *sink);
void notify_free(struct notify *notify);

#endif /* RPCLOG_CLI_WATCH_NOTIFY_H */
