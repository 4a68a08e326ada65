/* SPDX-License-Identifier: MIT */
/*
 * SQLite, behind what this program needs of it: the one place that knows
 * sqlite3.h.
 *
 * Errors stick.  After the first one every call on the database does nothing
 * and answers 0, and db_error() says what went wrong: so a long run of writes
 * is checked once, at its end.
 */

#ifndef RPCLOG_CLI_DB_H
#define RPCLOG_CLI_DB_H

#include "rpclog.h"

struct db;
struct statement;

/* What the file of a database says of itself. */
struct db_head {
	uint32_t version; /* user_version */
	uint32_t application;
};

enum db_flag {
	DB_WRITE = 1,  /* else it is opened for reading only */
	DB_CREATE = 2, /* with DB_WRITE: it may be new */
	DB_STILL = 4,  /* nobody writes to it: without any lock */
	DB_MEMORY = 8, /* no file, whatever the path: gone when it is closed */
	DB_PRIVATE = 16 /* the same, in a file without a name */
};

/*
 * Never NULL; ask db_error().  A file that is no database is left alone.  One
 * thread at a time may use it, save for db_interrupt().
 */
struct db *db_open(const char *path, unsigned flags);
/* One that never was: db_error() is as told. */
struct db *db_refuse(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* Frees all statements: there are changes that no reader may be amid. */
void db_end_statements(struct db *db);
/* Ends all statements and lets go of the file; the error can be asked for. */
void db_finish(struct db *db);
/* Finalizes its statements; what was not committed is rolled back. */
void db_close(struct db *db);

/* What went wrong first, in one line, or NULL. */
const char *db_error(const struct db *db);
/* Where in the SQL text: a byte offset, or -1. */
int db_error_at(const struct db *db);
/* Makes it so. */
void db_fail(struct db *db, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What kind of trouble; DB_FINE: none. */
enum db_trouble {
	DB_FINE,
	DB_BUSY,	/* another process writes */
	DB_INTERRUPTED, /* by db_interrupt() */
	DB_CANNOT_OPEN,
	DB_FILE, /* something else is wrong with the file */
	DB_OTHER
};
enum db_trouble db_trouble(const struct db *db);
int db_is_busy(const struct db *db);
int db_is_interrupted(const struct db *db);
/* Forgets the error: for a caller that has another way. */
void db_clear_error(struct db *db);

/* Statements without rows, separated by ';'.  1 if they were done. */
int db_exec(struct db *db, const char *sql);
/* First cell of the first row, or 'otherwise'. */
int64_t db_number(struct db *db, const char *sql, int64_t otherwise);
int64_t db_last_id(const struct db *db);
/* Milliseconds to wait for another writer; 0: not at all. */
void db_wait(struct db *db, int ms);
/* Stops a statement that runs, from a signal handler or another thread. */
void db_interrupt(struct db *db);
/*
 * From now on SIGINT sets 'interrupted' and gives up what the database is asked
 * (db_is_interrupted()); NULL: it does what it did, before the end of 'db'.
 */
void db_catch_interrupt(struct db *db);

/* One statement, kept until db_close() or statement_free(); never NULL. */
struct statement *db_prepare(struct db *db, const char *sql);
/* The first one of '*sql', which is moved behind it. */
struct statement *db_prepare_next(struct db *db, const char **sql);
/* One that reads, and nothing behind it. */
struct statement *db_prepare_query(struct db *db, const char *sql);
void statement_free(struct statement *st);

/* Places count from 1.  Text and blobs are lent until the next step. */
void bind_int(struct statement *st, int place, int64_t value);
void bind_text(struct statement *st, int place, rpclog_slice text);
void bind_blob(struct statement *st, int place, rpclog_slice bytes);
void bind_null(struct statement *st, int place);
/* Place of ":name", or 0. */
int statement_place(struct statement *st, const char *name);
/* How many places, and the name of each (":name") or NULL. */
int statement_places(struct statement *st);
const char *statement_place_name(struct statement *st, int place);

/* Was there nothing but blanks and comments?  Does it leave all as it is? */
int statement_is_empty(struct statement *st);
int statement_reads(struct statement *st);

/* 1: there is a row.  0: no more, or an error; the statement is reset. */
int statement_step(struct statement *st);
/* Runs one that gives no rows. */
void statement_run(struct statement *st);
/* Before its end: it may be bound and stepped anew. */
void statement_reset(struct statement *st);

enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT, DB_BLOB };

/* Of the row in hand; columns count from 0.  Slices last until the next step.
 */
int statement_columns(struct statement *st);
const char *statement_column_name(struct statement *st, int column);
enum db_type column_type(struct statement *st, int column);
int64_t column_int(struct statement *st, int column);
double column_real(struct statement *st, int column);
rpclog_slice column_text(struct statement *st, int column);
rpclog_slice column_blob(struct statement *st, int column);

/*
 * ---- Many rows by one statement
 * ----------------------------------------------
 */

/* What a cell holds. */
struct db_value {
	enum db_type type;
	int64_t number;
	rpclog_slice bytes; /* of text or a blob */
};

struct db_rows {
	size_t count;
	const void *ctx;
	/* '*value' is NULL; else an integer, text or a blob that lasts. */
	void (*cell)(const void *ctx, size_t row, int column,
		     struct db_value *value);
};

/* From now on statements may read from 'given', columns c0 to c24. */
void db_take_rows(struct db *db);
/* Runs one that gives no rows, and reads these from 'given'. */
void statement_run_rows(struct statement *st, const struct db_rows *rows);

/* ---- For SQL of users ------------------------------------------------------
 */

/*
 * From now on only what reads is allowed: no write, no ATTACH, no PRAGMA that
 * writes, no load_extension().
 */
void db_read_only(struct db *db);

/* Is something of it in the log of SQLite alone? */
int db_has_pending(const char *path);
/*
 * Asks the file alone: nothing is made beside it.  NULL, or why it is none.
 */
const char *db_look(const char *path, struct db_head *head);
/*
 * DB_STILL: fails if somebody wrote to the file all the same.  To be asked when
 * all is read.
 */
void db_check_still(struct db *db);

#define DB_ARGUMENTS 2
#define DB_TEXT_MAX  40

/* A function for SQL: yes or no, a text, or an aggregate to an integer. */
struct db_function {
	const char *name;
	int arguments; /* DB_ARGUMENTS at most */
	/* One of these; the length of the text, or 0: NULL */
	int (*test)(const struct db_value *arguments);
	size_t (*text)(const struct db_value *arguments,
		       char text[DB_TEXT_MAX]);
	/* Or all of these. */
	size_t size; /* of the state; it begins as zeros */
	void (*step)(void *state, const struct db_value *arguments);
	int (*finish)(void *state, int64_t *value); /* 0: NULL */
};

void db_add_function(struct db *db, const struct db_function *function);

/* "3.40.1" */
const char *db_library_version(void);

#endif /* RPCLOG_CLI_DB_H */
