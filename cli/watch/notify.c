/* SPDX-License-Identifier: MIT */
/* inotify(7), behind what a watch needs of it. */

#include "notify.h"

#include <errno.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"

#ifdef __linux__

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#define EVENTS                                                                 \
	(IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_TO |    \
	 IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)

struct folder {
	int wd;
	char *path;
};

struct notify {
	int fd;
	struct folder *folders;
	size_t count, room;
};

struct notify *
notify_new(void)
{
	const int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct notify *n;

	if (fd < 0)
		return NULL;
	n = xcalloc(1, sizeof(*n));
	n->fd = fd;
	return n;
}

int
notify_fd(const struct notify *n)
{
	return n->fd;
}

/* Others may write there without this kernel's knowing. */
static int
is_remote(const char *folder)
{
	static const unsigned long types[] = {
		0x00006969, /* NFS */
		0x0000517b, /* SMB */
		0xff534d42, /* CIFS */
		0xfe534d42, /* SMB2 */
		0x65735546, /* FUSE: sshfs and its like */
		0x01021997, /* 9P */
		0x00c36400, /* Ceph */
		0x5346414f, /* AFS */
		0x73757245, /* Coda */
		0x786f4256, /* VirtualBox */
		0xbacbacbc, /* VMware */
	};
	struct statfs info;

	if (statfs(folder, &info) != 0)
		return 0;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (((unsigned long)info.f_type & 0xffffffff) == types[i])
			return 1;
	return 0;
}

int
notify_add(struct notify *n, const char *folder)
{
	int wd;

	for (size_t i = 0; i < n->count; i++)
		if (strcmp(n->folders[i].path, folder) == 0)
			return 0;
	if (is_remote(folder)) {
		errno = ENOTSUP;
		return -1;
	}
	wd = inotify_add_watch(n->fd, *folder ? folder : ".",
			       EVENTS | IN_ONLYDIR);
	if (wd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES
			       ? 0
			       : -1;
	n->folders = xgrow(n->folders, n->count, &n->room, sizeof(*n->folders));
	n->folders[n->count].wd = wd;
	n->folders[n->count++].path = xstrdup(folder);
	return 1;
}

static void
forget(struct notify *n, int wd)
{
	size_t kept = 0;

	for (size_t i = 0; i < n->count; i++) {
		if (n->folders[i].wd == wd)
			free(n->folders[i].path);
		else
			n->folders[kept++] = n->folders[i];
	}
	n->count = kept;
}

/* Names of folders are not what they were: all are watched anew. */
static void
start_again(struct notify *n)
{
	for (size_t i = 0; i < n->count; i++) {
		inotify_rm_watch(n->fd, n->folders[i].wd);
		free(n->folders[i].path);
	}
	n->count = 0;
}

static void
take(struct notify *n, const struct inotify_event *event,
     const struct notify_sink *sink)
{
	if (event->mask & IN_IGNORED)
		forget(n, event->wd);
	if ((event->mask & IN_MOVE_SELF) ||
	    (event->mask & (IN_ISDIR | IN_MOVED_FROM)) ==
		    (IN_ISDIR | IN_MOVED_FROM))
		start_again(n);
	if (event->mask & (IN_IGNORED | IN_Q_OVERFLOW | IN_ISDIR |
			   IN_DELETE_SELF | IN_MOVE_SELF)) {
		sink->all(sink->ctx);
		return;
	}
	if (!event->len || (event->mask & IN_MOVED_FROM))
		return;
	for (size_t i = 0; i < n->count; i++) {
		char *path;

		if (n->folders[i].wd != event->wd)
			continue;
		path = text_print("%s%s", n->folders[i].path, event->name);
		sink->changed(sink->ctx, path);
		free(path);
	}
}

void
notify_read(struct notify *n, const struct notify_sink *sink)
{
	alignas(struct inotify_event) char bytes[65536];
	ssize_t len;

	while ((len = read(n->fd, bytes, sizeof(bytes))) > 0) {
		const char *p = bytes;

		while (p < bytes + len) {
			const struct inotify_event *event = (const void *)p;

			take(n, event, sink);
			p += sizeof(*event) + event->len;
		}
	}
}

void
notify_free(struct notify *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->count; i++)
		free(n->folders[i].path);
	free(n->folders);
	close(n->fd);
	free(n);
}

#else

struct notify *
notify_new(void)
{
	errno = ENOTSUP;
	return NULL;
}

int
notify_fd(const struct notify *n)
{
	(void)n;
	return -1;
}

int
notify_add(struct notify *n, const char *folder)
{
	(void)n;
	(void)folder;
	return 0;
}

void
notify_read(struct notify *n, const struct notify_sink *sink)
{
	(void)n;
	(void)sink;
}

void
notify_free(struct notify *n)
{
	(void)n;
}

#endif
