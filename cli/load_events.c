/* SPDX-License-Identifier: MIT */
/* Rows of the table of events, and legs that are held back. */

#include "load_events.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/* Legs that are held back, at some 300 bytes each. */
#define HELD_MOST ((size_t)1 << 17)

/* A cell that is mostly a number. */
struct cell {
	enum db_type type; /* DB_NULL, DB_INT or DB_TEXT */
	int64_t value;	   /* or the number of a name */
};

/* Columns that are plain integers, in the order of the statement. */
enum number {
	START,
	END,
	LOG,
	LINE,
	WHO,
	KEY,
	CLIENT,
	SERVER,
	TARGET,
	PROTOCOL,
	METHOD,
	SOFTWARE,
	WINDOWS,
	CLASS,
	EVIDENCE,
	LEG,
	ERROR_CODE,
	SECURITY_STATUS,
	BYTES_IN,
	BYTES_OUT,
	ERRORS,
	NUMBERS
};

struct event_row {
	int64_t numbers[NUMBERS];
	int64_t latency_ms; /* -1: none */
	int64_t session;    /* 0: no leg */
	size_t place;	    /* of it in load->whos */
	struct cell status, backend_status;
	rpclog_slice request_id;
};

struct events {
	struct load *load;
	struct successes *successes;
	struct statement *insert;
	struct event_row *held;
	size_t held_count, held_room;
};

struct events *
events_new(struct load *load, struct successes *successes)
{
	struct events *e = xcalloc(1, sizeof(*e));

	e->load = load;
	e->successes = successes;
	e->insert = db_prepare(
		load->db,
		"INSERT INTO event (start_us, end_us, log, line, who, \"key\", "
		"client, "
		"server, target, protocol, method, software, windows, class, "
		"evidence, leg, error_code, security_status, bytes_in, "
		"bytes_out, errors, latency_ms, session, status, "
		"backend_status, request_id) VALUES "
		"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	return e;
}

/* ---- rows -------------------------------------------------------------------
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
static struct cell
cell_of(const struct batch *batch, uint32_t number, const int64_t *names)
{
	struct cell cell = { DB_NULL, 0 };

	if (number == FACTS_NONE)
		return cell;
	cell.type = DB_INT;
	if (!plain_integer(facts_name(batch->facts, number), &cell.value)) {
		cell.type = DB_TEXT;
		cell.value = names[number];
	}
	return cell;
}

static void
fill(struct event_row *row, const struct batch *batch,
     const struct fact_event *e, const int64_t *names, const int64_t *whos,
     const size_t *places)
{
	int64_t *n = row->numbers;

	n[START] = e->start_us;
	n[END] = e->end_us;
	n[LOG] = batch->logs[e->log].log->id;
	n[LINE] = (int64_t)e->line;
	n[WHO] = whos[e->who];
	n[KEY] = e->key == FACTS_NONE ? 0 : whos[e->key];
	n[CLIENT] = id_of(names, e->client);
	n[SERVER] = id_of(names, e->server);
	n[TARGET] = id_of(names, e->target);
	n[PROTOCOL] = id_of(names, e->protocol);
	n[METHOD] = id_of(names, e->method);
	n[SOFTWARE] = id_of(names, e->software);
	n[WINDOWS] = id_of(names, e->windows);
	n[CLASS] = e->class_id;
	n[EVIDENCE] = e->popup == RPCLOG_POPUP_YES;
	n[LEG] = 0;
	n[ERROR_CODE] = id_of(names, e->error_code);
	n[SECURITY_STATUS] = id_of(names, e->security_status);
	n[BYTES_IN] = e->bytes_in;
	n[BYTES_OUT] = e->bytes_out;
	n[ERRORS] = id_of(names, e->errors);
	row->latency_ms = e->latency_ms;
	row->session = 0;
	row->status = cell_of(batch, e->status, names);
	row->backend_status = cell_of(batch, e->backend_status, names);
	row->request_id = e->request_id;
	if (e->session == FACTS_NONE)
		return;
	/* A leg is no part of the totals until it is settled. */
	n[LEG] = LEG_UNCOUNTED | (e->rpc ? LEG_RPC : 0);
	row->session = whos[e->session];
	row->place = places[e->session];
}

static void
bind_cell(struct events *events, int place, const struct cell *cell,
	  char **copy)
{
	rpclog_slice text;

	if (cell->type == DB_NULL)
		bind_null(events->insert, place);
	else if (cell->type == DB_INT)
		bind_int(events->insert, place, cell->value);
	if (cell->type != DB_TEXT)
		return;
	text = names_shown(events->load->names, cell->value);
	*copy = xmalloc(text.len + 1);
	memcpy(*copy, text.ptr, text.len);
	text.ptr = *copy;
	bind_text(events->insert, place, text);
}

static void
write_row(struct events *events, const struct event_row *row)
{
	struct statement *st = events->insert;
	char *mended = NULL, *status = NULL, *backend_status = NULL;

	for (int i = 0; i < NUMBERS; i++)
		bind_int(st, i + 1, row->numbers[i]);
	if (row->latency_ms < 0)
		bind_null(st, NUMBERS + 1);
	else
		bind_int(st, NUMBERS + 1, row->latency_ms);
	if (row->session)
		bind_int(st, NUMBERS + 2, row->session);
	else
		bind_null(st, NUMBERS + 2);
	bind_cell(events, NUMBERS + 3, &row->status, &status);
	bind_cell(events, NUMBERS + 4, &row->backend_status, &backend_status);
	bind_text(st, NUMBERS + 5, text_valid(row->request_id, &mended));
	statement_run(st);
	free(mended);
	free(status);
	free(backend_status);
}

/* ---- legs -------------------------------------------------------------------
 */

static void
hold(struct events *events, const struct event_row *row)
{
	struct event_row *held;
	char *request_id = xmalloc(row->request_id.len + 1);

	if (events->held_count == HELD_MOST)
		events_flush(events);
	events->held = xgrow(events->held, events->held_count,
			     &events->held_room, sizeof(*events->held));
	held = &events->held[events->held_count++];
	*held = *row;
	if (row->request_id.len)
		memcpy(request_id, row->request_id.ptr, row->request_id.len);
	held->request_id.ptr = request_id;
}

static void
count_handshake(struct events *events, const struct event_row *row)
{
	const int64_t *n = row->numbers;
	const struct counted counted = {
		.start_us = n[START],
		.latency_ms = row->latency_ms,
		.bytes_in = n[BYTES_IN],
		.bytes_out = n[BYTES_OUT],
		.who = n[WHO],
		.server = n[SERVER],
		.target = n[TARGET],
		.protocol = n[PROTOCOL],
		.software = n[SOFTWARE],
		.windows = n[WINDOWS],
		.class_id = events->load->handshake,
	};

	totals_move(events->load->totals, &counted, 1);
}

void
events_add(struct events *events, const struct batch *batch,
	   const struct fact_event *event, const int64_t *names,
	   const int64_t *whos, const size_t *places)
{
	struct event_row row;

	fill(&row, batch, event, names, whos, places);
	if (row.session)
		hold(events, &row);
	else
		write_row(events, &row);
}

void
events_flush(struct events *events)
{
	for (size_t i = 0; i < events->held_count; i++) {
		struct event_row *row = &events->held[i];
		const int64_t start_us = row->numbers[START];

		/* What settles a leg for good, whatever comes later. */
		if (successes_within(events->successes, row->place, start_us,
				     start_us + events->load->handshake_us))
			count_handshake(events, row);
		else
			write_row(events, row);
		free((char *)row->request_id.ptr);
	}
	events->held_count = 0;
}

void
events_free(struct events *events)
{
	for (size_t i = 0; i < events->held_count; i++)
		free((char *)events->held[i].request_id.ptr);
	free(events->held);
	free(events);
}
