/* SPDX-License-Identifier: MIT */
/*
 * Prompts and their hours, made of the events that are evidence.  After a
 * first load all are made; later those of the actors, and of the times, for
 * which evidence came, went or got another name.
 */

#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "tuples.h"
#include "schema.h"

struct prompt {
	int64_t actor, client, first_us, last_us, class_id, target, server,
		requests;
};

struct hour_key {
	int64_t hour, actor, class_id, target;
};

struct hour {
	int64_t prompts, requests, first_us, last_us;
};

struct making {
	struct load *load;
	struct statement *insert_prompt, *insert_hour, *reach, *drop_prompts,
		*drop_hours;
	struct prompt prompt; /* that grows; requests 0: none */
	struct groups *keys;  /* hours of the actor in hand */
	struct hour *hours;
	size_t room;
};

/* ---- evidence to prompts and hours ------------------------------------------
 */

static struct hour *
hour_at(struct making *m, int64_t start_us, int64_t actor, int64_t class_id,
	int64_t target)
{
	const struct hour_key key = { hour_of(start_us), actor, class_id,
				      target };
	const rpclog_slice bytes = { (const char *)&key, sizeof(key) };
	uint32_t count = groups_count(m->keys);
	uint32_t number = tuples_add(m->keys, &bytes);

	if (number == count) {
		m->hours = xgrow(m->hours, number, &m->room, sizeof(*m->hours));
		m->hours[number] = (struct hour){ 0, 0, start_us, start_us };
	}
	return &m->hours[number];
}

static void
write_hours(struct making *m)
{
	for (uint32_t i = 0; i < groups_count(m->keys); i++) {
		const struct hour *hour = &m->hours[i];
		struct hour_key key;

		memcpy(&key, groups_value(m->keys, i, 0).ptr, sizeof(key));

		const int64_t values[] = { key.hour,	   key.actor,
					   key.class_id,   key.target,
					   hour->prompts,  hour->requests,
					   hour->first_us, hour->last_us };

		for (int k = 0; k < 8; k++)
			bind_int(m->insert_hour, k + 1, values[k]);
		statement_run(m->insert_hour);
	}
	groups_free(m->keys);
	m->keys = tuples_new(1);
}

static void
end_prompt(struct making *m)
{
	const struct prompt *p = &m->prompt;
	const int64_t values[] = { p->actor,   p->client,   p->first_us,
				   p->last_us, p->class_id, p->target,
				   p->server,  p->requests };

	if (!p->requests)
		return;
	hour_at(m, p->first_us, p->actor, p->class_id, p->target)->prompts++;
	for (int k = 0; k < 8; k++)
		bind_int(m->insert_prompt, k + 1, values[k]);
	statement_run(m->insert_prompt);
	m->prompt.requests = 0;
}

/* The next row of evidence, by actor, client, start and what breaks ties. */
static void
take(struct making *m, struct statement *st)
{
	struct prompt *p = &m->prompt;
	const struct prompt one = {
		.actor = column_int(st, 0),
		.client = column_int(st, 1),
		.first_us = column_int(st, 2),
		.last_us = column_int(st, 2),
		.class_id = column_int(st, 3),
		.target = column_int(st, 4),
		.server = column_int(st, 5),
		.requests = 1,
	};
	struct hour *hour;

	if (p->requests && p->actor == one.actor && p->client == one.client &&
	    one.first_us - p->last_us <= SCHEMA_GAP_US) {
		p->requests++;
		p->last_us = one.first_us;
	} else {
		int64_t before = p->requests ? p->actor : one.actor;

		end_prompt(m);
		if (before != one.actor)
			write_hours(m);
		*p = one;
	}
	hour = hour_at(m, one.first_us, one.actor, one.class_id, one.target);
	hour->requests++;
	if (one.first_us < hour->first_us)
		hour->first_us = one.first_us;
	if (one.first_us > hour->last_us)
		hour->last_us = one.first_us;
}

#define EVIDENCE                                                               \
	"SELECT who.actor, e.client, e.start_us, e.class, e.target, e.server " \
	"FROM who CROSS JOIN event AS e ON e.who = who.id "                    \
	"JOIN name AS target ON target.id = e.target "                         \
	"JOIN name AS server ON server.id = e.server "                         \
	"JOIN name AS protocol ON protocol.id = e.protocol "                   \
	"WHERE e.evidence = 1"
/* Names by their bytes, as everywhere, and of a RequestId what counts. */
#define RAW(name) "ifnull(" name ".raw, CAST(" name ".text AS BLOB))"
#define IN_ORDER                                                               \
	" ORDER BY who.actor, e.client, e.start_us, e.end_us, "                \
	"substr(CAST(e.request_id AS BLOB), 1, 39), e.class, " RAW(            \
		"target") ", " RAW("server") ", " RAW("protocol")

static void
make(struct making *m, struct statement *st)
{
	while (statement_step(st))
		take(m, st);
	end_prompt(m);
	write_hours(m);
}

/* ---- where something changed ------------------------------------------------
 */

/*
 * A prompt that is cut by an end of the span, or may be joined to what lies in
 * it, is made anew as a whole, and so are whole hours.
 */
static void
widen(struct making *m, int64_t actor, int64_t *first_us, int64_t *last_us)
{
	int64_t first, last;

	do {
		first = *first_us;
		last = *last_us;
		*first_us = hour_of(first) * HOUR_US;
		*last_us = (hour_of(last) + 1) * HOUR_US - 1;
		bind_int(m->reach, 1, actor);
		bind_int(m->reach, 2, *first_us - SCHEMA_GAP_US);
		bind_int(m->reach, 3, *last_us + SCHEMA_GAP_US);
		if (statement_step(m->reach) &&
		    column_type(m->reach, 0) != DB_NULL) {
			if (column_int(m->reach, 0) < *first_us)
				*first_us = column_int(m->reach, 0);
			if (column_int(m->reach, 1) > *last_us)
				*last_us = column_int(m->reach, 1);
		}
		statement_reset(m->reach);
	} while (first != *first_us || last != *last_us);
}

static void
run_on(struct statement *st, int64_t actor, int64_t first, int64_t last)
{
	bind_int(st, 1, actor);
	bind_int(st, 2, first);
	bind_int(st, 3, last);
	statement_run(st);
}

static void
make_changed(struct making *m)
{
	struct db *db = m->load->db;
	struct touched *touched = m->load->touched;
	struct statement *evidence = db_prepare(
		db, EVIDENCE " AND who.actor = ? AND e.start_us BETWEEN ? "
			     "AND ?" IN_ORDER);

	m->reach = db_prepare(
		db, "SELECT min(first_us), max(last_us) FROM prompt "
		    "WHERE actor = ? AND last_us >= ? AND first_us <= ?");
	m->drop_prompts =
		db_prepare(db, "DELETE FROM prompt WHERE actor = ? AND "
			       "first_us BETWEEN ? AND ?");
	m->drop_hours =
		db_prepare(db, "DELETE FROM popup_hour WHERE actor = ? AND "
			       "hour BETWEEN ? AND ?");
	for (size_t i = 0; i < touched_count(touched) && !db_error(db); i++) {
		int64_t first, last;
		int64_t actor = touched_at(touched, i, &first, &last);

		widen(m, actor, &first, &last);
		run_on(m->drop_prompts, actor, first, last);
		run_on(m->drop_hours, actor, hour_of(first), hour_of(last));
		bind_int(evidence, 1, actor);
		bind_int(evidence, 2, first);
		bind_int(evidence, 3, last);
		make(m, evidence);
	}
}

void
load_prompts(struct load *load)
{
	struct making m = { .load = load };

	m.insert_prompt = db_prepare(
		load->db, "INSERT INTO prompt (actor, client, first_us, "
			  "last_us, class, target, server, requests) "
			  "VALUES (?,?,?,?,?,?,?,?)");
	m.insert_hour = db_prepare(
		load->db, "INSERT INTO popup_hour (hour, actor, class, target, "
			  "prompts, requests, first_us, last_us) "
			  "VALUES (?,?,?,?,?,?,?,?)");
	m.keys = tuples_new(1);
	if (load->fresh)
		make(&m, db_prepare(load->db, EVIDENCE IN_ORDER));
	else
		make_changed(&m);
	groups_free(m.keys);
	free(m.hours);
}
