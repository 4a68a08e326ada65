/* SPDX-License-Identifier: MIT */
/* SQLite, behind what this program needs of it. */

#include "db.h"

#include <stdlib.h>

#include "command.h"
#include "db_inside.h"
#include "db_sqlite.h"

/* What its users know better than SQLite's words. */
static const struct {
	int code;
	enum db_trouble trouble;
	const char *text;
} troubles[] = {
	{ SQLITE_FULL, DB_FILE, "the disk is full" },
	{ SQLITE_NOTADB, DB_FILE, "is no database" },
	{ SQLITE_CORRUPT, DB_FILE, "is damaged" },
	{ SQLITE_CANTOPEN, DB_CANNOT_OPEN, "cannot be opened" },
	{ SQLITE_READONLY, DB_CANNOT_OPEN, "cannot be written" },
	{ SQLITE_BUSY, DB_BUSY, "another process writes to it" },
	{ SQLITE_LOCKED, DB_BUSY, "another process writes to it" },
	{ SQLITE_INTERRUPT, DB_INTERRUPTED, "interrupted" },
};

static void
note(struct db *db, int code)
{
	int at = db->handle ? sqlite3_error_offset(db->handle) : -1;

	if (db->error)
		return;
	for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
		if (troubles[i].code == (code & 0xff)) {
			db_fail(db, "%s", troubles[i].text);
			db->trouble = troubles[i].trouble;
		}
	}
	if (db->refused[0])
		db_fail(db, "%s is refused: a query only reads", db->refused);
	db_fail(db, "%s",
		db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
	db->error_at = at;
}

struct db *
db_open(const char *path, unsigned flags)
{
	struct db *db = xcalloc(1, sizeof(*db));
	int mode =
		flags & DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	char *name;
	int code;

	if (flags & DB_CREATE)
		mode |= SQLITE_OPEN_CREATE;
	/* Without effect from the second time on. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	db->error_at = -1;
	db->path = xstrdup(path);
	db->flags = flags;
	name = db_name(db);
	/* One thread at a time has it: locks would be for nothing. */
	mode |= SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
	code = sqlite3_open_v2(name, &db->handle, mode, NULL);
	free(name);
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
db_end_statements(struct db *db)
{
	while (db->statements)
		statement_free(db->statements);
}

void
db_finish(struct db *db)
{
	db_end_statements(db);
	sqlite3_close(db->handle);
	db->handle = NULL;
}

void
db_close(struct db *db)
{
	if (!db)
		return;
	db_finish(db);
	db_tidy(db);
	free(db->error);
	free(db->path);
	free(db);
}

int64_t
db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

void
db_wait(struct db *db, int ms)
{
	sqlite3_busy_timeout(db->handle, ms);
}

const char *
db_library_version(void)
{
	return sqlite3_libversion();
}

struct statement *
db_prepare_next(struct db *db, const char **sql)
{
	struct statement *st = statement_new(db);
	const char *end = "";

	db->refused[0] = '\0';
	if (!db->error &&
	    sqlite3_prepare_v3(db->handle, *sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &st->st, &end) != SQLITE_OK)
		note(db, sqlite3_extended_errcode(db->handle));
	*sql = db->error ? "" : end;
	return st;
}

int
statement_reads(struct statement *st)
{
	return sqlite3_stmt_readonly(st->st);
}

void
statement_free(struct statement *st)
{
	if (!st)
		return;
	sqlite3_finalize(st->st);
	statement_forget(st);
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
	return sqlite3_column_name(st->st, column);
}

static enum db_type
type_of(int type)
{
	switch (type) {
	case SQLITE_INTEGER: return DB_INT;
	case SQLITE_FLOAT: return DB_REAL;
	case SQLITE_TEXT: return DB_TEXT;
	case SQLITE_BLOB: return DB_BLOB;
	default: return DB_NULL;
	}
}

enum db_type
column_type(struct statement *st, int column)
{
	return type_of(sqlite3_column_type(st->st, column));
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

static enum db_action
action_of(int action)
{
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE: return DB_READS;
	case SQLITE_FUNCTION: return DB_CALLS;
	case SQLITE_PRAGMA: return DB_ASKS;
	case SQLITE_INSERT: return DB_INSERTS;
	case SQLITE_UPDATE: return DB_UPDATES;
	case SQLITE_DELETE: return DB_DELETES;
	case SQLITE_ATTACH: return DB_ATTACHES;
	case SQLITE_DETACH: return DB_DETACHES;
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT: return DB_TRANSACTS;
	default: return DB_CHANGES_SCHEMA;
	}
}

/* What SQLite asks of each part of a statement before it is run. */
static int
authorize(void *db, int action, const char *a, const char *b, const char *c,
	  const char *d)
{
	(void)c;
	(void)d;
	return guard_allows(db, action_of(action), a, b) ? SQLITE_OK
							 : SQLITE_DENY;
}

void
db_read_only(struct db *db)
{
	if (db->error)
		return;
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_set_authorizer(db->handle, authorize, db);
}

static void
step(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct db_function *function = sqlite3_user_data(context);
	struct db_value arguments[DB_ARGUMENTS];
	char text[DB_TEXT_MAX];
	void *state;

	for (int i = 0; i < count; i++) {
		struct db_value *value = &arguments[i];

		value->type = type_of(sqlite3_value_type(values[i]));
		value->number = sqlite3_value_int64(values[i]);
		value->bytes.ptr = sqlite3_value_blob(values[i]);
		value->bytes.len = (size_t)sqlite3_value_bytes(values[i]);
	}
	if (function->test) {
		sqlite3_result_int(context, function->test(arguments));
		return;
	}
	if (function->text) {
		size_t len = function->text(arguments, text);

		if (len)
			sqlite3_result_text(context, text, (int)len,
					    SQLITE_TRANSIENT);
		return;
	}
	state = sqlite3_aggregate_context(context, (int)function->size);
	if (state)
		function->step(state, arguments);
	else
		sqlite3_result_error_nomem(context);
}

static void
finish(sqlite3_context *context)
{
	const struct db_function *function = sqlite3_user_data(context);
	void *state = sqlite3_aggregate_context(context, 0);
	int64_t value;

	/* NULL: there was no row. */
	if (state && function->finish(state, &value))
		sqlite3_result_int64(context, value);
}

void
db_add_function(struct db *db, const struct db_function *function)
{
	int scalar = function->test || function->text;
	int code;

	if (db->error)
		return;
	code = sqlite3_create_function_v2(
		db->handle, function->name, function->arguments,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC, (void *)(uintptr_t)function,
		scalar ? step : NULL, scalar ? NULL : step,
		scalar ? NULL : finish, NULL);
	if (code != SQLITE_OK)
		note(db, code);
}
