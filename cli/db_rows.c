/* SPDX-License-Identifier: MIT */
/*
 * Rows of ours that a statement reads as a table.  Each row costs SQLite a
 * third of what a statement of its own would.
 */

#include <stdlib.h>

#include "command.h"
#include "db_inside.h"
#include "db_sqlite.h"

struct table {
	sqlite3_vtab base; /* the first of it */
	struct db *db;
};

struct cursor {
	sqlite3_vtab_cursor base; /* the first of it */
	const struct db_rows *rows;
	size_t row;
};

static int
connect_table(sqlite3 *handle, void *db, int argc, const char *const *argv,
	      sqlite3_vtab **out, char **error)
{
	struct table *table;
	int code = sqlite3_declare_vtab(
		handle, "CREATE TABLE given (c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,"
			"c10,c11,c12,c13,c14,c15,c16,c17,c18,c19,c20,c21,c22,"
			"c23,c24)");

	(void)argc;
	(void)argv;
	(void)error;
	if (code != SQLITE_OK)
		return code;
	table = xcalloc(1, sizeof(*table));
	table->db = db;
	*out = &table->base;
	return SQLITE_OK;
}

static int
disconnect_table(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

/* All rows, as they come: there is no other way to read them. */
static int
plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	(void)info;
	return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = xcalloc(1, sizeof(*cursor));

	(void)table;
	*out = &cursor->base;
	return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *cursor)
{
	free(cursor);
	return SQLITE_OK;
}

static int
first_row(sqlite3_vtab_cursor *base, int number, const char *name, int argc,
	  sqlite3_value **argv)
{
	struct cursor *cursor = (struct cursor *)base;

	(void)number;
	(void)name;
	(void)argc;
	(void)argv;
	cursor->rows = ((struct table *)base->pVtab)->db->rows;
	cursor->row = 0;
	return SQLITE_OK;
}

static int
next_row(sqlite3_vtab_cursor *base)
{
	((struct cursor *)base)->row++;
	return SQLITE_OK;
}

static int
at_end(sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (struct cursor *)base;

	return !cursor->rows || cursor->row >= cursor->rows->count;
}

static int
cell(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
	const struct cursor *cursor = (struct cursor *)base;
	const struct db_rows *rows = cursor->rows;
	struct db_value value = { DB_NULL, 0, { NULL, 0 } };

	rows->cell(rows->ctx, cursor->row, column, &value);
	if (value.type == DB_INT)
		sqlite3_result_int64(context, value.number);
	else if (value.type == DB_TEXT)
		sqlite3_result_text64(
			context, value.bytes.len ? value.bytes.ptr : "",
			value.bytes.len, SQLITE_STATIC, SQLITE_UTF8);
	else if (value.type == DB_BLOB)
		sqlite3_result_blob64(context,
				      value.bytes.len ? value.bytes.ptr : "",
				      value.bytes.len, SQLITE_STATIC);
	return SQLITE_OK;
}

static int
row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *number)
{
	*number = (sqlite3_int64)((struct cursor *)base)->row;
	return SQLITE_OK;
}

static const sqlite3_module module = {
	.xConnect = connect_table,
	.xBestIndex = plan,
	.xDisconnect = disconnect_table,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = first_row,
	.xNext = next_row,
	.xEof = at_end,
	.xColumn = cell,
	.xRowid = row_number,
};

void
db_take_rows(struct db *db)
{
	if (!db->error && sqlite3_create_module_v2(db->handle, "given", &module,
						   db, NULL) != SQLITE_OK)
		db_fail(db, "%s", sqlite3_errmsg(db->handle));
}

void
statement_run_rows(struct statement *st, const struct db_rows *rows)
{
	st->db->rows = rows;
	if (rows->count)
		statement_run(st);
	st->db->rows = NULL;
}
