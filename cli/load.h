/* SPDX-License-Identifier: MIT */
/*
 * load from inside: workers take facts from logs, one writer puts them into
 * the database, and what hangs on everything that it holds is then settled
 * anew: 401 legs, actors, prompts.  All of it is one transaction.
 */

#ifndef RPCLOG_CLI_LOAD_H
#define RPCLOG_CLI_LOAD_H

#include "db.h"
#include "digest.h"
#include "facts.h"
#include "groups.h"
#include "run.h"

/* ---- Which logs are in the database: load_known.c, load_marks.c -------------
 */

/* A place in a log: row 0 is the end of what was loaded. */
struct mark {
	uint64_t row, bytes;
	uint8_t digest[16];
	uint8_t line[16]; /* of the row alone; not of row 0 */
};

enum log_state { LOG_NEW, LOG_GROWN, LOG_UNCHANGED, LOG_DUPLICATE, LOG_STATES };

/* What load knows of an input. */
struct load_log {
	enum log_state state;
	int64_t id;	  /* in the database; 0: not yet */
	int64_t path_log; /* what its path held before, or 0 */
	uint64_t rows;	  /* loaded before */
	char *real_path;  /* by which the file is found again, or NULL */
	int has_stat;	  /* the file as it lay there before reading */
	int64_t size, mtime_ns, inode;
	/* What its reading found. */
	int read;
	uint64_t bytes, lines, rejected;
	int64_t first_us, last_us;
	uint64_t new_rows;
	struct mark *marks;
	size_t mark_count, mark_room;
};

/* Follows the bytes of a log as its rows are read. */
struct marker {
	uint64_t seed;
	rpclog_digest digest; /* up to 'at' */
	uint64_t at;
	rpclog_slice bytes; /* in hand; they begin at 'from' */
	uint64_t from;
	uint64_t rows;		       /* so far */
	uint64_t end, lines, rejected; /* of the whole lines */
	int partial;		       /* a last line has no end yet */
	rpclog_digest whole;	       /* up to 'end' */
};

void marker_begin(struct marker *m, uint64_t seed, uint64_t rows);
void marker_bytes(struct marker *m, rpclog_slice bytes);
/* The row ends within the bytes in hand. */
void marker_row(struct marker *m, struct load_log *log, const rpclog_row *row);
void marker_bytes_end(struct marker *m, const rpclog_account *account);
void marker_end(struct marker *m, struct load_log *log);

/* ---- The load ---------------------------------------------------------------
 */

struct inputs;
struct names;
struct whos;
struct totals;
struct touched;
struct batches;

struct load {
	const struct options *options;
	const rpclog_rules *rules;
	rpclog_options library;
	struct db *db;
	int fresh; /* nothing was in it */
	int full;  /* rows are kept */
	uint64_t seed;
	int64_t handshake_us;
	int64_t handshake;     /* the number of its class */
	int64_t prune_us;      /* INT64_MIN: nothing is deleted */
	struct load_log *logs; /* by number of the input */
	size_t log_count;

	struct names *names;
	struct whos *whos;
	struct totals *totals;	 /* that wait to be written */
	struct touched *touched; /* what has to be settled anew */
	struct batches *batches;
	uint64_t rows;
};

/*
 * The PATHs of the command line into a database of nobody else's, which is
 * gone when it is closed: never NULL, ask db_error().  The exit code.
 */
int load_privately(const struct options *options, struct db **db);

/* Excuses and recognises logs: for run_new_screened(). */
void known_listed(void *load, struct inputs *inputs,
		  const rpclog_options *library);
void known_identified(void *load, struct inputs *inputs,
		      const rpclog_options *library);
void load_logs_free(struct load *load);
/* Paths, for the next load. */
void known_save(struct load *load, const struct inputs *inputs);

/* ---- Batches: from the workers to the writer (load_batch.c)
 * ------------------ */

struct full_row {
	uint32_t log; /* of the batch's */
	uint64_t line;
	int64_t start_us;
	size_t at, len;			/* in the batch's text */
	size_t columns_at, columns_len; /* the names of its columns, too */
};

/* A log of which a batch holds rows; 'state' once it has been read. */
struct batch_log {
	struct load_log *log;
	const char *path;
	const char *state; /* "whole", "partial", "damaged" */
};

/* Facts of some rows of one or more logs; or, --full, rows themselves. */
struct batch {
	struct batch *next;
	struct batch_log *logs;
	size_t log_count, log_room;
	struct facts *facts; /* NULL: rows */
	struct fact_sets sets;
	struct full_row *rows;
	size_t row_count, row_room;
	char *text;
	size_t text_len, text_room;
};

struct batches *batches_new(void);
/* Waits while the writer is behind; frees the batch if it has given up. */
void batches_put(struct batches *batches, struct batch *batch);
/* NULL: there will be no more. */
struct batch *batches_take(struct batches *batches);
/* No more will be put. */
void batches_close(struct batches *batches);
void batches_free(struct batches *batches);
void batch_free(struct batch *batch);

/* ---- Names and whos (load_names.c, load_whos.c)
 * ------------------------------- */

struct names *names_new(struct load *load);
/* The number of a text in the table of names; 0 is the empty one. */
int64_t names_id(struct names *names, rpclog_slice text);
/* The bytes of a name; they last until the next call. */
rpclog_slice names_text(struct names *names, int64_t id);
/* All names of a batch: numbers of facts to ids.  The caller's to free. */
int64_t *names_of(struct names *names, const struct facts *facts);
void names_free(struct names *names);

/* The id of a name of a batch; 0 if there is none. */
static inline int64_t
id_of(const int64_t *names, uint32_t number)
{
	return number == FACTS_NONE ? 0 : names[number];
}

#define OWNER_NONE    0
#define OWNER_SEVERAL (-1)

/* As the database shows it: valid UTF-8. */
rpclog_slice names_shown(struct names *names, int64_t id);

/* A row of the table 'who'. */
struct who {
	int64_t id;
	int64_t user, mailbox, client, agent;
	int64_t actor, owner, spelling;
	int64_t start_us, end_us;
	char request_id[40];
	size_t request_id_len;
	int stored;		   /* in the database */
	int changed;		   /* since */
	int renamed;		   /* its actor may be another one */
	int64_t since_us;	   /* of its session: facts came from here on */
	int64_t first_us, last_us; /* evidence that came, if any */
};

struct whos *whos_new(struct load *load);
/* Joins what facts say of the 'i'th to what is known; its place. */
size_t whos_add(struct whos *whos, const struct fact_sets *sets, size_t i,
		const int64_t *names);
size_t whos_count(const struct whos *whos);
struct who *whos_at(struct whos *whos, size_t place);
/* A leg or a success of its session came. */
void whos_fact(struct whos *whos, size_t place, int64_t start_us);
/* A row that is evidence came. */
void whos_evidence(struct whos *whos, size_t place, int64_t start_us);
/* One that is stored, by its id. */
size_t whos_load(struct whos *whos, int64_t id);
/* How a user, by name in lower case, is spelled. */
int64_t whos_spelling(struct whos *whos, int64_t user);
/* After all facts: how each is called (load_actors.c). */
void load_actors(struct load *load);
/* Writes what is new or changed. */
void whos_save(struct whos *whos);
void whos_free(struct whos *whos);

/* ---- Totals (load_totals.c)
 * --------------------------------------------------- */

/* What of a row the totals are about; ids. */
struct counted {
	int64_t start_us, latency_ms, bytes_in, bytes_out;
	int64_t who, server, target, protocol, software, windows, class_id;
};

struct totals *totals_new(struct load *load);
void totals_batch(struct totals *totals, const struct batch *batch,
		  const int64_t *names, const int64_t *whos);
/* One row more (1) or less (-1), written with totals_flush(). */
void totals_move(struct totals *totals, const struct counted *row, int by);
void totals_flush(struct totals *totals);
void totals_free(struct totals *totals);

/* What findings ask for beyond totals (load_signs.c). */
void load_signs(struct db *db, const struct batch *batch, const int64_t *names,
		const int64_t *whos);

/* event.leg: what is known of a 401 leg. */
#define LEG_RPC	      1
#define LEG_RECENT    2
#define LEG_UNCOUNTED 4

/* ---- Writing (load_write.c)
 * ----------------------------------------------------- */

/* The writer's thread: until there are no more batches. */
void *load_writer(void *load);

/* ---- Settling (load_legs.c, load_prompts.c, load_touched.c)
 * ---------------------- */

struct touched *touched_new(void);
/* Evidence of this actor (a name) came, went or may have changed here. */
void touched_add(struct touched *touched, int64_t actor, int64_t start_us);
size_t touched_count(const struct touched *touched);
int64_t touched_at(const struct touched *touched, size_t i, int64_t *first_us,
		   int64_t *last_us);
void touched_free(struct touched *touched);

/* Classes of 401 legs, with all that is known now. */
void load_legs(struct load *load);
/* Prompts and their hours, where something changed. */
void load_prompts(struct load *load);
/* --prune: before prompts are settled, and after it (load_prune.c). */
void load_prune(struct load *load);
void load_forget(struct load *load);
/*
 * Their parts: totals before an hour; whom, and names that, nothing has.
 * 'which' of them is an expression of SQL.
 */
void load_prune_sums(struct db *db, int64_t hour);
void load_forget_whos(struct db *db, const char *which);
void load_forget_names(struct db *db);

/* ---- The load as a whole (load_all.c)
 * ------------------------------------------- */

/* What makes digests of this database its own. */
void load_read_seed(struct load *load);
/*
 * Reads, writes and settles; 'run' is NULL if nothing is read.  0, or 1: then
 * nothing may be kept, and db_error(), the run or 'interrupted' says why.
 */
int load_all(struct load *load, struct run *run, const struct inputs *inputs);

/* A statement whose ?1 is a time, or its hour. */
void load_run_before(struct db *db, const char *sql, int64_t before);

#define HOUR_US (INT64_C(3600) * 1000000)

/* Quarters and hours since 1970, rounded to the past. */
static inline int64_t
quarter_of(int64_t us)
{
	return us / (HOUR_US / 4) - (us % (HOUR_US / 4) < 0);
}

static inline int64_t
hour_of(int64_t us)
{
	return us / HOUR_US - (us % HOUR_US < 0);
}

#endif /* RPCLOG_CLI_LOAD_H */
