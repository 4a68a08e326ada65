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
	cell->mailbox = 0;
}

static bool
name_of(struct settler *s, const struct dict *names, uint32_t name,
	uint32_t *number)
{
	return dict_add(&s->names, dict_at(names, name), number);
}

static bool
add_reason(struct settler *s, const struct leg *leg, struct actor_ref ref,
	   uint8_t verdict)
{
	struct cell *cell;

	if (!settled_cell(s, TABLE_REASON, &cell) ||
	    !settled_actor(s, ref, cell) ||
	    !name_of(s, &s->t->names, leg->place.server, &cell->server))
		return false;
	set_row(cell, leg->when.start_us, leg->tag);
	set_reason(s, cell, verdict);
	return true;
}

/*
 * A leg that was counted as refused, and was not: one less.  Sums of unsigned
 * numbers make it so when cells are joined.
 */
static bool
take_back(struct settler *s, const struct leg *leg, struct actor_ref ref,
	  uint32_t class_id)
{
	struct cell *cell;

	if (!settled_cell(s, TABLE_FAIL, &cell) ||
	    !settled_actor(s, ref, cell) ||
	    !name_of(s, &s->t->names, leg->place.server, &cell->server) ||
	    !name_of(s, &s->t->names, leg->place.target, &cell->target) ||
	    !name_of(s, &s->t->names, leg->place.protocol, &cell->protocol))
		return false;
	settled_class(s, cell, class_id);
	cell->mailbox = 0;
	cell->at_us = quarter_of(leg->when.start_us) * US_PER_QUARTER;
	cell->requests = UINT64_MAX;
	cell->first_us = INT64_MAX;
	cell->last_us = INT64_MIN;
	return true;
}

static bool
take_leg(struct settler *s, const struct leg *leg, uint8_t verdict)
{
	rpclog_slice server = dict_at(&s->t->names, leg->place.server);
	struct actor_ref ref = { leg->user, leg->key };
	bool too_recent;
	uint32_t class_id;

	/* What the filters leave open is too small a matter to ask. */
	if (!leg->chosen || leg->later || verdict == VERDICT_NONE)
		return true;
	if (verdict >= VERDICT_REFUSED)
		return add_reason(s, leg, ref, verdict);
	class_id = leg_class(s->t, leg->key, leg->when.start_us,
			     dict_find(&s->t->servers, server), &too_recent);
	return (class_id != CLASS_FE_REJECTED &&
		class_id != CLASS_FE_SUSPECTED) ||
	       take_back(s, leg, ref, class_id);
}

static bool
take_refusal(struct settler *s, const struct refusal *refusal, uint8_t verdict)
{
	struct cell *cell;

	if (verdict < VERDICT_REFUSED || refusal->later)
		return true;
	if (!settled_cell(s, TABLE_REASON, &cell) ||
	    !settled_actor(s, (struct actor_ref){ refusal->user, refusal->key },
			   cell))
		return false;
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
