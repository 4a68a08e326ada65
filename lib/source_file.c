/* SPDX-License-Identifier: MIT */
/* Raw bytes of a descriptor or a path. */

#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"

static ptrdiff_t
read_fd(void *ctx, void *buffer, size_t capacity)
{
	const int *fd = ctx;

	return read(*fd, buffer, capacity);
}

static rpclog_status
cannot_open(rpclog_diag *diag, int error)
{
	rpclog_status status = diag_set(diag, RPCLOG_ERR_IO, "cannot open: %s",
					strerror(error));

	if (diag)
		diag->sys = error;
	return status;
}

/*
 * A regular file ends for us where it ends now: what is written to it later
 * is for the next run, and both agree on where this one stopped.
 */
static void
note_size(struct raw *raw, const struct stat *st, int fd)
{
	if (!S_ISREG(st->st_mode))
		return;

	off_t at = lseek(fd, 0, SEEK_CUR);

	if (at < 0)
		return;
	raw->total = at < st->st_size ? (uint64_t)(st->st_size - at) : 0;
	/* Size 0 may be no size at all, as in /proc and on some mounts. */
	if (st->st_size > 0)
		raw->left = raw->total;
#ifdef POSIX_FADV_SEQUENTIAL
	(void)posix_fadvise(fd, at, 0, POSIX_FADV_SEQUENTIAL);
#endif
}

rpclog_status
raw_open_fd(struct raw *raw, int fd, rpclog_diag *diag)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return cannot_open(diag, errno);
	if (S_ISDIR(st.st_mode))
		return cannot_open(diag, EISDIR);
	raw->fd = fd;
	raw->read = read_fd;
	raw->ctx = &raw->fd;
	note_size(raw, &st, fd);
	return RPCLOG_OK;
}

rpclog_status
raw_open_path(struct raw *raw, const char *path, rpclog_diag *diag)
{
	int fd;

	do {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	} while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return cannot_open(diag, errno);

	rpclog_status status = raw_open_fd(raw, fd, diag);

	if (status == RPCLOG_OK)
		raw->owned = true;
	else
		(void)close(fd);
	return status;
}

void
raw_close(struct raw *raw)
{
	if (raw->owned)
		(void)close(raw->fd);
	raw->owned = false;
}
