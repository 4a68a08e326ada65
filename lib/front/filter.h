/* SPDX-License-Identifier: MIT */
/* Filters: terms, ANDed, that choose rows. */

#ifndef RPCLOG_FRONT_FILTER_H
#define RPCLOG_FRONT_FILTER_H

#include "names.h"
#include "settle.h"

typedef struct rpclog_filter rpclog_filter;	/* built once */
typedef struct rpclog_sieve rpclog_sieve;	/* one in use: a thread's */

enum filter_term {
	FILTER_WHERE,		/* "Column OP VALUE" */
	FILTER_USER, FILTER_CLIENT, FILTER_SERVER, FILTER_TARGET, /* globs */
	FILTER_PROTOCOL,	/* comma list of globs */
	FILTER_CLASS		/* comma list of class names, a trailing *
				 * allowed; an unknown name is a usage error
				 * that offers the nearest */
};

/* Reads a TIME in the user's zone: 1 if well formed. */
typedef int (*filter_time_fn)(void *ctx, rpclog_slice text, int64_t *us);

rpclog_status filter_new(rpclog_filter **out, const rpclog_rules *rules,
			 const rpclog_options *options);
/* For --where on times; without it only RFC 3339 is read. */
void filter_set_time_reader(rpclog_filter *filter, filter_time_fn fn,
			    void *ctx);

/* Start of the hour or day (by 'kind') of 'us', in the user's zone. */
typedef int64_t (*filter_bucket_fn)(void *ctx, enum name_kind kind, int64_t us);
/*
 * 'us' as it is printed: an instant with three decimals, an hour, or a day.
 * Bytes stored, at most 'room'; 64 are enough.
 */
typedef size_t (*filter_print_fn)(void *ctx, enum name_kind kind, int64_t us,
				  char *out, size_t room);
/*
 * For terms on start, end, hour and day; without it (NULL) they are UTC.  'ctx'
 * must outlive the filter; several threads may ask at once.
 */
void filter_set_clock(rpclog_filter *filter, filter_bucket_fn bucket,
		      filter_print_fn print, void *ctx);
rpclog_status filter_add(rpclog_filter *filter, enum filter_term term,
			 const char *text, rpclog_diag *diag);
/* On start; half-open; INT64_MIN and INT64_MAX leave an end open. */
void filter_time(rpclog_filter *filter, int64_t since_us, int64_t until_us);
/* Leave out probe rows / activity rows. */
void filter_leave_out(rpclog_filter *filter, int probes, int activity);
/* Is there no term at all? */
int filter_is_empty(const rpclog_filter *filter);
/*
 * Can a term hang on sessions or the actor?  A class term that treats a 401
 * leg and all that it may become alike does not.
 */
int filter_needs_settling(const rpclog_filter *filter);
/* Must a row be classified before filter_row()? */
int filter_needs_verdict(const rpclog_filter *filter);
/* Does any class term select class 'probe'?  (then --probes is implied) */
int filter_selects_probe(const rpclog_filter *filter);
/*
 * Bytes that every row holds that passes: for rpclog_parser_require().  Empty if
 * none are known.
 */
rpclog_slice filter_literal(const rpclog_filter *filter);
void filter_free(rpclog_filter *filter);

rpclog_status sieve_new(rpclog_sieve **out, const rpclog_filter *filter,
			const rpclog_options *options);
/* What rows say of file: the path, for terms on 'file'. */
void sieve_set_file(rpclog_sieve *sieve, const char *path);
/*
 * By the row alone, 'verdict' may be NULL if filter_needs_verdict() is 0.
 * NO and YES are final; LATER: ask sieve_settled() when all is known.
 */
rpclog_choice sieve_row(rpclog_sieve *sieve, const rpclog_row *row,
			const rpclog_verdict *verdict);
/* The terms that sieve_row() could not decide, for a row it said LATER to. */
int sieve_settled(rpclog_sieve *sieve, const rpclog_settled *settled);
/* Times that a pattern of --where gave up (PCRE2's limit): no match. */
uint64_t sieve_gave_up(const rpclog_sieve *sieve);
void sieve_free(rpclog_sieve *sieve);

#endif /* RPCLOG_FRONT_FILTER_H */
