/* SPDX-License-Identifier: MIT */
/* One worker thread: takes inputs and reads them for a command. */

#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "pump.h"

#define PUMP_WORTH ((uint64_t)1 << 20) /* packed bytes */

/* What becomes of the file after some of its bytes. */
enum going { GO_ON, FILE_OVER, FILE_FOREIGN };

static void
begin_file(struct worker *worker)
{
	const struct run_job *job = worker->work->job;

	if (worker->begun)
		return;
	worker->begun = 1;
	if (worker->work->account)
		worker->input->recognized = 1;
	if (job->file_begin)
		job->file_begin(worker->mine, &worker->input->file);
}

static void
note_rejected(struct worker *worker)
{
	const rpclog_diag *diag = rpclog_parser_diag(worker->parser);
	struct input *input = worker->input;
	struct rejected *rejected;

	if (!worker->work->account ||
	    input->rejected_count++ >= REJECTED_LISTED)
		return;
	if (!input->rejected)
		input->rejected =
			xcalloc(REJECTED_LISTED, sizeof(*input->rejected));
	rejected = &input->rejected[input->rejected_count - 1];
	rejected->line = diag->line;
	rejected->offset = diag->offset;
	rejected->reason = xstrdup(diag->text);
}

/* Classifies and counts; 0 if the run can't go on. */
static int
judge(struct worker *worker, const struct run_row *row, rpclog_verdict *verdict)
{
	const struct work *work = worker->work;
	const rpclog_status status = rpclog_matcher_classify(
		worker->face.matcher, row->schema, row->row, verdict);

	if (status < 0) {
		run_fail_status(work->run, status);
		return 0;
	}
	if (verdict->class_id == work->probe_class) {
		worker->probes++;
		worker->probe_bytes += rpclog_row_span(row->row);
	} else if (verdict->class_id == work->activity_class) {
		worker->activities++;
		worker->activity_bytes += rpclog_row_span(row->row);
	}
	return 1;
}

static enum going
give_row(struct worker *worker, struct run_row *row)
{
	struct work *work = worker->work;
	rpclog_verdict verdict;

	if (worker->face.matcher) {
		if (!judge(worker, row, &verdict)) {
			atomic_store(&work->stop, 1);
			return FILE_OVER;
		}
		row->verdict = &verdict;
	}
	if (work->job->flags & RUN_SIEVE) {
		row->choice =
			sieve_row(worker->face.sieve, row->row, row->verdict);
		if (row->choice == RPCLOG_CHOICE_NO)
			return GO_ON;
	}
	switch (work->job->row(worker->mine, row)) {
	case RUN_ON: return GO_ON;
	case RUN_STOP: atomic_store(&work->stop, 1); break;
	case RUN_NEXT_FILE: break;
	}
	if (work->account)
		worker->input->stopped = 1;
	return FILE_OVER;
}

/* All rows that the parser has. */
static enum going
take_rows(struct worker *worker)
{
	struct run_row row;
	enum going going;

	memset(&row, 0, sizeof(row));
	row.file = &worker->input->file;
	row.choice = RPCLOG_CHOICE_YES;
	row.schema = rpclog_parser_schema(worker->parser);
	for (;;) {
		const rpclog_status status =
			rpclog_parser_next(worker->parser, &row.row);

		switch (status) {
		case RPCLOG_OK:
			begin_file(worker);
			going = give_row(worker, &row);
			if (going != GO_ON || interrupted)
				return FILE_OVER;
			break;
		case RPCLOG_SCHEMA:
			begin_file(worker);
			row.schema = rpclog_parser_schema(worker->parser);
			break;
		case RPCLOG_BAD_ROW: note_rejected(worker); break;
		case RPCLOG_MORE:
		case RPCLOG_END: return GO_ON;
		case RPCLOG_ERR_SCHEMA: return FILE_FOREIGN;
		default:
			run_fail_status(worker->work->run, status);
			atomic_store(&worker->work->stop, 1);
			return FILE_OVER;
		}
	}
}

static void
tell_progress(struct worker *worker, uint64_t taken)
{
	if (taken > worker->told)
		atomic_fetch_add(&worker->work->progress->done,
				 taken - worker->told);
	worker->told = taken;
}

/* Inflating beside parsing pays if processors are left over. */
static struct pump *
start_pump(const struct worker *worker, rpclog_source *source)
{
	const struct input *input = worker->input;
	rpclog_slice head;

	if (!worker->work->spare || (input->fd != -1 && !input->rewinds) ||
	    input->size < PUMP_WORTH ||
	    rpclog_source_peek(source, 1, &head) != RPCLOG_OK ||
	    !rpclog_source_is_gzip(source))
		return NULL;
	return pump_new(source);
}

static rpclog_status
next_bytes(struct worker *worker, rpclog_source *source, struct pump *pump,
	   rpclog_slice *bytes)
{
	uint64_t taken = 0, total;
	rpclog_status status;

	if (pump) {
		status = pump_next(pump, bytes, &taken);
	} else {
		status = rpclog_source_next(source, bytes);
		taken = rpclog_source_consumed(source, &total);
	}
	tell_progress(worker, taken);
	return status;
}

/* Feeds the parser with the whole source. */
static void
read_source(struct worker *worker, rpclog_source *source)
{
	struct input *input = worker->input;
	struct pump *pump = start_pump(worker, source);
	struct lines tally = { 0, 0, 0 };
	enum going going = GO_ON;
	rpclog_status status = RPCLOG_OK;
	uint64_t fed = 0;

	while (going != FILE_OVER && !interrupted &&
	       !atomic_load(&worker->work->stop)) {
		rpclog_slice bytes = { NULL, 0 };

		status = next_bytes(worker, source, pump, &bytes);
		if (status != RPCLOG_OK)
			break;
		fed += bytes.len;
		if (going == FILE_FOREIGN || !worker->begun)
			lines_add(&tally, bytes);
		if (going == FILE_FOREIGN)
			continue;
		status = rpclog_parser_feed(worker->parser, bytes.ptr,
					    bytes.len);
		going = take_rows(worker);
	}
	pump_free(pump);
	/* A line that damage tore is no row: then the parser is not told. */
	if (going == GO_ON && status == RPCLOG_END &&
	    rpclog_parser_finish(worker->parser) == RPCLOG_OK)
		going = take_rows(worker);
	else if (going == GO_ON && worker->work->account)
		input->stopped = status >= 0;
	if (going == GO_ON && status == RPCLOG_END &&
	    rpclog_parser_account(worker->parser)->header.count)
		begin_file(worker);
	if (!worker->work->account)
		return;
	if (interrupted)
		input->stopped = 1;
	if (status < 0)
		account_error(input, status, source);
	if (going == FILE_FOREIGN && tally.bytes && !worker->begun) {
		const char *what = rpclog_parser_foreign(worker->parser);

		input->foreign = what ? what : "unknown";
	}
	account_set(worker, input->foreign ? &tally : NULL,
		    going == FILE_FOREIGN ? fed : 0);
}

static void
read_input(struct worker *worker)
{
	struct work *work = worker->work;
	struct input *input = worker->input;
	rpclog_source *source;
	char *error = NULL;
	uint64_t total;

	input->taken = 1;
	source = input_open(input, work->library, &error);
	if (!source) {
		if (work->account) {
			input->state = INPUT_GONE;
			free(input->error);
			input->error = error;
		} else {
			free(error);
		}
		return;
	}
	rpclog_parser_reset(worker->parser);
	if (worker->face.sieve)
		sieve_set_file(worker->face.sieve, input->file.path);
	read_source(worker, source);
	if (work->account) {
		input->gzip = rpclog_source_is_gzip(source);
		input->compressed = rpclog_source_consumed(source, &total);
	}
	if (worker->begun && work->job->file_end)
		work->job->file_end(worker->mine, &input->file);
	rpclog_source_free(source);
}

void *
worker_main(void *arg)
{
	struct worker *worker = arg;
	struct work *work = worker->work;

	while (!atomic_load(&work->stop) && !interrupted) {
		const size_t turn = atomic_fetch_add(&work->next, 1);

		if (turn >= work->count)
			break;
		worker->input = work->queue[turn];
		worker->begun = 0;
		worker->told = 0;
		worker->probes = worker->probe_bytes = 0;
		worker->activities = worker->activity_bytes = 0;
		if (work->order)
			lane_begin(&worker->lane, turn);
		read_input(worker);
		if (work->order)
			lane_end(&worker->lane);
	}
	return NULL;
}
