/* SPDX-License-Identifier: MIT */
/* count: rows per group of any columns or derived fields. */

#include <stdlib.h>
#include <string.h>

#include "count.h"
#include "feed.h"
#include "when.h"

struct counting {
	struct count_plan plan;
	struct run *run;
	struct counter **counters;
	rpclog_sieve **sieves;
	size_t count, room, sieve_room;
};

static void *
worker_new(void *ctx, struct run_worker *worker)
{
	struct counting *all = ctx;

	all->counters = xgrow(all->counters, all->count, &all->room,
			      sizeof(*all->counters));
	all->sieves = xgrow(all->sieves, all->count, &all->sieve_room,
			    sizeof(*all->sieves));
	all->sieves[all->count] = worker->sieve;
	return all->counters[all->count++] = counter_new(&all->plan, worker);
}

static enum run_next
add_row(void *mine, const struct run_row *row)
{
	return counter_row(mine, row);
}

static void
rest(void *mine)
{
	counter_rest(mine);
}

/* The workers' trackers in one, finished; NULL if none is needed. */
static rpclog_tracker *
merge_trackers(struct counting *all)
{
	rpclog_tracker *merged = NULL;

	for (size_t i = 0; i < all->count; i++)
		feed_merge(all->run, &merged,
			   counter_tracker(all->counters[i]));
	return merged ? feed_finish(all->run, merged) : NULL;
}

/* Groups of --by alone, with what --distinct counted. */
struct result {
	struct groups *groups;
	uint64_t *requests, *distinct;
	size_t requests_room, distinct_room;
	struct count_stats *stats;
	uint32_t *order;
};

/* Without --distinct the tuples are the groups already. */
static void
take_over(struct collection *all, struct result *r)
{
	r->groups = all->tuples;
	r->requests = all->requests;
	r->stats = all->stats;
	if (r->stats)
		stats_seal(r->stats);
	memset(all, 0, sizeof(*all));
}

static void
fold(const struct count_plan *plan, const struct collection *all,
     struct result *r)
{
	uint32_t count = groups_count(all->tuples);
	uint32_t *translation =
		xmalloc((count + (size_t)1) * sizeof(*translation));

	r->groups = tuples_new(plan->by_count);
	for (uint32_t i = 0; i < count; i++) {
		rpclog_slice values[COUNT_FIELDS];
		uint32_t known = groups_count(r->groups);
		uint32_t id;

		for (size_t f = 0; f < plan->by_count; f++)
			values[f] = groups_value(all->tuples, i, f);
		id = tuples_add(r->groups, values);
		if (id == known) {
			r->requests = xgrow(r->requests, id, &r->requests_room,
					    sizeof(*r->requests));
			r->distinct = xgrow(r->distinct, id, &r->distinct_room,
					    sizeof(*r->distinct));
			r->requests[id] = r->distinct[id] = 0;
		}
		translation[i] = id;
		r->requests[id] += all->requests[i];
		if (groups_value(all->tuples, i, plan->by_count).len > 0)
			r->distinct[id]++;
	}
	if (all->stats) {
		r->stats = stats_new();
		stats_move(r->stats, all->stats, translation);
		stats_seal(r->stats);
	}
	free(translation);
}

struct place {
	uint64_t requests;
	uint32_t rank, id;
};

static int
by_requests(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->requests != y->requests)
		return x->requests > y->requests ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Requests down, then the fields. */
static void
sort(const struct count_plan *plan, struct result *r)
{
	uint32_t count = groups_count(r->groups);
	struct place *places = xmalloc((count + (size_t)1) * sizeof(*places));

	r->order = tuples_sorted(r->groups, plan->by_count);
	for (uint32_t i = 0; i < count; i++) {
		places[i].requests = r->requests[r->order[i]];
		places[i].rank = i;
		places[i].id = r->order[i];
	}
	qsort(places, count, sizeof(*places), by_requests);
	for (uint32_t i = 0; i < count; i++)
		r->order[i] = places[i].id;
	free(places);
}

static enum cell_kind
kind_of(uint32_t name)
{
	switch (name_kind(name)) {
	case NAME_IS_TEXT: return CELL_TEXT;
	case NAME_IS_INT: return CELL_NUMBER;
	case NAME_IS_TIME: return CELL_TIME;
	case NAME_IS_HOUR: return CELL_HOUR;
	case NAME_IS_DAY: return CELL_DAY;
	}
	return CELL_TEXT;
}

static void
print_value(struct table *table, uint32_t name, rpclog_slice value)
{
	char text[24] = "";

	if (value.len == 0) {
		table_absent(table);
		return;
	}
	switch (name_kind(name)) {
	case NAME_IS_TEXT: table_text(table, value); break;
	case NAME_IS_INT:
		memcpy(text, value.ptr,
		       value.len < sizeof(text) ? value.len : 23);
		table_number(table, strtoll(text, NULL, 10));
		break;
	case NAME_IS_TIME: table_time(table, groups_get_int(value)); break;
	case NAME_IS_HOUR: table_hour(table, groups_get_int(value)); break;
	case NAME_IS_DAY: table_day(table, groups_get_int(value)); break;
	}
}

static void
print_figures(struct table *table, const struct count_plan *plan,
	      const struct result *r, uint32_t id)
{
	for (size_t i = 0; i < plan->figure_count; i++) {
		const struct stat_figure *figure = &plan->figures[i];
		int64_t value;

		if (!stats_figure(r->stats, id, figure, &value))
			table_absent(table);
		else if (figure->kind == STAT_AVG)
			table_thousandths(table, value);
		else
			table_number(table, value);
	}
}

static void
print(const struct count_plan *plan, const struct options *options,
      const struct result *r)
{
	struct column columns[COUNT_FIELDS + COUNT_STATS + 2];
	uint32_t rows = groups_count(r->groups);
	int distinct = plan->field_count > plan->by_count;
	size_t count = 0;

	for (size_t i = 0; i < plan->by_count; i++)
		columns[count++] = (struct column){ name_text(plan->fields[i]),
						    kind_of(plan->fields[i]) };
	columns[count++] = (struct column){ "requests", CELL_NUMBER };
	if (distinct)
		columns[count++] = (struct column){ "distinct", CELL_NUMBER };
	for (size_t i = 0; i < plan->figure_count; i++)
		columns[count++] =
			(struct column){ plan->figures[i].name, CELL_NUMBER };
	if (options->top != NUMBER_UNSET && options->top < rows)
		rows = (uint32_t)options->top;

	struct table *table =
		table_begin(out_stdout(), options->format, columns, count,
			    options->csv_guard ? 0 : TABLE_NO_GUARD);

	for (uint32_t i = 0; i < rows; i++) {
		uint32_t id = r->order[i];

		for (size_t f = 0; f < plan->by_count; f++)
			print_value(table, plan->fields[f],
				    groups_value(r->groups, id, f));
		table_unsigned(table, r->requests[id]);
		if (distinct)
			table_unsigned(table, r->distinct[id]);
		print_figures(table, plan, r, id);
		table_row(table);
	}
	table_end(table);
}

static void
finish(struct counting *all, const struct options *options)
{
	struct collection rows;
	struct result r;
	rpclog_tracker *tracker = merge_trackers(all);
	/* If it failed, that was said: nothing is to be printed. */
	int failed = all->plan.settles && !tracker;

	memset(&r, 0, sizeof(r));
	collection_init(&rows, &all->plan);
	for (size_t i = 0; i < all->count; i++) {
		if (!failed)
			counter_settle(all->counters[i], tracker,
				       all->sieves[i], &rows);
		counter_free(all->counters[i]);
	}
	rpclog_tracker_free(tracker);
	if (all->plan.field_count == all->plan.by_count)
		take_over(&rows, &r);
	else
		fold(&all->plan, &rows, &r);
	collection_free(&rows);
	sort(&all->plan, &r);
	if (!failed)
		print(&all->plan, options, &r);
	groups_free(r.groups);
	stats_free(r.stats);
	free(r.requests);
	free(r.distinct);
	free(r.order);
}

/* Interrupted: nothing is printed. */
static void
give_up(struct counting *all)
{
	for (size_t i = 0; i < all->count; i++) {
		rpclog_tracker_free(counter_tracker(all->counters[i]));
		counter_free(all->counters[i]);
	}
}

static int
run_count(struct options *options)
{
	struct run_job job = {
		.flags = RUN_CLASSIFY | RUN_SPLITS,
		.worker_new = worker_new,
		.row = add_row,
		.rest = rest,
	};
	struct counting all;

	memset(&all, 0, sizeof(all));
	if (count_plan_read(&all.plan, options) < 0)
		return EXIT_TROUBLE;
	all.run = run_new(options, options->operands, options->operand_count,
			  RUN_REQUESTS);
	if (!all.run)
		return run_end(NULL);
	if (filter_needs_settling(run_filter(all.run)))
		all.plan.asks_user = all.plan.settles = 1;
	all.plan.settles |= all.plan.asks_user || all.plan.asks_class;
	/* What must settle sees every row; the sieve is asked after that. */
	if (!all.plan.settles)
		job.flags |= RUN_SIEVE;
	job.ctx = &all;
	if (run_do(all.run, &job) == 0 && all.count > 0)
		finish(&all, options);
	else
		give_up(&all);
	free(all.counters);
	free(all.sieves);
	return run_end(all.run);
}

const struct command command_count = {
	.name = "count",
	.usage = "--by LIST [PATH...]",
	.sentence = "rows per group of any columns or derived values",
	.bit = CMD_COUNT,
	.run = run_count,
	.notes = "LIST names log columns or: start end hour day file line "
		 "offset user account\nmailbox client target server protocol "
		 "status backend_status error_code class\npopup severity "
		 "legacy response_status web_status security_status software\n"
		 "windows latency_ms rpc_half rpc_life rpc_end\n",
};
