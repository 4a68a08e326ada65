/* SPDX-License-Identifier: MIT */
/* What the tracker takes from each row. */

#include "tracker.h"

/* The newest DateTime of a server: what a leg must wait for. */
static bool
note_server(struct rpclog_tracker *t, rpclog_slice server, int64_t end_us)
{
	uint32_t id = t->last_server;

	if (id == DICT_NONE || !slice_eq(dict_at(&t->servers, id), server)) {
		uint32_t known = t->servers.count;

		if (!dict_add(&t->servers, server, &id) ||
		    !alloc_grow(&t->alloc, &t->newest_us, &t->newest_room,
				(size_t)id + 1, sizeof(*t->newest_us)))
			return false;
		if (id == known)
			t->newest_us[id] = INT64_MIN;
		t->last_server = id;
	}
	if (end_us > t->newest_us[id])
		t->newest_us[id] = end_us;
	return true;
}

static void
when_of(const rpclog_row *row, struct when *when)
{
	rpclog_slice id = row_known(row, RPCLOG_REQUEST_ID);
	size_t len = id.len < REQUEST_ID_ROOM ? id.len : REQUEST_ID_ROOM;

	when->start_us = row_start(row);
	when->end_us = row->end_us;
	when->id_len = (uint8_t)len;
	if (len)
		memcpy(when->id, id.ptr, len);
}

/* The number of a name that is often the one before's, '*last'. */
static bool
name_near(struct rpclog_tracker *t, rpclog_slice name, uint32_t *last,
	  uint32_t *id)
{
	if (*last == DICT_NONE || !slice_eq(dict_at(&t->names, *last), name)) {
		if (!dict_add(&t->names, name, id))
			return false;
		*last = *id;
	}
	*id = *last;
	return true;
}

static bool
place_of(struct rpclog_tracker *t, const rpclog_row *row, uint32_t class_id,
	 struct place *place)
{
	place->class_id = class_id;
	return name_near(t, row_derived(row, RPCLOG_D_TARGET), &t->last_target,
			 &place->target) &&
	       name_near(t, row_known(row, RPCLOG_SERVER), &t->last_name,
			 &place->server) &&
	       name_near(t, row_known(row, RPCLOG_PROTOCOL), &t->last_protocol,
			 &place->protocol);
}

static rpclog_choice
choose(const struct rpclog_tracker *t, const rpclog_row *row,
       const rpclog_verdict *verdict)
{
	if (!t->chooser.row)
		return RPCLOG_CHOICE_YES;
	return t->chooser.row(t->chooser.ctx, row, verdict);
}

static bool
add_leg(struct rpclog_tracker *t, const rpclog_row *row,
	const rpclog_verdict *verdict, uint32_t key, uint32_t user,
	const struct when *when)
{
	rpclog_choice choice = choose(t, row, verdict);
	struct leg leg = {
		.key = key,
		.user = user,
		.tag = t->tag,
		.when = *when,
	};

	leg.rpc = slice_starts(row_known(row, RPCLOG_METHOD), SLICE("RPC_"));
	leg.chosen = choice != RPCLOG_CHOICE_NO;
	leg.later = choice == RPCLOG_CHOICE_LATER;
	return place_of(t, row, verdict->class_id, &leg.place) &&
	       leg_add(t, &leg);
}

static bool
add_evidence(struct rpclog_tracker *t, const rpclog_row *row,
	     const rpclog_verdict *verdict, struct actor_ref actor,
	     const struct when *when)
{
	rpclog_choice choice = choose(t, row, verdict);
	struct evidence e = { .actor = actor, .tag = t->tag, .when = *when };

	if (choice == RPCLOG_CHOICE_NO)
		return true;
	e.later = choice == RPCLOG_CHOICE_LATER;
	return dict_add(&t->names, row_derived(row, RPCLOG_D_CLIENT),
			&e.client) &&
	       place_of(t, row, verdict->class_id, &e.place) &&
	       evidence_add(t, &e);
}

static bool
name_row(struct rpclog_tracker *t, const rpclog_row *row, struct named *named)
{
	rpclog_slice user = row_known(row, RPCLOG_AUTHENTICATED_USER);
	struct key_parts parts = {
		.mailbox = row_derived(row, RPCLOG_D_MAILBOX),
		.client = row_derived(row, RPCLOG_D_CLIENT),
		.agent = row_known(row, RPCLOG_USER_AGENT),
	};
	rpclog_slice text;

	named->spelling = named->user = NOBODY;
	if (!key_text(t, &parts, &text) || !key_add(t, text, &named->key))
		return false;
	if (user.len > 0) {
		if (!spelling_add(t, user, &named->spelling))
			return false;
		named->user = t->spelling[named->spelling].user;
		named->first_us = t->spelling[named->spelling].first.start_us;
	}
	return true;
}

/* The same, by memory if a row with the same cells came before. */
static struct named *
named_by(struct rpclog_tracker *t, const rpclog_row *row, struct named *mine)
{
	rpclog_slice query = row_known(row, RPCLOG_URL_QUERY);
	struct part who = row_part(row, PART_WHO);
	struct named *named = &t->named[who.slot];

	if (who.number == 0 || query.len > sizeof(named->query))
		return name_row(t, row, mine) ? mine : NULL;
	if (LIKELY(named->part == who.number &&
		   slice_eq(slice_of(named->query, named->query_len), query)))
		return named;
	named->part = 0;
	if (!name_row(t, row, named))
		return NULL;
	named->part = who.number;
	named->query_len = (uint32_t)query.len;
	if (query.len)
		memcpy(named->query, query.ptr, query.len);
	return named;
}

static bool
is_evidence(const struct rpclog_tracker *t, const rpclog_verdict *verdict)
{
	return verdict->popup == RPCLOG_POPUP_YES ||
	       (verdict->popup == RPCLOG_POPUP_LIKELY &&
		(t->options.flags & RPCLOG_OPT_LIKELY));
}

/* When a name was first spelled so: rows mostly come in order. */
static void
see_spelling(struct rpclog_tracker *t, const rpclog_row *row,
	     struct named *named)
{
	struct when when;

	if (LIKELY(row_start(row) > named->first_us))
		return;
	when_of(row, &when);
	spelling_shown(t, named->spelling, &when);
	named->first_us = t->spelling[named->spelling].first.start_us;
}

bool
tracker_row(struct rpclog_tracker *t, const rpclog_row *row,
	    const rpclog_verdict *verdict)
{
	bool leg = verdict->class_id == CLASS_FE_AUTH_LEG;
	struct part who = row_part(row, PART_WHO);
	struct named mine, *named;
	struct when when;

	/* Seldom in the cache: fetched while the start is worked out. */
	PREFETCH(&t->named[who.slot]);
	PREFETCH((const char *)&t->named[who.slot] + 64);
	(void)row_start(row);
	if (!note_server(t, row_known(row, RPCLOG_SERVER), row->end_us))
		return false;
	named = named_by(t, row, &mine);
	if (!named)
		return false;
	if (named->user != NOBODY)
		see_spelling(t, row, named);
	if (row_authenticated(row)) {
		int64_t start_us = row_start(row);

		if (named->user != NOBODY && verdict->class_id != CLASS_PROBE)
			key_own(t, named->key, named->user);
		if (!key_success(t, named->key, start_us, start_us))
			return false;
	}
	t->row_user = named->user;
	t->row_key = named->key;
	if (t->facts_only || (!leg && !is_evidence(t, verdict)))
		return true;

	struct actor_ref actor = {
		.user = named->user,
		.key = named->user == NOBODY ? named->key : NOBODY,
	};

	when_of(row, &when);
	return leg ? add_leg(t, row, verdict, named->key, named->user, &when)
		   : add_evidence(t, row, verdict, actor, &when);
}
