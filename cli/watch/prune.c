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

/* A prompt that goes on over the border stays whole. */
static void
delete_prompts(struct db *db, int64_t before_us)
{
	load_run_before(
		db,
		"DELETE FROM event WHERE start_us < ?1 AND NOT EXISTS ("
		" SELECT 1 FROM who JOIN prompt ON prompt.actor = who.actor"
		" WHERE who.id = event.who AND prompt.client = event.client"
		" AND prompt.first_us <= event.start_us"
		" AND prompt.last_us >= event.start_us"
		" AND prompt.last_us >= ?1)",
		before_us);
	load_run_before(db, "DELETE FROM prompt WHERE last_us < ?", before_us);
}

struct gone {
	char **paths;
	int *before; /* it was already when this was last asked */
	size_t count;
};

static void
find_gone(struct db *db, int64_t before_us, struct gone *gone)
{
	struct statement *st = db_prepare(
		db, "SELECT path.path, path.size < 0 FROM path JOIN log "
		    "ON log.id = path.log WHERE log.last_us < ?");
	size_t room = 0, before_room = 0;

	bind_int(st, 1, before_us);
	while (statement_step(st)) {
		rpclog_slice bytes = column_blob(st, 0);
		char *path = xstrndup(bytes.ptr, bytes.len);
		struct stat info;

		if (stat(path, &info) == 0) {
			free(path);
			continue;
		}
		gone->paths = xgrow(gone->paths, gone->count, &room,
				    sizeof(*gone->paths));
		gone->before = xgrow(gone->before, gone->count, &before_room,
				     sizeof(*gone->before));
		gone->paths[gone->count] = path;
		gone->before[gone->count++] = (int)column_int(st, 1);
	}
	statement_free(st);
}

/*
 * Files that are not there any more, and logs that no file holds.  One that is
 * being renamed has no name that is known: the second time it is gone.
 */
static void
delete_logs(struct db *db, int64_t before_us)
{
	struct statement *forget =
		db_prepare(db, "DELETE FROM path WHERE path = ?");
	struct statement *suspect =
		db_prepare(db, "UPDATE path SET size = -1 WHERE path = ?");
	struct gone gone = { NULL, NULL, 0 };

	find_gone(db, before_us, &gone);
	for (size_t i = 0; i < gone.count; i++) {
		struct statement *st = gone.before[i] ? forget : suspect;

		bind_blob(
			st, 1,
			(rpclog_slice){ gone.paths[i], strlen(gone.paths[i]) });
		statement_run(st);
		free(gone.paths[i]);
	}
	free(gone.paths);
	free(gone.before);
	load_run_before(db,
			"DELETE FROM log WHERE last_us < ? AND "
			"id NOT IN (SELECT log FROM path)",
			before_us);
	db_exec(db, "DELETE FROM mark WHERE log NOT IN (SELECT id FROM log)");
}

/* Clients that nobody knows a mailbox of, and names that nothing has. */
static void
delete_names(struct db *db)
{
	load_forget_whos(db, "user = 0 AND mailbox = 0");
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
