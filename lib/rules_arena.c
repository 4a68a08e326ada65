/* SPDX-License-Identifier: MIT */
/* Memory that lives as long as a rule set. */

#include "rules_arena.h"

#include <stdalign.h>

#define BLOCK_SIZE ((size_t)64 << 10)
#define ALIGNMENT  (alignof(max_align_t))

struct arena_block {
	struct arena_block *older;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

void
arena_init(struct arena *arena, const struct alloc *a)
{
	arena->alloc = *a;
	arena->blocks = NULL;
}

static bool
add_block(struct arena *arena, size_t need)
{
	size_t size = need > BLOCK_SIZE ? need : BLOCK_SIZE;
	size_t total;
	struct arena_block *block;

	if (!size_add(size, sizeof(*block), &total))
		return false;
	block = alloc_get(&arena->alloc, total, 1);
	if (!block)
		return false;
	block->older = arena->blocks;
	block->used = 0;
	block->size = size;
	arena->blocks = block;
	return true;
}

void *
arena_get(struct arena *arena, size_t count, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t need;

	if (!size_mul(count, size, &need) ||
	    !size_add(need, ALIGNMENT - 1, &need))
		return NULL;
	need -= need % ALIGNMENT;
	if (!block || block->size - block->used < need) {
		if (!add_block(arena, need))
			return NULL;
		block = arena->blocks;
	}

	char *room = block->bytes + block->used;

	block->used += need;
	return room;
}

char *
arena_copy(struct arena *arena, rpclog_slice text)
{
	size_t size;
	char *copy =
		size_add(text.len, 1, &size) ? arena_get(arena, size, 1) : NULL;

	if (copy) {
		if (text.len)
			memcpy(copy, text.ptr, text.len);
		copy[text.len] = '\0';
	}
	return copy;
}

void
arena_free(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *older = block->older;

		alloc_free(&arena->alloc, block);
		block = older;
	}
	arena->blocks = NULL;
}
