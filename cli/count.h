/* SPDX-License-Identifier: MIT */
/*
 * The count command's own rooms.  Rows are collected under tuples
 *
 *	--by values..., the --distinct value, reference
 *
 * where a value that only everything read can tell (user, class, ..) is left
 * empty, and the reference holds what tells it then: class, and user or
 * mailbox and client.  A 401 leg, whose class hangs on its start, is kept by
 * itself until its success is seen.  Statistics lie beside the tuples.
 */

#ifndef RPCLOG_CLI_COUNT_H
#define RPCLOG_CLI_COUNT_H

#include "names.h"
#include "run.h"
#include "tuples.h"

#define COUNT_FIELDS	32	/* --by and --distinct together */
#define COUNT_STATS	16	/* --stat columns */
#define STAT_MOST	INT64_C(999999999999999)

enum stat_kind { STAT_PERCENTILE, STAT_MAX, STAT_AVG };

struct stat_figure {
	enum stat_kind kind;
	unsigned percent;
	size_t source;		/* in count_plan.sources */
	char name[96];		/* of the column */
};

struct count_plan {
	uint32_t fields[COUNT_FIELDS];	/* names */
	size_t by_count;	/* the first so many are --by */
	size_t field_count;	/* one more with --distinct */
	uint32_t sources[COUNT_STATS];	/* columns that figures are about */
	size_t source_count;
	struct stat_figure figures[COUNT_STATS];
	size_t figure_count;
	int asks_user, asks_class;	/* of a field or a filter */
	int settles;		/* a tracker is needed */
};

/* 0, or -1 and it was said what is wrong. */
int count_plan_read(struct count_plan *plan, const struct options *options);

/* ---- statistics: sparse histograms ---------------------------------------- */

struct count_stats;

struct count_stats *stats_new(void);
/* 'value' (STAT_MOST at most) for source 'source' of group 'group'. */
void stats_add(struct count_stats *stats, uint32_t group, size_t source,
	       int64_t value);
/*
 * What 'from' knows of group g goes to group translation[g] of 'into', or
 * nowhere if that is GROUPS_NONE.
 */
void stats_move(struct count_stats *into, const struct count_stats *from,
		const uint32_t *translation);
/*
 * A figure of a group, an average in thousandths; 0 if it has no value.
 * After stats_seal().
 */
int stats_figure(const struct count_stats *stats, uint32_t group,
		 const struct stat_figure *figure, int64_t *value);
void stats_seal(struct count_stats *stats);
void stats_free(struct count_stats *stats);

/* ---- collecting ------------------------------------------------------------ */

struct collection {
	const struct count_plan *plan;
	struct groups *tuples;	/* field_count + 1 values */
	uint64_t *requests;	/* by tuple */
	size_t room;
	struct count_stats *stats;	/* NULL without --stat */
};

void collection_init(struct collection *c, const struct count_plan *plan);
/* One more row (or 'requests') of a tuple; its number. */
uint32_t collection_add(struct collection *c, const rpclog_slice *values,
			uint64_t requests);
void collection_free(struct collection *c);

/* What a worker has. */
struct counter;

struct counter *counter_new(const struct count_plan *plan,
			    struct run_worker *worker);
enum run_next counter_row(struct counter *counter, const struct run_row *row);
/* After the last row of a worker, on its thread. */
void counter_rest(struct counter *c);
rpclog_tracker *counter_tracker(struct counter *counter);
/* Its rows, their settled values filled in, into 'all'. */
void counter_settle(struct counter *counter, const rpclog_tracker *tracker,
		    rpclog_sieve *sieve, struct collection *all);
/* All but the tracker. */
void counter_free(struct counter *counter);

#endif /* RPCLOG_CLI_COUNT_H */
