/* SPDX-License-Identifier: MIT */
/* The file of a database, apart from what SQLite makes of it. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "db_inside.h"

/* Size of what SQLite has not yet written into the database; 0: nothing. */
static int64_t
pending(const char *path)
{
	char *name = NULL;
	struct stat st;
	int there;

	if (asprintf(&name, "%s-wal", path) < 0)
		xno_memory();
	there = stat(name, &st) == 0;
	free(name);
	return there ? (int64_t)st.st_size : -1;
}

int
db_has_pending(const char *path)
{
	return pending(path) > 0;
}

static uint32_t
number_at(const unsigned char *head, size_t place)
{
	const unsigned char *p = head + place;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

const char *
db_look(const char *path, struct db_head *head)
{
	unsigned char bytes[100];
	struct stat st;
	/* A pipe must not make it wait. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t len = -1;

	memset(head, 0, sizeof(*head));
	if (fd == -1)
		return strerror(errno);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		len = read(fd, bytes, sizeof(bytes));
	close(fd);
	if (len == -1)
		return "is no file";
	/* An empty file is a database to SQLite. */
	if (len == 0)
		return NULL;
	if (len < (ssize_t)sizeof(bytes) ||
	    memcmp(bytes, "SQLite format 3", 16) != 0)
		return "is no database";
	head->version = number_at(bytes, 60);
	head->application = number_at(bytes, 68);
	return NULL;
}

char *
db_name(struct db *db)
{
	struct out name;
	char *text;

	if (db->flags & DB_MEMORY)
		return xstrdup(":memory:");
	if (db->flags & DB_PRIVATE)
		return xstrdup("");
	out_memory(&name);
	out_str(&name, "file:");
	/* "//" would begin the name of a host, ":memory:" is no file. */
	out_str(&name, db->path[0] == '/' ? "//" : "./");
	for (const char *p = db->path; *p; p++) {
		if (strchr("%?#", *p))
			out_format(&name, "%%%02X", (unsigned)*p);
		else
			out_char(&name, *p);
	}
	if (db->flags & DB_STILL) {
		out_str(&name, "?immutable=1");
		if (stat(db->path, &db->before) != 0)
			memset(&db->before, 0, sizeof(db->before));
	}
	text = xstrndup(name.data, name.len);
	out_free(&name);
	return text;
}

void
db_check_still(struct db *db)
{
	struct stat now;

	if (!(db->flags & DB_STILL) || db->error)
		return;
	if (stat(db->path, &now) != 0)
		db_fail(db, "%s", strerror(errno));
	else if (now.st_ino != db->before.st_ino ||
		 now.st_size != db->before.st_size ||
		 now.st_mtim.tv_sec != db->before.st_mtim.tv_sec ||
		 now.st_mtim.tv_nsec != db->before.st_mtim.tv_nsec)
		db_fail(db, "was written to while it was read without a lock, "
			    "as its folder can't be written: ask again");
}

/*
 * The last one to close a database takes the log of SQLite away, unless it may
 * only read.  So somebody who may write comes last.
 */
void
db_tidy(const struct db *db)
{
	if (!db->path || (db->flags & (DB_WRITE | DB_STILL)) ||
	    pending(db->path) != 0)
		return;
	db_close(db_open(db->path, DB_WRITE));
}
