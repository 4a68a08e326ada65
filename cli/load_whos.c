/* SPDX-License-Identifier: MIT */
/* Whom rows name: users, keys of sessions, and how they are called. */

#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "tuples.h"

struct whos {
	struct load *load;
	struct groups *known; /* by user, mailbox, client, agent */
	struct who *whos;     /* by number in 'known' */
	size_t room;
	int64_t last_id;
	struct statement *by_key, *by_id;
};

#define WHO_COLUMNS                                                            \
	"id, user, mailbox, client, agent, actor, owner, spelling, start_us, " \
	"end_us, request_id"

struct whos *
whos_new(struct load *load)
{
	struct whos *w = xcalloc(1, sizeof(*w));

	w->load = load;
	w->known = tuples_new(1);
	w->last_id = db_number(load->db, "SELECT max(id) FROM who", 0);
	w->by_key = db_prepare(load->db,
			       "SELECT " WHO_COLUMNS " FROM who WHERE user = ? "
			       "AND mailbox = ? AND client = ? AND agent = ?");
	w->by_id = db_prepare(load->db,
			      "SELECT " WHO_COLUMNS " FROM who WHERE id = ?");
	return w;
}

size_t
whos_count(const struct whos *w)
{
	return groups_count(w->known);
}

struct who *
whos_at(struct whos *w, size_t place)
{
	return &w->whos[place];
}

/* The row that a statement has in hand. */
static void
read_who(struct statement *st, struct who *who)
{
	rpclog_slice id = column_blob(st, 10);

	memset(who, 0, sizeof(*who));
	who->id = column_int(st, 0);
	who->user = column_int(st, 1);
	who->mailbox = column_int(st, 2);
	who->client = column_int(st, 3);
	who->agent = column_int(st, 4);
	who->actor = column_int(st, 5);
	who->owner = column_int(st, 6);
	who->spelling = column_int(st, 7);
	who->start_us = column_int(st, 8);
	who->end_us = column_int(st, 9);
	who->request_id_len = id.len < sizeof(who->request_id)
				      ? id.len
				      : sizeof(who->request_id);
	if (id.len)
		memcpy(who->request_id, id.ptr, who->request_id_len);
	who->stored = 1;
	who->since_us = INT64_MAX;
	who->first_us = INT64_MAX;
	who->last_us = INT64_MIN;
}

/* Its place, new or known, by what tells it apart. */
static size_t
place_of(struct whos *w, const struct who *who, int *is_new)
{
	const int64_t key[4] = { who->user, who->mailbox, who->client,
				 who->agent };
	const rpclog_slice bytes = { (const char *)key, sizeof(key) };
	uint32_t count = groups_count(w->known);
	uint32_t place = tuples_add(w->known, &bytes);

	*is_new = place == count;
	if (*is_new)
		w->whos = xgrow(w->whos, place, &w->room, sizeof(*w->whos));
	return place;
}

static int
find_stored(struct whos *w, struct who *who)
{
	int found;

	bind_int(w->by_key, 1, who->user);
	bind_int(w->by_key, 2, who->mailbox);
	bind_int(w->by_key, 3, who->client);
	bind_int(w->by_key, 4, who->agent);
	found = statement_step(w->by_key);
	if (found)
		read_who(w->by_key, who);
	statement_reset(w->by_key);
	return found;
}

static size_t
find(struct whos *w, struct who *who)
{
	int is_new;
	size_t place = place_of(w, who, &is_new);

	if (!is_new)
		return place;
	if (w->load->fresh || !find_stored(w, who)) {
		who->id = ++w->last_id;
		who->start_us = who->end_us = INT64_MAX;
		who->since_us = INT64_MAX;
		who->first_us = INT64_MAX;
		who->last_us = INT64_MIN;
		who->changed = who->renamed = 1;
	}
	w->whos[place] = *who;
	return place;
}

void
whos_fact(struct whos *w, size_t place, int64_t start_us)
{
	struct who *who = &w->whos[place];

	if (start_us < who->since_us)
		who->since_us = start_us;
}

void
whos_evidence(struct whos *w, size_t place, int64_t start_us)
{
	struct who *who = &w->whos[place];

	if (start_us < who->first_us)
		who->first_us = start_us;
	if (start_us > who->last_us)
		who->last_us = start_us;
}

size_t
whos_load(struct whos *w, int64_t id)
{
	struct who who;
	size_t place = 0;
	int is_new;

	bind_int(w->by_id, 1, id);
	if (statement_step(w->by_id)) {
		read_who(w->by_id, &who);
		place = place_of(w, &who, &is_new);
		if (is_new)
			w->whos[place] = who;
	}
	statement_reset(w->by_id);
	return place;
}

int64_t
whos_spelling(struct whos *w, int64_t user)
{
	struct who who;
	size_t place;
	int is_new;

	memset(&who, 0, sizeof(who));
	who.user = user;
	place = place_of(w, &who, &is_new);
	if (is_new) {
		find_stored(w, &who);
		w->whos[place] = who;
	}
	return w->whos[place].spelling ? w->whos[place].spelling : user;
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_text(rpclog_slice a, rpclog_slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Two names, bytewise. */
static int
compare_names(struct names *names, int64_t a, int64_t b)
{
	rpclog_slice text = names_text(names, a);
	char *copy = xmalloc(text.len + 1);
	int order;

	memcpy(copy, text.ptr, text.len);
	text.ptr = copy;
	order = compare_text(text, names_text(names, b));
	free(copy);
	return order;
}

/* Was the fact's spelling shown before the one that is known? */
static int
shown_before(struct whos *w, const struct fact_who *fact, int64_t spelling,
	     const struct who *who)
{
	const rpclog_slice id = { who->request_id, who->request_id_len };
	int order = compare(fact->start_us, who->start_us);

	if (who->spelling == 0)
		return 1;
	if (order == 0)
		order = compare(fact->end_us, who->end_us);
	if (order == 0)
		order = compare_text(fact->request_id, id);
	if (order == 0 && spelling != who->spelling)
		order = compare_names(w->load->names, spelling, who->spelling);
	return order < 0;
}

static void
join_spelling(struct whos *w, const struct fact_who *fact, int64_t spelling,
	      struct who *who)
{
	if (!shown_before(w, fact, spelling, who))
		return;
	who->renamed |= who->spelling != spelling;
	who->changed = 1;
	who->spelling = spelling;
	who->start_us = fact->start_us;
	who->end_us = fact->end_us;
	who->request_id_len = fact->request_id.len;
	if (fact->request_id.len)
		memcpy(who->request_id, fact->request_id.ptr,
		       fact->request_id.len);
}

/* 'user' was authenticated for the key, or several were. */
static void
join_owner(int64_t user, struct who *who)
{
	int64_t joined = who->owner == OWNER_NONE || who->owner == user
				 ? user
				 : OWNER_SEVERAL;

	if (joined == who->owner)
		return;
	who->owner = joined;
	who->changed = who->renamed = 1;
}

size_t
whos_add(struct whos *w, const struct fact_sets *sets, size_t i,
	 const int64_t *names)
{
	const struct fact_who *fact = &sets->whos[i];
	struct who key;
	struct who *who;
	size_t place;

	memset(&key, 0, sizeof(key));
	key.user = id_of(names, fact->user);
	key.mailbox = id_of(names, fact->mailbox);
	key.client = id_of(names, fact->client);
	key.agent = id_of(names, fact->agent);
	place = find(w, &key);
	who = &w->whos[place];
	if (key.user)
		join_spelling(w, fact, id_of(names, fact->spelling), who);
	else if (fact->owner == FACTS_SEVERAL)
		join_owner(OWNER_SEVERAL, who);
	else if (fact->owner != FACTS_NONE)
		join_owner(id_of(names, sets->whos[fact->owner].user), who);
	return place;
}

/* What is to be written: places in whos. */
struct changed {
	const struct whos *whos;
	size_t *places;
};

static void
cell(const void *ctx, size_t i, int column, struct db_value *value)
{
	const struct changed *changed = ctx;
	const struct who *who = &changed->whos->whos[changed->places[i]];
	const int64_t numbers[] = {
		who->id,       who->user,   who->mailbox, who->client,
		who->agent,    who->actor,  who->owner,	  who->spelling,
		who->start_us, who->end_us,
	};

	if (column < 10) {
		value->type = DB_INT;
		value->number = numbers[column];
		return;
	}
	value->type = DB_BLOB;
	value->bytes.ptr = who->request_id;
	value->bytes.len = who->request_id_len;
}

void
whos_save(struct whos *w)
{
	struct statement *st =
		db_prepare(w->load->db,
			   "INSERT OR REPLACE INTO who (" WHO_COLUMNS ") "
			   "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 "
			   "FROM given");
	struct changed changed = { w, NULL };
	struct db_rows rows = { 0, &changed, cell };

	changed.places = xmalloc(whos_count(w) * sizeof(*changed.places));
	for (size_t i = 0; i < whos_count(w); i++) {
		struct who *who = &w->whos[i];

		if (!who->changed)
			continue;
		changed.places[rows.count++] = i;
		who->changed = 0;
		who->stored = 1;
	}
	statement_run_rows(st, &rows);
	statement_free(st);
	free(changed.places);
}

void
whos_free(struct whos *w)
{
	if (!w)
		return;
	groups_free(w->known);
	free(w->whos);
	free(w);
}
