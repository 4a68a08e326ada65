/* SPDX-License-Identifier: MIT */
/* 401 legs that count holds until their success is seen. */

#include <stdlib.h>
#include <string.h>

#include "count_parts.h"

void
legs_session(const struct counter *c, size_t i, rpclog_unsettled *u)
{
	const struct held_leg *leg = &c->legs[i];
	struct reference head;

	reference_read(
		groups_value(c->rows.tuples, leg->tuple, c->plan->field_count),
		&head, u);
	u->start_us = leg->start_us;
	u->mailbox = groups_value(c->sessions, leg->session, 0);
	u->client = groups_value(c->sessions, leg->session, 1);
	u->agent = groups_value(c->sessions, leg->session, 2);
	u->server = groups_value(c->sessions, leg->session, 3);
}

void
legs_figures(const struct counter *c, size_t i, struct collection *into,
	     uint32_t tuple)
{
	size_t sources = c->plan->source_count;

	for (size_t s = 0; s < sources && tuple != GROUPS_NONE; s++) {
		int64_t value = c->leg_stats[i * sources + s];

		if (value >= 0)
			stats_add(into->stats, tuple, s, value);
	}
}

/*
 * Legs whose success was seen meanwhile become rows of class handshake: what
 * stays is what is really open.
 */
static void
sweep_legs(struct counter *c)
{
	size_t sources = c->plan->source_count;
	size_t kept = 0;

	for (size_t i = 0; i < c->leg_count; i++) {
		const struct held_leg *leg = &c->legs[i];
		rpclog_slice values[COUNT_FIELDS + 1];
		struct reference head;
		rpclog_unsettled u;

		legs_session(c, i, &u);
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
		reference_read(groups_value(c->rows.tuples, leg->tuple,
					    c->plan->field_count),
			       &head, &u);
		u.class_id = CLASS_HANDSHAKE;
		values[c->plan->field_count] =
			reference_make(c, &u, head.later);
		legs_figures(c, i, &c->rows,
			     collection_add(&c->rows, values, 1));
	}
	c->leg_count = kept;
}

void
legs_hold(struct counter *c, uint32_t tuple, const rpclog_unsettled *u,
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
	leg->session = tuples_add(c->sessions, session);
	leg->start_us = u->start_us;
	for (size_t i = 0; i < sources; i++) {
		c->leg_stats = xgrow(c->leg_stats, c->leg_count * sources + i,
				     &c->leg_stats_room, sizeof(*c->leg_stats));
		c->leg_stats[c->leg_count * sources + i] =
			counter_stat_value(c, i, row);
	}
	c->leg_count++;
}
