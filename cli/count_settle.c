/* SPDX-License-Identifier: MIT */
/* What only everything read can tell: references, and their answers. */

#include <stdlib.h>
#include <string.h>

#include "count_parts.h"

rpclog_slice
reference_make(struct counter *c, const rpclog_unsettled *u, int later)
{
	struct reference head = { .class_id = u->class_id };
	rpclog_slice first = { "", 0 }, second = { "", 0 };

	head.later = (uint8_t)later;
	if (c->plan->asks_user) {
		head.who = u->user.len	    ? WHO_USER
			   : u->mailbox.len ? WHO_MAILBOX
					    : WHO_CLIENT;
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

void
reference_read(rpclog_slice text, struct reference *head, rpclog_unsettled *u)
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
		reference_read(
			groups_value(c->rows.tuples, tuple, plan->field_count),
			&head, &unused);
		if (rpclog_tracker_settle(tracker, row, &settled) != RPCLOG_OK)
			return GROUPS_NONE;
		if (head.later && !sieve_settled(c->sieve, &settled))
			return GROUPS_NONE;
		for (size_t i = 0; i < plan->field_count; i++) {
			if (name_is_settled(plan->fields[i]))
				values[i] =
					name_settled(plan->fields[i], &settled);
		}
	}
	return collection_add(all, values, requests);
}

void
counter_settle(struct counter *c, const rpclog_tracker *tracker,
	       rpclog_sieve *sieve, struct collection *all)
{
	uint32_t count = groups_count(c->rows.tuples);
	uint32_t *translation =
		xmalloc((count + (size_t)1) * sizeof(*translation));
	rpclog_unsettled u;
	struct reference head;

	c->sieve = sieve;
	for (uint32_t i = 0; i < count; i++) {
		translation[i] = GROUPS_NONE;
		if (c->rows.requests[i] == 0)
			continue;
		memset(&u, 0, sizeof(u));
		if (tracker)
			reference_read(groups_value(c->rows.tuples, i,
						    c->plan->field_count),
				       &head, &u);
		translation[i] = settle_tuple(c, i, &u, tracker, all,
					      c->rows.requests[i]);
	}
	if (all->stats)
		stats_move(all->stats, c->rows.stats, translation);
	for (size_t i = 0; i < c->leg_count; i++) {
		legs_session(c, i, &u);
		legs_figures(
			c, i, all,
			settle_tuple(c, c->legs[i].tuple, &u, tracker, all, 1));
	}
	free(translation);
}
