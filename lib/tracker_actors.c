/* SPDX-License-Identifier: MIT */
/* Whose popup is it: lib/README.md, Actors. */

#include "tracker.h"

int
when_cmp(const struct when *a, const struct when *b)
{
	if (a->start_us != b->start_us)
		return a->start_us < b->start_us ? -1 : 1;
	if (a->end_us != b->end_us)
		return a->end_us < b->end_us ? -1 : 1;
	return slice_cmp(slice_of(a->id, a->id_len),
			 slice_of(b->id, b->id_len));
}

/* The user of a spelling: the same letters in any ASCII case. */
static bool
user_of(struct rpclog_tracker *t, rpclog_slice name, uint32_t *user)
{
	struct buf *b = &t->text;

	b->len = 0;
	if (buf_append(b, &t->alloc, name.ptr, name.len) != RPCLOG_OK)
		return false;
	for (size_t i = 0; i < b->len; i++)
		b->ptr[i] = (char)ascii_lower((unsigned char)b->ptr[i]);
	return dict_add(&t->users, buf_slice(b), user);
}

bool
spelling_add(struct rpclog_tracker *t, rpclog_slice user, uint32_t *id)
{
	uint32_t known = t->spellings.count;

	if (!dict_add(&t->spellings, user, id) ||
	    !alloc_grow(&t->alloc, &t->spelling, &t->spelling_room,
			(size_t)*id + 1, sizeof(*t->spelling)))
		return false;
	if (*id < known)
		return true;

	struct spelling *s = &t->spelling[*id];

	memset(s, 0, sizeof(*s));
	s->first.start_us = s->first.end_us = INT64_MAX;
	return user_of(t, user, &s->user);
}

void
spelling_shown(struct rpclog_tracker *t, uint32_t id, const struct when *when)
{
	struct when *first = &t->spelling[id].first;

	if (when_cmp(when, first) < 0)
		*first = *when;
}

bool
spelling_before(const struct rpclog_tracker *t, uint32_t a, uint32_t b)
{
	int order = when_cmp(&t->spelling[a].first, &t->spelling[b].first);

	if (order == 0)
		order = slice_cmp(dict_at(&t->spellings, a),
				  dict_at(&t->spellings, b));
	return order < 0;
}

static bool
name_users(struct rpclog_tracker *t)
{
	uint32_t *shown;

	t->user_actor = alloc_get(&t->alloc, t->users.count, sizeof(*shown));
	shown = alloc_get(&t->alloc, t->users.count, sizeof(*shown));
	if (!t->user_actor || !shown) {
		alloc_free(&t->alloc, shown);
		return false;
	}
	for (uint32_t user = 0; user < t->users.count; user++)
		shown[user] = NOBODY;
	for (uint32_t id = 0; id < t->spellings.count; id++) {
		uint32_t *best = &shown[t->spelling[id].user];

		if (*best == NOBODY || spelling_before(t, id, *best))
			*best = id;
	}

	bool ok = true;

	for (uint32_t user = 0; ok && user < t->users.count; user++)
		ok = dict_add(&t->actors, dict_at(&t->spellings, shown[user]),
			      &t->user_actor[user]);
	alloc_free(&t->alloc, shown);
	return ok;
}

/* The users of a mailbox anywhere are those of its keys. */
static bool
own_mailboxes(struct rpclog_tracker *t)
{
	for (uint32_t id = 0; id < t->keys.count; id++) {
		struct key_parts parts = key_parts(dict_at(&t->keys, id));
		uint32_t known = t->mailboxes.count;
		uint32_t mailbox;

		if (parts.mailbox.len == 0)
			continue;
		if (!dict_add(&t->mailboxes, parts.mailbox, &mailbox) ||
		    !alloc_grow(&t->alloc, &t->mailbox_owner, &t->mailbox_room,
				(size_t)mailbox + 1, sizeof(uint32_t)))
			return false;
		if (mailbox == known)
			t->mailbox_owner[mailbox] = NOBODY;
		t->mailbox_owner[mailbox] =
			owner_join(t->mailbox_owner[mailbox], t->key[id].owner);
	}
	return true;
}

static bool
is_one(uint32_t owner)
{
	return owner != NOBODY && owner != SEVERAL;
}

static bool
name_key(struct rpclog_tracker *t, uint32_t id)
{
	struct key_parts parts = key_parts(dict_at(&t->keys, id));
	struct key *key = &t->key[id];
	uint32_t owner = NOBODY;
	struct buf *b = &t->text;

	if (parts.mailbox.len > 0) {
		owner = key->owner;
		if (!is_one(owner))
			owner = t->mailbox_owner[dict_find(&t->mailboxes,
							   parts.mailbox)];
	}
	if (is_one(owner)) {
		key->actor = t->user_actor[owner];
		return true;
	}

	rpclog_slice prefix =
		parts.mailbox.len ? SLICE("mailbox:") : SLICE("client:");
	rpclog_slice rest = parts.mailbox.len ? parts.mailbox : parts.client;

	b->len = 0;
	return buf_append(b, &t->alloc, prefix.ptr, prefix.len) == RPCLOG_OK &&
	       buf_append(b, &t->alloc, rest.ptr, rest.len) == RPCLOG_OK &&
	       dict_add(&t->actors, buf_slice(b), &key->actor);
}

bool
actors_settle(struct rpclog_tracker *t)
{
	if (!name_users(t) || !own_mailboxes(t))
		return false;
	for (uint32_t id = 0; id < t->keys.count; id++) {
		if (!name_key(t, id))
			return false;
	}
	return true;
}

uint32_t
actor_of(const struct rpclog_tracker *t, struct actor_ref ref)
{
	return ref.user != NOBODY ? t->user_actor[ref.user]
				  : t->key[ref.key].actor;
}
