/* SPDX-License-Identifier: MIT */
/* What the workers do: facts out of the rows of each log. */

#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "load_take.h"
#include "text.h"

/*
 * Small logs share a batch, since the same names come in each; a large one is
 * cut, so that memory does not grow with it.
 */
#define ROWS_MOST 100000
/* Of the rows themselves. */
#define TEXT_MOST ((size_t)4 << 20)

struct taker {
	struct load *load;
	struct run *run;
	const rpclog_options *options;
	struct load_log *log; /* of the file in hand */
	const char *path;
	struct marker marker;
	struct batch *batch;
	struct batch *text; /* --full */
	uint64_t set;	    /* of columns, whose names are in 'text' */
	size_t columns_at, columns_len;
};

static void *
worker_new(void *ctx, struct run_worker *worker)
{
	struct taker *t = xcalloc(1, sizeof(*t));

	t->load = ctx;
	t->run = worker->run;
	t->options = worker->options;
	return t;
}

/* Before its first byte, or its first row: whichever is first. */
static void
take_up(struct taker *t, const struct run_file *file)
{
	struct load_log *log = &t->load->logs[file->number];

	if (t->log == log)
		return;
	t->log = log;
	t->path = file->path;
	marker_begin(&t->marker, t->load->seed, log->rows);
	log->first_us = INT64_MAX;
	log->last_us = INT64_MIN;
}

static void
bytes_begin(void *mine, const struct run_file *file, rpclog_slice bytes)
{
	struct taker *t = mine;

	take_up(t, file);
	marker_bytes(&t->marker, bytes);
}

static void
bytes_end(void *mine, const rpclog_account *account)
{
	struct taker *t = mine;

	marker_bytes_end(&t->marker, account);
}

static struct batch *
batch_of(struct taker *t)
{
	rpclog_status status;

	if (t->batch)
		return t->batch;
	t->batch = xcalloc(1, sizeof(*t->batch));
	status = facts_new(&t->batch->facts, t->load->rules, t->options);
	if (status != RPCLOG_OK)
		run_fail_status(t->run, status);
	return t->batch;
}

/* The number of the log in hand in its batch. */
static uint32_t
log_in(struct batch *batch, const struct taker *t)
{
	struct batch_log *log;

	if (batch->log_count && batch->logs[batch->log_count - 1].log == t->log)
		return (uint32_t)batch->log_count - 1;
	batch->logs = xgrow(batch->logs, batch->log_count, &batch->log_room,
			    sizeof(*batch->logs));
	log = &batch->logs[batch->log_count++];
	log->log = t->log;
	log->path = t->path;
	log->state = NULL;
	return (uint32_t)batch->log_count - 1;
}

static void
send(struct taker *t)
{
	struct batch *batch = t->batch;
	rpclog_status status = RPCLOG_ERR_NOMEM;

	t->batch = NULL;
	if (batch->facts)
		status = facts_close(batch->facts, &batch->sets);
	if (status == RPCLOG_OK) {
		batches_put(t->load->batches, batch);
		return;
	}
	run_fail_status(t->run, status);
	batch_free(batch);
}

/* ---- --full: the rows themselves -------------------------------------------
 */

static size_t
add_text(struct batch *batch, rpclog_slice text)
{
	size_t at = batch->text_len;

	while (batch->text_room - at < text.len + 1) {
		size_t room = batch->text_room ? 2 * batch->text_room : 65536;

		batch->text = xrealloc(batch->text, room, 1);
		batch->text_room = room;
	}
	if (text.len)
		memcpy(batch->text + at, text.ptr, text.len);
	batch->text_len += text.len;
	return at;
}

static void
add_columns(struct taker *t, const rpclog_schema *schema)
{
	const rpclog_slice comma = { ",", 1 };

	t->columns_at = t->text->text_len;
	for (size_t i = 0; i < rpclog_schema_count(schema); i++) {
		if (i)
			add_text(t->text, comma);
		add_text(t->text, rpclog_schema_name(schema, i));
	}
	t->columns_len = t->text->text_len - t->columns_at;
}

static void
send_text(struct taker *t)
{
	if (t->text)
		batches_put(t->load->batches, t->text);
	t->text = NULL;
}

static void
keep_row(struct taker *t, const struct run_row *row)
{
	char *mended;
	rpclog_slice text = text_valid(rpclog_row_raw(row->row), &mended);
	struct full_row *full;

	if (!t->text) {
		t->text = xcalloc(1, sizeof(*t->text));
		t->set = 0;
	}
	if (t->set != row->set)
		add_columns(t, row->schema);
	t->set = row->set;
	t->text->rows = xgrow(t->text->rows, t->text->row_count,
			      &t->text->row_room, sizeof(*t->text->rows));
	full = &t->text->rows[t->text->row_count++];
	full->log = log_in(t->text, t);
	full->line = rpclog_row_line(row->row);
	rpclog_row_start(row->row, &full->start_us);
	full->len = text.len;
	full->at = add_text(t->text, text);
	full->columns_at = t->columns_at;
	full->columns_len = t->columns_len;
	free(mended);
	if (t->text->text_len >= TEXT_MOST)
		send_text(t);
}

/* When its first and last rows started. */
static void
note_start(struct load_log *log, const rpclog_row *row)
{
	int64_t start_us;

	if (!rpclog_row_start(row, &start_us))
		return;
	if (start_us < log->first_us)
		log->first_us = start_us;
	if (start_us > log->last_us)
		log->last_us = start_us;
}

/* ---- rows -------------------------------------------------------------------
 */

static enum run_next
take_row(void *mine, const struct run_row *row)
{
	struct taker *t = mine;
	struct batch *batch = batch_of(t);
	rpclog_status status;
	uint32_t number;

	if (!batch->facts)
		return RUN_STOP;
	marker_row(&t->marker, t->log, row->row);
	number = log_in(batch, t);
	note_start(t->log, row->row);
	status = facts_add(batch->facts, row->row, row->verdict, number,
			   row->set);
	if (status != RPCLOG_OK) {
		run_fail_status(t->run, status);
		return RUN_STOP;
	}
	if (t->load->full)
		keep_row(t, row);
	if (facts_rows(batch->facts) >= ROWS_MOST)
		send(t);
	return RUN_ON;
}

/* What became of the log, in a word: for the view of files. */
static const char *
state_of(const struct taker *t, const struct run_file *file)
{
	if (((const struct input *)file)->error)
		return "damaged";
	return t->marker.partial ? "partial" : "whole";
}

/* A log without a row is none yet. */
static void
file_end(void *mine, const struct run_file *file)
{
	struct taker *t = mine;

	if (t->log && t->marker.rows && !interrupted) {
		struct batch *batch = batch_of(t);
		const uint32_t number = log_in(batch, t);

		marker_end(&t->marker, t->log);
		batch->logs[number].state = state_of(t, file);
	}
	t->log = NULL;
}

/* What has not been sent yet; nothing of it counts after an interrupt. */
static void
rest(void *mine)
{
	struct taker *t = mine;

	if (t->batch && !interrupted)
		send(t);
	if (!interrupted)
		send_text(t);
}

static void
worker_done(void *ctx, void *mine)
{
	struct taker *t = mine;

	(void)ctx;
	if (t->batch)
		batch_free(t->batch);
	if (t->text)
		batch_free(t->text);
	free(t);
}

int
load_take(struct load *load, struct run *run)
{
	const struct run_job job = {
		.flags = RUN_CLASSIFY | RUN_BY_NAME,
		.ctx = load,
		.worker_new = worker_new,
		.bytes = bytes_begin,
		.bytes_end = bytes_end,
		.row = take_row,
		.file_end = file_end,
		.rest = rest,
		.worker_done = worker_done,
	};

	return run_do(run, &job);
}
