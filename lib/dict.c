/* SPDX-License-Identifier: MIT */
/* A dictionary of byte strings. */

#include "dict.h"

#define BLOCK_ROOM ((size_t)64 << 10)

struct dict_block {
	struct dict_block *next;
	size_t used, room;
	char bytes[];
};

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
	uint64_t x = a ^ (b * UINT64_C(0x9e3779b97f4a7c15));

	x ^= x >> 32;
	x *= UINT64_C(0xd6e8feb86659fd93);
	return x ^ x >> 32;
#endif
}

/* Up to 16 bytes as two numbers: each byte is in one of them at least. */
static inline void
load_tail(const unsigned char *p, size_t len, uint64_t *a, uint64_t *b)
{
	*a = *b = 0;
	if (len >= 8) {
		memcpy(a, p, 8);
		memcpy(b, p + len - 8, 8);
	} else if (len >= 4) {
		memcpy(a, p, 4);
		memcpy(b, p + len - 4, 4);
	} else if (len > 0) {
		*a = (uint64_t)p[0] << 16 | (uint64_t)p[len / 2] << 8 |
		     p[len - 1];
	}
}

uint64_t
hash_bytes(const void *data, size_t len, uint64_t seed)
{
	const unsigned char *p = data;
	/* Unknown to who writes the log: a constant could be cancelled. */
	uint64_t key = mix(seed ^ UINT64_C(0xa0761d6478bd642f),
			   UINT64_C(0xe7037ed1a0b428db));
	uint64_t hash = key;
	uint64_t a, b;
	size_t left = len;

	for (; left > 16; left -= 16, p += 16) {
		memcpy(&a, p, 8);
		memcpy(&b, p + 8, 8);
		hash = mix(a ^ key, b ^ hash);
	}
	load_tail(p, left, &a, &b);
	hash = mix(a ^ key, b ^ hash);
	return mix(hash ^ len, UINT64_C(0x8ebc6af09c88c6e3));
}

uint64_t
hash_seed(const void *owner)
{
	/* Where the stack and the handle lie is not for a client to know. */
	return (uint64_t)(uintptr_t)owner * UINT64_C(0x9e3779b97f4a7c15) ^
	       (uint64_t)(uintptr_t)&owner;
}

void
dict_init(struct dict *d, const struct alloc *a)
{
	memset(d, 0, sizeof(*d));
	d->alloc = *a;
	d->seed = hash_seed(d);
}

static bool
grow_slots(struct dict *d)
{
	size_t count = d->slot_count ? d->slot_count * 2 : 64;
	struct dict_slot *slots = alloc_zero(&d->alloc, count, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < d->slot_count; i++) {
		size_t at = d->slots[i].hash & (count - 1);

		if (!d->slots[i].id_plus_1)
			continue;
		while (slots[at].id_plus_1)
			at = (at + 1) & (count - 1);
		slots[at] = d->slots[i];
	}
	alloc_free(&d->alloc, d->slots);
	d->slots = slots;
	d->slot_count = count;
	return true;
}

static const char *
store(struct dict *d, rpclog_slice text)
{
	struct dict_block *block = d->blocks;

	if (!block || block->room - block->used < text.len) {
		size_t room = text.len > BLOCK_ROOM / 4 ? text.len : BLOCK_ROOM;
		size_t size;

		if (!size_add(room, sizeof(*block), &size))
			return NULL;
		block = alloc_get(&d->alloc, size, 1);
		if (!block)
			return NULL;
		block->used = 0;
		block->room = room;
		block->next = d->blocks;
		d->blocks = block;
	}

	char *copy = block->bytes + block->used;

	if (text.len)
		memcpy(copy, text.ptr, text.len);
	block->used += text.len;
	return copy;
}

/* The slot that holds 'text', or the empty one where it belongs. */
static struct dict_slot *
slot_of(const struct dict *d, rpclog_slice text, uint32_t hash)
{
	size_t at = hash & (d->slot_count - 1);

	for (;; at = (at + 1) & (d->slot_count - 1)) {
		struct dict_slot *slot = &d->slots[at];

		if (!slot->id_plus_1)
			return slot;
		if (slot->hash == hash &&
		    slice_eq(d->strings[slot->id_plus_1 - 1], text))
			return slot;
	}
}

bool
dict_add(struct dict *d, rpclog_slice text, uint32_t *id)
{
	uint32_t hash = (uint32_t)hash_bytes(text.ptr, text.len, d->seed);

	if (d->slot_count > 0) {
		const struct dict_slot *slot = slot_of(d, text, hash);

		if (slot->id_plus_1) {
			*id = slot->id_plus_1 - 1;
			return true;
		}
	}
	/* At most half full; and numbers end before DICT_NONE. */
	if ((size_t)d->count + 1 > d->slot_count / 2 && !grow_slots(d))
		return false;
	if (d->count == DICT_NONE - 1 ||
	    !alloc_grow(&d->alloc, &d->strings, &d->capacity,
			(size_t)d->count + 1, sizeof(*d->strings)))
		return false;

	const char *copy = store(d, text);

	if (!copy)
		return false;

	struct dict_slot *slot = slot_of(d, text, hash);

	d->strings[d->count] = slice_of(copy, text.len);
	slot->hash = hash;
	slot->id_plus_1 = ++d->count;
	*id = d->count - 1;
	return true;
}

uint32_t
dict_find(const struct dict *d, rpclog_slice text)
{
	if (d->slot_count == 0)
		return DICT_NONE;

	uint32_t hash = (uint32_t)hash_bytes(text.ptr, text.len, d->seed);
	const struct dict_slot *slot = slot_of(d, text, hash);

	return slot->id_plus_1 ? slot->id_plus_1 - 1 : DICT_NONE;
}

void
dict_free(struct dict *d)
{
	while (d->blocks) {
		struct dict_block *next = d->blocks->next;

		alloc_free(&d->alloc, d->blocks);
		d->blocks = next;
	}
	alloc_free(&d->alloc, d->slots);
	alloc_free(&d->alloc, d->strings);
	d->slots = NULL;
	d->strings = NULL;
	d->slot_count = d->capacity = d->count = 0;
}
