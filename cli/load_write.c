/* SPDX-License-Identifier: MIT */
/* The one thread that writes: batches of facts to rows of the database. */

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "load_success.h"
#include "text.h"

struct writer {
	struct load *load;
	struct statement *insert_log, *update_log, *insert_mark, *event,
		*server, *columns, *row;
	struct successes *successes;
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
		"state = ?9 "
		"WHERE id = ?1");
	w->insert_mark = db_prepare(
		db, "INSERT OR REPLACE INTO mark (log, row, bytes, digest, "
		    "line) VALUES (?,?,?,?,?)");
	w->event = db_prepare(
		db, "INSERT INTO event (start_us, end_us, log, line, "
		    "request_id, who, client, server, target, protocol, "
		    "method, software, windows, class, evidence, session, leg, "
		    "status, backend_status, error_code, security_status, "
		    "latency_ms, bytes_in, bytes_out, errors) VALUES "
		    "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	w->server = db_prepare(
		db, "INSERT INTO server (server, newest_us) VALUES (?, ?) "
		    "ON CONFLICT DO UPDATE SET "
		    "newest_us = max(newest_us, excluded.newest_us)");
	w->columns = db_prepare(db, "INSERT OR IGNORE INTO columns (names) "
				    "VALUES (?)");
	w->row = db_prepare(
		db, "INSERT INTO row (log, line, start_us, columns, text) "
		    "VALUES (?, ?, ?, (SELECT id FROM columns WHERE "
		    "names = ?), ?)");
	w->successes = successes_new(w->load);
}

static int64_t
id_of(const struct writer *w, uint32_t number)
{
	return number == FACTS_NONE ? 0 : w->names[number];
}

/* ---- events -----------------------------------------------------------------
 */

static int
plain_integer(rpclog_slice text, int64_t *value)
{
	*value = 0;
	if (text.len == 0 || text.len > 18 ||
	    (text.ptr[0] == '0' && text.len > 1))
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return 0;
		*value = *value * 10 + (text.ptr[i] - '0');
	}
	return 1;
}

/* An integer if it is one in its shortest form, else as it stands. */
static void
bind_cell(struct statement *st, int place, const struct batch *batch,
	  uint32_t number, char **mended)
{
	rpclog_slice text;
	int64_t value;

	if (number == FACTS_NONE) {
		bind_null(st, place);
		return;
	}
	text = facts_name(batch->facts, number);
	if (plain_integer(text, &value))
		bind_int(st, place, value);
	else
		bind_text(st, place, text_valid(text, mended));
}

static void
write_event(struct writer *w, const struct batch *batch,
	    const struct fact_event *e)
{
	struct statement *st = w->event;
	const int evidence = e->popup == RPCLOG_POPUP_YES;
	const int leg = e->session != FACTS_NONE;
	char *request_id = NULL, *status = NULL, *backend_status = NULL;

	bind_int(st, 1, e->start_us);
	bind_int(st, 2, e->end_us);
	bind_int(st, 3, batch->logs[e->log].log->id);
	bind_int(st, 4, (int64_t)e->line);
	bind_text(st, 5, text_valid(e->request_id, &request_id));
	bind_int(st, 6, w->whos[e->who]);
	bind_int(st, 7, id_of(w, e->client));
	bind_int(st, 8, id_of(w, e->server));
	bind_int(st, 9, id_of(w, e->target));
	bind_int(st, 10, id_of(w, e->protocol));
	bind_int(st, 11, id_of(w, e->method));
	bind_int(st, 12, id_of(w, e->software));
	bind_int(st, 13, id_of(w, e->windows));
	bind_int(st, 14, e->class_id);
	bind_int(st, 15, evidence);
	if (leg)
		bind_int(st, 16, w->whos[e->session]);
	else
		bind_null(st, 16);
	/* A leg is no part of the totals until it is settled. */
	bind_int(st, 17, leg ? (e->rpc ? 5 : 4) : 0);
	bind_cell(st, 18, batch, e->status, &status);
	bind_cell(st, 19, batch, e->backend_status, &backend_status);
	bind_int(st, 20, id_of(w, e->error_code));
	bind_int(st, 21, id_of(w, e->security_status));
	if (e->latency_ms < 0)
		bind_null(st, 22);
	else
		bind_int(st, 22, e->latency_ms);
	bind_int(st, 23, e->bytes_in);
	bind_int(st, 24, e->bytes_out);
	bind_int(st, 25, id_of(w, e->errors));
	statement_run(st);
	free(request_id);
	free(status);
	free(backend_status);
}

static void
write_events(struct writer *w, const struct batch *batch)
{
	for (size_t i = 0; i < batch->sets.event_count; i++) {
		const struct fact_event *e = &batch->sets.events[i];

		write_event(w, batch, e);
		if (e->session != FACTS_NONE)
			whos_at(w->load->whos, w->places[e->session])->legs = 1;
		if (e->popup == RPCLOG_POPUP_YES)
			whos_evidence(w->load->whos, w->places[e->who],
				      e->start_us);
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
	statement_run(st);
	free(path);
}

/* ---- batches ----------------------------------------------------------------
 */

static void
write_rows(struct writer *w, const struct batch *batch)
{
	for (size_t i = 0; i < batch->row_count; i++) {
		const struct full_row *row = &batch->rows[i];
		const rpclog_slice text = { batch->text + row->at, row->len };
		const rpclog_slice names = { batch->text + row->columns_at,
					     row->columns_len };
		char *mended = NULL, *mended_names = NULL;
		rpclog_slice valid = text_valid(names, &mended_names);

		if (i == 0 || row->columns_at != row[-1].columns_at) {
			bind_text(w->columns, 1, valid);
			statement_run(w->columns);
		}
		bind_int(w->row, 1, batch->logs[row->log].log->id);
		bind_int(w->row, 2, (int64_t)row->line);
		bind_int(w->row, 3, row->start_us);
		bind_text(w->row, 4, valid);
		bind_text(w->row, 5, text_valid(text, &mended));
		statement_run(w->row);
		free(mended);
		free(mended_names);
	}
}

static void
write_servers(struct writer *w, const struct fact_sets *sets)
{
	for (size_t i = 0; i < sets->server_count; i++) {
		bind_int(w->server, 1, id_of(w, sets->servers[i].name));
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
	w->names = names_of(w->load->names, batch->facts);
	take_whos(w, sets);
	write_servers(w, sets);
	write_events(w, batch);
	totals_batch(w->load->totals, batch, w->names, w->whos);
	for (size_t i = 0; i < sets->success_count; i++) {
		const struct fact_success *s = &sets->successes[i];

		successes_add(w->successes, w->whos[s->who], s->first_us,
			      s->last_us);
		whos_at(w->load->whos, w->places[s->who])->legs = 1;
	}
	write_rows(w, batch);
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
	successes_flush(w.successes);
	successes_free(w.successes);
	return NULL;
}
