/* SPDX-License-Identifier: MIT */
/* SQLite, behind what this program needs of it. */

#include "db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "histogram.h"

struct statement {
	struct db *db;
	sqlite3_stmt *st;
	struct statement *next, **link;
};

struct db {
	sqlite3 *handle;
	struct statement *statements;
	char *error;
	int code;	/* of SQLite, if it was SQLite's error */
	int error_at;
};

/* ---- errors ----------------------------------------------------------------
 */

/* SQLite's word in one line, with what its users know it by. */
static const char *
plain_error(const struct db *db, int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL: return "the disk is full";
	case SQLITE_NOTADB: return "is no database";
	case SQLITE_CANTOPEN: return "cannot be opened";
	case SQLITE_READONLY: return "cannot be written";
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return "another process writes to it";
	case SQLITE_INTERRUPT: return "interrupted";
	default: break;
	}
	return db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code);
}

static void
note(struct db *db, int code)
{
	if (db->error)
		return;
	db->code = code;
	db->error_at = db->handle ? sqlite3_error_offset(db->handle) : -1;
	db->error = xstrdup(plain_error(db, code));
}

void
db_fail(struct db *db, const char *format, ...)
{
	va_list ap;

	if (db->error)
		return;
	va_start(ap, format);
	if (vasprintf(&db->error, format, ap) < 0)
		xno_memory();
	va_end(ap);
	db->error_at = -1;
}

const char *
db_error(const struct db *db)
{
	return db->error;
}

int
db_error_at(const struct db *db)
{
	return db->error ? db->error_at : -1;
}

int
db_is_busy(const struct db *db)
{
	return db->error && ((db->code & 0xff) == SQLITE_BUSY ||
			     (db->code & 0xff) == SQLITE_LOCKED);
}

int
db_is_interrupted(const struct db *db)
{
	return db->error && (db->code & 0xff) == SQLITE_INTERRUPT;
}

void
db_clear_error(struct db *db)
{
	free(db->error);
	db->error = NULL;
	db->code = SQLITE_OK;
	db->error_at = -1;
}

/* ---- the database ----------------------------------------------------------
 */

struct db *
db_open(const char *path, unsigned flags)
{
	struct db *db = xcalloc(1, sizeof(*db));
	int mode = flags & DB_WRITE ? SQLITE_OPEN_READWRITE
				    : SQLITE_OPEN_READONLY;
	int code;

	if (flags & DB_CREATE)
		mode |= SQLITE_OPEN_CREATE;
	db->error_at = -1;
	code = sqlite3_open_v2(path, &db->handle, mode, NULL);
	if (code == SQLITE_OK) {
		sqlite3_extended_result_codes(db->handle, 1);
		sqlite3_busy_timeout(db->handle, 5000);
		/* What it is shows when it is first read. */
		code = sqlite3_exec(db->handle, "PRAGMA schema_version", NULL,
				    NULL, NULL);
	}
	if (code != SQLITE_OK)
		note(db, code);
	return db;
}

void
db_close(struct db *db)
{
	if (!db)
		return;
	while (db->statements)
		statement_free(db->statements);
	sqlite3_close(db->handle);
	free(db->error);
	free(db);
}

int
db_exec(struct db *db, const char *sql)
{
	int code;

	if (db->error)
		return 0;
	code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		note(db, code);
	return code == SQLITE_OK;
}

int64_t
db_number(struct db *db, const char *sql, int64_t otherwise)
{
	struct statement *st = db_prepare(db, sql);
	int64_t value = otherwise;

	if (statement_step(st) && column_type(st, 0) != DB_NULL)
		value = column_int(st, 0);
	statement_free(st);
	return value;
}

int64_t
db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t
db_changes(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}

void
db_wait(struct db *db, int ms)
{
	sqlite3_busy_timeout(db->handle, ms);
}

void
db_interrupt(struct db *db)
{
	sqlite3_interrupt(db->handle);
}

const char *
db_library_version(void)
{
	return sqlite3_libversion();
}

/* ---- statements ------------------------------------------------------------
 */

struct statement *
db_prepare(struct db *db, const char *sql)
{
	struct statement *st = xcalloc(1, sizeof(*st));

	st->db = db;
	st->next = db->statements;
	st->link = &db->statements;
	if (st->next)
		st->next->link = &st->next;
	db->statements = st;
	if (!db->error) {
		int code = sqlite3_prepare_v3(db->handle, sql, -1,
					      SQLITE_PREPARE_PERSISTENT,
					      &st->st, NULL);

		if (code != SQLITE_OK)
			note(db, code);
	}
	return st;
}

void
statement_free(struct statement *st)
{
	if (!st)
		return;
	sqlite3_finalize(st->st);
	*st->link = st->next;
	if (st->next)
		st->next->link = st->link;
	free(st);
}

static void
check(struct statement *st, int code)
{
	if (code != SQLITE_OK && st->st)
		note(st->db, code);
}

void
bind_int(struct statement *st, int place, int64_t value)
{
	check(st, sqlite3_bind_int64(st->st, place, value));
}

void
bind_real(struct statement *st, int place, double value)
{
	check(st, sqlite3_bind_double(st->st, place, value));
}

void
bind_text(struct statement *st, int place, rpclog_slice text)
{
	check(st, sqlite3_bind_text64(st->st, place, text.len ? text.ptr : "",
				      text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void
bind_blob(struct statement *st, int place, rpclog_slice bytes)
{
	check(st, sqlite3_bind_blob64(st->st, place, bytes.len ? bytes.ptr : "",
				      bytes.len, SQLITE_STATIC));
}

void
bind_null(struct statement *st, int place)
{
	check(st, sqlite3_bind_null(st->st, place));
}

int
statement_place(struct statement *st, const char *name)
{
	return st->st ? sqlite3_bind_parameter_index(st->st, name) : 0;
}

int
statement_places(struct statement *st)
{
	return st->st ? sqlite3_bind_parameter_count(st->st) : 0;
}

const char *
statement_place_name(struct statement *st, int place)
{
	return st->st ? sqlite3_bind_parameter_name(st->st, place) : NULL;
}

int
statement_step(struct statement *st)
{
	int code;

	if (st->db->error || !st->st)
		return 0;
	code = sqlite3_step(st->st);
	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		note(st->db, code);
	sqlite3_reset(st->st);
	return 0;
}

void
statement_run(struct statement *st)
{
	while (statement_step(st))
		;
}

void
statement_reset(struct statement *st)
{
	sqlite3_reset(st->st);
}

int
statement_columns(struct statement *st)
{
	return sqlite3_column_count(st->st);
}

const char *
statement_column_name(struct statement *st, int column)
{
	const char *name = sqlite3_column_name(st->st, column);

	return name ? name : "";
}

enum db_type
column_type(struct statement *st, int column)
{
	switch (sqlite3_column_type(st->st, column)) {
	case SQLITE_INTEGER: return DB_INT;
	case SQLITE_FLOAT: return DB_REAL;
	case SQLITE_TEXT: return DB_TEXT;
	case SQLITE_BLOB: return DB_BLOB;
	default: return DB_NULL;
	}
}

int64_t
column_int(struct statement *st, int column)
{
	return sqlite3_column_int64(st->st, column);
}

double
column_real(struct statement *st, int column)
{
	return sqlite3_column_double(st->st, column);
}

rpclog_slice
column_text(struct statement *st, int column)
{
	rpclog_slice text;

	text.ptr = (const char *)sqlite3_column_text(st->st, column);
	text.len = (size_t)sqlite3_column_bytes(st->st, column);
	return text;
}

rpclog_slice
column_blob(struct statement *st, int column)
{
	rpclog_slice bytes;

	bytes.ptr = sqlite3_column_blob(st->st, column);
	bytes.len = (size_t)sqlite3_column_bytes(st->st, column);
	return bytes;
}

/* ---- for SQL of users ------------------------------------------------------
 */

void
db_read_only(struct db *db)
{
	(void)db;
}

void
db_add_percentile(struct db *db)
{
	(void)db;
}
