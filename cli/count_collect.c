/* SPDX-License-Identifier: MIT */
/* Rows to tuples, one collection a worker. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count_parts.h"
#include "feed.h"
#include "when.h"

void
collection_init(struct collection *c, const struct count_plan *plan)
{
	memset(c, 0, sizeof(*c));
	c->plan = plan;
	c->tuples = tuples_new(plan->field_count + 1);
	if (plan->source_count > 0)
		c->stats = stats_new();
}

uint32_t
collection_add(struct collection *c, const rpclog_slice *values,
	       uint64_t requests)
{
	uint32_t known = groups_count(c->tuples);
	uint32_t id = tuples_add(c->tuples, values);

	if (id == known) {
		c->requests =
			xgrow(c->requests, id, &c->room, sizeof(*c->requests));
		c->requests[id] = 0;
	}
	c->requests[id] += requests;
	return id;
}

void
collection_free(struct collection *c)
{
	groups_free(c->tuples);
	stats_free(c->stats);
	free(c->requests);
}

struct counter *
counter_new(const struct count_plan *plan, struct run_worker *worker)
{
	struct counter *c = xcalloc(1, sizeof(*c));

	c->plan = plan;
	c->run = worker->run;
	c->sieve = worker->sieve;
	c->leg_limit = 32768;
	collection_init(&c->rows, plan);
	c->sessions = tuples_new(4);
	if (plan->settles)
		c->tracker = feed_tracker(worker, FEED_SETTLING);
	return c;
}

void
counter_rest(struct counter *c)
{
	feed_tidy(c->run, c->tracker);
}

rpclog_tracker *
counter_tracker(struct counter *c)
{
	return c->tracker;
}

/* Room that the value of one field may need. */
#define VALUE_ROOM 24

static rpclog_slice
decimal(char room[VALUE_ROOM], int64_t value)
{
	rpclog_slice s = { room, 0 };

	s.len = (size_t)snprintf(room, VALUE_ROOM, "%lld", (long long)value);
	return s;
}

static rpclog_slice
field_value(struct counter *c, size_t field, const struct run_row *row,
	    char room[VALUE_ROOM])
{
	uint32_t name = c->plan->fields[field];
	rpclog_slice none = { "", 0 };
	int64_t value;

	if (name_is_settled(name))
		return none;
	if (name == NAME_FILE) {
		rpclog_slice path = { row->file->path,
				      strlen(row->file->path) };

		return path;
	}
	switch (name_kind(name)) {
	case NAME_IS_TEXT:
		return name_value_near(name, row->row, &c->hints[field]);
	case NAME_IS_INT:
		return name_integer(name, row->row, &value)
			       ? decimal(room, value)
			       : none;
	case NAME_IS_TIME:
		return name_integer(name, row->row, &value)
			       ? groups_int(room, value)
			       : none;
	case NAME_IS_HOUR:
	case NAME_IS_DAY:
		if (!rpclog_row_start(row->row, &value))
			return none;
		return groups_int(room, name_kind(name) == NAME_IS_HOUR
						? when_hour_of(value)
						: when_day_of(value));
	}
	return none;
}

int64_t
counter_stat_value(struct counter *c, size_t source, const struct run_row *row)
{
	uint32_t name = c->plan->sources[source];
	int64_t value = 0;
	size_t i = 0;

	if (name_kind(name) == NAME_IS_INT)
		return name_integer(name, row->row, &value) && value >= 0 &&
				       value <= STAT_MOST
			       ? value
			       : -1;

	rpclog_slice text =
		name_value_near(name, row->row, &c->stat_hints[source]);

	for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
		value = value * 10 + (text.ptr[i] - '0');
		if (value > STAT_MOST)
			return -1;
	}
	if (i == 0 || (i < text.len && text.ptr[i] != '.'))
		return -1;
	return value;
}

enum run_next
counter_row(struct counter *c, const struct run_row *row)
{
	char rooms[COUNT_FIELDS][VALUE_ROOM];
	rpclog_slice values[COUNT_FIELDS + 1];
	rpclog_choice choice = row->choice;
	rpclog_unsettled u;
	int leg = 0;

	values[c->plan->field_count] = (rpclog_slice){ "", 0 };
	if (c->tracker) {
		rpclog_status status =
			rpclog_tracker_add(c->tracker, row->row, row->verdict);

		if (status != RPCLOG_OK) {
			run_fail_status(c->run, status);
			return RUN_STOP;
		}
		choice = sieve_row(c->sieve, row->row, row->verdict);
		if (choice == RPCLOG_CHOICE_NO)
			return RUN_ON;
		rpclog_unsettled_of(row->row, row->verdict, &u);
		leg = u.class_id == CLASS_FE_AUTH_LEG;
		values[c->plan->field_count] =
			reference_make(c, &u, choice == RPCLOG_CHOICE_LATER);
	}
	for (size_t i = 0; i < c->plan->field_count; i++)
		values[i] = field_value(c, i, row, rooms[i]);

	uint32_t tuple = collection_add(&c->rows, values, !leg);

	if (leg) {
		legs_hold(c, tuple, &u, row);
		return RUN_ON;
	}
	for (size_t i = 0; i < c->plan->source_count; i++) {
		int64_t value = counter_stat_value(c, i, row);

		if (value >= 0)
			stats_add(c->rows.stats, tuple, i, value);
	}
	return RUN_ON;
}

void
counter_free(struct counter *c)
{
	collection_free(&c->rows);
	groups_free(c->sessions);
	free(c->legs);
	free(c->leg_stats);
	free(c->text);
	free(c);
}
