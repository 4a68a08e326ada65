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

#define MOST_LINKS 8
/* Then it looks whether somebody interrupts. */
#define PATIENCE_MS 200

/* Where a link leads, though there is nothing yet; NULL: it is no link. */
static char *
follow(const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target) - 1);
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) + 1 : 0;

	if (len <= 0)
		return NULL;
	target[len] = '\0';
	if (target[0] == '/')
		folder = 0;
	return text_print("%.*s%s", folder, path, target);
}

/* Through links: a rename would replace the link, not the file. */
static char *
place_of(const char *path)
{
	char *real = realpath(path, NULL);
	char *place = xstrdup(path);

	for (int i = 0; !real && i < MOST_LINKS; i++) {
		char *next = follow(place);

		if (!next)
			break;
		free(place);
		place = next;
	}
	if (!real)
		return place;
	free(place);
	return real;
}

/*
 * What SQLite may have left beside a database that is not there any more: it
 * would take it for a part of the new one.
 */
static void
unlink_beside(const char *path)
{
	static const char *const ends[] = { "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char *name = text_print("%s%s", path, ends[i]);

		unlink(name);
		free(name);
	}
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

/* What is new is thrown away unless it becomes whole. */
#define UNSAFE                                                                 \
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "                \
	"PRAGMA cache_size = -65536; "

static struct db *
build(struct load_file *file, int full)
{
	struct db *db;

	if (ftruncate(file->lock, 0) != 0)
		return db_refuse("cannot be written: %s", strerror(errno));
	unlink_beside(file->building);
	db = db_open(file->building, DB_WRITE | DB_CREATE);
	db_exec(db, full ? PAGE_LONG : PAGE_SHORT);
	db_exec(db, UNSAFE "PRAGMA locking_mode = EXCLUSIVE; BEGIN");
	schema_create(db);
	return db;
}

struct db *
load_join(const char *path)
{
	struct db *db = schema_open(path, DB_WRITE);

	db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
		    "PRAGMA cache_size = -65536");
	if (db_is_busy(db))
		db_clear_error(db);
	return db;
}

void
load_begin(const struct load_file *file, struct db *db, int quiet)
{
	db_wait(db, 0);
	if (!db_exec(db, "BEGIN IMMEDIATE") && db_is_busy(db)) {
		say_waiting(file, quiet);
		db_wait(db, PATIENCE_MS);
		do {
			db_clear_error(db);
			db_exec(db, "BEGIN IMMEDIATE");
		} while (db_is_busy(db) && !interrupted);
	}
}

static struct db *
go_on(struct load_file *file, int quiet)
{
	struct db *db = load_join(file->path);

	if (!db_error(db))
		load_begin(file, db, quiet);
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
load_open_private(const char *first)
{
	struct db *db = db_open("", DB_WRITE | DB_CREATE | DB_PRIVATE);

	db_exec(db, PAGE_SHORT);
	db_exec(db, UNSAFE);
	db_exec(db, first);
	db_exec(db, "BEGIN");
	schema_create(db);
	return db;
}

struct db *
load_look(const char *path, int *fresh)
{
	struct db *db;

	*fresh = is_new(path);
	if (!*fresh)
		return schema_open(path, 0);
	db = db_open(path, DB_WRITE | DB_CREATE | DB_MEMORY);
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
	unlink_beside(file->path);
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
	if (file->building && file->lock >= 0) {
		unlink_beside(file->building);
		unlink(file->building);
	}
	if (file->lock >= 0)
		close(file->lock);
	free(file->building);
	free(file->path);
}
