/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into a process: what happens to the nth call that changes a file.
 * Calls are counted that write below the folder FAULT_DIR, or remove or rename
 * files there.
 *
 *	FAULT_KILL=N	before the Nth the process is killed
 *	FAULT_TEAR=N	the Nth is half done, then it is killed
 *	FAULT_FULL=N	from the Nth on there is no space left
 *	FAULT_COUNT=F	nothing; how many there were is written to F
 *	FAULT_OUTPUT=1	standard output, if it is a file there, counts too
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static long
asked(const char *name)
{
	const char *text = getenv(name);

	return text ? atol(text) : 0;
}

static int
is_below(const char *path)
{
	const char *dir = getenv("FAULT_DIR");

	return dir && strncmp(path, dir, strlen(dir)) == 0;
}

static int
is_there(int fd)
{
	char link[64], path[4096];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	if (len <= 0)
		return 0;
	path[len] = '\0';
	return is_below(path);
}

/* 1: go on; 0: no space is left; -1: do half of it, then finish() */
static int
fate(void)
{
	long n = atomic_fetch_add(&calls, 1) + 1;

	if (n == asked("FAULT_KILL"))
		raise(SIGKILL);
	if (asked("FAULT_FULL") && n >= asked("FAULT_FULL"))
		return 0;
	return n == asked("FAULT_TEAR") ? -1 : 1;
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	ssize_t (*real)(int, const void *, size_t, off64_t) =
		(ssize_t(*)(int, const void *, size_t, off64_t))dlsym(
			RTLD_NEXT, "pwrite64");
	int what = is_there(fd) ? fate() : 1;

	if (what == 0) {
		errno = ENOSPC;
		return -1;
	}
	if (what > 0)
		return real(fd, bytes, len, at);
	real(fd, bytes, len / 2, at);
	raise(SIGKILL);
	return -1;
}

ssize_t
pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return pwrite64(fd, bytes, len, at);
}

ssize_t
write(int fd, const void *bytes, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) =
		(ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT,
							     "write");
	int counts = fd > 2 || (fd == 1 && asked("FAULT_OUTPUT"));
	int what = counts && is_there(fd) ? fate() : 1;

	if (what == 0) {
		errno = ENOSPC;
		return -1;
	}
	if (what > 0)
		return real(fd, bytes, len);
	real(fd, bytes, len / 2);
	raise(SIGKILL);
	return -1;
}

/* Space is given back: that works on a full disk, too. */
static void
pass(int there)
{
	if (there && fate() < 0)
		raise(SIGKILL);
}

int
ftruncate64(int fd, off64_t len)
{
	int (*real)(int, off64_t) =
		(int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");

	pass(is_there(fd));
	return real(fd, len);
}

int
ftruncate(int fd, off_t len)
{
	return ftruncate64(fd, len);
}

int
fsync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

	pass(is_there(fd));
	return real(fd);
}

int
fdatasync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");

	pass(is_there(fd));
	return real(fd);
}

int
unlink(const char *path)
{
	int (*real)(const char *) =
		(int (*)(const char *))dlsym(RTLD_NEXT, "unlink");

	pass(is_below(path));
	return real(path);
}

int
rename(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
		(int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");

	pass(is_below(from));
	return real(from, to);
}

int
link(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
		(int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");

	pass(is_below(from));
	return real(from, to);
}

__attribute__((destructor)) static void
tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%ld\n", atomic_load(&calls));
	fclose(file);
}
