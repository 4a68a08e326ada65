/* SPDX-License-Identifier: MIT */
/* The inside of a database: what db.c and those below it share. */

#ifndef RPCLOG_CLI_DB_INSIDE_H
#define RPCLOG_CLI_DB_INSIDE_H

#include <sys/stat.h>

#include "db.h"

struct db {
	struct sqlite3 *handle;	/* NULL: it could not be opened, or never was */
	struct statement *statements;
	char *path;
	unsigned flags;
	char *error;
	enum db_trouble trouble;
	int error_at;
	char refused[80];	/* what guard_allows() refused last */
	const struct db_rows *rows; /* of the statement that runs */
	struct stat before;	/* of a file that is still: db_check_still() */
};

struct statement {
	struct db *db;
	struct sqlite3_stmt *st;	/* NULL: there was none in the text */
	struct statement *next, **link;
};

/* Into the list of its database, and out of it. */
struct statement *statement_new(struct db *db);
void statement_forget(struct statement *st);

/* What part of a statement asks for. */
enum db_action {
	DB_READS, DB_CALLS, DB_ASKS,	/* a function, a PRAGMA */
	DB_INSERTS, DB_UPDATES, DB_DELETES, DB_ATTACHES, DB_DETACHES,
	DB_TRANSACTS, DB_CHANGES_SCHEMA
};

/* Does it only read?  'a' and 'b' are names, by action; they may be NULL. */
int guard_allows(struct db *db, enum db_action action, const char *a,
		 const char *b);

/* The path as SQLite is told it, to free. */
char *db_name(struct db *db);
/* Reading leaves an empty log of SQLite behind: away with it. */
void db_tidy(const struct db *db);

#endif /* RPCLOG_CLI_DB_INSIDE_H */
