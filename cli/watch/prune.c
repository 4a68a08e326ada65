/* SPDX-License-Identifier: MIT */
/*
 * What a watch without -d lets go, so that its database stays as it is over
 * days: rows that are older than the horizon, and logs that are gone.  Users
 * and whose a mailbox is stay known, as a row may ask for it at any time.
 */

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base.h"

/* Rows come late, and prompts grow: then there must be something left. */
#define MARGIN_HOURS 1

static void
run_before(struct db *db, const char *sql, int64_t before_us)
{
	struct statement *st = db_prepare(db, sql);

	bind_int(st, 1, before_us);
	statement_run(st);
	statement_free(st);
}

/* A prompt that goes on over the border stays whole. */
static void
delete_prompts(struct db *db, int64_t before_us)
{
	run_before(db,
		   "DELETE FROM event WHERE start_us < ?1 AND NOT EXISTS ("
		   " SELECT 1 FROM who JOIN prompt ON prompt.actor = who.actor"
		   " WHERE who.id = event.who AND prompt.client = event.client"
		   " AND prompt.first_us <= event.start_us"
		   " AND prompt.last_us >= event.start_us"
		   " AND prompt.last_us >= ?1)",
		   before_us);
	run_before(db, "DELETE FROM prompt WHERE last_us < ?", before_us);
}

/* Files that are not there any more, and logs that no file holds. */
static void
delete_logs(struct db *db, int64_t before_us)
{
	struct statement *old = db_prepare(
		db, "SELECT path.path FROM path JOIN log ON log.id = path.log "
		    "WHERE log.last_us < ?");
	struct statement *forget =
		db_prepare(db, "DELETE FROM path WHERE path = ?");
	char **gone = NULL;
	size_t count = 0, room = 0;

	bind_int(old, 1, before_us);
	while (statement_step(old)) {
		rpclog_slice bytes = column_blob(old, 0);
		char *path = xstrndup(bytes.ptr, bytes.len);
		struct stat info;

		if (stat(path, &info) == 0) {
			free(path);
			continue;
		}
		gone = xgrow(gone, count, &room, sizeof(*gone));
		gone[count++] = path;
	}
	for (size_t i = 0; i < count; i++) {
		bind_blob(forget, 1,
			  (rpclog_slice){ gone[i], strlen(gone[i]) });
		statement_run(forget);
		free(gone[i]);
	}
	free(gone);
	run_before(db,
		   "DELETE FROM log WHERE last_us < ? AND "
		   "id NOT IN (SELECT log FROM path)",
		   before_us);
	db_exec(db, "DELETE FROM mark WHERE log NOT IN (SELECT id FROM log)");
}

/* Clients that nobody knows a mailbox of, and names that nothing has. */
static void
delete_names(struct db *db)
{
	db_exec(db,
		"DELETE FROM who WHERE user = 0 AND mailbox = 0 AND "
		"id NOT IN (SELECT who FROM event"
		" UNION SELECT session FROM event WHERE session NOT NULL"
		" UNION SELECT who FROM usage UNION SELECT who FROM success"
		" UNION SELECT who FROM basic UNION SELECT who FROM reach)");
	load_forget_names(db);
}

/* A clock that is ahead must not make all rows of today old ones. */
static int64_t
newest_of(struct base *base)
{
	const int64_t newest = base_newest(base);
	const int64_t now = (int64_t)time(NULL) * 1000000;

	return newest < now ? newest : now;
}

int
base_prune(struct base *base, int64_t horizon_us)
{
	const int64_t newest = newest_of(base);
	int64_t hour;

	if (!base->temporary || newest == INT64_MIN ||
	    newest < INT64_MIN + horizon_us + (MARGIN_HOURS + 1) * HOUR_US)
		return EXIT_DONE;
	hour = hour_of(newest - horizon_us) - MARGIN_HOURS;
	if (hour <= base->pruned)
		return EXIT_DONE;
	base->pruned = hour;
	base_begin(base);
	delete_prompts(base->db, hour * HOUR_US);
	load_prune_sums(base->db, hour);
	delete_logs(base->db, hour * HOUR_US);
	delete_names(base->db);
	return base_commit(base);
}
