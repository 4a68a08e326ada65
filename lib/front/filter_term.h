/* SPDX-License-Identifier: MIT */
/* One term of a filter: how it is kept, read and asked (filter*.c alone). */

#ifndef RPCLOG_FRONT_FILTER_TERM_H
#define RPCLOG_FRONT_FILTER_TERM_H

#include "alloc.h"
#include "filter.h"
#include "pattern.h"

enum where_op {
	WHERE_EQ, WHERE_NE, WHERE_MATCH, WHERE_NO_MATCH, WHERE_LT, WHERE_LE,
	WHERE_GT, WHERE_GE
};

struct where {
	uint32_t name;
	enum where_op op;
	rpclog_slice value;	/* within the term's text */
	bool is_int, is_time;	/* what 'value' reads as, if 'op' orders */
	int64_t integer, us;
	rpclog_pattern *pattern;	/* of WHERE_MATCH and WHERE_NO_MATCH */
};

struct term {
	enum filter_term kind;
	unsigned cost;		/* terms are asked in this order */
	bool of_class;		/* asks class, popup or severity */
	bool of_actor;		/* asks the actor (--user: if U is empty) */
	bool legs_alike;	/* of_class: same answer for a 401 leg and all
				 * that it may become */
	char *text;		/* what slices of the term point into */
	rpclog_slice *globs;	/* any of them */
	uint32_t *classes;	/* ascending numbers of --class */
	size_t count;		/* of globs or classes */
	struct where where;
};

struct clock {
	filter_time_fn read;
	void *read_ctx;
	filter_bucket_fn bucket;
	filter_print_fn print;
	void *ctx;
};

struct rpclog_filter {
	struct alloc alloc;
	rpclog_options options;
	const rpclog_rules *rules;
	struct clock clock;
	struct term *terms;	/* by cost */
	size_t count, capacity;
	int64_t since_us, until_us;
	bool no_probes, no_activity;
};

/* What a thread keeps of a term. */
struct term_use {
	rpclog_finder *finder;
	size_t hint;
};

struct rpclog_sieve {
	struct alloc alloc;
	const struct rpclog_filter *filter;
	struct term_use *uses;	/* beside filter->terms */
	rpclog_slice file;
	uint64_t gave_up;
};

/* In UTC: what stands in for a caller that sets no clock. */
int clock_read_utc(void *ctx, rpclog_slice text, int64_t *us);
int64_t clock_bucket_utc(void *ctx, enum name_kind kind, int64_t us);
size_t clock_print_utc(void *ctx, enum name_kind kind, int64_t us, char *out,
		       size_t room);

/* "Column OP VALUE" out of term->text into term->where. */
rpclog_status where_read(struct term *term, const struct rpclog_filter *filter,
			 rpclog_diag *diag);
/* Bytes that a row must hold to satisfy it; empty if none are known. */
rpclog_slice where_literal(const struct where *where);
/* Does a value of the row satisfy it?  Not for settled names. */
bool where_row(struct rpclog_sieve *sieve, const struct term *term,
	       struct term_use *use, const rpclog_row *row);
/* The same for the bytes of a settled name; '*gave_up' may be counted up. */
bool where_text(const struct where *where, struct term_use *use,
		rpclog_slice text, uint64_t *gave_up);

/* A comma-separated list out of term->text: of globs, or of classes. */
rpclog_status list_read(struct term *term, const struct rpclog_filter *filter,
			rpclog_diag *diag);
rpclog_status classes_read(struct term *term,
			   const struct rpclog_filter *filter,
			   rpclog_diag *diag);
void term_clear(struct term *term, const struct alloc *a);

#endif /* RPCLOG_FRONT_FILTER_TERM_H */
