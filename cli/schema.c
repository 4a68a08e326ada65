/* SPDX-License-Identifier: MIT */
/* The versions of the database, and opening it as ours. */

#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

/* "rpcl": what file(1) and others see in the header. */
#define APPLICATION_ID 0x7270636c

#define NEWER                                                                  \
	"was written by a newer rpclog (its schema is version %lld, this "     \
	"program knows %d)"

/* The part of schema.sql behind the line that begins with 'title'; to free. */
static char *
part(const char *title)
{
	const char *begin = strstr(schema_sql, title);
	const char *end;

	/* Version 1 is not version 10. */
	while (begin && begin[strlen(title)] >= '0' &&
	       begin[strlen(title)] <= '9')
		begin = strstr(begin + 1, title);
	if (!begin)
		return xstrdup("");
	begin = strchr(begin + 1, '\n') + 1;
	end = strstr(begin, "\n-- version ");
	if (!end)
		end = strstr(begin, "\n-- indexes");
	if (!end)
		end = schema_sql + schema_sql_len;
	return xstrndup(begin, (size_t)(end - begin));
}

/* From version 'from' to ours. */
static void
upgrade(struct db *db, int64_t from)
{
	char text[64];

	for (int64_t version = from + 1; version <= SCHEMA_VERSION; version++) {
		char *sql;

		snprintf(text, sizeof(text), "\n-- version %lld",
			 (long long)version);
		sql = part(text);
		db_exec(db, sql);
		free(sql);
	}
	snprintf(text, sizeof(text), "PRAGMA user_version = %d",
		 SCHEMA_VERSION);
	db_exec(db, text);
}

void
schema_create(struct db *db)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA application_id = %d",
		 APPLICATION_ID);
	db_exec(db, text);
	upgrade(db, 0);
}

void
schema_index(struct db *db)
{
	char *sql = part("\n-- indexes");

	db_exec(db, sql);
	free(sql);
}

static void
migrate(struct db *db)
{
	db_exec(db, "BEGIN IMMEDIATE");
	/* Perhaps another process was faster. */
	upgrade(db, db_number(db, "PRAGMA user_version", SCHEMA_VERSION));
	schema_index(db);
	db_exec(db, "COMMIT");
}

/* Read as it is, if it can't be written. */
static struct db *
migrate_for_reading(struct db *db, const char *path)
{
	struct db *writer;

	/* The last to close takes the log of SQLite away: it must write. */
	db_close(db);
	writer = db_open(path, DB_WRITE);
	migrate(writer);
	db_close(writer);
	return db_open(path, 0);
}

/*
 * Refuses what is none of ours by a look at the file, as SQLite may leave
 * files beside what it opens.  What was not yet written into it is unknown.
 */
static struct db *
refuse(const char *path)
{
	struct db_head head;
	const char *why = db_look(path, &head);

	if (why)
		return db_refuse("%s", why);
	if (db_has_pending(path))
		return NULL;
	if (head.application != APPLICATION_ID)
		return db_refuse("is no database of rpclog");
	if (head.version <= SCHEMA_VERSION)
		return NULL;
	return db_refuse(NEWER, (long long)head.version, SCHEMA_VERSION);
}

/*
 * Readers make files beside a database, too.  Where they can't, it is read
 * without a lock, as long as all of it is in the one file.
 */
static struct db *
open_still(struct db *db, const char *path)
{
	if (db_has_pending(path)) {
		db_clear_error(db);
		db_fail(db,
			"holds a load that has not ended, and its folder can't "
			"be written: copy it and its -wal file elsewhere");
		return db;
	}
	db_close(db);
	return db_open(path, DB_STILL);
}

struct db *
schema_open(const char *path, unsigned flags)
{
	struct db *db = refuse(path);
	int64_t id, version;

	if (db)
		return db;
	db = db_open(path, flags);
	if (db_trouble(db) == DB_CANNOT_OPEN && !(flags & DB_WRITE))
		db = open_still(db, path);
	id = db_number(db, "PRAGMA application_id", 0);
	version = db_number(db, "PRAGMA user_version", 0);
	if (db_error(db))
		return db;
	if (id != APPLICATION_ID)
		db_fail(db, "is no database of rpclog");
	else if (version > SCHEMA_VERSION)
		db_fail(db, NEWER, (long long)version, SCHEMA_VERSION);
	else if (version < SCHEMA_VERSION && (flags & DB_WRITE))
		migrate(db);
	else if (version < SCHEMA_VERSION)
		return migrate_for_reading(db, path);
	return db;
}
