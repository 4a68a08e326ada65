/* SPDX-License-Identifier: MIT */
/* The one thread that writes: batches of facts to rows of the database. */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "load_events.h"
#include "text.h"

struct writer {
	struct load *load;
	struct statement *insert_log, *update_log, *insert_mark, *server,
		*columns, *find_columns, *row;
	struct successes *successes;
	struct events *events;
	/* of the batch in hand */
	int64_t *names;
	int64_t *whos;	/* ids */
	size_t *places; /* in load->whos */
};

static void
prepare(struct writer *w)
{
	struct db *db = w->load->db;

	w->insert_log = db_prepare(
		db, "INSERT INTO log (path, identity, bytes, lines, rows, "
		    "state) VALUES (?, '', 0, 0, 0, '')");
	w->update_log = db_prepare(
		db,
		"UPDATE log SET path = ?2, identity = ?3, bytes = ?4, "
		"lines = ?5, rows = rows + ?6, "
		"first_us = min(ifnull(first_us, ?7), ifnull(?7, first_us)), "
		"last_us = max(ifnull(last_us, ?8), ifnull(?8, last_us)), "
		"state = ?9, rejected = ?10 "
		"WHERE id = ?1");
	w->insert_mark = db_prepare(
		db, "INSERT OR REPLACE INTO mark (log, row, bytes, digest, "
		    "line) VALUES (?,?,?,?,?)");
	w->server = db_prepare(
		db, "INSERT INTO server (server, newest_us) VALUES (?, ?) "
		    "ON CONFLICT DO UPDATE SET "
		    "newest_us = max(newest_us, excluded.newest_us)");
	w->columns = db_prepare(db, "INSERT OR IGNORE INTO columns (names) "
				    "VALUES (?)");
	w->find_columns =
		db_prepare(db, "SELECT id FROM columns WHERE names = ?");
	w->row = db_prepare(
		db, "INSERT INTO row (log, line, start_us, columns, text) "
		    "SELECT c0, c1, c2, c3, c4 FROM given");
	w->successes = successes_new(w->load);
	w->events = events_new(w->load, w->successes);
}

/* ---- events -----------------------------------------------------------------
 */

static void
write_events(struct writer *w, const struct batch *batch)
{
	struct whos *whos = w->load->whos;

	for (size_t i = 0; i < batch->sets.event_count; i++) {
		const struct fact_event *e = &batch->sets.events[i];

		events_add(w->events, batch, e, w->names, w->whos, w->places);
		if (e->session != FACTS_NONE)
			whos_fact(whos, w->places[e->session], e->start_us);
		if (e->popup == RPCLOG_POPUP_YES)
			whos_evidence(whos, w->places[e->who], e->start_us);
	}
}

/* ---- logs -------------------------------------------------------------------
 */

static void
write_text(struct statement *st, int place, const char *text, char **mended)
{
	rpclog_slice slice = { text, strlen(text) };

	bind_text(st, place, text_valid(slice, mended));
}

static void
begin_log(struct writer *w, const struct batch_log *log)
{
	char *path = NULL;

	write_text(w->insert_log, 1, log->path, &path);
	statement_run(w->insert_log);
	free(path);
	log->log->id = db_last_id(w->load->db);
}

static rpclog_slice
bytes_of(const uint8_t digest[16])
{
	const rpclog_slice bytes = { (const char *)digest, 16 };

	return bytes;
}

static void
write_marks(struct writer *w, const struct load_log *log)
{
	for (size_t i = 0; i < log->mark_count; i++) {
		const struct mark *mark = &log->marks[i];

		bind_int(w->insert_mark, 1, log->id);
		bind_int(w->insert_mark, 2, (int64_t)mark->row);
		bind_int(w->insert_mark, 3, (int64_t)mark->bytes);
		bind_blob(w->insert_mark, 4, bytes_of(mark->digest));
		if (mark->row)
			bind_blob(w->insert_mark, 5, bytes_of(mark->line));
		else
			bind_null(w->insert_mark, 5);
		statement_run(w->insert_mark);
	}
}

/*
 * Of the marked rows and the length: the same in every database, whatever its
 * seed.
 */
static void
identify(struct writer *w, const struct load_log *log, char hex[33])
{
	struct statement *st =
		db_prepare(w->load->db, "SELECT line FROM mark WHERE log = ? "
					"AND row > 0 ORDER BY row");
	const rpclog_slice length = { (const char *)&log->bytes,
				      sizeof(log->bytes) };
	rpclog_digest digest;
	uint8_t result[16];

	rpclog_digest_init(&digest, 0);
	bind_int(st, 1, log->id);
	while (statement_step(st))
		rpclog_digest_add(&digest, column_blob(st, 0));
	statement_free(st);
	rpclog_digest_add(&digest, length);
	rpclog_digest_get(&digest, result);
	for (int i = 0; i < 16; i++) {
		hex[2 * i] = "0123456789abcdef"[result[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[result[i] & 15];
	}
	hex[32] = '\0';
}

static void
end_log(struct writer *w, const struct batch_log *ended)
{
	const struct load_log *log = ended->log;
	struct statement *st = w->update_log;
	char identity[33];
	char *path = NULL;
	rpclog_slice hex = { identity, 32 };
	rpclog_slice state = { ended->state, strlen(ended->state) };

	write_marks(w, log);
	identify(w, log, identity);
	bind_int(st, 1, log->id);
	write_text(st, 2, ended->path, &path);
	bind_text(st, 3, hex);
	bind_int(st, 4, (int64_t)log->bytes);
	bind_int(st, 5, (int64_t)log->lines);
	bind_int(st, 6, (int64_t)log->new_rows);
	if (log->new_rows) {
		bind_int(st, 7, log->first_us);
		bind_int(st, 8, log->last_us);
	} else {
		/* Then nothing changes of these. */
		bind_null(st, 7);
		bind_null(st, 8);
	}
	bind_text(st, 9, state);
	bind_int(st, 10, (int64_t)log->rejected);
	statement_run(st);
	free(path);
}

/* ---- batches ----------------------------------------------------------------
 */

/* The names of a row's columns, which rows of a batch mostly share. */
static int64_t
columns_id(struct writer *w, rpclog_slice names)
{
	char *mended;
	rpclog_slice valid = text_valid(names, &mended);
	int64_t id = 0;

	bind_text(w->columns, 1, valid);
	statement_run(w->columns);
	bind_text(w->find_columns, 1, valid);
	if (statement_step(w->find_columns))
		id = column_int(w->find_columns, 0);
	statement_reset(w->find_columns);
	free(mended);
	return id;
}

/* Rows of a batch whose columns are the same. */
struct full_rows {
	const struct batch *batch;
	const struct full_row *first;
	int64_t columns;
};

static void
full_cell(const void *ctx, size_t i, int column, struct db_value *value)
{
	const struct full_rows *rows = ctx;
	const struct full_row *row = &rows->first[i];

	value->type = DB_INT;
	switch (column) {
	case 0: value->number = rows->batch->logs[row->log].log->id; break;
	case 1: value->number = (int64_t)row->line; break;
	case 2: value->number = row->start_us; break;
	case 3: value->number = rows->columns; break;
	default:
		value->type = DB_TEXT;
		value->bytes.ptr = rows->batch->text + row->at;
		value->bytes.len = row->len;
	}
}

static void
write_rows(struct writer *w, const struct batch *batch)
{
	size_t from = 0;

	while (from < batch->row_count) {
		const struct full_row *first = &batch->rows[from];
		const rpclog_slice names = { batch->text + first->columns_at,
					     first->columns_len };
		const struct full_rows same = { batch, first,
						columns_id(w, names) };
		struct db_rows rows = { 0, &same, full_cell };

		while (from + rows.count < batch->row_count &&
		       first[rows.count].columns_at == first->columns_at)
			rows.count++;
		statement_run_rows(w->row, &rows);
		from += rows.count;
	}
}

static void
write_servers(struct writer *w, const struct fact_sets *sets)
{
	for (size_t i = 0; i < sets->server_count; i++) {
		bind_int(w->server, 1, id_of(w->names, sets->servers[i].name));
		bind_int(w->server, 2, sets->servers[i].newest_us);
		statement_run(w->server);
	}
}

static void
take_whos(struct writer *w, const struct fact_sets *sets)
{
	w->whos = xmalloc((sets->who_count + 1) * sizeof(*w->whos));
	w->places = xmalloc((sets->who_count + 1) * sizeof(*w->places));
	for (size_t i = 0; i < sets->who_count; i++) {
		w->places[i] = whos_add(w->load->whos, sets, i, w->names);
		w->whos[i] = whos_at(w->load->whos, w->places[i])->id;
	}
}

static void
write_batch(struct writer *w, const struct batch *batch)
{
	const struct fact_sets *sets = &batch->sets;

	for (size_t i = 0; i < batch->log_count; i++) {
		if (!batch->logs[i].log->id)
			begin_log(w, &batch->logs[i]);
	}
	write_rows(w, batch);
	if (!batch->facts)
		return;
	w->names = names_of(w->load->names, batch->facts);
	take_whos(w, sets);
	write_servers(w, sets);
	write_events(w, batch);
	totals_batch(w->load->totals, batch, w->names, w->whos);
	load_signs(w->load->db, batch, w->names, w->whos);
	for (size_t i = 0; i < sets->success_count; i++) {
		const struct fact_success *s = &sets->successes[i];

		/* Legs may need those that are about to be let go. */
		if (successes_full(w->successes))
			events_flush(w->events);
		successes_add(w->successes, w->places[s->who], s->first_us,
			      s->last_us);
		whos_fact(w->load->whos, w->places[s->who], s->first_us);
	}
	w->load->rows += sets->rows;
	for (size_t i = 0; i < batch->log_count; i++) {
		if (batch->logs[i].state)
			end_log(w, &batch->logs[i]);
	}
	free(w->names);
	free(w->whos);
	free(w->places);
}

void *
load_writer(void *arg)
{
	struct writer w = { .load = arg };
	struct batch *batch;

	prepare(&w);
	while ((batch = batches_take(w.load->batches))) {
		if (!db_error(w.load->db))
			write_batch(&w, batch);
		batch_free(batch);
	}
	events_flush(w.events);
	events_free(w.events);
	successes_flush(w.successes);
	successes_free(w.successes);
	return NULL;
}
