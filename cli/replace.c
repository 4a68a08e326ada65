/* SPDX-License-Identifier: MIT */
/* A file that is written all at once. */

#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"

static int
say(const char *path)
{
	complain("%s: cannot write: %s", path, strerror(errno));
	return EXIT_TROUBLE;
}

static int
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return 0;
		bytes += n;
		len -= (size_t)n;
	}
	return 1;
}

/* As the file that is there, or as a new one would be. */
static mode_t
mode_of(const char *path)
{
	struct stat there;
	mode_t mask;

	if (stat(path, &there) == 0)
		return there.st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int
write_to(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int good = fd >= 0 && write_all(fd, bytes, len);

	if (fd >= 0 && close(fd) != 0)
		good = 0;
	return good ? EXIT_DONE : say(path);
}

int
file_replace(const char *path, const char *bytes, size_t len)
{
	struct stat there;
	char *real, *name;
	int fd, good, error;

	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
		return write_to(path, bytes, len);
	/* A rename would replace a link, not the file. */
	real = realpath(path, NULL);
	name = text_print("%s.new-XXXXXX", real ? real : path);
	fd = mkostemp(name, O_CLOEXEC);
	good = fd >= 0 && write_all(fd, bytes, len) &&
	       fchmod(fd, mode_of(path)) == 0 && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		good = 0;
	good = good && rename(name, real ? real : path) == 0;
	error = errno;
	if (!good && fd >= 0)
		unlink(name);
	free(real);
	free(name);
	errno = error;
	return good ? EXIT_DONE : say(path);
}
