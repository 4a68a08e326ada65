/* SPDX-License-Identifier: MIT */
/* The database of a load: new and built beside its place, or there. */

#include "load_open.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "inputs.h"
#include "schema.h"

/* Through links: a rename would replace the link, not the file. */
static char *
place_of(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : xstrdup(path);
}

/* Nothing there, or an empty file such as mktemp(1) makes. */
static int
is_new(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return errno == ENOENT;
	return S_ISREG(info.st_mode) && info.st_size == 0;
}

static void
say_waiting(const struct load_file *file, int quiet)
{
	if (!quiet)
		complain("%s: another load writes to it: waiting", file->path);
}

/* Is the locked file still the one that goes by this name? */
static int
is_current(int fd, const char *path)
{
	struct stat mine, there;

	return fstat(fd, &mine) == 0 && stat(path, &there) == 0 &&
	       mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

/* The file to build in, locked: -1 if there can be none. */
static int
lock_building(const struct load_file *file, int quiet)
{
	for (;;) {
		int fd = open(file->building, O_RDWR | O_CREAT | O_CLOEXEC,
			      0666);

		if (fd < 0)
			return -1;
		if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
			say_waiting(file, quiet);
			if (flock(fd, LOCK_EX) != 0) {
				close(fd);
				return -1;
			}
		}
		/* It may have become the database while we waited. */
		if (is_current(fd, file->building))
			return fd;
		close(fd);
	}
}

/* Long rows take half the time in large pages; short ones do not. */
#define PAGE_LONG  "PRAGMA page_size = 32768"
#define PAGE_SHORT "PRAGMA page_size = 8192"

static struct db *
build(struct load_file *file, int full)
{
	struct db *db;

	if (ftruncate(file->lock, 0) != 0)
		return db_refuse("cannot be written: %s", strerror(errno));
	db = db_open(file->building, DB_WRITE | DB_CREATE);
	db_exec(db, full ? PAGE_LONG : PAGE_SHORT);
	db_exec(db,
		"PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
		"PRAGMA cache_size = -65536; BEGIN");
	schema_create(db);
	return db;
}

static struct db *
go_on(struct load_file *file, int quiet)
{
	struct db *db = schema_open(file->path, DB_WRITE);

	db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
		    "PRAGMA cache_size = -65536");
	if (db_error(db) && !db_is_busy(db))
		return db;
	db_clear_error(db);
	db_wait(db, 0);
	if (!db_exec(db, "BEGIN IMMEDIATE") && db_is_busy(db)) {
		say_waiting(file, quiet);
		db_clear_error(db);
		db_wait(db, INT_MAX);
		db_exec(db, "BEGIN IMMEDIATE");
	}
	return db;
}

struct db *
load_open(struct load_file *file, const char *path, int quiet, int full)
{
	memset(file, 0, sizeof(*file));
	file->lock = -1;
	file->path = place_of(path);
	if (!is_new(file->path))
		return go_on(file, quiet);
	file->building = text_print("%s-loading", file->path);
	file->lock = lock_building(file, quiet);
	if (file->lock < 0)
		return db_refuse("cannot be made: %s", strerror(errno));
	if (is_new(file->path))
		return build(file, full);
	/* Another load has made it meanwhile. */
	unlink(file->building);
	close(file->lock);
	free(file->building);
	file->building = NULL;
	file->lock = -1;
	return go_on(file, quiet);
}

struct db *
load_look(const char *path, int *fresh)
{
	struct db *db;

	*fresh = is_new(path);
	if (!*fresh)
		return schema_open(path, 0);
	db = db_open(":memory:", DB_WRITE | DB_CREATE);
	schema_create(db);
	return db;
}

static int
sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(copy);
	if (fd < 0)
		return 0;
	/* Some file systems can't: then the rename is as safe as they are. */
	(void)fsync(fd);
	close(fd);
	return 1;
}

int
load_commit(struct load_file *file, struct db *db)
{
	db_end_statements(db);
	if (!db_exec(db, "COMMIT"))
		return 0;
	if (!file->building)
		return 1;
	/* Exclusive no more, so that the change of journal is written. */
	if (!db_exec(db, "PRAGMA locking_mode = NORMAL; "
			 "PRAGMA journal_mode = WAL; "
			 "PRAGMA wal_checkpoint(TRUNCATE)"))
		return 0;
	db_finish(db);
	if (fsync(file->lock) != 0 || rename(file->building, file->path) != 0 ||
	    !sync_folder(file->path)) {
		db_fail(db, "cannot be made: %s", strerror(errno));
		return 0;
	}
	free(file->building);
	file->building = NULL;
	return 1;
}

void
load_close(struct load_file *file, struct db *db)
{
	db_close(db);
	if (file->building && file->lock >= 0)
		unlink(file->building);
	if (file->lock >= 0)
		close(file->lock);
	free(file->building);
	free(file->path);
}
