/* SPDX-License-Identifier: MIT */
/* What is known of a target that fails: see machine.h. */

#include "machine.h"

void
machine_init(struct findings *f, struct machine *m, uint32_t target, uint32_t a,
	     uint32_t b)
{
	memset(m, 0, sizeof(*m));
	m->target = target;
	m->classes[0] = a;
	m->classes[1] = b;
	m->first_us = m->worked_from_us = m->works_since_us = INT64_MAX;
	m->last_us = m->last_worked_us = INT64_MIN;
	set_init(f, &m->users);
	set_init(f, &m->servers);
}

void
machine_clear(struct findings *f, struct machine *m)
{
	set_free(f, &m->users);
	set_free(f, &m->servers);
}

bool
machine_works(const struct findings *f, const struct machine *m,
	      const struct cell *cell, uint32_t target)
{
	(void)f;
	return cell->target == target && cell->class_id == C_OK &&
	       (m->protocol == 0 || cell->protocol == m->protocol);
}

static void
take_failure(struct machine *m, struct draft *d, struct trend *trend,
	     const struct cell *cell)
{
	draft_count(d, cell);
	trend_add(trend, cell);
	m->failed += cell->requests;
	if (cell->first_us < m->first_us)
		m->first_us = cell->first_us;
	if (cell->last_us > m->last_us)
		m->last_us = cell->last_us;
}

/*
 * Of what lies on both sides of the first or the last failure only the ends are
 * known: these two are before and after it.
 */
static void
take_success(struct machine *m, const struct cell *cell)
{
	bool before = cell->first_us < m->first_us;
	bool after = cell->last_us > m->last_us;
	int64_t since_us = INT64_MAX;

	if (cell->first_us < m->worked_from_us)
		m->worked_from_us = cell->first_us;
	if (cell->last_us > m->last_worked_us)
		m->last_worked_us = cell->last_us;
	if (cell->last_us < m->first_us) {
		m->worked_before += cell->requests;
	} else if (cell->first_us > m->last_us) {
		m->worked_after += cell->requests;
		since_us = cell->first_us;
	} else if (!before && !after) {
		m->worked_during += cell->requests;
	} else {
		m->worked_before += before;
		m->worked_after += after;
		m->worked_about += cell->requests - before - after;
		since_us = after ? cell->last_us : INT64_MAX;
	}
	if (since_us < m->works_since_us)
		m->works_since_us = since_us;
}

static void
take_successes(const struct findings *f, struct machine *m)
{
	uint64_t asked;

	for_cells (f, TABLE_FLOW, cell) {
		if (machine_works(f, m, cell, m->target))
			take_success(m, cell);
	}
	/* At the rate of before there would have been three failures more. */
	asked = m->failed + m->worked_during + m->worked_about;
	m->fixed = m->failed > 0 && m->worked_after * m->failed / asked >= 3;
}

static void
finish(struct findings *f, struct machine *m, struct draft *d,
       const struct trend *trend)
{
	take_successes(f, m);
	if (!d)
		return;
	d->face.users = m->users.size;
	d->face.trend = trend_of(trend);
}

void
machine_take_prompts(struct findings *f, struct machine *m, struct draft *d)
{
	struct set protocols;
	struct trend trend;

	trend_init(f, &trend);
	set_init(f, &protocols);
	for_cells (f, TABLE_FAIL, cell) {
		if (!machine_fails(f, m, cell))
			continue;
		take_failure(m, d, &trend, cell);
		set_add(&m->servers, cell->server, cell->requests);
		set_add(&protocols, cell->protocol, cell->requests);
		if (!is_source(f, cell->actor))
			set_add(&m->users, cell->actor, cell->requests);
	}
	for (uint32_t name = 1; name < f->in->name_count; name++) {
		if (set_has(&protocols, name) &&
		    protocols.count[name] > protocols.count[m->protocol])
			m->protocol = name;
	}
	set_free(f, &protocols);
	finish(f, m, d, &trend);
}

void
machine_take_flow(struct findings *f, struct machine *m, struct draft *d)
{
	struct trend trend;

	trend_init(f, &trend);
	for_cells (f, TABLE_FLOW, cell) {
		if (machine_fails(f, m, cell))
			take_failure(m, d, &trend, cell);
	}
	for_cells (f, TABLE_ROUTE, cell) {
		if (machine_fails(f, m, cell))
			set_add(&m->servers, cell->server, cell->requests);
	}
	for_cells (f, TABLE_USE, cell) {
		if (machine_fails(f, m, cell) && !is_source(f, cell->actor))
			set_add(&m->users, cell->actor, cell->requests);
	}
	finish(f, m, d, &trend);
}

/* ---- what there is to say -------------------------------------------------
 */

void
machine_is_fixed(struct draft *d, const struct machine *m)
{
	if (!d)
		return;
	d->face.severity = RPCLOG_INFO;
	d->face.trend = TREND_FIXED;
	d->face.fixed_us = m->works_since_us;
}

void
say_check_lead(struct findings *f, struct draft *d, const char *text)
{
	if (is_past(d))
		say(f, d, LINE_CHECK, "This must go on naming nobody:");
	else
		say(f, d, LINE_CHECK, text);
}

static bool
has_words(const struct findings *f, const struct machine *m)
{
	return protocol_words(f, m->protocol, "")[0] != '\0';
}

#define OTHERS_SAID 3

/* Machines of the same kind that work: with them nothing else differs. */
void
say_others(struct findings *f, struct draft *d, const struct machine *m)
{
	struct set working, failing, legacy;
	size_t said = 0;

	set_init(f, &working);
	set_init(f, &failing);
	set_init(f, &legacy);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->legacy)
			set_add(&legacy, cell->target, 1);
		if (cell->target == m->target)
			continue;
		if (cell->class_id == m->classes[0] ||
		    cell->class_id == m->classes[1])
			set_add(&failing, cell->target, cell->requests);
		else if (machine_works(f, m, cell, cell->target) &&
			 cell->last_us >= m->first_us)
			set_add(&working, cell->target, cell->requests);
	}
	for (uint32_t name = 1; name < f->in->name_count && said < OTHERS_SAID;
	     name++) {
		if (!set_has(&working, name) || set_has(&failing, name) ||
		    set_has(&legacy, name) != set_has(&legacy, m->target))
			continue;
		said++;
		say(f, d, LINE_WHY,
		    "%S, also an Exchange %s server, answered %u %s%s%s since "
		    "the failures began, and none failed so%s",
		    name,
		    set_has(&legacy, name) ? "2010 or 2007" : "2013 or newer",
		    working.count[name], protocol_words(f, m->protocol, ""),
		    has_words(f, m) ? " " : "",
		    plural(working.count[name], "request", "requests"),
		    is_past(d) ? "." : ": compare the two machines.");
	}
	set_free(f, &working);
	set_free(f, &failing);
	set_free(f, &legacy);
}

/* One front end fails there: what do the others say? */
static void
say_one_front_end(struct findings *f, struct draft *d, const struct machine *m)
{
	struct set working;
	uint32_t mine = 0, other = 0;

	set_init(f, &working);
	for_cells (f, TABLE_ROUTE, cell) {
		if (set_has(&m->servers, cell->server)) {
			mine = cell->server;
		} else if (machine_works(f, m, cell, m->target) &&
			   cell->last_us >= m->first_us) {
			set_add(&working, cell->server, cell->requests);
			other = cell->server;
		}
	}
	if (mine == 0)
		say(f, d, LINE_WHY,
		    "Which front end sent them the log does not tell.");
	else if (working.size == 0)
		say(f, d, LINE_WHY,
		    "%s came from the front end %S. Whether others got "
		    "through meanwhile these logs do not tell.",
		    plural(m->failed, "It", "All of them"), mine);
	else
		say(f, d, LINE_WHY,
		    "%s came from the front end %S; meanwhile requests from "
		    "%S worked%s: look at %S, too.",
		    plural(m->failed, "It", "All of them"), mine, other,
		    working.size > 1 ? ", and from others" : "", mine);
	set_free(f, &working);
}

void
say_side(struct findings *f, struct draft *d, const struct machine *m)
{
	const char *words = protocol_words(f, m->protocol, "other");

	if (m->servers.size > 1)
		say(f, d, LINE_WHY,
		    "It %s from %u front ends alike, so the fault is not in "
		    "one of them.",
		    is_past(d) ? "failed" : "fails", (uint64_t)m->servers.size);
	else
		say_one_front_end(f, d, m);
	if (m->worked_during > 0)
		say(f, d, LINE_WHY,
		    "Between the first and the last failure, %u %s to it "
		    "failed so and at least %u %s %s worked.",
		    m->failed, plural(m->failed, "request", "requests"),
		    m->worked_during, words,
		    plural(m->worked_during, "request", "requests"));
	else if (m->worked_about == 0 && m->failed > 1)
		say(f, d, LINE_WHY,
		    "Between the first and the last failure not one %s%s"
		    "request to it worked.",
		    m->protocol ? words : "", m->protocol ? " " : "");
}

void
say_passwords(struct findings *f, struct draft *d, const struct machine *m)
{
	struct set working;
	uint64_t both;

	set_init(f, &working);
	for_cells (f, TABLE_USE, cell) {
		if (cell->class_id == C_OK && cell->target != m->target)
			set_add(&working, cell->actor, cell->requests);
	}
	both = set_common(f, &working, &m->users);
	set_free(f, &working);
	if (both > 0)
		say(f, d, LINE_WHY,
		    "%P got in to other servers with the same account: wrong "
		    "passwords are not the cause.",
		    both, (uint64_t)m->users.size);
}

void
say_beginning(struct findings *f, struct draft *d, const struct machine *m)
{
	if (m->worked_before > 0)
		say(f, d, LINE_WHY,
		    "It began at %t: before that, from %t on, %u %s to it "
		    "worked.",
		    m->first_us, m->worked_from_us, m->worked_before,
		    plural(m->worked_before, "request", "requests"));
	else
		say(f, d, LINE_WHY,
		    "The first failure in these logs is at %t, and no request "
		    "to it worked before: it may have begun earlier.",
		    m->first_us);
}
