/* SPDX-License-Identifier: MIT */
/* Prompts as they are against prompts as they were said. */

#include "said.h"

#include <stdlib.h>

#include "heirs.h"

struct heirs {
	struct heir *all;
	size_t count, room;
};

/* The prompt of this row of 'said'. */
#define SAME                                                                   \
	"s.actor = p.actor AND s.client = p.client AND "                       \
	"s.first_us = p.first_us AND s.pending < 3"
/* What is looked at: all, or what was stirred. */
#define PROMPTS "prompt AS p"
#define STIRRED_PROMPTS                                                        \
	"stirred AS t CROSS JOIN prompt AS p ON p.actor = t.actor AND "        \
	"p.client = t.client AND p.first_us = t.first_us"
#define SAID "said AS s"
#define STIRRED_SAID                                                           \
	"stirred AS t CROSS JOIN said AS s ON s.actor = t.actor AND "          \
	"s.client = t.client AND s.first_us = t.first_us"

/* ---- the first of all watches -----------------------------------------------
 */

/* Ids by time.  'pending', 'shown' stand before the columns of the prompt. */
#define NUMBERED(pending)                                                      \
	"INSERT INTO said SELECT row_number() OVER (ORDER BY first_us, "       \
	"actor, client), " pending ", actor, client, first_us, last_us, "      \
	"class, target, server, requests FROM prompt;"                         \
	"UPDATE meta SET value = (SELECT count(*) FROM said) "                 \
	"WHERE key = 'said'"

static int
was_watched(struct base *base)
{
	return db_number(base->db, "SELECT value FROM meta WHERE key = 'said'",
			 -1) >= 0;
}

void
said_begin(struct base *base)
{
	if (!base->fresh && was_watched(base)) {
		/* By somebody who was killed: it may have been printed. */
		db_exec(base->db,
			"UPDATE said SET shown = 1 WHERE pending > 0");
		return;
	}
	db_exec(base->db, "INSERT INTO meta VALUES ('said', 0)");
	/* What it held is known; what comes now is news. */
	if (!base->fresh)
		db_exec(base->db, NUMBERED("0, 1"));
}

/* ---- changes ----------------------------------------------------------------
 */

static void
bind_prompt(struct statement *st, const struct heir *p)
{
	const int64_t values[] = { p->id,	p->actor,   p->client,
				   p->first_us, p->last_us, p->class_id,
				   p->target,	p->server,  p->requests };

	for (int i = 0; i < 9; i++)
		bind_int(st, i + 1, values[i]);
}

static void
collect(struct base *base, const char *sql, struct heirs *heirs)
{
	struct statement *st = db_prepare(base->db, sql);

	while (statement_step(st)) {
		struct heir *p;

		heirs->all = xgrow(heirs->all, heirs->count, &heirs->room,
				   sizeof(*heirs->all));
		p = &heirs->all[heirs->count++];
		p->id = column_int(st, 0);
		p->actor = column_int(st, 1);
		p->client = column_int(st, 2);
		p->first_us = column_int(st, 3);
		p->last_us = column_int(st, 4);
		p->class_id = column_int(st, 5);
		p->target = column_int(st, 6);
		p->server = column_int(st, 7);
		p->requests = column_int(st, 8);
	}
	statement_free(st);
}

/* Those that begin when they did, for whom they did. */
#define GROW(prompts)                                                          \
	"UPDATE said AS s SET pending = max(s.pending, 2 * (s.pending = 0)), " \
	"last_us = p.last_us, class = p.class, target = p.target, "            \
	"server = p.server, requests = p.requests FROM " prompts               \
	" WHERE " SAME " AND (s.last_us <> p.last_us OR "                      \
	"s.class <> p.class OR s.target <> p.target OR "                       \
	"s.server <> p.server OR s.requests <> p.requests)"
#define NOW(prompts)                                                           \
	"SELECT 0, p.actor, p.client, p.first_us, p.last_us, p.class, "        \
	"p.target, p.server, p.requests FROM " prompts                         \
	" WHERE NOT EXISTS (SELECT 1 FROM said AS s WHERE " SAME ")"
#define BEFORE(said)                                                           \
	"SELECT s.id, s.actor, s.client, s.first_us, s.last_us, s.class, "     \
	"s.target, s.server, s.requests FROM " said " WHERE s.pending < 3 "    \
	"AND NOT EXISTS (SELECT 1 FROM prompt AS p WHERE " SAME ")"

static int
by_time(const void *x, const void *y)
{
	const struct heir *a = x, *b = y;
	const int64_t k[] = { a->first_us, a->actor, a->client };
	const int64_t m[] = { b->first_us, b->actor, b->client };

	for (int i = 0; i < 3; i++)
		if (k[i] != m[i])
			return k[i] < m[i] ? -1 : 1;
	return 0;
}

static void
withdraw(struct base *base, const struct heirs *before)
{
	struct statement *st = db_prepare(
		base->db, "UPDATE said SET pending = 3 WHERE id = ?");

	for (size_t i = 0; i < before->count; i++) {
		if (before->all[i].joined)
			continue;
		bind_int(st, 1, before->all[i].id);
		statement_run(st);
	}
	statement_free(st);
}

static void
grow(struct base *base, const struct heirs *now)
{
	struct statement *st = db_prepare(
		base->db,
		"UPDATE said SET pending = max(pending, 2 * (pending = 0)), "
		"actor = ?2, client = ?3, first_us = ?4, last_us = ?5, "
		"class = ?6, target = ?7, server = ?8, requests = ?9 "
		"WHERE id = ?1");

	for (size_t i = 0; i < now->count; i++) {
		if (!now->all[i].joined)
			continue;
		bind_prompt(st, &now->all[i]);
		statement_run(st);
	}
	statement_free(st);
}

static void
begin(struct base *base, struct heirs *now)
{
	struct statement *st = db_prepare(
		base->db, "INSERT INTO said VALUES (?1, 1, 0, ?2, ?3, ?4, ?5, "
			  "?6, ?7, ?8, ?9)");
	int64_t id = db_number(base->db,
			       "SELECT value FROM meta WHERE key = 'said'", 0);

	if (now->count)
		qsort(now->all, now->count, sizeof(*now->all), by_time);
	for (size_t i = 0; i < now->count; i++) {
		if (now->all[i].joined)
			continue;
		now->all[i].id = ++id;
		bind_prompt(st, &now->all[i]);
		statement_run(st);
	}
	statement_free(st);
	st = db_prepare(base->db,
			"UPDATE meta SET value = ? WHERE key = 'said'");
	bind_int(st, 1, id);
	statement_run(st);
	statement_free(st);
}

void
said_compare(struct base *base)
{
	struct heirs now = { NULL, 0, 0 }, before = { NULL, 0, 0 };
	const int all = base->all;

	/* However many there are: without bringing them here. */
	if (all && !db_number(base->db,
			      "SELECT value FROM meta WHERE key = 'said'", 0)) {
		db_exec(base->db, NUMBERED("1, 0"));
		return;
	}
	db_exec(base->db, all ? GROW(PROMPTS) : GROW(STIRRED_PROMPTS));
	collect(base, all ? NOW(PROMPTS) : NOW(STIRRED_PROMPTS), &now);
	collect(base, all ? BEFORE(SAID) : BEFORE(STIRRED_SAID), &before);
	heirs_find(before.all, before.count, now.all, now.count);
	withdraw(base, &before);
	grow(base, &now);
	begin(base, &now);
	free(before.all);
	free(now.all);
}
