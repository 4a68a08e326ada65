/* SPDX-License-Identifier: MIT */
/* A memory of cells that come again and again. */

#include "memo.h"

#include "dict.h"

/* Entries begin where a line of the cache may. */
#define STRIDE_STEP ((size_t)64)

rpclog_status
memo_init(struct memo *memo, const struct alloc *a, uint32_t slots,
	  uint16_t longest, uint64_t first)
{
	size_t size = sizeof(struct memo_entry) + longest;

	memo->alloc = *a;
	memo->slots = slots;
	memo->longest = longest;
	memo->stride = (size + STRIDE_STEP - 1) / STRIDE_STEP * STRIDE_STEP;
	memo->seed = hash_seed(memo);
	memo->next = first;
	memo->entries = alloc_zero(a, slots, memo->stride);
	return memo->entries ? RPCLOG_OK : RPCLOG_ERR_NOMEM;
}

void
memo_hash(const struct memo *memo, struct memo_key *key)
{
	uint64_t hash = memo->seed ^ key->tag;

	for (size_t i = 0; i < key->count; i++)
		hash = hash_bytes(key->cells[i].ptr, key->cells[i].len, hash);
	key->hash = hash;

	const struct memo_entry *entry =
		memo_at(memo, (uint32_t)hash & (memo->slots - 1));

	PREFETCH(entry);
	PREFETCH((const char *)entry + 64);
	PREFETCH((const char *)entry + 128);
}

static inline bool
holds(const struct memo_entry *entry, const struct memo_key *key)
{
	const char *at = entry->text;

	if (entry->hash != key->hash >> 32 || entry->tag != key->tag)
		return false;
	for (size_t i = 0; i < key->count; i++) {
		if (!slice_eq(slice_of(at, entry->lens[i]), key->cells[i]))
			return false;
		at += entry->lens[i];
	}
	return true;
}

/*
 * A slot of the cells' own, in place of what was there: of the two that they
 * may have, an empty one, else either by a bit that nobody chooses.
 */
static uint32_t
claim(struct memo *memo, const struct memo_key *key)
{
	uint32_t slot = (uint32_t)key->hash & (memo->slots - 1);
	size_t len = 0;

	for (size_t i = 0; i < key->count; i++) {
		/* One by one, so that no sum can run over. */
		if (key->cells[i].len > memo->longest - len)
			return MEMO_NONE;
		len += key->cells[i].len;
	}
	if (memo_at(memo, slot)->tag != 0 &&
	    (memo_at(memo, slot ^ 1)->tag == 0 || key->hash >> 31 & 1))
		slot ^= 1;

	struct memo_entry *entry = memo_at(memo, slot);
	char *to = entry->text;

	entry->number = memo->next++;
	entry->hash = (uint32_t)(key->hash >> 32);
	entry->tag = key->tag;
	for (size_t i = 0; i < key->count; i++) {
		entry->lens[i] = (uint16_t)key->cells[i].len;
		if (key->cells[i].len)
			memcpy(to, key->cells[i].ptr, key->cells[i].len);
		to += key->cells[i].len;
	}
	return slot;
}

bool
memo_find(struct memo *memo, const struct memo_key *key, uint32_t *slot)
{
	uint32_t at = (uint32_t)key->hash & (memo->slots - 1);

	*slot = at;
	if (LIKELY(holds(memo_at(memo, at), key)))
		return true;
	*slot = at ^ 1;
	if (holds(memo_at(memo, at ^ 1), key))
		return true;
	*slot = claim(memo, key);
	return false;
}

void
memo_forget(struct memo *memo, uint32_t slot)
{
	if (slot != MEMO_NONE)
		memo_at(memo, slot)->tag = 0;
}

void
memo_free(struct memo *memo)
{
	alloc_free(&memo->alloc, memo->entries);
	memo->entries = NULL;
}
