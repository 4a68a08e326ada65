/* SPDX-License-Identifier: MIT */
/* Memory that lives as long as a rule set: taken in pieces, freed at once. */

#ifndef RPCLOG_RULES_ARENA_H
#define RPCLOG_RULES_ARENA_H

#include "alloc.h"

struct arena_block;

struct arena {
	struct alloc alloc;
	struct arena_block *blocks;
};

void arena_init(struct arena *arena, const struct alloc *a);
/* Room for any type, not cleared; NULL if memory is out. */
void *arena_get(struct arena *arena, size_t count, size_t size);
/* A copy with a NUL behind it. */
char *arena_copy(struct arena *arena, rpclog_slice text);
void arena_free(struct arena *arena);

#endif /* RPCLOG_RULES_ARENA_H */
