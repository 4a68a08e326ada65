/* SPDX-License-Identifier: MIT */
/* What findings ask for beyond totals: slow phases, short channels, odd rows.
 */

#include "load.h"

static void
write_slow(struct db *db, const struct fact_sets *sets, const int64_t *names)
{
	struct statement *st = db_prepare(
		db, "INSERT INTO slow (quarter, target, protocol, phase, "
		    "requests, first_us, last_us) VALUES (?,?,?,?,?,?,?) "
		    "ON CONFLICT DO UPDATE SET "
		    "requests = requests + excluded.requests, "
		    "first_us = min(first_us, excluded.first_us), "
		    "last_us = max(last_us, excluded.last_us)");

	for (size_t i = 0; i < sets->slow_count; i++) {
		const struct fact_slow *f = &sets->slow[i];

		bind_int(st, 1, f->quarter);
		bind_int(st, 2, id_of(names, f->target));
		bind_int(st, 3, id_of(names, f->protocol));
		bind_int(st, 4, f->phase);
		bind_int(st, 5, (int64_t)f->requests);
		bind_int(st, 6, f->first_us);
		bind_int(st, 7, f->last_us);
		statement_run(st);
	}
	statement_free(st);
}

static void
write_channels(struct db *db, const struct fact_sets *sets,
	       const int64_t *names, const int64_t *whos)
{
	struct statement *st = db_prepare(
		db, "INSERT INTO channel (hour, who, client, target, kind, "
		    "requests, first_us, last_us) VALUES (?,?,?,?,?,?,?,?) "
		    "ON CONFLICT DO UPDATE SET "
		    "requests = requests + excluded.requests, "
		    "first_us = min(first_us, excluded.first_us), "
		    "last_us = max(last_us, excluded.last_us)");

	for (size_t i = 0; i < sets->channel_count; i++) {
		const struct fact_channel *f = &sets->channels[i];

		bind_int(st, 1, f->hour);
		bind_int(st, 2, whos[f->who]);
		bind_int(st, 3, id_of(names, f->client));
		bind_int(st, 4, id_of(names, f->target));
		bind_int(st, 5, f->end);
		bind_int(st, 6, (int64_t)f->requests);
		bind_int(st, 7, f->first_us);
		bind_int(st, 8, f->last_us);
		statement_run(st);
	}
	statement_free(st);
}

static void
write_odd(struct db *db, const struct batch *batch, const int64_t *names)
{
	const struct fact_sets *sets = &batch->sets;
	struct statement *st =
		db_prepare(db, "INSERT INTO odd (start_us, client, kind, log, "
			       "line) VALUES (?,?,?,?,?)");

	for (size_t i = 0; i < sets->odd_count; i++) {
		const struct fact_odd *f = &sets->odd[i];

		bind_int(st, 1, f->start_us);
		bind_int(st, 2, id_of(names, f->client));
		bind_int(st, 3, f->kind);
		bind_int(st, 4, batch->logs[f->log].log->id);
		bind_int(st, 5, (int64_t)f->line);
		statement_run(st);
	}
	statement_free(st);
}

void
load_signs(struct db *db, const struct batch *batch, const int64_t *names,
	   const int64_t *whos)
{
	const struct fact_sets *sets = &batch->sets;

	if (sets->slow_count)
		write_slow(db, sets, names);
	if (sets->channel_count)
		write_channels(db, sets, names, whos);
	if (sets->odd_count)
		write_odd(db, batch, names);
}
