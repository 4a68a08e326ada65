/* SPDX-License-Identifier: MIT */
/* Facts back into a tracker. */

#include "facts_inside.h"

static bool
key_of(rpclog_tracker *t, const struct fact_key *key, uint32_t *id)
{
	struct key_parts parts = { key->mailbox, key->client, key->agent };
	rpclog_slice text;

	return key_text(t, &parts, &text) && key_add(t, text, id);
}

static rpclog_status
answer(rpclog_tracker *t, bool ok)
{
	if (!ok)
		t->broken = RPCLOG_ERR_NOMEM;
	return t->broken;
}

static bool
server_of(rpclog_tracker *t, rpclog_slice server, uint32_t *id)
{
	uint32_t known = t->servers.count;

	if (!dict_add(&t->servers, server, id) ||
	    !alloc_grow(&t->alloc, &t->newest_us, &t->newest_room,
			(size_t)*id + 1, sizeof(*t->newest_us)))
		return false;
	if (*id == known)
		t->newest_us[*id] = INT64_MIN;
	return true;
}

rpclog_status
facts_put_server(rpclog_tracker *t, rpclog_slice server, int64_t newest_us)
{
	uint32_t id;

	if (!server_of(t, server, &id))
		return answer(t, false);
	if (newest_us > t->newest_us[id])
		t->newest_us[id] = newest_us;
	return t->broken;
}

rpclog_status
facts_put_success(rpclog_tracker *t, const struct fact_key *key,
		  int64_t first_us, int64_t last_us)
{
	uint32_t id;

	return answer(t, key_of(t, key, &id) &&
				 key_success(t, id, first_us, last_us));
}

rpclog_status
facts_put_leg(rpclog_tracker *t, const struct fact_key *key,
	      rpclog_slice server, int64_t start_us, int rpc)
{
	struct leg leg = {
		.user = NOBODY,
		.rpc = rpc != 0,
		.when = { .start_us = start_us },
		.place = { .class_id = CLASS_FE_AUTH_LEG },
	};
	uint32_t id;

	return answer(t, key_of(t, key, &leg.key) &&
				 server_of(t, server, &id) &&
				 leg_add(t, &leg));
}

rpclog_status
facts_put_owner(rpclog_tracker *t, const struct fact_key *key,
		rpclog_slice user)
{
	const struct when first = { .start_us = 0 };
	uint32_t id, spelling;

	if (!key_of(t, key, &id))
		return answer(t, false);
	if (user.len == 0) {
		t->key[id].owner = SEVERAL;
		return t->broken;
	}
	if (!spelling_add(t, user, &spelling))
		return answer(t, false);
	spelling_shown(t, spelling, &first);
	t->key[id].owner =
		owner_join(t->key[id].owner, t->spelling[spelling].user);
	return t->broken;
}
