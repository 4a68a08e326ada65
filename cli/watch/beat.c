/* SPDX-License-Identifier: MIT */
/* -v: a line now and then that tells how far a watch is. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "watch.h"
#include "when.h"
#include "schema.h"

/* "3 s", "5 min", "7 h", "12 d" */
static void
put_age(char text[32], int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = { { 172800, "d" }, { 7200, "h" }, { 120, "min" } };
	static const int64_t sizes[] = { 86400, 3600, 60 };

	for (int i = 0; i < 3; i++) {
		if (seconds >= units[i].seconds) {
			snprintf(text, 32, "%lld %s",
				 (long long)(seconds / sizes[i]),
				 units[i].name);
			return;
		}
	}
	snprintf(text, 32, "%lld s", (long long)(seconds < 0 ? 0 : seconds));
}

void
watch_beat(struct watch *watch)
{
	struct db *db = watch->base.db;
	const int64_t newest = base_newest(&watch->base);
	struct statement *st;
	int64_t logs, open = 0;
	char time_text[WHEN_SIZE], age[32];

	if (!watch->options->verbose || db_error(db))
		return;
	logs = db_number(db, "SELECT count(*) FROM log", 0);
	if (newest == INT64_MIN) {
		complain("%lld logs, %llu rows", (long long)logs,
			 (unsigned long long)watch->rows);
		return;
	}
	st = db_prepare(db, "SELECT count(*) FROM prompt WHERE last_us >= ?");
	bind_int(st, 1, newest - SCHEMA_GAP_US);
	if (statement_step(st))
		open = column_int(st, 0);
	statement_free(st);
	when_time(time_text, newest);
	put_age(age, (int64_t)time(NULL) - newest / 1000000);
	complain("%lld log%s, %llu row%s, the newest of %s, %lld prompt%s "
		 "open, behind by %s",
		 (long long)logs, logs == 1 ? "" : "s",
		 (unsigned long long)watch->rows, watch->rows == 1 ? "" : "s",
		 time_text, (long long)open, open == 1 ? "" : "s", age);
}
