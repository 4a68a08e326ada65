/* SPDX-License-Identifier: MIT */
/*
 * How whos are called.  A user by the spelling that was shown first.  A key
 * with a mailbox as the tracker says, which is given all keys of the mailbox;
 * there users are stood for by numbers.
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "tuples.h"

/* A number that is a name: lower case, since names have no case. */
struct alias {
	char text[24];
	rpclog_slice slice;
};

static rpclog_slice
alias_of(struct alias *alias, char kind, int64_t id)
{
	alias->slice.ptr = alias->text;
	alias->slice.len = (size_t)snprintf(alias->text, sizeof(alias->text),
					    "%c%" PRIx64, kind, (uint64_t)id);
	return alias->slice;
}

#define USER_ALIAS '\1' /* no name of a mailbox begins so */

static int
is_user_alias(rpclog_slice actor, int64_t *user)
{
	char text[24];

	if (actor.len == 0 || actor.len >= sizeof(text) ||
	    actor.ptr[0] != USER_ALIAS)
		return 0;
	memcpy(text, actor.ptr, actor.len);
	text[actor.len] = '\0';
	*user = (int64_t)strtoull(text + 1, NULL, 16);
	return 1;
}

static struct fact_key
key_of(const struct who *who, struct alias *mailbox, struct alias *client)
{
	struct fact_key key = { alias_of(mailbox, 'm', who->mailbox),
				alias_of(client, 'c', who->client),
				{ "", 0 } };

	return key;
}

/* All keys of a mailbox of which one has changed: they hang together. */
static void
load_mailbox(struct whos *whos, struct db *db, int64_t mailbox)
{
	struct statement *st =
		db_prepare(db, "SELECT id FROM who WHERE mailbox = ?");

	bind_int(st, 1, mailbox);
	while (statement_step(st)) {
		size_t place = whos_load(whos, column_int(st, 0));

		whos_at(whos, place)->renamed = 1;
	}
	statement_free(st);
}

/* The mailboxes that a user owns a key of, once the user is called anew. */
static void
load_owned(struct whos *whos, struct db *db, int64_t user)
{
	struct statement *st = db_prepare(
		db, "SELECT DISTINCT mailbox FROM who WHERE owner = ?");

	bind_int(st, 1, user);
	while (statement_step(st))
		load_mailbox(whos, db, column_int(st, 0));
	statement_free(st);
}

static void
load_relatives(struct load *load)
{
	struct whos *whos = load->whos;
	size_t count = whos_count(whos);

	for (size_t i = 0; i < count; i++) {
		struct who who = *whos_at(whos, i);

		if (!who.renamed)
			continue;
		if (who.user && who.stored)
			load_owned(whos, load->db, who.user);
		else if (who.mailbox)
			load_mailbox(whos, load->db, who.mailbox);
	}
}

static int64_t
prefixed(struct names *names, const char *prefix, int64_t name)
{
	rpclog_slice rest = names_text(names, name);
	size_t len = strlen(prefix);
	rpclog_slice text = { NULL, len + rest.len };
	char *all = xmalloc(text.len + 1);
	int64_t id;

	memcpy(all, prefix, len);
	memcpy(all + len, rest.ptr, rest.len);
	text.ptr = all;
	id = names_id(names, text);
	free(all);
	return id;
}

/* The name for what the tracker says of a key with a mailbox. */
static int64_t
actor_of(struct load *load, const rpclog_tracker *tracker,
	 const struct who *who)
{
	struct alias mailbox, client;
	const struct fact_key key = key_of(who, &mailbox, &client);
	const rpclog_unsettled row = { .mailbox = key.mailbox,
				       .client = key.client };
	rpclog_settled settled;
	int64_t user;

	if (rpclog_tracker_settle(tracker, &row, &settled) != RPCLOG_OK) {
		db_fail(load->db, "out of memory");
		return who->actor;
	}
	if (!is_user_alias(settled.actor, &user))
		return prefixed(load->names, "mailbox:", who->mailbox);
	return whos_spelling(load->whos, user);
}

static rpclog_status
put_owner(rpclog_tracker *tracker, const struct who *who)
{
	const rpclog_slice several = { "", 0 };
	struct alias mailbox, client, user;
	const struct fact_key key = key_of(who, &mailbox, &client);
	const rpclog_slice *owner = NULL;

	if (who->owner == OWNER_SEVERAL)
		owner = &several;
	else if (who->owner != OWNER_NONE) {
		alias_of(&user, USER_ALIAS, who->owner);
		owner = &user.slice;
	}
	return facts_put_owner(tracker, &key, owner);
}

/* All keys of mailboxes that are to be called anew. */
static rpclog_tracker *
owners_settled(struct load *load)
{
	rpclog_tracker *tracker;
	rpclog_status status =
		rpclog_tracker_new(&tracker, load->rules, &load->library);

	for (size_t i = 0; status == RPCLOG_OK && i < whos_count(load->whos);
	     i++) {
		const struct who *who = whos_at(load->whos, i);

		if (who->renamed && who->mailbox)
			status = put_owner(tracker, who);
	}
	if (status == RPCLOG_OK)
		status = rpclog_tracker_finish(tracker);
	if (status == RPCLOG_OK)
		return tracker;
	db_fail(load->db, "%s", rpclog_status_name(status));
	rpclog_tracker_free(tracker);
	return NULL;
}

/* What is known of it under its old name belongs to the new one. */
static void
touch_all(struct load *load, const struct who *who, int64_t actor)
{
	struct statement *st = db_prepare(
		load->db, "SELECT min(start_us), max(start_us) FROM event "
			  "WHERE who = ? AND evidence = 1");
	int64_t ends[2];

	bind_int(st, 1, who->id);
	if (statement_step(st) && column_type(st, 0) != DB_NULL) {
		for (int i = 0; i < 2; i++) {
			ends[i] = column_int(st, i);
			touched_add(load->touched, who->actor, ends[i]);
			touched_add(load->touched, actor, ends[i]);
		}
	}
	statement_free(st);
}

static void
call(struct load *load, size_t place, const rpclog_tracker *tracker)
{
	const struct who who = *whos_at(load->whos, place);
	int64_t actor;

	if (who.user)
		actor = who.spelling;
	else if (who.mailbox)
		actor = actor_of(load, tracker, &who);
	else
		actor = prefixed(load->names, "client:", who.client);
	whos_at(load->whos, place)->renamed = 0;
	if (actor == who.actor)
		return;
	if (who.stored)
		touch_all(load, &who, actor);
	whos_at(load->whos, place)->actor = actor;
	whos_at(load->whos, place)->changed = 1;
}

void
load_actors(struct load *load)
{
	rpclog_tracker *tracker;

	if (!load->fresh)
		load_relatives(load);
	tracker = owners_settled(load);
	for (size_t i = 0; tracker && i < whos_count(load->whos); i++) {
		if (whos_at(load->whos, i)->renamed)
			call(load, i, tracker);
	}
	rpclog_tracker_free(tracker);
}
