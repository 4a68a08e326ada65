/* SPDX-License-Identifier: MIT */
/* One worker thread: takes inputs and reads them for a command. */

#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "piece.h"
#include "pump.h"
#include "rows.h"

#define PUMP_WORTH ((uint64_t)1 << 20) /* packed bytes */

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

static enum going
feed(struct worker *worker, rpclog_slice bytes)
{
	if (rpclog_parser_feed(worker->parser, bytes.ptr, bytes.len) !=
	    RPCLOG_OK)
		return FILE_OVER;
	return rows_take(worker);
}

/* The same, past what the command knows already: that ends with a line. */
static enum going
feed_unknown(struct worker *worker, rpclog_slice bytes, uint64_t fed)
{
	const uint64_t known = worker->input->known;
	rpclog_slice head = bytes;
	enum going going;

	if (fed >= known)
		return feed(worker, bytes);
	if (head.len > known - fed)
		head.len = (size_t)(known - fed);
	worker->muted = 1;
	going = feed(worker, head);
	worker->muted = 0;
	worker->before = *rpclog_parser_account(worker->parser);
	if (going != GO_ON || head.len == bytes.len)
		return going;
	bytes.ptr += head.len;
	bytes.len -= head.len;
	return feed(worker, bytes);
}

/* Another log that the command wants is read once the rows are known. */
static void
defer(struct worker *worker)
{
	const char *const *join = worker->work->job->join;
	struct input *input = worker->input;
	const char *what = rpclog_parser_foreign(worker->parser);

	/* A stream can't be opened again. */
	if (!join || !what || worker->begun || input->fd != -1)
		return;
	while (*join && strcmp(*join, what) != 0)
		join++;
	if (!*join)
		return;
	input->joined = *join;
	input->taken = 0;
	tell_progress(worker, input->size);
}

/* Feeds the parser with the whole source. */
static void
read_source(struct worker *worker, rpclog_source *source)
{
	struct input *input = worker->input;
	const struct run_job *job = worker->work->job;
	struct pump *pump = start_pump(worker, source);
	struct lines tally = { 0, 0, 0 };
	enum going going = GO_ON;
	rpclog_status status = RPCLOG_OK;
	uint64_t fed = 0;

	while (going != FILE_OVER && !input->joined && !interrupted &&
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
		if (job->bytes)
			job->bytes(worker->mine, &input->file, bytes);
		going = feed_unknown(worker, bytes, fed - bytes.len);
		if (job->bytes_end)
			job->bytes_end(worker->mine,
				       rpclog_parser_account(worker->parser));
		if (going == FILE_FOREIGN)
			defer(worker);
	}
	pump_free(pump);
	/* A line that damage tore is no row: then the parser is not told. */
	if (going == GO_ON && status == RPCLOG_END &&
	    rpclog_parser_finish(worker->parser) == RPCLOG_OK)
		going = rows_take(worker);
	else if (going == GO_ON && worker->work->account)
		input->stopped = status >= 0;
	if (going == GO_ON && status == RPCLOG_END &&
	    rpclog_parser_account(worker->parser)->header.count)
		rows_begin(worker);
	if (going == FILE_FOREIGN && status == RPCLOG_END)
		defer(worker);
	if (!worker->work->account || input->joined)
		return;
	if (interrupted || worker->stopped)
		input->stopped = 1;
	if (status < 0)
		account_error(input, status, source);
	if (going == FILE_FOREIGN && tally.bytes && !worker->begun) {
		const char *what = rpclog_parser_foreign(worker->parser);

		input->foreign = what ? what : "unknown";
	}
	account_add(worker, input->foreign ? &tally : NULL,
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
	if (worker->begun && work->job->file_done)
		work->job->file_done(worker->mine, &input->file);
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
		worker->unit = &work->queue[turn];
		worker->input = worker->unit->input;
		worker->set++;
		worker->stopped = 0;
		worker->begun = 0;
		worker->told = 0;
		memset(&worker->before, 0, sizeof(worker->before));
		worker->probes = worker->probe_bytes = 0;
		worker->activities = worker->activity_bytes = 0;
		if (work->order)
			lane_begin(&worker->lane, turn);
		if (worker->unit->split)
			piece_read(worker);
		else
			read_input(worker);
		if (work->order)
			lane_end(&worker->lane);
	}
	if (work->job->rest)
		work->job->rest(worker->mine);
	return NULL;
}
