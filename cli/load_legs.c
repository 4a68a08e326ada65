/* SPDX-License-Identifier: MIT */
/*
 * 401 legs, with all that is known now.  The tracker that settles them is
 * given the legs and the authenticated starts of every key that anything came
 * for; what it says is written where it is news.
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load_stale.h"
#include "starts.h"

/* Legs that are settled at a time, but never a part of a key's. */
#define LEGS_MOST 200000

struct open_leg {
	int64_t event, session, class_id, flags, evidence;
	struct counted row;
};

struct settling {
	struct load *load;
	rpclog_tracker *tracker;
	struct open_leg *legs;
	size_t count, room;
	struct statement *of_key, *starts, *update, *remove;
	uint32_t leg_class; /* its number */
};

/* Keys and servers as names of fixed length. */
struct number_name {
	char text[20];
	rpclog_slice slice;
};

static rpclog_slice
name_number(struct number_name *name, int64_t number)
{
	name->slice.ptr = name->text;
	name->slice.len = (size_t)snprintf(name->text, sizeof(name->text),
					   "%" PRIx64, (uint64_t)number);
	return name->slice;
}

static void
fail(struct settling *s, rpclog_status status)
{
	if (status < 0)
		db_fail(s->load->db, "%s", rpclog_status_name(status));
}

static void
put_servers(struct settling *s)
{
	struct statement *st =
		db_prepare(s->load->db, "SELECT server, newest_us FROM server");
	struct number_name server;

	while (statement_step(st))
		fail(s,
		     facts_put_server(s->tracker,
				      name_number(&server, column_int(st, 0)),
				      column_int(st, 1)));
	statement_free(st);
}

static void
begin(struct settling *s)
{
	fail(s, rpclog_tracker_new(&s->tracker, s->load->rules,
				   &s->load->library));
	s->count = 0;
	if (s->tracker)
		put_servers(s);
}

/*
 * The starts of a key that its legs 'first' to the last may ask for: those
 * that come within a window of rejected legs after one of them.
 */
static void
put_starts(struct settling *s, const struct fact_key *key, int64_t session,
	   size_t first)
{
	struct start_run run;

	bind_int(s->starts, 1, session);
	bind_int(s->starts, 2, s->legs[first].row.start_us);
	while (statement_step(s->starts)) {
		int64_t at = column_int(s->starts, 0);
		rpclog_slice packed = column_blob(s->starts, 1);

		size_t leg = first;

		while (starts_next(&packed, &at, &run)) {
			while (leg < s->count &&
			       s->legs[leg].row.start_us + LEG_REACH_US <
				       run.first_us)
				leg++;
			if (leg == s->count ||
			    s->legs[leg].row.start_us > run.last_us)
				continue;
			fail(s, facts_put_success(s->tracker, key, run.first_us,
						  run.last_us));
		}
		if (packed.len)
			db_fail(s->load->db, "is damaged: starts of key %lld",
				(long long)session);
	}
}

static void
read_leg(struct settling *s, struct statement *st, int64_t session)
{
	struct open_leg *leg;

	s->legs = xgrow(s->legs, s->count, &s->room, sizeof(*s->legs));
	leg = &s->legs[s->count++];
	leg->session = session;
	leg->event = column_int(st, 0);
	leg->flags = column_int(st, 1);
	leg->class_id = column_int(st, 2);
	leg->row.class_id = leg->class_id;
	leg->row.start_us = column_int(st, 3);
	leg->row.latency_ms =
		column_type(st, 4) == DB_NULL ? -1 : column_int(st, 4);
	leg->row.bytes_in = column_int(st, 5);
	leg->row.bytes_out = column_int(st, 6);
	leg->row.who = column_int(st, 7);
	leg->row.server = column_int(st, 8);
	leg->row.target = column_int(st, 9);
	leg->row.protocol = column_int(st, 10);
	leg->row.software = column_int(st, 11);
	leg->row.windows = column_int(st, 12);
	leg->evidence = column_int(st, 13);
}

/* The legs of a key from 'from_us' on into the tracker. */
static void
put_key(struct settling *s, int64_t session, int64_t from_us)
{
	struct number_name name, server;
	const struct fact_key key = { name_number(&name, session),
				      { "", 0 },
				      { "", 0 } };
	size_t first = s->count;

	bind_int(s->of_key, 1, session);
	bind_int(s->of_key, 2, from_us);
	while (statement_step(s->of_key)) {
		const struct open_leg *leg;

		read_leg(s, s->of_key, session);
		leg = &s->legs[s->count - 1];
		fail(s, facts_put_leg(s->tracker, &key,
				      name_number(&server, leg->row.server),
				      leg->row.start_us,
				      (leg->flags & LEG_RPC) != 0));
	}
	if (s->count > first)
		put_starts(s, &key, session, first);
}

/* Prompts of its actor may be others. */
static void
touch(struct settling *s, const struct open_leg *leg)
{
	struct whos *whos = s->load->whos;

	if (s->load->fresh)
		return;
	touched_add(s->load->touched,
		    whos_at(whos, whos_load(whos, leg->row.who))->actor,
		    leg->row.start_us);
}

/* What a leg has become. */
static void
write_leg(struct settling *s, struct open_leg *leg,
	  const rpclog_settled *settled)
{
	const int64_t flags =
		(leg->flags & LEG_RPC) | (settled->too_recent ? LEG_RECENT : 0);
	const int evidence = settled->popup == RPCLOG_POPUP_YES;

	if (leg->class_id == (int64_t)settled->class_id && leg->flags == flags)
		return;
	if (!(leg->flags & LEG_UNCOUNTED))
		totals_move(s->load->totals, &leg->row, -1);
	leg->row.class_id = settled->class_id;
	totals_move(s->load->totals, &leg->row, 1);
	if (settled->class_id == s->load->handshake) {
		bind_int(s->remove, 1, leg->event);
		statement_run(s->remove);
	} else {
		bind_int(s->update, 1, settled->class_id);
		bind_int(s->update, 2, evidence);
		bind_int(s->update, 3, flags);
		bind_int(s->update, 4, leg->event);
		statement_run(s->update);
	}
	if (evidence || leg->evidence)
		touch(s, leg);
}

static void
end(struct settling *s)
{
	fail(s, rpclog_tracker_finish(s->tracker));
	for (size_t i = 0; i < s->count && !db_error(s->load->db); i++) {
		struct number_name key, server;
		struct open_leg *leg = &s->legs[i];
		const rpclog_unsettled row = {
			.class_id = s->leg_class,
			.start_us = leg->row.start_us,
			.mailbox = name_number(&key, leg->session),
			.server = name_number(&server, leg->row.server),
		};
		rpclog_settled settled;

		fail(s, rpclog_tracker_settle(s->tracker, &row, &settled));
		if (!db_error(s->load->db))
			write_leg(s, leg, &settled);
	}
	rpclog_tracker_free(s->tracker);
	s->tracker = NULL;
}

void
load_legs(struct load *load)
{
	struct settling s = { .load = load };
	rpclog_class info;
	struct stales stales;

	s.leg_class = rpclog_rules_find(load->rules, "fe_auth_leg", &info)
			      ? info.id
			      : UINT32_MAX;
	s.of_key = db_prepare(
		load->db,
		"SELECT id, leg, class, start_us, latency_ms, bytes_in, "
		"bytes_out, who, server, target, protocol, software, windows, "
		"evidence FROM event WHERE session = ? AND start_us >= ? ORDER "
		"BY start_us");
	s.starts = db_prepare(load->db, "SELECT first_us, runs FROM success "
					"WHERE who = ? AND last_us >= ?");
	s.update = db_prepare(load->db, "UPDATE event SET class = ?, "
					"evidence = ?, leg = ? WHERE id = ?");
	s.remove = db_prepare(load->db, "DELETE FROM event WHERE id = ?");
	stales_find(load, &stales);
	for (size_t i = 0; i < stales.count && !db_error(load->db); i++) {
		if (!s.tracker)
			begin(&s);
		put_key(&s, stales.keys[i].session, stales.keys[i].since_us);
		if (s.count >= LEGS_MOST)
			end(&s);
	}
	if (s.tracker)
		end(&s);
	totals_flush(load->totals);
	stales_free(&stales);
	free(s.legs);
}
