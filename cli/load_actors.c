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

/* The spelling of a user. */
static int64_t
spelling_of(struct load *load, struct statement *st, int64_t user)
{
	int64_t spelling = user;
	struct fact_sets sets;
	struct fact_who fact;
	struct who *who;

	(void)st;
	memset(&sets, 0, sizeof(sets));
	memset(&fact, 0, sizeof(fact));
	who = whos_user(load->whos, user);
	if (who && who->spelling)
		spelling = who->spelling;
	return spelling;
}

static void
call(struct load *load, struct who *who, int64_t actor)
{
	struct who before = *who;

	if (actor == before.actor)
		return;
	who->actor = actor;
	who->changed = 1;
	if (!before.stored || load->fresh)
		return;
	whos_touch_all(load->whos, &before, before.actor, actor);
}
