/* SPDX-License-Identifier: MIT */
/* The database of a watch: opening, transactions, closing. */

#include "base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "inputs.h"
#include "schema.h"

/* Enough for steps, and no more, since it is never given back. */
#define CACHE "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY"

int
base_say(const struct base *base)
{
	complain("%s: %s",
		 base->temporary ? "the temporary database" : base->file.path,
		 db_error(base->db));
	return EXIT_TROUBLE;
}

/* ---- opening ----------------------------------------------------------------
 */

int
base_open(struct base *base, const struct options *options)
{
	memset(base, 0, sizeof(*base));
	base->file.lock = -1;
	base->options = options;
	base->temporary = !options->database;
	base->seen = -1;
	base->pruned = INT64_MIN;
	base->begun = base->all = 1;
	if (base->temporary)
		base->db = load_open_private(CACHE);
	else
		base->db = load_open(&base->file, options->database,
				     options->quiet, 0);
	base->fresh = base->temporary || base->file.building;
	db_take_rows(base->db);
	if (db_error(base->db) && !interrupted)
		return base_say(base);
	return EXIT_DONE;
}

/* One that was built has its place now: from now on it is like others. */
static void
open_again(struct base *base)
{
	char *path = xstrdup(base->file.path);

	load_close(&base->file, base->db);
	memset(&base->file, 0, sizeof(base->file));
	base->file.lock = -1;
	base->file.path = path;
	base->db = load_join(path);
	base->seen = -1;
	db_take_rows(base->db);
}

/* From now on prompts that come or go are noted. */
static void
stir(struct base *base)
{
	db_exec(base->db, CACHE
		";"
		"CREATE TEMP TABLE stirred (actor INTEGER, client INTEGER, "
		"first_us INTEGER, PRIMARY KEY (actor, client, first_us)) "
		"WITHOUT ROWID;"
		"CREATE TEMP TRIGGER comes AFTER INSERT ON main.prompt BEGIN "
		"INSERT OR IGNORE INTO stirred VALUES "
		"(new.actor, new.client, new.first_us); END;"
		"CREATE TEMP TRIGGER goes AFTER DELETE ON main.prompt BEGIN "
		"INSERT OR IGNORE INTO stirred VALUES "
		"(old.actor, old.client, old.first_us); END");
	base->stirs = 1;
}

/* ---- transactions -----------------------------------------------------------
 */

static int64_t
others_wrote(struct base *base)
{
	return db_number(base->db, "PRAGMA data_version", 0);
}

int
base_is_changed(struct base *base)
{
	return base->begun ||
	       (!base->temporary && others_wrote(base) != base->seen);
}

/* Somebody may have put another file in its place, or removed it. */
static void
check_place(struct base *base)
{
	struct stat info;

	if (stat(base->file.path, &info) != 0)
		db_fail(base->db, "%s", strerror(errno));
	else if (info.st_ino != base->inode)
		db_fail(base->db, "was replaced by another one");
}

static void
note_place(struct base *base)
{
	struct stat info;

	if (!base->temporary && stat(base->file.path, &info) == 0)
		base->inode = info.st_ino;
}

void
base_begin(struct base *base)
{
	int64_t seen;

	if (!base->begun && base->temporary)
		db_exec(base->db, "BEGIN");
	else if (!base->begun)
		load_begin(&base->file, base->db, base->options->quiet);
	if (!base->begun && !base->temporary)
		check_place(base);
	base->begun = 1;
	if (base->temporary)
		return;
	seen = others_wrote(base);
	if (seen != base->seen)
		base->all = 1;
	base->seen = seen;
}

int
base_commit(struct base *base)
{
	const int built = base->file.building != NULL;

	if (base->stirs)
		db_exec(base->db, "DELETE FROM stirred");
	if (!load_commit(&base->file, base->db))
		return base_say(base);
	base->begun = base->fresh = base->all = 0;
	if (built)
		open_again(base);
	if (!base->stirs) {
		note_place(base);
		stir(base);
	}
	return db_error(base->db) ? base_say(base) : EXIT_DONE;
}

void
base_close(struct base *base)
{
	load_close(&base->file, base->db);
}

int64_t
base_newest(struct base *base)
{
	return db_number(base->db, "SELECT max(newest_us) FROM server",
			 INT64_MIN);
}
