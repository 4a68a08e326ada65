/* SPDX-License-Identifier: MIT */
/* What SQL of users may do: read, and nothing else. */

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "db_inside.h"

/* PRAGMAs that tell something; those with 1 may be told of what. */
static const struct {
	const char *name;
	int argument;
} pragmas[] = {
	{ "application_id", 0 },    { "collation_list", 0 },
	{ "compile_options", 0 },   { "data_version", 0 },
	{ "database_list", 0 },	    { "encoding", 0 },
	{ "foreign_key_check", 1 }, { "foreign_key_list", 1 },
	{ "freelist_count", 0 },    { "function_list", 0 },
	{ "index_info", 1 },	    { "index_list", 1 },
	{ "index_xinfo", 1 },	    { "integrity_check", 1 },
	{ "module_list", 0 },	    { "page_count", 0 },
	{ "page_size", 0 },	    { "pragma_list", 0 },
	{ "quick_check", 1 },	    { "schema_version", 0 },
	{ "table_info", 1 },	    { "table_list", 1 },
	{ "table_xinfo", 1 },	    { "user_version", 0 },
};

static int
pragma_reads(const char *name, const char *argument)
{
	for (size_t i = 0; i < sizeof(pragmas) / sizeof(pragmas[0]); i++)
		if (strcasecmp(pragmas[i].name, name) == 0)
			return pragmas[i].argument || !argument;
	return 0;
}

/* Functions that reach out of the database; most builds have none. */
static int
function_reads(const char *name)
{
	static const char *const others[] = {
		"edit",
		"fts3_tokenizer",
		"load_extension",
		"writefile",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasecmp(others[i], name) == 0)
			return 0;
	return 1;
}

int
guard_allows(struct db *db, enum db_action action, const char *a, const char *b)
{
	static const char *const verbs[] = {
		[DB_READS] = "reading",
		[DB_INSERTS] = "INSERT",
		[DB_UPDATES] = "UPDATE",
		[DB_DELETES] = "DELETE",
		[DB_ATTACHES] = "ATTACH",
		[DB_DETACHES] = "DETACH",
		[DB_TRANSACTS] = "a transaction",
		[DB_CHANGES_SCHEMA] = "a change of tables",
	};
	const char *verb = "";

	switch (action) {
	case DB_READS: return 1;
	case DB_CALLS:
		if (!b || function_reads(b))
			return 1;
		snprintf(db->refused, sizeof(db->refused), "%.60s()", b);
		return 0;
	case DB_ASKS:
		if (!a || pragma_reads(a, b))
			return 1;
		snprintf(db->refused, sizeof(db->refused), "PRAGMA %.60s", a);
		return 0;
	case DB_UPDATES:
		/*
		 * So SQLite readies tables that are functions, as json_each().
		 * Whoever else would update it is refused by SQLite itself.
		 */
		if (a && strcmp(a, "sqlite_master") == 0)
			return 1;
		break;
	case DB_INSERTS:
	case DB_DELETES:
		/* A table is made by writing to sqlite_master. */
		if (a && strncmp(a, "sqlite_", 7) == 0)
			action = DB_CHANGES_SCHEMA;
		break;
	default: break;
	}
	verb = verbs[action];
	snprintf(db->refused, sizeof(db->refused), "%s", verb);
	return 0;
}
