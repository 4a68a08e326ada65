/* SPDX-License-Identifier: MIT */
/*
 * One big plain file in pieces that several workers read side by side.
 *
 * Borders lie every so many bytes; a line belongs to the piece in which it
 * begins.  Pieces are handed out in order.  Each begins with what the pieces
 * before it leave behind: a line number, and the columns in force, which a
 * scout knows (range.h).  A worker surveys its piece, waits until the one
 * before has moved the scout here, moves it on, and only then reads the rows:
 * nobody waits for rows to be read, but behind the first piece and behind a
 * line that is long.
 */

#ifndef RPCLOG_CLI_SPLIT_H
#define RPCLOG_CLI_SPLIT_H

#include <pthread.h>

#include "inputs.h"
#include "range.h"

struct split {
	struct input *input;
	const rpclog_options *library;
	uint64_t size;		/* of a piece */
	uint64_t room;		/* that each needs, or less */
	size_t count;		/* of pieces */
	uint64_t head;		/* the first piece ends no sooner */
	pthread_mutex_t lock;	/* of what follows, and of the input */
	pthread_cond_t moved;
	int fd;			/* -1: not open yet */
	uint64_t bytes;		/* in the file when it was opened */
	rpclog_parser *scout;	/* stands where piece 'next' begins */
	size_t next;
	uint64_t at, lines;	/* before that place */
	int over;		/* no piece but those begun is to be read */
	int whole;		/* the file was read to its end, or to trouble */
	size_t left;		/* pieces that are not done with */
	int begun;		/* file_begin() was called */
};

/*
 * NULL unless the input is a plain HttpProxy log that begins with a column
 * line.
 */
struct split *split_new(struct input *input, const rpclog_options *library,
			uint64_t size);
/* Where piece 'number' may begin at the soonest; 'count': the end. */
uint64_t split_border(const struct split *split, size_t number);
/*
 * For piece 0: opens the file.  For others: waits for that.  1, or 0 if there
 * is nothing to read; '*error' is then a text to free, or NULL.
 */
int split_open(struct split *split, size_t number, char **error);
/* Waits until the scout stands where piece 'number' begins; 0 if it is over.
 * Either way the lock is held then. */
int split_enter(struct split *split, size_t number);
/* With the lock held: the next piece may go on. */
void split_advance(struct split *split);
/* The same: no piece that has not begun is to be read. */
void split_end(struct split *split, int whole);
/* Without it: a piece is done with; 1 if it is the last one. */
int split_leave(struct split *split);
void split_free(struct split *split);

#endif /* RPCLOG_CLI_SPLIT_H */
