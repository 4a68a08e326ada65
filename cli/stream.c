/* SPDX-License-Identifier: MIT */
/* Opening inputs; streams that must be read twice are spooled first. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"

#define POLL_MS 200

/* As read(2), but an interrupt ends the stream. */
static ptrdiff_t
read_stream(void *ctx, void *buffer, size_t capacity)
{
	const struct input *input = ctx;
	struct pollfd ready = { input->fd, POLLIN, 0 };

	for (;;) {
		const int answer = poll(&ready, 1, POLL_MS);
		ssize_t n;

		if (interrupted)
			return 0;
		if (answer == 0)
			continue;
		n = read(input->fd, buffer, capacity);
		if (n >= 0 || errno != EINTR)
			return n;
	}
}

/* Opens what was left for later; 0, or an errno. */
static int
open_stream(struct input *input)
{
	struct stat info;

	if (input->fd == INPUT_UNOPENED) {
		input->fd = open(input->file.path, O_RDONLY | O_CLOEXEC);
		if (input->fd < 0) {
			input->fd = INPUT_UNOPENED;
			return errno;
		}
	}
	if (!input->rewinds && fstat(input->fd, &info) == 0 &&
	    S_ISREG(info.st_mode)) {
		input->fd_start = lseek(input->fd, 0, SEEK_CUR);
		input->rewinds = input->fd_start >= 0;
		if (input->rewinds && info.st_size > input->fd_start)
			input->size =
				(uint64_t)(info.st_size - input->fd_start);
	}
	return 0;
}

static int
make_spool(void)
{
	const char *dir = getenv("TMPDIR");
	char *name =
		text_print("%s/rpclog.XXXXXX", dir && dir[0] ? dir : "/tmp");
	const int fd = mkostemp(name, O_CLOEXEC);

	if (fd < 0)
		complain("%s: %s", name, strerror(errno));
	else
		unlink(name);
	free(name);
	return fd;
}

/* 0, or an errno; '*writing' says on which side. */
static int
copy_stream(struct input *input, int to, char *buffer, size_t capacity,
	    int *writing)
{
	ptrdiff_t n;

	*writing = 0;
	while ((n = read_stream(input, buffer, capacity)) > 0) {
		ptrdiff_t done = 0;

		while (done < n) {
			const ssize_t m =
				write(to, buffer + done, (size_t)(n - done));

			if (m < 0 && errno == EINTR)
				continue;
			if (m < 0) {
				*writing = 1;
				return errno;
			}
			done += m;
		}
		input->size += (uint64_t)n;
	}
	return n < 0 ? errno : 0;
}

static int
spool(struct input *input)
{
	const size_t capacity = (size_t)256 << 10;
	const int fd = make_spool();
	char *buffer;
	int error, writing;

	if (fd < 0)
		return EXIT_TROUBLE;
	buffer = xmalloc(capacity);
	error = copy_stream(input, fd, buffer, capacity, &writing);
	free(buffer);
	if (error && writing) {
		complain("spooling %s: %s", input->file.path, strerror(error));
		close(fd);
		return EXIT_TROUBLE;
	}
	if (error)
		input->error = xstrdup(strerror(error));
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	input->fd = fd;
	input->fd_start = 0;
	input->rewinds = 1;
	return EXIT_DONE;
}

int
inputs_spool(struct inputs *inputs)
{
	size_t i;

	for (i = 0; i < inputs->count; i++) {
		struct input *input = &inputs->items[i];
		int error;

		if (input->fd == -1 || input->state != INPUT_READ)
			continue;
		error = open_stream(input);
		if (error) {
			input->state = INPUT_GONE;
			input->error = xstrdup(strerror(error));
		} else if (!input->rewinds && spool(input) != EXIT_DONE) {
			return EXIT_TROUBLE;
		}
	}
	return EXIT_DONE;
}

rpclog_source *
input_open(struct input *input, const rpclog_options *library, char **error)
{
	rpclog_source *source = NULL;
	rpclog_status status;
	rpclog_diag diag;
	int number = 0;

	*error = NULL;
	memset(&diag, 0, sizeof(diag));
	if (input->fd == -1) {
		status = rpclog_source_open(&source, input->file.path, library,
					    &diag);
	} else if ((number = open_stream(input)) != 0) {
		*error = xstrdup(strerror(number));
		return NULL;
	} else if (input->rewinds) {
		if (lseek(input->fd, input->fd_start, SEEK_SET) < 0) {
			*error = xstrdup(strerror(errno));
			return NULL;
		}
		status = rpclog_source_open_fd(&source, input->fd, library,
					       &diag);
	} else {
		status = rpclog_source_open_fn(&source, read_stream, input,
					       library, &diag);
	}
	if (status == RPCLOG_OK)
		return source;
	/* A log may be deleted between being listed and being opened. */
	if (status == RPCLOG_ERR_IO && diag.sys == ENOENT &&
	    !input->file.by_name)
		return NULL;
	*error =
		xstrdup(diag.sys && status == RPCLOG_ERR_IO ? strerror(diag.sys)
			: diag.text[0]			    ? diag.text
				       : rpclog_status_name(status));
	return NULL;
}
