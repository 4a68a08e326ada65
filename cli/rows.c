/* SPDX-License-Identifier: MIT */
/* The rows of a parser, judged, sifted and given to the command. */

#include <string.h>

#include "account.h"
#include "rows.h"

void
rows_begin(struct worker *worker)
{
	const struct run_job *job = worker->work->job;

	if (worker->begun)
		return;
	worker->begun = 1;
	if (worker->work->account && worker->unit->piece == 0)
		worker->input->recognized = 1;
	if (job->file_begin)
		job->file_begin(worker->mine, &worker->input->file);
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
	worker->stopped = 1;
	return FILE_OVER;
}

enum going
rows_take(struct worker *worker)
{
	struct run_row row;
	enum going going;

	memset(&row, 0, sizeof(row));
	row.file = &worker->input->file;
	row.choice = RPCLOG_CHOICE_YES;
	row.schema = rpclog_parser_schema(worker->parser);
	row.set = worker->set;
	for (;;) {
		const rpclog_status status =
			rpclog_parser_next(worker->parser, &row.row);

		switch (status) {
		case RPCLOG_OK:
			rows_begin(worker);
			if (worker->muted)
				break;
			going = give_row(worker, &row);
			if (going != GO_ON || interrupted)
				return FILE_OVER;
			break;
		case RPCLOG_SCHEMA:
			rows_begin(worker);
			row.schema = rpclog_parser_schema(worker->parser);
			row.set = ++worker->set;
			break;
		case RPCLOG_BAD_ROW:
			if (!worker->muted)
				account_reject(worker);
			break;
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
