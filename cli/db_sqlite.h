/* SPDX-License-Identifier: MIT */
/* SQLite, for the two files that speak to it: db.c and db_rows.c. */

#ifndef RPCLOG_CLI_DB_SQLITE_H
#define RPCLOG_CLI_DB_SQLITE_H

#include <sqlite3.h>

#endif /* RPCLOG_CLI_DB_SQLITE_H */
