/* SPDX-License-Identifier: MIT */
/* Refused logons: see logons.h. */

#include "logons.h"

#include "../../row.h"
#include "bunch.h"

/* One client, many users. */
#define SPRAY_REQUESTS	  10
#define SPRAY_USERS	  5
#define NAMELESS_REQUESTS 50
/* One user, many clients, or without a pause. */
#define FORCE_REQUESTS 50
#define FORCE_CLIENTS  8
#define FORCE_IN_HOUR  300

bool
is_refusal(uint32_t class_id)
{
	return class_id == C_BASIC_REJECTED || class_id == C_REJECTED ||
	       class_id == C_SUSPECTED ||
	       (class_id >= C_PASSWORD_WRONG &&
		class_id <= C_EXTENDED_PROTECTION);
}

bool
is_got_in(const struct cell *use)
{
	/* A back end that refuses was asked by a front end that did not. */
	return use->class_id == C_OK || (use->class_id >= C_KRB_INVALID_TOKEN &&
					 use->class_id <= C_AUTH_401);
}

bool
is_public(const struct findings *f, uint32_t client)
{
	return slice_eq(client_scope(name_at(f, client)), SLICE("public"));
}

/* ---- one address tries many -----------------------------------------------
 */

static bool
is_spray(const struct findings *f, const struct pair *pairs, size_t count)
{
	uint64_t requests = 0, nameless = 0;
	size_t refused = 0, got_in = 0;

	if (name_at(f, pairs->client).len == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool source = is_source(f, pairs[i].actor);

		requests += pairs[i].refused;
		nameless += source ? pairs[i].refused : 0;
		refused += pairs[i].refused > 0 && !source;
		got_in += pairs[i].got_in > 0;
	}
	if (requests >= SPRAY_REQUESTS && refused >= SPRAY_USERS &&
	    refused > got_in)
		return true;
	/* A device with an old password is where its user gets in, too, or it
	 * is within; it rarely is all that there is at a foreign address. */
	return nameless >= NAMELESS_REQUESTS && got_in == 0 &&
	       is_public(f, pairs->client);
}

static void
judge_sprays(const struct findings *f, struct logons *l)
{
	size_t count;

	for (size_t i = 0; i < l->pair_count; i += count) {
		const struct pair *pairs =
			client_pairs(l, l->pairs[i].client, &count);

		if (is_spray(f, pairs, count))
			l->sprays[pairs->client] = true;
	}
	for_cells (f, TABLE_FAIL, cell) {
		size_t i = (size_t)(cell - f->in->table[TABLE_FAIL].cells);

		if (l->side[i] == SIDE_USER && l->sprays[cell->client])
			l->side[i] = SIDE_SPRAY;
	}
}

/* ---- one account is tried over and over -----------------------------------
 */

/* Quarters that lie in one hour, or all that happened in them does. */
static bool
is_one_hour(const struct cell *first, const struct cell *last)
{
	return last->at_us - first->at_us < US_PER_HOUR ||
	       last->last_us - first->first_us <= US_PER_HOUR;
}

static bool
is_without_pause(const struct bunch *bunch)
{
	uint64_t sum = 0;
	size_t from = 0;

	for (size_t i = 0; i < bunch->count; i++) {
		const struct cell *cell = bunch->items[i].cell;

		sum += cell->requests;
		while (!is_one_hour(bunch->items[from].cell, cell))
			sum -= bunch->items[from++].cell->requests;
		if (sum >= FORCE_IN_HOUR)
			return true;
	}
	return false;
}

static void
judge_forced(struct findings *f, struct logons *l)
{
	struct bunches actors;
	struct best clients;

	bunches_init(&actors);
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_USER &&
		    !is_source(f, cell->actor))
			bunches_take(f, &actors, cell->actor, cell);
	}
	bunches_close(f, &actors);
	for (size_t i = 0; i < actors.count; i++) {
		const struct bunch *bunch = &actors.list[i];

		if (bunch->requests < FORCE_REQUESTS)
			break;
		best_clients(f, &clients, bunch);
		l->forced[bunch->name] = clients.total >= FORCE_CLIENTS ||
					 is_without_pause(bunch);
	}
	bunches_free(f, &actors);
	for_cells (f, TABLE_FAIL, cell) {
		size_t i = (size_t)(cell - f->in->table[TABLE_FAIL].cells);

		if (l->side[i] != SIDE_USER)
			continue;
		if (l->forced[cell->actor])
			l->side[i] = SIDE_BRUTE;
		else
			l->alone[cell->actor] = true;
	}
}

/* ---- what IIS says --------------------------------------------------------
 */

enum logon_side
reason_side_of(const struct logons *l, const struct cell *reason)
{
	if (l->sprays[reason->client])
		return SIDE_SPRAY;
	if (l->forced[reason->actor])
		return SIDE_BRUTE;
	/* Reasons have no hour: what else befell the user tells. */
	if (l->broken[reason->server] && !l->alone[reason->actor])
		return SIDE_SERVER;
	return SIDE_USER;
}

/* What a finding of this side is about. */
static uint32_t
subject_of(enum logon_side side, const struct cell *cell)
{
	return side == SIDE_SPRAY    ? cell->client
	       : side == SIDE_SERVER ? cell->server
				     : cell->actor;
}

static bool
add_reasons(struct findings *f, struct logons *l)
{
	if (f->in->table[TABLE_REASON].count == 0)
		return true;
	for (size_t side = 0; side < ARRAY_LEN(l->reasons); side++) {
		l->reasons[side] = alloc_zero(&f->alloc, f->in->name_count,
					      sizeof(**l->reasons));
		if (!l->reasons[side])
			return false;
	}
	for_cells (f, TABLE_REASON, cell) {
		enum logon_side side = reason_side_of(l, cell);
		if (cell->kind <= LOGON_OTHER)
			l->reasons[side][subject_of(side, cell)]
				.requests[cell->kind] += cell->requests;
	}
	return true;
}

/* ---- all of it ------------------------------------------------------------
 */

static bool
get_room(struct findings *f, struct logons *l)
{
	size_t fails = f->in->table[TABLE_FAIL].count;
	size_t names = f->in->name_count;

	l->side = alloc_zero(&f->alloc, fails, sizeof(*l->side));
	l->beside = alloc_zero(&f->alloc, fails, sizeof(*l->beside));
	l->got_in = alloc_zero(&f->alloc, names, sizeof(*l->got_in));
	l->sprays = alloc_zero(&f->alloc, names, sizeof(*l->sprays));
	l->broken = alloc_zero(&f->alloc, names, sizeof(*l->broken));
	l->forced = alloc_zero(&f->alloc, names, sizeof(*l->forced));
	l->alone = alloc_zero(&f->alloc, names, sizeof(*l->alone));
	l->home = alloc_zero(&f->alloc, names, sizeof(*l->home));
	return l->side && l->beside && l->got_in && l->sprays && l->broken &&
	       l->forced && l->alone && l->home;
}

static bool
judge(struct findings *f, struct logons *l)
{
	if (!get_room(f, l))
		return false;
	for_cells (f, TABLE_FAIL, cell) {
		if (is_refusal(cell->class_id))
			l->side[cell - f->in->table[TABLE_FAIL].cells] =
				SIDE_USER;
	}
	if (!make_pairs(f, l))
		return false;
	judge_sprays(f, l);
	if (!judge_front_ends(f, l))
		return false;
	judge_forced(f, l);
	return add_reasons(f, l) && !f->broken;
}

const struct logons *
logons_of(struct findings *f)
{
	if (f->logons || f->broken)
		return f->broken ? NULL : f->logons;
	f->logons = alloc_zero(&f->alloc, 1, sizeof(*f->logons));
	if (f->logons && judge(f, f->logons))
		return f->logons;
	f->broken = true;
	return NULL;
}

void
logons_free(struct findings *f)
{
	struct logons *l = f->logons;

	if (!l)
		return;
	alloc_free(&f->alloc, l->side);
	alloc_free(&f->alloc, l->beside);
	alloc_free(&f->alloc, l->pairs);
	alloc_free(&f->alloc, l->got_in);
	alloc_free(&f->alloc, l->sprays);
	alloc_free(&f->alloc, l->broken);
	alloc_free(&f->alloc, l->forced);
	alloc_free(&f->alloc, l->alone);
	alloc_free(&f->alloc, l->home);
	for (size_t side = 0; side < ARRAY_LEN(l->reasons); side++)
		alloc_free(&f->alloc, l->reasons[side]);
	alloc_free(&f->alloc, l);
	f->logons = NULL;
}
