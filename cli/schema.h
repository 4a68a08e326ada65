/* SPDX-License-Identifier: MIT */
/* The versions of the database, and opening it as ours. */

#ifndef RPCLOG_CLI_SCHEMA_H
#define RPCLOG_CLI_SCHEMA_H

#include "db.h"

#define SCHEMA_VERSION 3
/* Of one prompt, as the views have it: the usual gap. */
#define SCHEMA_GAP_US (INT64_C(120) * 1000000)

/* cli/schema.sql, compiled in. */
extern const char schema_sql[];
extern const size_t schema_sql_len;

/* All tables and views in an empty database, without indexes. */
void schema_create(struct db *db);
/* The indexes, once there is something in it. */
void schema_index(struct db *db);

/*
 * Opens a database that is there.  db_error() if it is none of ours, was
 * written by a newer rpclog, or is not there.  One of an older rpclog is
 * brought up to date; if it can't be written it is read as it is.
 */
struct db *schema_open(const char *path, unsigned flags);

#endif /* RPCLOG_CLI_SCHEMA_H */
