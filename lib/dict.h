/* SPDX-License-Identifier: MIT */
/*
 * A dictionary of byte strings: each gets a small number, once.  Open
 * addressing, bytes in an arena; nothing is allocated for a known string.
 */

#ifndef RPCLOG_DICT_H
#define RPCLOG_DICT_H

#include "alloc.h"

struct dict_block;

struct dict_slot {
	uint32_t hash, id_plus_1;
};

struct dict {
	struct alloc alloc;
	struct dict_slot *slots;
	size_t slot_count;	/* a power of two, or 0 */
	rpclog_slice *strings;	/* by number */
	size_t capacity;
	uint32_t count;
	uint64_t seed;		/* so that nobody picks colliding names */
	struct dict_block *blocks;
};

#define DICT_NONE	UINT32_MAX

void dict_init(struct dict *d, const struct alloc *a);
/* The number of 'text', new or known; false if memory is out. */
bool dict_add(struct dict *d, rpclog_slice text, uint32_t *id);
/* The number of a known string, or DICT_NONE. */
uint32_t dict_find(const struct dict *d, rpclog_slice text);
static inline rpclog_slice
dict_at(const struct dict *d, uint32_t id)
{
	return d->strings[id];
}
void dict_free(struct dict *d);

/* Hash of bytes, for other tables keyed by strings or small structs. */
uint64_t hash_bytes(const void *data, size_t len, uint64_t seed);
/* A seed that differs from table to table and from run to run. */
uint64_t hash_seed(const void *owner);

#endif /* RPCLOG_DICT_H */
