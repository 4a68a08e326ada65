/* SPDX-License-Identifier: MIT */
/* The tracker as a handle, and what it takes from each row. */

#include "tracker.h"

#include "options.h"

rpclog_status
rpclog_tracker_new(rpclog_tracker **out, const rpclog_rules *rules,
		   const rpclog_options *options)
{
	rpclog_options all;

	if (!out)
		return RPCLOG_ERR_USAGE;
	*out = NULL;
	if (!rules || options_load(&all, options) != RPCLOG_OK)
		return RPCLOG_ERR_USAGE;

	struct alloc alloc = alloc_from(&all);
	struct rpclog_tracker *t = alloc_zero(&alloc, 1, sizeof(*t));

	if (!t)
		return RPCLOG_ERR_NOMEM;
	t->alloc = alloc;
	t->options = all;
	t->rules = rules;
	t->last_server = DICT_NONE;
	t->last_target = t->last_name = t->last_protocol = DICT_NONE;
	/* Prompts are also counted with a gap of 30 s: no run may hide one. */
	t->run_gap_us = (all.gap_s < 30 ? all.gap_s : 30) * US_PER_S;
	t->success.limit = t->leg_limit = t->run_limit = 65536;
	buf_init(&t->text, SIZE_MAX / 2);
	dict_init(&t->names, &alloc);
	dict_init(&t->spellings, &alloc);
	dict_init(&t->users, &alloc);
	dict_init(&t->servers, &alloc);
	dict_init(&t->keys, &alloc);
	dict_init(&t->groups, &alloc);
	dict_init(&t->tallies, &alloc);
	dict_init(&t->actors, &alloc);
	dict_init(&t->mailboxes, &alloc);
	t->named = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*t->named));
	if (!t->named) {
		rpclog_tracker_free(t);
		return RPCLOG_ERR_NOMEM;
	}
	*out = t;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_choose(rpclog_tracker *tracker, const rpclog_chooser *chooser)
{
	if (!tracker || tracker->finished)
		return RPCLOG_ERR_USAGE;
	tracker->chooser = *chooser;
	return RPCLOG_OK;
}

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
	struct leg leg = { .key = key, .user = user, .when = *when };

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
	struct evidence e = { .actor = actor, .when = *when };

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

static bool
add_row(struct rpclog_tracker *t, const rpclog_row *row,
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
	if (!leg && !is_evidence(t, verdict))
		return true;

	struct actor_ref actor = {
		.user = named->user,
		.key = named->user == NOBODY ? named->key : NOBODY,
	};

	when_of(row, &when);
	return leg ? add_leg(t, row, verdict, named->key, named->user, &when)
		   : add_evidence(t, row, verdict, actor, &when);
}

rpclog_status
rpclog_tracker_add(rpclog_tracker *tracker, const rpclog_row *row,
		   const rpclog_verdict *verdict)
{
	if (!tracker || !row || !verdict)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->finished)
		return tracker->broken = RPCLOG_ERR_USAGE;
	if (!add_row(tracker, row, verdict))
		return tracker->broken = RPCLOG_ERR_NOMEM;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_tidy(rpclog_tracker *tracker)
{
	if (!tracker)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken || tracker->finished)
		return tracker->broken;
	if (!success_close(tracker) || !leg_compact(tracker))
		return tracker->broken = RPCLOG_ERR_NOMEM;
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_finish(rpclog_tracker *tracker)
{
	if (!tracker)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken || tracker->finished)
		return tracker->broken;
	tracker->finished = true;
	if (!success_close(tracker) || !actors_settle(tracker))
		return tracker->broken = RPCLOG_ERR_NOMEM;

	rpclog_status status = sessions_settle(tracker);

	if (status == RPCLOG_OK)
		status = prompts_settle(tracker);
	return tracker->broken = status;
}

rpclog_status
rpclog_tracker_next(rpclog_tracker *tracker, rpclog_prompt *prompt)
{
	if (!prompt)
		return RPCLOG_ERR_USAGE;
	memset(prompt, 0, sizeof(*prompt));
	if (!tracker || !tracker->finished)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->prompt_next == tracker->prompt_count)
		return RPCLOG_END;
	*prompt = tracker->prompts[tracker->prompt_next++];
	return RPCLOG_OK;
}

rpclog_status
rpclog_tracker_next_tally(rpclog_tracker *tracker, rpclog_tally *tally)
{
	if (!tally)
		return RPCLOG_ERR_USAGE;
	memset(tally, 0, sizeof(*tally));
	if (!tracker || !tracker->finished)
		return RPCLOG_ERR_USAGE;
	if (tracker->broken)
		return tracker->broken;
	if (tracker->tallied_next == tracker->tallied_count)
		return RPCLOG_END;
	*tally = tracker->tallied[tracker->tallied_next++];
	return RPCLOG_OK;
}

uint64_t
rpclog_tracker_too_recent(const rpclog_tracker *tracker)
{
	return tracker ? tracker->too_recent : 0;
}

void
rpclog_tracker_free(rpclog_tracker *tracker)
{
	if (!tracker)
		return;

	struct alloc alloc = tracker->alloc;
	struct dict *dicts[] = {
		&tracker->names,   &tracker->spellings, &tracker->users,
		&tracker->servers, &tracker->keys,	&tracker->groups,
		&tracker->tallies, &tracker->actors,	&tracker->mailboxes,
	};
	void *arrays[] = {
		tracker->spelling,	tracker->newest_us, tracker->key,
		tracker->leg,		tracker->group_run, tracker->run,
		tracker->tally,		tracker->window,    tracker->user_actor,
		tracker->mailbox_owner, tracker->prompts,   tracker->tallied,
		tracker->named,
	};

	for (size_t i = 0; i < ARRAY_LEN(dicts); i++)
		dict_free(dicts[i]);
	for (size_t i = 0; i < ARRAY_LEN(arrays); i++)
		alloc_free(&alloc, arrays[i]);
	success_free(tracker);
	buf_free(&tracker->text, &alloc);
	alloc_free(&alloc, tracker);
}
