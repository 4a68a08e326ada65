/* SPDX-License-Identifier: MIT */
/* Functions for SQL that SQLite does not have. */

#ifndef RPCLOG_CLI_FUNCTIONS_H
#define RPCLOG_CLI_FUNCTIONS_H

#include "db.h"

/*
 * percentile(histogram, p): an aggregate over packed histograms; p is a whole
 * number from 0 to 100.
 * is_user(text, glob): 1 if the glob matches as that of --user does.
 */
void functions_add(struct db *db);

#endif /* RPCLOG_CLI_FUNCTIONS_H */
