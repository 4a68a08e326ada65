/* SPDX-License-Identifier: MIT */
/* What other logs say of refused logons, in the tables. */

#include "gather_settle.h"

/* A refusal with its reason; 'cell' has its actor, client and server. */
static void
set_reason(const struct settler *s, struct cell *cell, uint8_t verdict)
{
	enum logon_reason reason =
		(enum logon_reason)(verdict - VERDICT_REFUSED);
	uint32_t class_id = logon_reason_class(reason);

	cell->kind = (uint8_t)reason;
	settled_class(s, cell,
		      class_id != LOGON_CLASS_NONE ? class_id
						   : CLASS_FE_REJECTED);
}

static void
set_row(struct cell *cell, int64_t start_us, uint64_t tag)
{
	cell->requests = 1;
	cell->first_us = cell->last_us = start_us;
	cell->first_tag = cell->last_tag = tag;
}

static bool
name_of(struct settler *s, const struct dict *names, uint32_t name,
	uint32_t *number)
{
	return dict_add(&s->names, dict_at(names, name), number);
}

/* The cell of a refused logon that counts; '*cell' is NULL if it does not. */
static bool
begin_cell(struct settler *s, enum table_number table, struct actor_ref ref,
	   uint32_t class_id, bool later, struct cell **cell)
{
	if (!settled_cell(s, table, cell) || !settled_actor(s, ref, *cell))
		return false;
	settled_class(s, *cell, class_id);
	(*cell)->mailbox = 0;
	if (later && !settled_chosen(s, *cell)) {
		s->out->table[table].count--;
		*cell = NULL;
	}
	return true;
}

/* ---- legs that are refused all the same -----------------------------------
 */

/* Is a leg of this class evidence? As the tracker decides. */
static bool
is_evidence(const struct settler *s, uint32_t class_id)
{
	rpclog_class info;

	return is_leg_refusal(class_id) &&
	       rpclog_rules_by_id(s->rules, class_id, &info) &&
	       (info.popup == RPCLOG_POPUP_YES ||
		(info.popup == RPCLOG_POPUP_LIKELY &&
		 s->t->options.flags & RPCLOG_OPT_LIKELY));
}

static bool
add_reason(struct settler *s, const struct leg *leg, uint32_t class_id,
	   uint8_t verdict)
{
	struct actor_ref ref = { leg->user, leg->key };
	struct cell *cell;

	if (!begin_cell(s, TABLE_REASON, ref, class_id, leg->later, &cell))
		return false;
	if (!cell)
		return true;
	set_row(cell, leg->when.start_us, leg->tag);
	set_reason(s, cell, verdict);
	return name_of(s, &s->t->names, leg->place.server, &cell->server);
}

/* 'fails' has the tracker's numbers, and quarters for hours. */
static bool
take_leg(struct settler *s, struct sums *fails, const struct leg *leg,
	 uint8_t verdict)
{
	rpclog_slice server = dict_at(&s->t->names, leg->place.server);
	const struct cell_sum one = { 1, leg->when.start_us, leg->when.start_us,
				      leg->tag, leg->tag };
	struct cell_key key = {
		.at = quarter_of(leg->when.start_us),
		.user = leg->user,
		.key = leg->key,
		.server = leg->place.server,
		.target = leg->place.target,
		.protocol = leg->place.protocol,
		.later = leg->later,
	};
	bool too_recent;
	uint32_t id;

	if (!leg->chosen)
		return true;
	key.class_id =
		leg_class(s->t, leg->key, leg->when.start_us,
			  dict_find(&s->t->servers, server), &too_recent);
	if (verdict >= VERDICT_REFUSED &&
	    !add_reason(s, leg, key.class_id, verdict))
		return false;
	if (verdict == VERDICT_OPENED || verdict == VERDICT_FIRST_LEG ||
	    !is_evidence(s, key.class_id))
		return true;
	return sums_add(fails, &s->alloc, &key, &one, &id);
}

static bool
add_fail(struct settler *s, const struct cell_key *key,
	 const struct cell_sum *sum)
{
	struct actor_ref ref = { key->user, key->key };
	struct cell *cell;

	if (!begin_cell(s, TABLE_FAIL, ref, key->class_id, key->later, &cell))
		return false;
	if (!cell)
		return true;
	cell->at_us = key->at * US_PER_QUARTER;
	cell->requests = sum->requests;
	cell->first_us = sum->first_us;
	cell->last_us = sum->last_us;
	cell->first_tag = sum->first_tag;
	cell->last_tag = sum->last_tag;
	return name_of(s, &s->t->names, key->server, &cell->server) &&
	       name_of(s, &s->t->names, key->target, &cell->target) &&
	       name_of(s, &s->t->names, key->protocol, &cell->protocol);
}

/* Those of which no other log says that they were not refused. */
static bool
take_legs(struct settler *s)
{
	struct sums fails;
	bool ok = true;

	memset(&fails, 0, sizeof(fails));
	dict_init(&fails.keys, &s->alloc);
	for (size_t i = 0; ok && i < s->t->leg_count; i++)
		ok = take_leg(s, &fails, &s->t->leg[i], s->joins->verdicts[i]);
	for (uint32_t id = 0; ok && id < fails.keys.count; id++) {
		struct cell_key key;

		memcpy(&key, dict_at(&fails.keys, id).ptr, sizeof(key));
		ok = add_fail(s, &key, &fails.sum[id]);
	}
	sums_free(&fails, &s->alloc);
	return ok;
}

static bool
take_refusal(struct settler *s, const struct refusal *refusal, uint8_t verdict)
{
	struct cell *cell;

	if (verdict < VERDICT_REFUSED)
		return true;
	if (!begin_cell(s, TABLE_REASON,
			(struct actor_ref){ refusal->user, refusal->key },
			CLASS_FE_BASIC, refusal->later, &cell))
		return false;
	if (!cell)
		return true;
	cell->server = refusal->server;
	set_row(cell, refusal->start_us, refusal->tag);
	set_reason(s, cell, verdict);
	return true;
}

bool
take_verdicts(struct settler *s)
{
	const struct joins *j = s->joins;
	size_t legs = s->t->leg_count;

	if (!has_verdicts(s))
		return true;
	for (size_t i = legs; i < j->count; i++) {
		if (!take_refusal(s, &s->g->refusals[i - legs], j->verdicts[i]))
			return false;
	}
	return take_legs(s);
}
