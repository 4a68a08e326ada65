/* SPDX-License-Identifier: MIT */
/* Class and actor of a single row, asked of the tracker. */

#include "tracker.h"

void
rpclog_unsettled_of(const rpclog_row *row, const rpclog_verdict *verdict,
		    rpclog_unsettled *out)
{
	memset(out, 0, sizeof(*out));
	out->class_id = verdict->class_id;
	out->start_us = row_start(row);
	out->user = row_known(row, RPCLOG_AUTHENTICATED_USER);
	out->mailbox = row_derived(row, RPCLOG_D_MAILBOX);
	out->client = row_derived(row, RPCLOG_D_CLIENT);
	out->agent = row_known(row, RPCLOG_USER_AGENT);
	out->server = row_known(row, RPCLOG_SERVER);
}

/* A known key, or NOBODY; false if there is no memory for a long one. */
static bool
find_key(const struct rpclog_tracker *t, const rpclog_unsettled *row,
	 uint32_t *key)
{
	char room[4096];
	uint32_t head[2] = { (uint32_t)row->mailbox.len,
			     (uint32_t)row->client.len };
	rpclog_slice agent = row->mailbox.len ? slice_of("", 0) : row->agent;
	rpclog_slice parts[] = {
		slice_of((const char *)head, sizeof(head)),
		row->mailbox,
		row->client,
		agent,
	};
	size_t len = 0;
	size_t size =
		sizeof(head) + row->mailbox.len + row->client.len + agent.len;
	char *text =
		size <= sizeof(room) ? room : alloc_get(&t->alloc, size, 1);

	*key = NOBODY;
	if (!text)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i].len)
			memcpy(text + len, parts[i].ptr, parts[i].len);
		len += parts[i].len;
	}

	*key = dict_find(&t->keys, slice_of(text, len));
	if (text != room)
		alloc_free(&t->alloc, text);
	return true;
}

/*
 * "mailbox:" or "client:" and a name.  Rows that were added have their actor
 * in the dictionary; for others a name that is too long for the store is cut.
 */
static rpclog_slice
plain_actor(const struct rpclog_tracker *t, rpclog_settled *settled,
	    rpclog_slice prefix, rpclog_slice rest)
{
	size_t size = prefix.len + rest.len;
	size_t room = sizeof(settled->store);
	char *text =
		size <= room ? settled->store : alloc_get(&t->alloc, size, 1);
	rpclog_slice actor = slice_of("", 0);

	if (!text)
		return actor;
	memcpy(text, prefix.ptr, prefix.len);
	if (rest.len)
		memcpy(text + prefix.len, rest.ptr, rest.len);

	uint32_t id = dict_find(&t->actors, slice_of(text, size));

	if (text != settled->store) {
		memcpy(settled->store, text, room);
		alloc_free(&t->alloc, text);
	}
	if (id != DICT_NONE)
		return dict_at(&t->actors, id);
	return slice_of(settled->store, size < room ? size : room);
}

static rpclog_slice
settled_actor(const struct rpclog_tracker *t, const rpclog_unsettled *row,
	      uint32_t key, rpclog_settled *settled)
{
	if (row->user.len > 0) {
		uint32_t id = dict_find(&t->spellings, row->user);

		return id == DICT_NONE
			       ? row->user
			       : dict_at(&t->actors,
					 t->user_actor[t->spelling[id].user]);
	}
	if (key != NOBODY)
		return dict_at(&t->actors, t->key[key].actor);
	/* The key hangs on the agent, the actor does not. */
	return row->mailbox.len
		       ? plain_actor(t, settled, SLICE("mailbox:"),
				     row->mailbox)
		       : plain_actor(t, settled, SLICE("client:"), row->client);
}

rpclog_status
rpclog_tracker_settle(const rpclog_tracker *tracker,
		      const rpclog_unsettled *row, rpclog_settled *settled)
{
	rpclog_class info;
	uint32_t key = NOBODY;
	bool too_recent = false;

	if (!tracker || !tracker->finished || tracker->broken)
		return RPCLOG_ERR_USAGE;
	settled->class_id = row->class_id;
	settled->reserved = 0;
	if ((row->user.len == 0 || row->class_id == CLASS_FE_AUTH_LEG) &&
	    !find_key(tracker, row, &key))
		return RPCLOG_ERR_NOMEM;
	if (row->class_id == CLASS_FE_AUTH_LEG && key != NOBODY)
		settled->class_id = leg_class(
			tracker, key, row->start_us,
			dict_find(&tracker->servers, row->server), &too_recent);
	settled->too_recent = too_recent;
	if (!rpclog_rules_by_id(tracker->rules, settled->class_id, &info))
		memset(&info, 0, sizeof(info));
	settled->popup = info.popup;
	settled->severity = info.severity;
	settled->class_name = info.name ? info.name : "";
	settled->actor = settled_actor(tracker, row, key, settled);
	return RPCLOG_OK;
}

int
rpclog_tracker_is_handshake(const rpclog_tracker *tracker,
			    const rpclog_unsettled *row)
{
	uint32_t key;

	/* Without memory the leg is held on: that is never wrong. */
	return row->class_id == CLASS_FE_AUTH_LEG &&
	       find_key(tracker, row, &key) && key != NOBODY &&
	       leg_is_handshake(tracker, key, row->start_us);
}
