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

/* A known key, or NOBODY.  Allocates nothing: 'room' holds usual keys. */
static uint32_t
find_key(const struct rpclog_tracker *t, const rpclog_unsettled *row)
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
	size_t size = sizeof(head) + row->mailbox.len + row->client.len +
		      agent.len;
	char *text = size <= sizeof(room) ? room :
					    alloc_get(&t->alloc, size, 1);

	if (!text)
		return NOBODY;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i].len)
			memcpy(text + len, parts[i].ptr, parts[i].len);
		len += parts[i].len;
	}

	uint32_t key = dict_find(&t->keys, slice_of(text, len));

	if (text != room)
		alloc_free(&t->alloc, text);
	return key;
}

static rpclog_slice
in_store(rpclog_settled *settled, rpclog_slice prefix, rpclog_slice rest)
{
	size_t room = sizeof(settled->store) - prefix.len;
	size_t len = rest.len < room ? rest.len : room;

	memcpy(settled->store, prefix.ptr, prefix.len);
	if (len)
		memcpy(settled->store + prefix.len, rest.ptr, len);
	return slice_of(settled->store, prefix.len + len);
}

static rpclog_slice
settled_actor(const struct rpclog_tracker *t, const rpclog_unsettled *row,
	      uint32_t key, rpclog_settled *settled)
{
	if (row->user.len > 0) {
		uint32_t id = dict_find(&t->spellings, row->user);

		return id == DICT_NONE ?
			       row->user :
			       dict_at(&t->actors,
				       t->user_actor[t->spelling[id].user]);
	}
	if (key != NOBODY)
		return dict_at(&t->actors, t->key[key].actor);
	/* A row that was never added. */
	return row->mailbox.len ?
		       in_store(settled, SLICE("mailbox:"), row->mailbox) :
		       in_store(settled, SLICE("client:"), row->client);
}

rpclog_status
rpclog_tracker_settle(const rpclog_tracker *tracker,
		      const rpclog_unsettled *row, rpclog_settled *settled)
{
	rpclog_class info;
	uint32_t key = NOBODY;
	bool too_recent;

	if (!tracker || !tracker->finished || tracker->broken)
		return RPCLOG_ERR_USAGE;
	settled->class_id = row->class_id;
	settled->reserved = 0;
	if (row->user.len == 0 || row->class_id == CLASS_FE_AUTH_LEG)
		key = find_key(tracker, row);
	if (row->class_id == CLASS_FE_AUTH_LEG && key != NOBODY)
		settled->class_id = leg_class(
			tracker, key, row->start_us,
			dict_find(&tracker->servers, row->server),
			&too_recent);
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
	if (row->class_id != CLASS_FE_AUTH_LEG)
		return 0;

	uint32_t key = find_key(tracker, row);

	return key != NOBODY &&
	       leg_is_handshake(tracker, key, row->start_us);
}
