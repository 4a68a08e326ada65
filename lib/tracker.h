/* SPDX-License-Identifier: MIT */
/*
 * The tracker from inside.  Rows come in any order, so nothing is decided
 * before finish; until then each kind of fact is kept in the smallest form
 * that loses nothing:
 *
 *   spelling   a user's name as written, with the first row that showed it
 *   key        (mailbox, client, agent): who was authenticated for it, and
 *              runs of authenticated starts no more than handshake_ms apart
 *   leg        a 401 leg that no known start settles
 *   run        evidence of one (actor, client), gaps of at most run_gap_us
 *   tally      counts by quarter of an hour, actor, client, class, ..
 *
 * Every fact is a set or a minimum: feeding and merging in any order give the
 * same.  All tables are dictionaries of bytes (a struct is bytes, too) with an
 * array beside them, indexed by the dictionary's numbers.
 */

#ifndef RPCLOG_TRACKER_H
#define RPCLOG_TRACKER_H

#include "buf.h"
#include "dict.h"
#include "row.h"
#include "rules.h"
#include "settle.h"

#define NOBODY	UINT32_MAX	/* no user so far */
#define SEVERAL	(UINT32_MAX - 1)

/*
 * Which of two rows is the first: start, DateTime, RequestId.  The id lies
 * here, not in a dictionary, since every row has another; of one that is
 * longer than a GUID only the head counts.
 */
#define REQUEST_ID_ROOM	39

struct when {
	int64_t start_us, end_us;
	uint8_t id_len;
	char id[REQUEST_ID_ROOM];
};

struct spelling {
	uint32_t user;		/* in users: the name in lower case */
	uint32_t reserved;
	struct when first;
};

/*
 * Authenticated starts, each at most handshake_ms after the one before: from
 * 'first_us' to 'span_us' later.  A run that is longer than that can tell is
 * kept as several.  There may be one for each few rows of a month.
 */
struct success {
	uint32_t key, span_us;
	int64_t first_us;
};

static inline int64_t
success_last(const struct success *s)
{
	return s->first_us + s->span_us;
}

/*
 * A log of runs: the first 'sorted' of them are in order and joined, and
 * those of a key lie between from[key] and from[key + 1].
 */
struct success_set {
	struct success *runs;
	size_t count, room, sorted, limit;
	size_t *from;
	size_t from_room;
	uint32_t keys;		/* that 'from' knows */
	/* Of a merged tracker: the key here by key of the tracker, or NOBODY. */
	uint32_t *key_here;
	uint32_t keys_there;
	struct success_set *next;
};

struct key {
	uint32_t owner;		/* user, NOBODY or SEVERAL */
	uint32_t actor;		/* after finish, in actors */
	int64_t first_us, last_us;	/* the newest run; empty if first>last */
};

/* The cells that a group of evidence is told apart by; all in names. */
struct place {
	uint32_t class_id, target, server, protocol;
};

struct leg {
	uint32_t key, user;	/* NOBODY: the key tells the actor */
	uint8_t rpc, later, chosen, reserved;
	uint64_t tag;
	struct when when;
	struct place place;
};

/*
 * Whom a row names: told by its PART_WHO and its UrlQuery.  All that an
 * ordinary row asks lies here, in one place.
 */
#define NAMED_QUERY	96

struct named {
	uint64_t part;		/* its number; 0: nothing here */
	uint32_t key;
	uint32_t spelling, user;	/* NOBODY: no user */
	uint32_t query_len;
	int64_t first_us;	/* the spelling came no earlier, as far as known
				 * here: it may have since */
	char query[NAMED_QUERY];
};

/* A user or, if the row names none, a key that tells the actor later. */
struct actor_ref {
	uint32_t user, key;	/* one of them is NOBODY */
};

/* Evidence that is one prompt for any gap that can be asked for. */
struct run {
	uint32_t group, reserved;
	uint64_t requests;
	int64_t last_us;
	struct when head;	/* the first row, */
	struct place place;	/* and where it belongs */
};

/* 'later_class' is class + 1 if the chooser must be asked when all is known. */
struct group_key {
	struct actor_ref actor;
	uint32_t client, later_class;
};

struct tally_key {
	int64_t quarter;	/* since 1970 */
	struct actor_ref actor;
	uint32_t client, later;
	struct place place;
};

struct tally {
	uint64_t requests, prompts, prompts_at[4];
	int64_t first_us, last_us;
	uint64_t first_tag, last_tag;
};

/* A window of rejected legs. */
struct window {
	uint32_t key, rpc;
	int64_t first_us, last_us;
};

struct rpclog_tracker {
	struct alloc alloc;
	rpclog_options options;
	const rpclog_rules *rules;
	rpclog_chooser chooser;
	bool finished;
	rpclog_status broken;	/* negative: the answer from now on */

	struct dict names;	/* clients, targets, servers, .. */
	struct dict spellings;
	struct spelling *spelling;
	size_t spelling_room;
	struct dict users;
	struct dict servers;
	int64_t *newest_us;	/* DateTime, by server */
	size_t newest_room;
	uint32_t last_server;	/* most rows have the one before's */
	uint32_t last_target, last_name, last_protocol;	/* in names */
	struct dict keys;
	struct key *key;
	size_t key_room;
	struct buf text;	/* to build keys and names in */
	struct named *named;	/* by slot of the rows' PART_WHO */
	bool facts_only;	/* neither legs nor evidence are kept */
	bool keep_legs;		/* after finish, too */
	uint64_t tag;		/* of the rows that come */
	uint32_t row_user, row_key;	/* of the last row */

	struct success_set success;	/* of the rows that came here */
	struct success_set *joined;	/* of trackers that were merged */
	struct leg *leg;
	size_t leg_count, leg_room, leg_limit;
	struct dict groups;
	size_t *group_run;	/* 1 + index of a group's newest run, or 0 */
	size_t group_room;
	struct run *run;
	size_t run_count, run_room, run_limit;
	int64_t run_gap_us;
	struct dict tallies;
	struct tally *tally;
	size_t tally_room;

	/* After finish. */
	struct dict actors;
	uint32_t *user_actor;	/* by user */
	struct dict mailboxes;
	uint32_t *mailbox_owner;
	size_t mailbox_room;
	struct window *window;
	size_t window_count, window_room;
	uint64_t too_recent;
	rpclog_prompt *prompts;
	size_t prompt_count, prompt_room, prompt_next;
	rpclog_tally *tallied;
	size_t tallied_count, tallied_next;
};

/* ---- rows ----------------------------------------------------------------- */

/* All that a row can matter for; false if memory is out. */
bool tracker_row(struct rpclog_tracker *t, const rpclog_row *row,
		 const rpclog_verdict *verdict);

/* ---- keys and sessions ---------------------------------------------------- */

struct key_parts {
	rpclog_slice mailbox, client, agent;
};

/* Bytes of a key: agent counts only without a mailbox.  In t->text. */
bool key_text(struct rpclog_tracker *t, const struct key_parts *parts,
	      rpclog_slice *text);
struct key_parts key_parts(rpclog_slice text);
bool key_add(struct rpclog_tracker *t, rpclog_slice text, uint32_t *id);
uint32_t owner_join(uint32_t a, uint32_t b);
/* 'user' was authenticated for the key; a health mailbox owns nothing. */
void key_own(struct rpclog_tracker *t, uint32_t key, uint32_t user);
bool key_success(struct rpclog_tracker *t, uint32_t key, int64_t first_us,
		 int64_t last_us);
bool leg_add(struct rpclog_tracker *t, const struct leg *leg);
/* All runs of starts into t->success, sorted and joined. */
bool success_close(struct rpclog_tracker *t);
bool success_compact(struct rpclog_tracker *t);
/* Those of 'from', which loses them; 'keys' are its keys in 't'. */
bool success_take(struct rpclog_tracker *t, struct rpclog_tracker *from,
		  const uint32_t *keys);
void success_free(struct rpclog_tracker *t);
/* Is there an authenticated start of 'key' in [from, to]? */
bool success_within(const struct rpclog_tracker *t, uint32_t key, int64_t from,
		    int64_t to);
/* Drops the legs that a known start settles: no later row can change that. */
bool leg_compact(struct rpclog_tracker *t);
bool leg_is_handshake(const struct rpclog_tracker *t, uint32_t key,
		      int64_t start_us);
/* Legs to windows, and rejected legs to evidence. */
rpclog_status sessions_settle(struct rpclog_tracker *t);
/* Class of a leg when all is known. */
uint32_t leg_class(const struct rpclog_tracker *t, uint32_t key,
		   int64_t start_us, uint32_t server, bool *too_recent);

/* ---- actors --------------------------------------------------------------- */

bool spelling_add(struct rpclog_tracker *t, rpclog_slice user, uint32_t *id);
/* A row shows the user so. */
void spelling_shown(struct rpclog_tracker *t, uint32_t id,
		    const struct when *when);
/* Which of two spellings is shown: the first, of equals the lesser bytes. */
bool spelling_before(const struct rpclog_tracker *t, uint32_t a, uint32_t b);
/* Names of users, owners of mailboxes, actor of each key. */
bool actors_settle(struct rpclog_tracker *t);
uint32_t actor_of(const struct rpclog_tracker *t, struct actor_ref ref);

/* ---- evidence ------------------------------------------------------------- */

struct evidence {
	struct actor_ref actor;
	uint32_t client;	/* in names */
	bool later;
	uint64_t tag;
	struct when when;
	struct place place;
};

/* <0, 0, >0: which row is first, with ties: lib/README.md, Prompts. */
int evidence_cmp(const struct rpclog_tracker *t, const struct when *a,
		 const struct place *x, const struct when *b,
		 const struct place *y);
int when_cmp(const struct when *a, const struct when *b);
bool evidence_add(struct rpclog_tracker *t, const struct evidence *e);
bool run_add(struct rpclog_tracker *t, const struct run *run);
/* Sorts and joins what can be joined without loss. */
void run_compact(struct rpclog_tracker *t);
bool group_add(struct rpclog_tracker *t, const struct group_key *key,
	       uint32_t *id);
bool tally_add(struct rpclog_tracker *t, const struct tally_key *key,
	       const struct tally *more);
/* Runs to prompts, prompts into tallies, both in their final order. */
rpclog_status prompts_settle(struct rpclog_tracker *t);

#endif /* RPCLOG_TRACKER_H */
