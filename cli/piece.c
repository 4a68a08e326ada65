/* SPDX-License-Identifier: MIT */
/* One piece of a split file: reads it, and takes its rows. */

#include "piece.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "rows.h"

/* Read beyond the border, where the last line of a piece goes on. */
#define BEYOND ((uint64_t)8 << 10)

/* A piece while it is read: whole, or part by part if a line is that long. */
struct piece {
	struct split *split;
	size_t number;
	uint64_t next;	   /* border to the next piece */
	int final;	   /* there is none */
	uint64_t at;	   /* where 'buffer' stands in the file */
	char *buffer;	   /* the worker's */
	size_t room, len;  /* for it, in it */
	size_t begin, end; /* lines of this piece in it */
	int closed;	   /* 'end' is where the piece ends */
	int last;	   /* and the file with it */
	int passed_on;	   /* the next piece may go on */
	int error;	   /* errno of a read that failed */
};

/* Like pread(2), but all of it; less is the end of the file, or an error. */
static size_t
read_at(struct piece *p, uint64_t at, size_t len)
{
	size_t got = 0;

	while (got < len) {
		const ssize_t n = pread(p->split->fd, p->buffer + got,
					len - got, (off_t)(at + got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			p->error = errno;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

/* Fills the buffer from 'at' on and looks where the piece ends. */
static void
load(struct piece *p, uint64_t at, size_t room)
{
	const uint64_t left = p->split->bytes - at;
	const size_t want = left < room ? (size_t)left : room;
	/* A line that begins at the border is the next piece's. */
	const size_t from = p->next - 1 > at ? (size_t)(p->next - 1 - at) : 0;
	const char *newline = NULL;

	p->at = at;
	p->len = read_at(p, at, want);
	p->begin = 0;
	if (!p->final && p->len > from)
		newline = memchr(p->buffer + from, '\n', p->len - from);
	p->end = newline ? (size_t)(newline - p->buffer) + 1 : p->len;
	p->last = (p->len < want || want == left) && p->end == p->len;
	p->closed = newline || p->last;
	/* What lies beyond this piece is not its trouble. */
	if (!p->last)
		p->error = 0;
}

static void
make_buffer(struct worker *worker, struct piece *p)
{
	const size_t room = (size_t)(p->split->room + BEYOND);

	if (worker->room < room) {
		free(worker->buffer);
		worker->buffer = xmalloc(room);
		worker->room = room;
	}
	p->buffer = worker->buffer;
	p->room = worker->room;
}

/*
 * All of the piece, if its last line is not long.  The byte before the border
 * tells whether a line begins there.
 */
static void
load_first(struct worker *worker, struct piece *p)
{
	const uint64_t border = split_border(p->split, p->number);
	const uint64_t from = border ? border - 1 : 0;
	const uint64_t size = p->next - from;
	const uint64_t room = size + (size < BEYOND ? size : BEYOND);
	const char *newline;

	make_buffer(worker, p);
	load(p, from, room < p->room ? (size_t)room : p->room);
	if (border && p->len) {
		newline = memchr(p->buffer, '\n', p->len);
		p->begin = newline ? (size_t)(newline - p->buffer) + 1 : p->len;
	}
}

/* What 'status' of range.h means for the file; 0 if it is to be left. */
static int
goes_on(struct worker *worker, rpclog_status status)
{
	struct input *input = worker->input;

	if (status == RPCLOG_OK)
		return 1;
	if (status == RPCLOG_ERR_NOMEM) {
		run_fail_status(worker->work->run, status);
		atomic_store(&worker->work->stop, 1);
	} else if (!input->error && worker->work->account) {
		input->error = xstrdup("changed while it was read");
	}
	return 0;
}

/* With the lock held: the scout is here, and is sent to the next piece. */
static int
pass_on(struct worker *worker, struct piece *p)
{
	struct split *split = p->split;

	p->passed_on = 1;
	if (p->last) {
		split_end(split, 1);
		return 1;
	}
	if (!goes_on(worker, range_scout(split->scout, &worker->survey)))
		return 0;
	split->at = p->at + p->end;
	split->lines += worker->survey.lines;
	split_advance(split);
	return 1;
}

/* The parser to the first line of the piece; 0: nothing is to be read. */
static int
take_up(struct worker *worker, struct piece *p)
{
	struct split *split = p->split;

	if (!p->final && split->at >= p->next) {
		split_advance(split);
		p->passed_on = 1;
		return 0;
	}
	if (p->number == 0) {
		rpclog_parser_reset(worker->parser);
		return 1;
	}
	if (!goes_on(worker, range_follow(worker->parser, split->scout,
					  split->at, split->lines)))
		return 0;
	/* A line of an earlier piece may go on where none was looked for. */
	if (split->at != p->at + p->begin)
		load(p, split->at, p->room);
	else if (p->closed)
		return pass_on(worker, p);
	return 1;
}

/* Waits for the turn of this piece; 1 if its rows are to be read. */
static int
begin(struct worker *worker, struct piece *p)
{
	struct split *split = p->split;
	rpclog_status status = RPCLOG_OK;
	int go;

	load_first(worker, p);
	if (p->number && p->closed && !p->last)
		status = range_survey(&worker->survey,
				      (rpclog_slice){ p->buffer + p->begin,
						      p->end - p->begin });
	go = split_enter(split, p->number) && goes_on(worker, status) &&
	     take_up(worker, p);
	if (!go && !p->passed_on)
		split_end(split, 0);
	pthread_mutex_unlock(&split->lock);
	return go;
}

/* The rows of the piece; '*tally' of its lines unless those were surveyed. */
static enum going
read_rows(struct worker *worker, struct piece *p, struct lines *tally)
{
	enum going going;

	for (;;) {
		const rpclog_slice bytes = { p->buffer + p->begin,
					     p->end - p->begin };

		if (!p->passed_on)
			lines_add(tally, bytes);
		atomic_fetch_add(&worker->work->progress->done, bytes.len);
		if (rpclog_parser_feed(worker->parser, bytes.ptr, bytes.len) !=
		    RPCLOG_OK)
			return FILE_OVER;
		going = rows_take(worker);
		if (going != GO_ON || p->closed)
			break;
		if (interrupted || atomic_load(&worker->work->stop))
			return FILE_OVER;
		load(p, p->at + p->end, p->room);
	}
	/* A line that damage tore is no row: then the parser is not told. */
	if (going == GO_ON && p->last && !p->error &&
	    rpclog_parser_finish(worker->parser) == RPCLOG_OK)
		going = rows_take(worker);
	return going;
}

/* With the lock held: the parser has seen a line that no survey did. */
static void
hand_over(struct worker *worker, struct piece *p, const struct lines *tally)
{
	struct split *split = p->split;

	if (p->last) {
		split_end(split, 1);
	} else if (goes_on(worker,
			   range_follow(split->scout, worker->parser, 0, 0))) {
		split->at = p->at + p->end;
		split->lines += tally->lines;
		split_advance(split);
	} else {
		split_end(split, 1);
	}
}

/* With the lock held. */
static void
book(struct worker *worker, const struct piece *p, enum going going)
{
	struct input *input = worker->input;

	account_add(worker, NULL, 0);
	if (going == FILE_FOREIGN)
		goes_on(worker, RPCLOG_ERR_SCHEMA);
	if (going == FILE_OVER)
		input->stopped = 1;
	if (p->error && !input->error)
		input->error = text_print("cannot read: %s (after %llu bytes)",
					  strerror(p->error),
					  (unsigned long long)(p->at + p->len));
}

static void
read_piece(struct worker *worker, struct piece *p)
{
	struct split *split = p->split;
	struct lines tally = { 0, 0, 0 };
	enum going going;

	if (!begin(worker, p))
		return;
	going = read_rows(worker, p, &tally);
	if (worker->begun && worker->work->job->file_end)
		worker->work->job->file_end(worker->mine, &worker->input->file);
	pthread_mutex_lock(&split->lock);
	split->begun |= worker->begun;
	if (going != GO_ON)
		split_end(split, 0);
	else if (!p->passed_on)
		hand_over(worker, p, &tally);
	if (worker->work->account)
		book(worker, p, going);
	pthread_mutex_unlock(&split->lock);
}

/* The file could not be opened. */
static void
note_gone(struct worker *worker, char *error)
{
	struct input *input = worker->input;

	if (!worker->work->account) {
		free(error);
		return;
	}
	input->state = INPUT_GONE;
	free(input->error);
	input->error = error;
}

void
piece_read(struct worker *worker)
{
	const struct run_job *job = worker->work->job;
	struct split *split = worker->unit->split;
	struct piece p;
	char *error;

	memset(&p, 0, sizeof(p));
	p.split = split;
	p.number = worker->unit->piece;
	p.final = p.number + 1 == split->count;
	if (p.number == 0)
		worker->input->taken = 1;
	if (split_open(split, p.number, &error)) {
		p.next = split_border(split, p.number + 1);
		read_piece(worker, &p);
	} else if (p.number == 0) {
		note_gone(worker, error);
	}
	if (split_leave(split) && split->begun && job->file_done)
		job->file_done(worker->mine, &worker->input->file);
}
