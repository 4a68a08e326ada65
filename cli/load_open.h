/* SPDX-License-Identifier: MIT */
/*
 * The database of a load.  One that is new is built beside its place, without
 * a journal, and moved there when it is whole; one that is there is written in
 * one transaction.  Either way another load waits.
 */

#ifndef RPCLOG_CLI_LOAD_OPEN_H
#define RPCLOG_CLI_LOAD_OPEN_H

#include "db.h"

struct load_file {
	char *path;	/* where it belongs */
	char *building; /* where it is built, or NULL: it was there */
	int lock;	/* descriptor of that, locked; -1: none */
};

/* Ready to be written; 'full': with rows themselves.  Ask db_error(). */
struct db *load_open(struct load_file *file, const char *path, int quiet,
		     int full);
/* The same in two: one that is there, and the transaction that may wait. */
struct db *load_join(const char *path);
void load_begin(const struct load_file *file, struct db *db, int quiet);
/* One that nobody else sees, gone when it is closed; in a transaction, before
 * which 'first' was run. */
struct db *load_open_private(const char *first);
/* For looking only: the one that is there, or an empty one. */
struct db *load_look(const char *path, int *fresh);
/* Makes it last.  1, or 0: db_error(). */
int load_commit(struct load_file *file, struct db *db);
/* Closes; what was not committed is undone. */
void load_close(struct load_file *file, struct db *db);

#endif /* RPCLOG_CLI_LOAD_OPEN_H */
