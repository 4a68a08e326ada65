/* SPDX-License-Identifier: MIT */
/* What other logs say of refused logons, in the tables. */

#include "gather_settle.h"

static const uint32_t class_of[] = {
	[LOGON_PASSWORD_WRONG] = 104,
	[LOGON_LOCKED] = 105,
	[LOGON_PASSWORD_EXPIRED] = 106,
	[LOGON_MUST_CHANGE] = 107,
	[LOGON_DISABLED] = 108,
	[LOGON_RESTRICTED] = 108,
	[LOGON_EXTENDED_PROTECTION] = 109,
};

/* A refusal with its reason; 'cell' has its actor, client and server. */
static void
set_reason(const struct settler *s, struct cell *cell, uint8_t verdict)
{
	size_t reason = (size_t)verdict - VERDICT_REFUSED;
	uint32_t class_id = reason < ARRAY_LEN(class_of) ? class_of[reason] : 0;

	cell->kind = (uint8_t)reason;
	settled_class(s, cell, class_id ? class_id : CLASS_FE_REJECTED);
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

/*
 * A leg that was counted as refused, and was not: one less.  Sums of unsigned
 * numbers make it so when cells are joined.
 */
static bool
take_back(struct settler *s, const struct leg *leg, struct cell *cell)
{
	cell->at_us = quarter_of(leg->when.start_us) * US_PER_QUARTER;
	cell->requests = UINT64_MAX;
	cell->first_us = INT64_MAX;
	cell->last_us = INT64_MIN;
	return name_of(s, &s->t->names, leg->place.server, &cell->server) &&
	       name_of(s, &s->t->names, leg->place.target, &cell->target) &&
	       name_of(s, &s->t->names, leg->place.protocol, &cell->protocol);
}

static bool
take_leg(struct settler *s, const struct leg *leg, uint8_t verdict)
{
	rpclog_slice server = dict_at(&s->t->names, leg->place.server);
	bool refused = verdict >= VERDICT_REFUSED, too_recent;
	uint32_t class_id =
		leg_class(s->t, leg->key, leg->when.start_us,
			  dict_find(&s->t->servers, server), &too_recent);
	struct cell *cell;

	if (!leg->chosen || verdict == VERDICT_NONE ||
	    (!refused && class_id != CLASS_FE_REJECTED &&
	     class_id != CLASS_FE_SUSPECTED))
		return true;
	if (!begin_cell(s, refused ? TABLE_REASON : TABLE_FAIL,
			(struct actor_ref){ leg->user, leg->key }, class_id,
			leg->later, &cell))
		return false;
	if (!cell)
		return true;
	if (!refused)
		return take_back(s, leg, cell);
	set_row(cell, leg->when.start_us, leg->tag);
	set_reason(s, cell, verdict);
	return name_of(s, &s->t->names, leg->place.server, &cell->server);
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

	for (size_t i = 0; j && i < j->count; i++) {
		if (i < legs ? !take_leg(s, &s->t->leg[i], j->verdicts[i])
			     : !take_refusal(s, &s->g->refusals[i - legs],
					     j->verdicts[i]))
			return false;
	}
	return true;
}
