/* SPDX-License-Identifier: MIT */
/* The logs of a run: what was found, what became of each, and its account. */

#ifndef RPCLOG_CLI_INPUTS_H
#define RPCLOG_CLI_INPUTS_H

#include <signal.h>
#include <sys/types.h>

#include "run.h"

/* Categories of the ledger, in its order. */
enum category {
	IN_ROWS, IN_PROBE, IN_ACTIVITY, IN_HEADER, IN_BLANK, IN_DUPLICATE,
	IN_PARTIAL, IN_REJECTED, IN_FOREIGN, IN_JOINED, IN_SKIPPED,
	CATEGORY_COUNT
};

struct account {
	rpclog_count in[CATEGORY_COUNT];
	uint64_t bytes;
};

struct rejected {
	uint64_t line, offset;
	char *reason;
};

#define REJECTED_LISTED	100

/* In place of a descriptor: a stream that is opened when it is read. */
#define INPUT_UNOPENED	(-2)

enum input_state {
	INPUT_READ,		/* to be read, or read */
	INPUT_DUPLICATE,	/* another one has all its bytes */
	INPUT_SKIPPED,		/* old: --since */
	INPUT_GONE		/* could not be opened: see error */
};

struct input {
	struct run_file file;	/* first: callbacks get its address */
	enum input_state state;
	int fd;			/* streams and spools; -1: open the path */
	off_t fd_start;		/* where 'fd' began, if it can be rewound */
	int rewinds;		/* fd is a regular file or a spool */
	uint64_t size;		/* as it lies there; 0 if not known */
	uint64_t known;		/* bytes whose rows were loaded already: they
				 * are duplicates, and not handed out */
	int recognized;		/* an HttpProxy log beyond doubt */
	int taken;		/* a worker had it */
	int stopped;		/* and left it before its end */
	int gzip;
	uint64_t compressed;
	const char *foreign;	/* what it is, or NULL */
	const char *joined;	/* the same, but left for run_join() */
	char *error;		/* said at the end, or NULL */
	struct account account;
	struct rejected *rejected;	/* the first 100 */
	size_t rejected_count;
};

struct refused {
	char *path;
	int error; /* errno */
};

struct inputs {
	struct input *items;	/* in order of path */
	size_t count;
	int trouble;		/* something named is not there */
	char **folders;		/* that were walked; they end with '/' */
	size_t folder_count;
	struct refused *refused; /* what could not be looked at */
	size_t refused_count, refused_room;
};

/*
 * Lists files of 'paths'; says what is missing.  EXIT_DONE, or EXIT_TROUBLE
 * if nothing can be done.
 */
int inputs_list(struct inputs *inputs, const struct options *options,
		char *const *paths, size_t count);
/* Copies streams to unlinked files, so that they can be read again. */
int inputs_spool(struct inputs *inputs);
void inputs_free(struct inputs *inputs);

/* Opens from the start.  On failure '*error' is a text to free. */
rpclog_source *input_open(struct input *input, const rpclog_options *library,
			  char **error);

/* Set by SIGINT; reading streams looks at it. */
extern volatile sig_atomic_t interrupted;

/* Marks what --since makes superfluous: rpclog(1), READING. */
void inputs_skip_old(struct inputs *inputs, int64_t since_us,
		     const rpclog_options *library);
/* The first of its damaged rows, as warnings. */
void input_say_rejected(const struct input *input);
/* Recognises and finds duplicates. */
void inputs_identify(struct inputs *inputs, const rpclog_options *library);

/* printf into fresh memory. */
char *text_print(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif /* RPCLOG_CLI_INPUTS_H */
