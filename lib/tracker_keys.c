/* SPDX-License-Identifier: MIT */
/* Keys of sessions, who owns them, and the legs that nothing settles yet. */

#include "tracker.h"

bool
key_text(struct rpclog_tracker *t, const struct key_parts *parts,
	 rpclog_slice *text)
{
	rpclog_slice agent =
		parts->mailbox.len ? slice_of("", 0) : parts->agent;
	/* Lengths first: any byte may stand in a name. */
	uint32_t head[2] = { (uint32_t)parts->mailbox.len,
			     (uint32_t)parts->client.len };
	struct buf *b = &t->text;
	const struct alloc *a = &t->alloc;

	b->len = 0;
	if (buf_append(b, a, head, sizeof(head)) ||
	    buf_append(b, a, parts->mailbox.ptr, parts->mailbox.len) ||
	    buf_append(b, a, parts->client.ptr, parts->client.len) ||
	    buf_append(b, a, agent.ptr, agent.len))
		return false;
	*text = buf_slice(b);
	return true;
}

struct key_parts
key_parts(rpclog_slice text)
{
	struct key_parts parts;
	uint32_t head[2];
	size_t at = sizeof(head);

	memcpy(head, text.ptr, sizeof(head));
	parts.mailbox = slice_cut(text, at, at + head[0]);
	at += head[0];
	parts.client = slice_cut(text, at, at + head[1]);
	at += head[1];
	parts.agent = slice_cut(text, at, text.len);
	return parts;
}

bool
key_add(struct rpclog_tracker *t, rpclog_slice text, uint32_t *id)
{
	uint32_t known = t->keys.count;

	if (!dict_add(&t->keys, text, id) ||
	    !alloc_grow(&t->alloc, &t->key, &t->key_room, (size_t)*id + 1,
			sizeof(*t->key)))
		return false;
	if (*id == known) {
		struct key *key = &t->key[*id];

		memset(key, 0, sizeof(*key));
		key->owner = NOBODY;
		key->actor = NOBODY;
		key->first_us = INT64_MAX;
		key->last_us = INT64_MIN;
	}
	return true;
}

uint32_t
owner_join(uint32_t a, uint32_t b)
{
	if (a == NOBODY || a == b)
		return b;
	return b == NOBODY ? a : SEVERAL;
}

/*
 * Accounts of probes.  Such rows are of class probe, unless a user's rule
 * claims them first: that must not change whose mailbox it is.
 */
static bool
is_health_account(rpclog_slice user)
{
	rpclog_slice account = account_of(user);

	return slice_starts_nocase(account, SLICE("HealthMailbox")) ||
	       slice_starts_nocase(account, SLICE("SystemMailbox{")) ||
	       slice_starts_nocase(account, SLICE("extest_"));
}

void
key_own(struct rpclog_tracker *t, uint32_t id, uint32_t user)
{
	uint32_t *owner = &t->key[id].owner;

	if (*owner != user && *owner != SEVERAL &&
	    !is_health_account(dict_at(&t->users, user)))
		*owner = owner_join(*owner, user);
}

bool
leg_is_handshake(const struct rpclog_tracker *t, uint32_t key, int64_t start_us)
{
	int64_t until = start_us + t->options.handshake_ms * US_PER_MS;
	const struct key *k = &t->key[key];

	if (k->first_us <= until && k->last_us >= start_us)
		return true;
	return success_within(t, key, start_us, until);
}

bool
leg_compact(struct rpclog_tracker *t)
{
	size_t kept = 0;

	if (!success_compact(t))
		return false;
	for (size_t i = 0; i < t->leg_count; i++) {
		const struct leg *leg = &t->leg[i];

		if (!leg_is_handshake(t, leg->key, leg->when.start_us))
			t->leg[kept++] = *leg;
	}
	t->leg_count = kept;
	return true;
}

bool
leg_add(struct rpclog_tracker *t, const struct leg *leg)
{
	if (t->leg_count == t->leg_limit) {
		if (!leg_compact(t))
			return false;
		if (t->leg_count > t->leg_limit / 2)
			t->leg_limit *= 2;
	}
	if (!alloc_grow(&t->alloc, &t->leg, &t->leg_room, t->leg_count + 1,
			sizeof(*t->leg)))
		return false;
	t->leg[t->leg_count++] = *leg;
	return true;
}
