/* SPDX-License-Identifier: MIT */
/* Of whom, and from when to when, prompts must be made anew. */

#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "tuples.h"

struct span {
	int64_t first_us, last_us;
};

struct touched {
	struct groups *actors;
	struct span *spans; /* by number in 'actors' */
	size_t room;
};

struct touched *
touched_new(void)
{
	struct touched *t = xcalloc(1, sizeof(*t));

	t->actors = tuples_new(1);
	return t;
}

void
touched_add(struct touched *t, int64_t actor, int64_t start_us)
{
	const rpclog_slice key = { (const char *)&actor, sizeof(actor) };
	uint32_t count = groups_count(t->actors);
	uint32_t number = tuples_add(t->actors, &key);
	struct span *span;

	if (number == count) {
		t->spans = xgrow(t->spans, number, &t->room, sizeof(*t->spans));
		t->spans[number] = (struct span){ start_us, start_us };
	}
	span = &t->spans[number];
	if (start_us < span->first_us)
		span->first_us = start_us;
	if (start_us > span->last_us)
		span->last_us = start_us;
}

size_t
touched_count(const struct touched *t)
{
	return groups_count(t->actors);
}

int64_t
touched_at(const struct touched *t, size_t i, int64_t *first_us,
	   int64_t *last_us)
{
	int64_t actor;

	memcpy(&actor, groups_value(t->actors, (uint32_t)i, 0).ptr,
	       sizeof(actor));
	*first_us = t->spans[i].first_us;
	*last_us = t->spans[i].last_us;
	return actor;
}

void
touched_free(struct touched *t)
{
	if (!t)
		return;
	groups_free(t->actors);
	free(t->spans);
	free(t);
}
