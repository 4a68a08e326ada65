/* SPDX-License-Identifier: MIT */
/*
 * Fields of rows, chosen by --fields: a table of all files in their order,
 * to which each worker adds the rows of its files.
 */

#ifndef RPCLOG_CLI_FIELDS_H
#define RPCLOG_CLI_FIELDS_H

#include "names.h"
#include "run.h"

struct fields {
	uint32_t *names;
	struct column *columns;	/* beside names */
	size_t count;
	enum out_format format;	/* no OUT_TEXT */
	unsigned flags;		/* an enum table_flag: the guard of csv */
};

/*
 * Fields by their names, "*" being all of them, in the format of the command
 * line or else tsv.  EXIT_DONE, or said trouble; fields_clear() in any case.
 */
int fields_read(struct fields *fields, const struct options *options,
		const struct text_list *list);
void fields_clear(struct fields *fields);
/* Does one of them hang on sessions or actors? */
int fields_are_settled(const struct fields *fields);

/* Before run_do(): what stands before the first row. */
void fields_open(const struct fields *fields);
/* After it, in any case; 'whole': no row is missing, so end it properly. */
void fields_close(const struct fields *fields, int whole);

/* What a worker has. */
struct fields_rows {
	const struct fields *fields;
	size_t *places;		/* beside names: columns in the set in force */
	uint64_t set;		/* that set: see struct run_row */
	struct out *out;
	struct table *table;	/* of this file */
};

void fields_rows_init(struct fields_rows *rows, const struct fields *fields);
void fields_rows_clear(struct fields_rows *rows);
/* Around the rows of a file. */
void fields_rows_begin(struct fields_rows *rows, struct out *out);
void fields_rows_end(struct fields_rows *rows);
/* One row; 'settled' may be NULL if no field asks for it. */
void fields_rows_add(struct fields_rows *rows, const struct run_row *row,
		     const rpclog_settled *settled);
/* The value of a field that is a log column. */
rpclog_slice fields_rows_column(struct fields_rows *rows, size_t field,
				const struct run_row *row);

#endif /* RPCLOG_CLI_FIELDS_H */
