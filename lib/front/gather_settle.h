/* SPDX-License-Identifier: MIT */
/* Tables in the making: gather_settle.c, and gather_verdicts.c for other logs.
 */

#ifndef RPCLOG_FRONT_GATHER_SETTLE_H
#define RPCLOG_FRONT_GATHER_SETTLE_H

#include "join_inside.h"

/* Whom a key of the tracker names. */
struct session {
	bool known;
	uint32_t mailbox, client; /* names */
};

struct settler {
	struct gather *g;
	struct rpclog_tracker *t;
	const rpclog_rules *rules;
	struct gathered *out;
	struct alloc alloc;
	struct dict names; /* those of 'g' first, with the same numbers */
	uint32_t *rank;	   /* by number of a name: its place in order */
	const uint8_t *traits; /* by name of a target: enum target_trait */
	size_t trait_room;
	const struct joins *joins; /* NULL: no other logs */
	struct session *sessions;  /* by key of the tracker */
	uint32_t *actors; /* names, by actor of the tracker; 0: not yet */
};

/* An empty cell more in a table. */
bool settled_cell(struct settler *s, enum table_number table,
		  struct cell **cell);
void settled_class(const struct settler *s, struct cell *cell,
		   uint32_t class_id);
/* Actor, and mailbox and client if 'ref' has a key. */
bool settled_actor(struct settler *s, struct actor_ref ref, struct cell *cell);
/* The chooser's word on what it could not decide by the row alone. */
bool settled_chosen(const struct settler *s, const struct cell *cell);
/* Refused legs: with verdicts on some of them they are counted one by one. */
static inline bool
is_leg_refusal(uint32_t class_id)
{
	return class_id == CLASS_FE_REJECTED || class_id == CLASS_FE_SUSPECTED;
}
static inline bool
has_verdicts(const struct settler *s)
{
	return s->joins && s->joins->matched > 0;
}
/* What other logs say of refused logons, and the legs that are left. */
bool take_verdicts(struct settler *s);

/* Names by their bytes, so that numbers order as names do. */
bool rank_names(struct settler *s);
/* Cells of one table by their numbers; those that are alike are joined. */
void order_cells(struct settler *s, struct cells *cells);

#endif /* RPCLOG_FRONT_GATHER_SETTLE_H */
