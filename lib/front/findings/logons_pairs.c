/* SPDX-License-Identifier: MIT */
/* Who was refused from which client, and who got in from there. */

#include "../../sort.h"
#include "logons.h"

static int
pair_order(const void *a, const void *b, const void *ctx)
{
	const struct pair *x = a, *y = b;

	(void)ctx;
	if (x->client != y->client)
		return x->client < y->client ? -1 : 1;
	return (x->actor > y->actor) - (x->actor < y->actor);
}

/* Pairs of a cell each become those of all. */
static void
join_pairs(struct logons *l)
{
	size_t kept = 0;

	for (size_t i = 1; i < l->pair_count; i++) {
		struct pair *into = &l->pairs[kept];
		const struct pair *from = &l->pairs[i];

		if (pair_order(into, from, NULL) != 0) {
			l->pairs[++kept] = *from;
			continue;
		}
		into->refused += from->refused;
		into->got_in += from->got_in;
		if (from->first_refused_us < into->first_refused_us)
			into->first_refused_us = from->first_refused_us;
		if (from->last_in_us > into->last_in_us)
			into->last_in_us = from->last_in_us;
	}
	if (l->pair_count > 0)
		l->pair_count = kept + 1;
}

static bool
add_pair(struct findings *f, struct logons *l, size_t *room,
	 const struct cell *cell, bool refused)
{
	if (!alloc_grow(&f->alloc, &l->pairs, room, l->pair_count + 1,
			sizeof(*l->pairs)))
		return false;
	l->pairs[l->pair_count++] = (struct pair){
		.client = cell->client,
		.actor = cell->actor,
		.refused = refused ? cell->requests : 0,
		.got_in = refused ? 0 : cell->requests,
		.first_refused_us = refused ? cell->first_us : INT64_MAX,
		.last_in_us = refused ? INT64_MIN : cell->last_us,
	};
	return true;
}

static void
add_got_in(struct got_in *sum, const struct cell *cell)
{
	if (sum->requests == 0 || cell->first_us < sum->first_us)
		sum->first_us = cell->first_us;
	if (sum->requests == 0 || cell->last_us > sum->last_us)
		sum->last_us = cell->last_us;
	sum->requests += cell->requests;
}

bool
make_pairs(struct findings *f, struct logons *l)
{
	bool *refused =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*refused));
	size_t room = 0;
	bool ok = refused != NULL;

	if (!ok)
		return false;
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_NONE)
			continue;
		refused[cell->client] = true;
		ok = ok && add_pair(f, l, &room, cell, true);
	}
	for_cells (f, TABLE_USE, cell) {
		if (!is_got_in(cell))
			continue;
		add_got_in(&l->got_in[cell->actor], cell);
		if (refused[cell->client])
			ok = ok && add_pair(f, l, &room, cell, false);
	}
	alloc_free(&f->alloc, refused);
	if (!ok || (l->pair_count > 0 &&
		    !sort_by(l->pairs, l->pair_count, sizeof(*l->pairs),
			     pair_order, NULL, &f->alloc)))
		return false;
	join_pairs(l);
	for (size_t i = 0; i < l->pair_count; i++)
		l->home[l->pairs[i].client] |= l->pairs[i].got_in > 0;
	return true;
}

/* The first pair that is not before this one. */
static size_t
lower_bound(const struct logons *l, uint32_t client, uint32_t actor)
{
	const struct pair wanted = { .client = client, .actor = actor };
	size_t low = 0, high = l->pair_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pair_order(&l->pairs[middle], &wanted, NULL) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct pair *
pair_of(const struct logons *l, uint32_t client, uint32_t actor)
{
	size_t at = lower_bound(l, client, actor);

	if (at == l->pair_count || l->pairs[at].client != client ||
	    l->pairs[at].actor != actor)
		return NULL;
	return &l->pairs[at];
}

const struct pair *
client_pairs(const struct logons *l, uint32_t client, size_t *count)
{
	size_t from = lower_bound(l, client, 0), to = from;

	while (to < l->pair_count && l->pairs[to].client == client)
		to++;
	*count = to - from;
	return to > from ? &l->pairs[from] : NULL;
}
