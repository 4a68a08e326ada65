/* SPDX-License-Identifier: MIT */
/* The table of usage: rows by hour, of whom, with what. */

#ifndef RPCLOG_CLI_LOAD_USAGE_H
#define RPCLOG_CLI_LOAD_USAGE_H

#include "load.h"

/* Columns of a row; the key comes first, in its order. */
enum usage_column {
	USAGE_HOUR,
	USAGE_WHO,
	USAGE_SERVER,
	USAGE_PROTOCOL,
	USAGE_SOFTWARE,
	USAGE_WINDOWS,
	USAGE_CLASS,
	USAGE_KEY,
	USAGE_TARGET,
	USAGE_KIND,
	USAGE_KEYS,
	USAGE_REQUESTS = USAGE_KEYS,
	USAGE_COLUMNS
};

struct usage_row {
	int64_t cells[USAGE_COLUMNS];
};

struct usage;

struct usage *usage_new(struct db *db);
/* As many requests more; it may be less than none. */
void usage_add(struct usage *usage, const struct usage_row *row);
void usage_flush(struct usage *usage);
void usage_free(struct usage *usage);

#endif /* RPCLOG_CLI_LOAD_USAGE_H */
