/* SPDX-License-Identifier: MIT */
/*
 * --prune: what started before an hour is deleted, as if it had never been;
 * which logs were loaded is still known, so that they are not loaded again.
 */

#include <stdlib.h>

#include "inputs.h"
#include "load.h"

void
load_run_before(struct db *db, const char *sql, int64_t before)
{
	struct statement *st = db_prepare(db, sql);

	bind_int(st, 1, before);
	statement_run(st);
	statement_free(st);
}

/*
 * A prompt over the border begins with its first row that stays.  It is about
 * to be deleted, so that nobody could tell later how far it went.
 */
static void
touch_border(struct load *load, int64_t before_us)
{
	struct statement *st =
		db_prepare(load->db, "SELECT actor, last_us FROM prompt "
				     "WHERE first_us < ?1 AND last_us >= ?1");

	bind_int(st, 1, before_us);
	while (statement_step(st)) {
		int64_t actor = column_int(st, 0);

		touched_add(load->touched, actor, before_us);
		touched_add(load->touched, actor, column_int(st, 1));
	}
	statement_free(st);
}

void
load_prune_sums(struct db *db, int64_t hour)
{
	const int64_t before_us = hour * HOUR_US;
	const int64_t day = hour / 24 - (hour % 24 < 0);

	load_run_before(db, "DELETE FROM popup_hour WHERE hour < ?", hour);
	load_run_before(db, "DELETE FROM usage WHERE hour < ?", hour);
	load_run_before(db, "DELETE FROM traffic WHERE quarter < ?", 4 * hour);
	load_run_before(db, "DELETE FROM slow WHERE quarter < ?", 4 * hour);
	load_run_before(db, "DELETE FROM channel WHERE hour < ?", hour);
	load_run_before(db, "DELETE FROM odd WHERE start_us < ?", before_us);
	load_run_before(db, "DELETE FROM basic WHERE day < ?", day);
	load_run_before(db, "DELETE FROM reach WHERE day < ?", day);
	load_run_before(db, "DELETE FROM success WHERE last_us < ?", before_us);
	/* What a watch said of a prompt over the border goes on. */
	load_run_before(db, "DELETE FROM said WHERE last_us < ?", before_us);
	load_run_before(db, "DELETE FROM row WHERE start_us < ?", before_us);
}

void
load_prune(struct load *load)
{
	const int64_t hour = hour_of(load->prune_us);
	const int64_t before_us = hour * HOUR_US;
	struct db *db = load->db;

	touch_border(load, before_us);
	load_run_before(db, "DELETE FROM event WHERE start_us < ?", before_us);
	load_run_before(db, "DELETE FROM prompt WHERE first_us < ?", before_us);
	load_prune_sums(db, hour);
}

/*
 * Whom nothing names any more.  A user who owns a mailbox that is still named
 * is needed.
 */
void
load_forget(struct load *load)
{
	load_forget_whos(load->db, "user NOT IN (SELECT owner FROM who WHERE "
				   "owner > 0)");
	load_forget_names(load->db);
}

void
load_forget_whos(struct db *db, const char *which)
{
	char *sql = text_print(
		"DELETE FROM who WHERE id NOT IN ("
		" SELECT who FROM event"
		" UNION SELECT session FROM event WHERE session IS NOT NULL"
		" UNION SELECT \"key\" FROM event"
		" UNION SELECT who FROM usage UNION SELECT \"key\" FROM usage"
		" UNION SELECT who FROM success UNION SELECT who FROM channel"
		" UNION SELECT who FROM basic UNION SELECT who FROM reach)"
		" AND %s",
		which);

	db_exec(db, sql);
	free(sql);
}

void
load_forget_names(struct db *db)
{
	db_exec(db,
		"DELETE FROM name WHERE id > 0 AND id NOT IN ("
		" SELECT client FROM event UNION SELECT server FROM event"
		" UNION SELECT target FROM event UNION SELECT protocol FROM "
		"event"
		" UNION SELECT method FROM event UNION SELECT software FROM "
		"event"
		" UNION SELECT windows FROM event"
		" UNION SELECT error_code FROM event"
		" UNION SELECT security_status FROM event"
		" UNION SELECT errors FROM event"
		" UNION SELECT user FROM who UNION SELECT mailbox FROM who"
		" UNION SELECT client FROM who UNION SELECT agent FROM who"
		" UNION SELECT actor FROM who UNION SELECT spelling FROM who"
		" UNION SELECT owner FROM who"
		" UNION SELECT server FROM usage"
		" UNION SELECT protocol FROM usage"
		" UNION SELECT software FROM usage"
		" UNION SELECT windows FROM usage"
		" UNION SELECT target FROM usage"
		" UNION SELECT target FROM slow UNION SELECT protocol FROM slow"
		" UNION SELECT client FROM channel"
		" UNION SELECT target FROM channel"
		" UNION SELECT client FROM odd"
		" UNION SELECT server FROM traffic"
		" UNION SELECT target FROM traffic"
		" UNION SELECT protocol FROM traffic"
		" UNION SELECT target FROM target UNION SELECT target FROM "
		"reach"
		" UNION SELECT server FROM server"
		" UNION SELECT actor FROM prompt UNION SELECT client FROM "
		"prompt"
		" UNION SELECT target FROM prompt UNION SELECT server FROM "
		"prompt"
		" UNION SELECT actor FROM said UNION SELECT client FROM said"
		" UNION SELECT target FROM said UNION SELECT server FROM "
		"said)");
}
