/* SPDX-License-Identifier: MIT */
/* Functions for SQL that SQLite does not have. */

#ifndef RPCLOG_CLI_FUNCTIONS_H
#define RPCLOG_CLI_FUNCTIONS_H

#include "db.h"

/*
 * percentile(histogram, p): an aggregate over packed histograms; p is a whole
 * number from 0 to 100.
 * is_user(text, glob): 1 if the glob matches as that of --user does.
 * utc(us): an instant, as "2026-11-20T13:00:00.000Z".
 */
void functions_add(struct db *db);

#endif /* RPCLOG_CLI_FUNCTIONS_H */
