/* SPDX-License-Identifier: MIT */
/*
 * Logons of a front end to a back end that fail: at one front end, whatever it
 * talks to (frontend_kerberos), or at one target (backend_auth).
 */

#include "machine.h"

/* ---- one front end --------------------------------------------------------
 */

struct front_end {
	uint32_t server;
	uint64_t requests;
	struct set users, targets;
	uint64_t by_class[C_KRB_REJECTED - C_KRB_INVALID_TOKEN + 1];
};

static void
take_front_end(struct findings *f, struct front_end *e, struct draft *d)
{
	struct trend trend;

	trend_init(f, &trend);
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->server != e->server || !is_kerberos(cell->class_id))
			continue;
		draft_count(d, cell);
		trend_add(&trend, cell);
		set_add(&e->targets, cell->target, cell->requests);
		e->by_class[cell->class_id - C_KRB_INVALID_TOKEN] +=
			cell->requests;
		if (!is_source(f, cell->actor))
			set_add(&e->users, cell->actor, cell->requests);
	}
	d->face.users = e->users.size;
	d->face.trend = trend_of(&trend);
}

/* What the other front ends get from the same targets. */
static void
say_front_ends(struct findings *f, struct draft *d, const struct front_end *e)
{
	struct set others;
	uint64_t worked = 0, failed = 0, mine = 0;
	int64_t last_us = INT64_MIN;

	set_init(f, &others);
	for_cells (f, TABLE_ROUTE, cell) {
		if (!set_has(&e->targets, cell->target))
			continue;
		if (cell->server == e->server) {
			if (cell->class_id != C_OK)
				continue;
			mine += cell->requests;
			if (cell->last_us > last_us)
				last_us = cell->last_us;
			continue;
		}
		if (is_kerberos(cell->class_id))
			failed += cell->requests;
		if (cell->class_id != C_OK)
			continue;
		worked += cell->requests;
		set_add(&others, cell->server, cell->requests);
	}
	say(f, d, LINE_WHY,
	    "%u %s to the same %s worked from %u other front %s: the fault is "
	    "not in %s.",
	    worked, plural(worked, "request", "requests"),
	    plural(e->targets.size, "server", "servers"), (uint64_t)others.size,
	    plural(others.size, "end", "ends"),
	    plural(e->targets.size, "that server", "those servers"));
	if (failed > 0)
		say(f, d, LINE_WHY,
		    "%n of the other front ends failed so, too.", failed);
	if (mine > 0)
		say(f, d, LINE_WHY,
		    "%n to %s worked from %S, too, the last at %t.", mine,
		    e->targets.size == 1 ? "it" : "them", e->server, last_us);
	else
		say(f, d, LINE_WHY, "From %S not one request to %s worked.",
		    e->server, e->targets.size == 1 ? "it" : "them");
	set_free(f, &others);
}

static uint32_t
most_of(const struct findings *f, const struct set *set)
{
	uint32_t most = 0;

	for (uint32_t name = 1; set->count && name < f->in->name_count; name++)
		most = set->count[name] > set->count[most] ? name : most;
	return most;
}

/* Has it reached one of them after its last failure? */
static bool
works_again(const struct findings *f, const struct front_end *e,
	    const struct draft *d)
{
	for_cells (f, TABLE_ROUTE, cell) {
		if (cell->server == e->server && cell->class_id == C_OK &&
		    set_has(&e->targets, cell->target) &&
		    cell->last_us > d->face.last_us)
			return true;
	}
	return false;
}

static void
describe_front_end(struct findings *f, struct front_end *e)
{
	struct draft *d = draft_new(f, "frontend_kerberos",
				    "front end that can't log on to back ends",
				    RPCLOG_HIGH, name_at(f, e->server));
	size_t worst = 0;

	if (!d)
		return;
	take_front_end(f, e, d);
	for (size_t i = 1; i < ARRAY_LEN(e->by_class); i++)
		worst = e->by_class[i] > e->by_class[worst] ? i : worst;
	say_sentence(f, d,
		     "The front end %S (a server that users connect to) "
		     "failed to log on to %u %s that other front ends got "
		     "through to: %n failed %B.%s Outlook may ask users who "
		     "come in by it for a password, and no password helps.",
		     e->server, (uint64_t)e->targets.size,
		     plural(e->targets.size, "server", "servers"),
		     d->face.requests, d->face.first_us, d->face.last_us,
		     works_again(f, e, d) ? " It has worked again since." : "");
	say_users(f, d, &e->users);
	say_front_ends(f, d, e);
	for (size_t i = 0; i < ARRAY_LEN(e->by_class); i++) {
		if (e->by_class[i] > 0)
			say_front_end_class(f, d,
					    C_KRB_INVALID_TOKEN + (uint32_t)i,
					    e->by_class[i]);
	}
	say(f, d, LINE_DO,
	    "Stop-gap, as long as it fails: take %S out of the load balancer, "
	    "so "
	    "that users come in by the others.",
	    e->server);
	say_front_end_steps(f, d, C_KRB_INVALID_TOKEN + (uint32_t)worst,
			    e->server, most_of(f, &e->targets));
	say(f, d, LINE_UNDO,
	    "Put %S back into the load balancer once it is repaired.",
	    e->server);
	say(f, d, LINE_CHECK,
	    "An hour after the change this must name nobody:");
	say_check(f, d,
		  "popups --likely --class 'be_krb_*' --server %H --since 1h",
		  e->server);
}

static void
look_at_server(struct findings *f, uint32_t server, const void *ctx)
{
	struct front_end e;

	(void)ctx;
	memset(&e, 0, sizeof(e));
	e.server = server;
	set_init(f, &e.users);
	set_init(f, &e.targets);
	describe_front_end(f, &e);
	set_free(f, &e.users);
	set_free(f, &e.targets);
}

void
find_frontend_kerberos(struct findings *f)
{
	struct set servers;

	set_init(f, &servers);
	for_cells (f, TABLE_FAIL, cell) {
		if (is_kerberos(cell->class_id) &&
		    is_front_end_fault(f, cell->server))
			set_add(&servers, cell->server, cell->requests);
	}
	each_busiest(f, &servers, look_at_server, NULL);
	set_free(f, &servers);
}

/* ---- one target -----------------------------------------------------------
 */

static void
describe_target(struct findings *f, struct machine *m, const rpclog_class *info)
{
	struct draft *d = draft_new(f, "backend_auth", info->title, RPCLOG_HIGH,
				    name_at(f, m->target));

	if (!d)
		return;
	machine_take_prompts(f, m, d);
	say_title(f, d, info);
	if (m->fixed) {
		machine_is_fixed(d, m);
		say_sentence(f, d,
			     "Over since %t: front ends (the servers that "
			     "users connect to) could not log on to %S in "
			     "their users' name until %t (%s); %n to it "
			     "worked since.",
			     m->works_since_us, m->target, m->last_us,
			     info->name, m->worked_after);
	} else {
		say_sentence(f, d,
			     "Front ends (the servers that users connect to) "
			     "%s log on to %S in their users' name: %n failed "
			     "(%s). Outlook may ask these users for a "
			     "password, and no password helps.",
			     m->worked_during > 0 ? "at times can't" : "can't",
			     m->target, m->failed, info->name);
	}
	say_users(f, d, &m->users);
	say_others(f, d, m);
	say_side(f, d, m);
	say_passwords(f, d, m);
	say_beginning(f, d, m);
	if (m->fixed)
		say(f, d, LINE_DO,
		    "Nothing to do now. Note what was changed at that time.");
	else
		say_class(f, d, info, m->target);
	say_check_lead(f, d, "An hour after the change this must name nobody:");
	say_check(f, d, "popups --likely --class %s --target %H --since 1h",
		  info->name, m->target);
}

static bool
is_auth_class(const struct findings *f, const struct cell *cell,
	      uint32_t class_id)
{
	/* legacy_unpatched and frontend_kerberos have the others. */
	return cell->class_id == class_id &&
	       (class_id != C_KRB_INVALID_TOKEN || !cell->legacy) &&
	       !(is_kerberos(class_id) && is_front_end_fault(f, cell->server));
}

static void
look_at_target(struct findings *f, uint32_t target, const void *ctx)
{
	const rpclog_class *info = ctx;
	struct machine m;

	machine_init(f, &m, target, info->id, info->id);
	describe_target(f, &m, info);
	machine_clear(f, &m);
}

static void
look_at_class(struct findings *f, const rpclog_class *info)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FAIL, cell) {
		if (is_auth_class(f, cell, info->id))
			set_add(&targets, cell->target, cell->requests);
	}
	if (targets.size > 0)
		each_busiest(f, &targets, look_at_target, info);
	set_free(f, &targets);
}

void
find_backend_auth(struct findings *f)
{
	rpclog_class info;

	for (size_t i = 0; rpclog_rules_class(f->rules, i, &info); i++) {
		if (is_kerberos(info.id) || info.id == C_AUTH_401)
			look_at_class(f, &info);
	}
}
