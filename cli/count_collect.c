/* SPDX-License-Identifier: MIT */
/* Rows to tuples, one collection a worker. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count.h"
#include "when.h"

/* How tells a reference whose row it is. */
enum who { WHO_NOT_ASKED, WHO_USER, WHO_MAILBOX, WHO_CLIENT };

/* The head of a reference; the text follows. */
struct reference {
	uint32_t class_id;
	uint8_t later, who, reserved[2];
	uint32_t first_len;	/* of mailbox, if it is one; client follows */
};

/* A 401 leg whose class is open. */
struct held_leg {
	uint32_t tuple;		/* where it belongs but for its class */
	uint32_t session;	/* mailbox, client, agent, server */
	int64_t start_us;
};

struct counter {
	const struct count_plan *plan;
	struct run *run;
	rpclog_sieve *sieve;
	rpclog_tracker *tracker;	/* NULL if nothing must settle */
	struct collection rows;
	size_t hints[COUNT_FIELDS];
	size_t stat_hints[COUNT_STATS];
	char *text;		/* a reference is made here */
	size_t text_room;
	struct groups *sessions;
	struct held_leg *legs;
	size_t leg_count, leg_room, leg_limit;
	int64_t *leg_stats;	/* source_count a leg; -1: no value */
	size_t leg_stats_room;
};

void
collection_init(struct collection *c, const struct count_plan *plan)
{
	memset(c, 0, sizeof(*c));
	c->plan = plan;
	if (groups_new(&c->tuples, plan->field_count + 1, NULL) != RPCLOG_OK) {
		complain("out of memory");
		exit(EXIT_TROUBLE);
	}
	if (plan->source_count > 0)
		c->stats = stats_new();
}

uint32_t
collection_add(struct collection *c, const rpclog_slice *values,
	       uint64_t requests)
{
	uint32_t known = groups_count(c->tuples);
	uint32_t id = groups_add(c->tuples, values);

	if (id == GROUPS_NONE) {
		complain("out of memory");
		exit(EXIT_TROUBLE);
	}
	if (id == known) {
		c->requests = xgrow(c->requests, id, &c->room,
				    sizeof(*c->requests));
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

/* Count wants what is settled, and no prompts. */
static rpclog_choice
no_evidence(void *ctx, const rpclog_row *row, const rpclog_verdict *verdict)
{
	(void)ctx;
	(void)row;
	(void)verdict;
	return RPCLOG_CHOICE_NO;
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
	if (groups_new(&c->sessions, 4, NULL) != RPCLOG_OK)
		run_fail_status(c->run, RPCLOG_ERR_NOMEM);
	if (plan->settles) {
		rpclog_status status =
			rpclog_tracker_new(&c->tracker, run_rules(worker->run),
					   worker->options);
		rpclog_chooser none = { no_evidence, NULL, NULL };

		if (status == RPCLOG_OK)
			status = rpclog_tracker_choose(c->tracker, &none);
		if (status != RPCLOG_OK)
			run_fail_status(c->run, status);
	}
	return c;
}

rpclog_tracker *
counter_tracker(struct counter *c)
{
	return c->tracker;
}

/* Room that the value of one field may need. */
#define VALUE_ROOM	24

static rpclog_slice
decimal(char room[VALUE_ROOM], int64_t value)
{
	rpclog_slice s = { room, 0 };

	s.len = (size_t)snprintf(room, VALUE_ROOM, "%lld", (long long)value);
	return s;
}

static rpclog_slice
sortable(char room[VALUE_ROOM], int64_t value)
{
	rpclog_slice s = { room, GROUPS_INT_LEN };

	groups_put_int(room, value);
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
		return name_integer(name, row->row, &value) ?
			       decimal(room, value) :
			       none;
	case NAME_IS_TIME:
		return name_integer(name, row->row, &value) ?
			       sortable(room, value) :
			       none;
	case NAME_IS_HOUR:
	case NAME_IS_DAY:
		if (!rpclog_row_start(row->row, &value))
			return none;
		return sortable(room, name_kind(name) == NAME_IS_HOUR ?
					      when_hour_of(value) :
					      when_day_of(value));
	}
	return none;
}

/* Digits, decimals cut off; -1 for anything else. */
static int64_t
stat_value(struct counter *c, size_t source, const struct run_row *row)
{
	uint32_t name = c->plan->sources[source];
	int64_t value = 0;
	size_t i = 0;

	if (name_kind(name) == NAME_IS_INT)
		return name_integer(name, row->row, &value) && value >= 0 ?
			       value :
			       -1;

	rpclog_slice text =
		name_value_near(name, row->row, &c->stat_hints[source]);

	for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
		if (value > (INT64_MAX - 9) / 10)
			return -1;
		value = value * 10 + (text.ptr[i] - '0');
	}
	if (i == 0 || (i < text.len && text.ptr[i] != '.'))
		return -1;
	return value;
}

/* Class, and whose row it is as far as the row tells. */
static rpclog_slice
make_reference(struct counter *c, const rpclog_unsettled *u, int later)
{
	struct reference head = { .class_id = u->class_id };
	rpclog_slice first = { "", 0 }, second = { "", 0 };

	head.later = (uint8_t)later;
	if (c->plan->asks_user) {
		head.who = u->user.len	    ? WHO_USER :
			   u->mailbox.len   ? WHO_MAILBOX :
					      WHO_CLIENT;
		first = u->user.len ? u->user : u->mailbox;
		if (!u->user.len)
			second = u->client;
	}
	head.first_len = (uint32_t)first.len;

	size_t len = sizeof(head) + first.len + second.len;

	if (len > c->text_room) {
		c->text = xrealloc(c->text, len, 2);
		c->text_room = 2 * len;
	}
	memcpy(c->text, &head, sizeof(head));
	if (first.len)
		memcpy(c->text + sizeof(head), first.ptr, first.len);
	if (second.len)
		memcpy(c->text + sizeof(head) + first.len, second.ptr,
		       second.len);

	rpclog_slice text = { c->text, len };

	return text;
}

static void
read_reference(rpclog_slice text, struct reference *head, rpclog_unsettled *u)
{
	const char *bytes = text.ptr + sizeof(*head);
	rpclog_slice first, second;

	memset(u, 0, sizeof(*u));
	memcpy(head, text.ptr, sizeof(*head));
	first.ptr = bytes;
	first.len = head->first_len;
	second.ptr = bytes + first.len;
	second.len = text.len - sizeof(*head) - first.len;
	u->class_id = head->class_id;
	if (head->who == WHO_USER)
		u->user = first;
	else
		u->mailbox = first;
	u->client = second;
}

/* Fills what was open of a tuple and adds it to 'all'; its number there. */
static uint32_t
settle_tuple(struct counter *c, uint32_t tuple, const rpclog_unsettled *row,
	     const rpclog_tracker *tracker, struct collection *all,
	     uint64_t requests)
{
	const struct count_plan *plan = c->plan;
	rpclog_slice values[COUNT_FIELDS + 1];
	rpclog_settled settled;
	struct reference head;
	rpclog_unsettled unused;

	for (size_t i = 0; i < plan->field_count; i++)
		values[i] = groups_value(c->rows.tuples, tuple, i);
	values[plan->field_count] = (rpclog_slice){ "", 0 };
	if (tracker) {
		read_reference(groups_value(c->rows.tuples, tuple,
					    plan->field_count),
			       &head, &unused);
		if (rpclog_tracker_settle(tracker, row, &settled) != RPCLOG_OK)
			return GROUPS_NONE;
		if (head.later && !sieve_settled(c->sieve, &settled))
			return GROUPS_NONE;
		for (size_t i = 0; i < plan->field_count; i++) {
			if (name_is_settled(plan->fields[i]))
				values[i] = name_settled(plan->fields[i],
							 &settled);
		}
	}
	return collection_add(all, values, requests);
}

static void
session_of(const struct counter *c, const struct held_leg *leg,
	   rpclog_unsettled *u)
{
	struct reference head;

	read_reference(groups_value(c->rows.tuples, leg->tuple,
				    c->plan->field_count),
		       &head, u);
	u->start_us = leg->start_us;
	u->mailbox = groups_value(c->sessions, leg->session, 0);
	u->client = groups_value(c->sessions, leg->session, 1);
	u->agent = groups_value(c->sessions, leg->session, 2);
	u->server = groups_value(c->sessions, leg->session, 3);
}

static void
leg_figures(const struct counter *c, size_t leg, struct collection *into,
	    uint32_t tuple)
{
	size_t sources = c->plan->source_count;

	for (size_t i = 0; i < sources && tuple != GROUPS_NONE; i++) {
		int64_t value = c->leg_stats[leg * sources + i];

		if (value >= 0)
			stats_add(into->stats, tuple, i, value);
	}
}

/*
 * Legs whose success was seen meanwhile become rows of class handshake: what
 * stays is what is really open.
 */
static void
sweep_legs(struct counter *c)
{
	enum { HANDSHAKE = 101 };
	size_t sources = c->plan->source_count;
	size_t kept = 0;

	for (size_t i = 0; i < c->leg_count; i++) {
		const struct held_leg *leg = &c->legs[i];
		rpclog_slice values[COUNT_FIELDS + 1];
		struct reference head;
		rpclog_unsettled u;

		session_of(c, leg, &u);
		if (!rpclog_tracker_is_handshake(c->tracker, &u)) {
			if (sources)
				memmove(c->leg_stats + kept * sources,
					c->leg_stats + i * sources,
					sources * sizeof(*c->leg_stats));
			c->legs[kept++] = *leg;
			continue;
		}
		for (size_t f = 0; f < c->plan->field_count; f++)
			values[f] = groups_value(c->rows.tuples, leg->tuple, f);
		read_reference(groups_value(c->rows.tuples, leg->tuple,
					    c->plan->field_count),
			       &head, &u);
		u.class_id = HANDSHAKE;
		values[c->plan->field_count] =
			make_reference(c, &u, head.later);
		leg_figures(c, i, &c->rows,
			    collection_add(&c->rows, values, 1));
	}
	c->leg_count = kept;
}

static void
hold_leg(struct counter *c, uint32_t tuple, const rpclog_unsettled *u,
	 const struct run_row *row)
{
	rpclog_slice session[4] = { u->mailbox, u->client, u->agent,
				    u->server };
	size_t sources = c->plan->source_count;

	if (c->leg_count == c->leg_limit) {
		sweep_legs(c);
		if (c->leg_count > c->leg_limit / 2)
			c->leg_limit *= 2;
	}
	c->legs = xgrow(c->legs, c->leg_count, &c->leg_room, sizeof(*c->legs));

	struct held_leg *leg = &c->legs[c->leg_count];

	leg->tuple = tuple;
	leg->session = groups_add(c->sessions, session);
	leg->start_us = u->start_us;
	if (leg->session == GROUPS_NONE)
		run_fail_status(c->run, RPCLOG_ERR_NOMEM);
	for (size_t i = 0; i < sources; i++) {
		c->leg_stats = xgrow(c->leg_stats, c->leg_count * sources + i,
				     &c->leg_stats_room,
				     sizeof(*c->leg_stats));
		c->leg_stats[c->leg_count * sources + i] =
			stat_value(c, i, row);
	}
	c->leg_count++;
}

enum run_next
counter_row(struct counter *c, const struct run_row *row)
{
	enum { LEG = 100 };
	char rooms[COUNT_FIELDS][VALUE_ROOM];
	rpclog_slice values[COUNT_FIELDS + 1];
	rpclog_choice choice = row->choice;
	rpclog_unsettled u;
	int leg = 0;

	values[c->plan->field_count] = (rpclog_slice){ "", 0 };
	if (c->tracker) {
		rpclog_status status = rpclog_tracker_add(
			c->tracker, row->row, row->verdict);

		if (status != RPCLOG_OK) {
			run_fail_status(c->run, status);
			return RUN_STOP;
		}
		choice = sieve_row(c->sieve, row->row, row->verdict);
		if (choice == RPCLOG_CHOICE_NO)
			return RUN_ON;
		rpclog_unsettled_of(row->row, row->verdict, &u);
		leg = u.class_id == LEG;
		values[c->plan->field_count] = make_reference(
			c, &u, choice == RPCLOG_CHOICE_LATER);
	}
	for (size_t i = 0; i < c->plan->field_count; i++)
		values[i] = field_value(c, i, row, rooms[i]);

	uint32_t tuple = collection_add(&c->rows, values, !leg);

	if (leg) {
		hold_leg(c, tuple, &u, row);
		return RUN_ON;
	}
	for (size_t i = 0; i < c->plan->source_count; i++) {
		int64_t value = stat_value(c, i, row);

		if (value >= 0)
			stats_add(c->rows.stats, tuple, i, value);
	}
	return RUN_ON;
}

void
counter_settle(struct counter *c, const rpclog_tracker *tracker,
	       rpclog_sieve *sieve, struct collection *all)
{
	uint32_t count = groups_count(c->rows.tuples);
	uint32_t *translation = xmalloc((count + (size_t)1) *
					sizeof(*translation));
	rpclog_unsettled u;
	struct reference head;

	c->sieve = sieve;
	for (uint32_t i = 0; i < count; i++) {
		translation[i] = GROUPS_NONE;
		if (c->rows.requests[i] == 0)
			continue;
		memset(&u, 0, sizeof(u));
		if (tracker)
			read_reference(groups_value(c->rows.tuples, i,
						    c->plan->field_count),
				       &head, &u);
		translation[i] = settle_tuple(c, i, &u, tracker, all,
					      c->rows.requests[i]);
	}
	if (all->stats)
		stats_move(all->stats, c->rows.stats, translation);
	for (size_t i = 0; i < c->leg_count; i++) {
		session_of(c, &c->legs[i], &u);
		leg_figures(c, i, all,
			    settle_tuple(c, c->legs[i].tuple, &u, tracker, all,
					 1));
	}
	free(translation);
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
