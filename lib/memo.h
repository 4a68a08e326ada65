/* SPDX-License-Identifier: MIT */
/*
 * A memory of cells that come again and again, so that what was worked out
 * from them need not be worked out again.  It holds a fixed number of entries,
 * newer ones in place of older, and never grows with the input: what it has
 * lost is worked out anew.  Bytes are compared, not hashes: an answer is never
 * that of other cells.
 */

#ifndef RPCLOG_MEMO_H
#define RPCLOG_MEMO_H

#include "alloc.h"

#define MEMO_NONE	UINT32_MAX
#define MEMO_CELLS	((size_t)2)

/* All of an entry lies together: looking it up is one trip to memory. */
struct memo_entry {
	uint64_t number;	/* of all that were ever made, this one */
	uint32_t hash;
	uint16_t tag;		/* 0: nothing here */
	uint16_t lens[MEMO_CELLS];
	char text[];		/* the cells, one behind the other */
};

struct memo {
	struct alloc alloc;
	char *entries;		/* 'slots' of them, 'stride' bytes each */
	size_t stride, longest;
	uint32_t slots;		/* a power of two */
	uint64_t seed;
	uint64_t next;		/* number */
};

/* Cells and what is needed to find them. */
struct memo_key {
	uint64_t hash;
	uint16_t tag;		/* not 0; cells of another tag are others */
	uint16_t count;		/* at most MEMO_CELLS */
	rpclog_slice cells[MEMO_CELLS];
};

/*
 * Cells of more than 'longest' bytes together are not kept: they are hardly
 * met twice.  Numbers begin at 'first'.
 */
rpclog_status memo_init(struct memo *memo, const struct alloc *a,
			uint32_t slots, uint16_t longest, uint64_t first);
static inline struct memo_entry *
memo_at(const struct memo *memo, uint32_t slot)
{
	return (struct memo_entry *)(void *)(memo->entries +
					     slot * memo->stride);
}
/* Sets 'key->hash', and fetches the entry in good time. */
void memo_hash(const struct memo *memo, struct memo_key *key);
/*
 * True: the owner has put what they know into '*slot'.  False: it is theirs
 * from now on, and may be put there; or MEMO_NONE, the cells are not kept.
 */
bool memo_find(struct memo *memo, const struct memo_key *key, uint32_t *slot);
/* What a slot was just made for is not to be known after all. */
void memo_forget(struct memo *memo, uint32_t slot);
void memo_free(struct memo *memo);

#endif /* RPCLOG_MEMO_H */
