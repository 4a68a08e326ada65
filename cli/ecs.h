/* SPDX-License-Identifier: MIT */
/*
 * Rows as documents of the Elastic Common Schema, one a line: what a row has
 * no value for is left out, what the schema has no name for is in exchange.
 */

#ifndef RPCLOG_CLI_ECS_H
#define RPCLOG_CLI_ECS_H

#include "fields.h"

struct ecs_entry;

struct ecs {
	struct ecs_entry *entries;	/* members in order of the document */
	size_t count;
	struct fields fields;	/* beside entries: the column of each; then
				 * the parts of the version */
	struct out keys;	/* texts of the entries */
};

/* 'whole': with columns that are long or nobody else's business. */
void ecs_init(struct ecs *ecs, const struct options *options, int whole);
void ecs_clear(struct ecs *ecs);

/* What a worker has. */
struct ecs_rows {
	const struct ecs *ecs;
	struct fields_rows rows;
	struct out room;	/* of a value that is no part of the row */
};

void ecs_rows_init(struct ecs_rows *rows, const struct ecs *ecs);
void ecs_rows_clear(struct ecs_rows *rows);
/* One document. */
void ecs_rows_add(struct ecs_rows *rows, struct out *out,
		  const struct run_row *row);

#endif /* RPCLOG_CLI_ECS_H */
