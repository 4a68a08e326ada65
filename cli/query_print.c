/* SPDX-License-Identifier: MIT */
/* The rows of a query, as a table. */

#include <stdlib.h>
#include <string.h>

#include "query.h"

/* How columns align shows in the first row; 'there': is there one? */
static struct column *
make_columns(struct statement *st, int count, int there)
{
	struct column *columns = xcalloc((size_t)count, sizeof(*columns));

	for (int i = 0; i < count; i++) {
		enum db_type type = there ? column_type(st, i) : DB_NULL;
		const char *name = statement_column_name(st, i);

		/* SQLite's names end with the statement, or sooner. */
		columns[i].name = xstrdup(name ? name : "");
		columns[i].kind = type == DB_INT || type == DB_REAL
					  ? CELL_NUMBER
					  : CELL_TEXT;
	}
	return columns;
}

static void
print_cell(struct table *table, struct statement *st, int column)
{
	switch (column_type(st, column)) {
	case DB_NULL: table_absent(table); break;
	case DB_INT: table_number(table, column_int(st, column)); break;
	case DB_REAL: table_real(table, column_real(st, column)); break;
	case DB_TEXT: table_text(table, column_text(st, column)); break;
	case DB_BLOB: table_text(table, column_blob(st, column)); break;
	}
}

void
query_print(const struct options *options, struct statement *st,
	    const volatile sig_atomic_t *stop)
{
	int there = statement_step(st);
	int count = statement_columns(st);
	struct column *columns;
	struct table *table;

	if (count == 0)
		return;
	columns = make_columns(st, count, there);
	table = table_begin(out_stdout(), options->format, columns,
			    (size_t)count,
			    options->csv_guard ? 0 : TABLE_NO_GUARD);
	while (there && !*stop) {
		for (int i = 0; i < count; i++)
			print_cell(table, st, i);
		table_row(table);
		there = statement_step(st);
	}
	table_end(table);
	for (int i = 0; i < count; i++)
		free((void *)(uintptr_t)columns[i].name);
	free(columns);
}
