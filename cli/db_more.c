/* SPDX-License-Identifier: MIT */
/* Databases: errors, and what is made of single statements. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "db_inside.h"
#include "db_sqlite.h"

static void
set_error(struct db *db, const char *format, va_list ap)
{
	if (db->error)
		return;
	if (vasprintf(&db->error, format, ap) < 0)
		xno_memory();
	db->trouble = DB_OTHER;
	db->error_at = -1;
}

void
db_fail(struct db *db, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	set_error(db, format, ap);
	va_end(ap);
}

struct db *
db_refuse(const char *format, ...)
{
	struct db *db = xcalloc(1, sizeof(*db));
	va_list ap;

	va_start(ap, format);
	set_error(db, format, ap);
	va_end(ap);
	return db;
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

enum db_trouble
db_trouble(const struct db *db)
{
	return db->error ? db->trouble : DB_FINE;
}

int
db_is_busy(const struct db *db)
{
	return db_trouble(db) == DB_BUSY;
}

void
db_interrupt(struct db *db)
{
	if (db->handle)
		sqlite3_interrupt(db->handle);
}

int
db_is_interrupted(const struct db *db)
{
	return db_trouble(db) == DB_INTERRUPTED;
}

void
db_clear_error(struct db *db)
{
	free(db->error);
	db->error = NULL;
	db->trouble = DB_FINE;
	db->error_at = -1;
}

struct statement *
statement_new(struct db *db)
{
	struct statement *st = xcalloc(1, sizeof(*st));

	st->db = db;
	st->next = db->statements;
	st->link = &db->statements;
	if (st->next)
		st->next->link = &st->next;
	db->statements = st;
	return st;
}

void
statement_forget(struct statement *st)
{
	*st->link = st->next;
	if (st->next)
		st->next->link = st->link;
	free(st);
}

int
statement_is_empty(struct statement *st)
{
	return !st->st;
}

void
statement_run(struct statement *st)
{
	while (statement_step(st))
		;
}

struct statement *
db_prepare(struct db *db, const char *sql)
{
	return db_prepare_next(db, &sql);
}

int
db_exec(struct db *db, const char *sql)
{
	while (*sql && !db->error) {
		struct statement *st = db_prepare_next(db, &sql);

		statement_run(st);
		statement_free(st);
	}
	return !db->error;
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

/* Is there a statement, or what can't be one, in 'rest'? */
static int
is_more(struct db *db, const char *rest)
{
	int more = 0;

	while (*rest && !more && !db->error) {
		struct statement *st = db_prepare_next(db, &rest);

		more = db->error || !statement_is_empty(st);
		statement_free(st);
	}
	return more;
}

struct statement *
db_prepare_query(struct db *db, const char *sql)
{
	const char *rest = sql;
	struct statement *st = db_prepare_next(db, &rest);

	if (db->error)
		return st;
	if (statement_is_empty(st)) {
		db_fail(db, "there is no statement in it");
	} else if (!statement_reads(st)) {
		/* VACUUM asks nobody. */
		db_fail(db, "this statement is refused: a query only reads");
	} else if (is_more(db, rest)) {
		db_clear_error(db);
		db_fail(db, "a second statement: one is enough");
		db->error_at = (int)(rest + strspn(rest, " \t\r\n") - sql);
	}
	return st;
}
