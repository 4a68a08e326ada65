/* SPDX-License-Identifier: MIT */
/* Refusals that an IIS log may explain: all of them, or a fair sample. */

#include "gather_inside.h"

/* Of ids that servers make, for a sample that is the same in every run. */
static uint64_t
id_hash(const unsigned char id[GUID_LEN])
{
	uint64_t half[2];

	memcpy(half, id, sizeof(half));
	half[0] = (half[0] ^ half[1] >> 29) * UINT64_C(0x9e3779b97f4a7c15);
	half[1] = (half[1] ^ half[0] >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
	return half[1] ^ half[0] >> 31;
}

static bool
is_kept(const struct gather *g, const struct refusal *refusal)
{
	return g->refusal_level == 0 ||
	       id_hash(refusal->id) >> (64 - g->refusal_level) == 0;
}

static void
drop_others(struct gather *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->refusal_count; i++) {
		if (is_kept(g, &g->refusals[i]))
			g->refusals[kept++] = g->refusals[i];
	}
	g->refusal_count = kept;
}

void
refusals_thin(struct gather *g, unsigned level)
{
	if (level <= g->refusal_level)
		return;
	g->refusal_level = level;
	drop_others(g);
}

bool
refusals_add(struct gather *g, const struct refusal *refusal)
{
	if (!is_kept(g, refusal))
		return true;
	if (!alloc_grow(&g->alloc, &g->refusals, &g->refusal_room,
			g->refusal_count + 1, sizeof(*g->refusals)))
		return false;
	g->refusals[g->refusal_count++] = *refusal;
	while (g->refusal_count > REFUSALS_MOST && g->refusal_level < 63)
		refusals_thin(g, g->refusal_level + 1);
	return true;
}
