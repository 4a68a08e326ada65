/* SPDX-License-Identifier: MIT */
/*
 * Columns by name: the known column sets, and the set in force in a log.
 */

#ifndef RPCLOG_SCHEMA_H
#define RPCLOG_SCHEMA_H

#include "alloc.h"

#define KNOWN_COUNT	(RPCLOG_GENERIC_ERRORS + 1)

/*
 * Immutable once made.  'known' maps an rpclog_known to its column, or to
 * UINT32_MAX.
 */
struct rpclog_schema {
	uint32_t count;
	rpclog_slice *names;
	char *text;		/* what the names point into */
	uint32_t known[KNOWN_COUNT];
};

/* A column set that the writer is known to use. */
struct column_set {
	uint32_t count;
	const char *line;	/* names joined by commas */
};

extern const struct column_set column_sets[];
extern const size_t column_set_count;

/* The set with just so many columns, or NULL. */
const struct column_set *column_set_of(size_t count);

/* Every column name of every set in the writer's spelling, each once. */
size_t column_name_count(void);
const char *column_name_at(size_t i);

/* The spelling of 'which' in the newest set. */
const char *known_name(rpclog_known which);

/*
 * From cells that hold column names; copies them.  RPCLOG_ERR_NOMEM leaves '*out' NULL.
 */
rpclog_status schema_new(struct rpclog_schema **out, const struct alloc *a,
			 const rpclog_slice *names, size_t count);
void schema_free(struct rpclog_schema *schema, const struct alloc *a);
/* Same names in the same order, in any case? */
bool schema_has_names(const struct rpclog_schema *schema,
		      const rpclog_slice *names, size_t count);
/*
 * Are these the head of a known set, the last name perhaps cut?  A column line
 * that a crash or a full disk has torn looks like that.
 */
bool names_are_torn(const rpclog_slice *names, size_t count);
/* Are these the columns of an HttpProxy log? */
bool names_are_httpproxy(const rpclog_slice *names, size_t count);

#endif /* RPCLOG_SCHEMA_H */
