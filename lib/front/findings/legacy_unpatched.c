/* SPDX-License-Identifier: MIT */
/*
 * Exchange 2010 or 2007 on Windows Server 2008 R2 without KB3140410: it answers
 * InvalidToken to the logons that newer front ends make for their users.
 */

#include "inside.h"

#define DAY_US (24 * US_PER_HOUR)
/* Machine accounts get a new password every 30 days. */
#define RHYTHM_US (30 * DAY_US)

/* What is known of one target. */
struct machine {
	uint32_t target;
	uint64_t failed, worked_before, worked_during, worked_after;
	int64_t first_us, last_us; /* failures */
	int64_t worked_from_us;	   /* the first success of all, */
	int64_t works_since_us;	   /* and after the last failure */
	bool fixed;
	uint64_t found_down;		   /* requests around the change */
	int64_t begins_us, next_begins_us; /* 30 days apart, or INT64_MIN */
	struct set users, servers;
};

static bool
is_failure(const struct findings *f, const struct cell *cell)
{
	return cell->class_id == C_KRB_INVALID_TOKEN && cell->legacy &&
	       !is_front_end_fault(f, cell->server);
}

/* A success that tells: of the protocol that fails. */
static bool
is_success(const struct findings *f, const struct cell *cell, uint32_t target)
{
	return cell->target == target && cell->class_id == C_OK &&
	       slice_eq(name_at(f, cell->protocol), SLICE("RpcHttp"));
}

static void
add_failures(struct findings *f, struct machine *m, struct draft *d,
	     struct trend *trend)
{
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->target != m->target || !is_failure(f, cell))
			continue;
		draft_count(d, cell);
		trend_add(trend, cell);
		set_add(&m->servers, cell->server, cell->requests);
		if (!is_source(f, cell->actor))
			set_add(&m->users, cell->actor, cell->requests);
	}
	m->failed = d->face.requests;
	m->first_us = d->face.first_us;
	m->last_us = d->face.last_us;
}

static void
add_successes(const struct findings *f, struct machine *m)
{
	m->works_since_us = m->worked_from_us = INT64_MAX;
	for_cells (f, TABLE_FLOW, cell) {
		if (!is_success(f, cell, m->target))
			continue;
		if (cell->first_us < m->worked_from_us)
			m->worked_from_us = cell->first_us;
		if (cell->last_us < m->first_us)
			m->worked_before += cell->requests;
		else if (cell->first_us <= m->last_us)
			m->worked_during += cell->requests;
		else
			m->worked_after += cell->requests;
		if (cell->first_us > m->last_us &&
		    cell->first_us < m->works_since_us)
			m->works_since_us = cell->first_us;
	}
	/* At the rate of before there would have been three failures more. */
	m->fixed =
		m->worked_after >= 3 &&
		m->worked_after * m->failed / (m->failed + m->worked_during) >=
			3;
}

static bool
is_down(uint32_t class_id)
{
	return class_id >= C_CONNECT_FAILURE && class_id <= C_CONN_DROPPED &&
	       class_id != C_DNS_FAILURE && class_id != C_REQUEST_CANCELED;
}

/* Was the machine away between the last failure and the first success? */
static void
look_for_restart(const struct findings *f, struct machine *m)
{
	int64_t from = m->last_us - 10 * US_PER_MINUTE;
	int64_t to = m->works_since_us + 10 * US_PER_MINUTE;

	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target == m->target && is_down(cell->class_id) &&
		    cell->first_us <= to && cell->last_us >= from)
			m->found_down += cell->requests;
	}
}

static bool
worked_between(const struct findings *f, uint32_t target, int64_t from,
	       int64_t to)
{
	for_cells (f, TABLE_FLOW, cell) {
		if (is_success(f, cell, target) && cell->first_us > from &&
		    cell->last_us < to)
			return true;
	}
	return false;
}

/* Two beginnings, 30 days apart. */
static void
look_for_rhythm(const struct findings *f, struct machine *m)
{
	int64_t last_us = INT64_MIN, begins_us = INT64_MIN;

	m->begins_us = m->next_begins_us = INT64_MIN;
	for_cells (f, TABLE_FAIL, cell) {
		int64_t apart;

		if (cell->target != m->target || !is_failure(f, cell))
			continue;
		if (last_us == INT64_MIN) {
			begins_us = cell->first_us;
		} else if (cell->first_us - last_us >= DAY_US &&
			   worked_between(f, m->target, last_us,
					  cell->first_us)) {
			apart = cell->first_us - begins_us;
			if (apart >= RHYTHM_US - DAY_US &&
			    apart <= RHYTHM_US + DAY_US) {
				m->begins_us = begins_us;
				m->next_begins_us = cell->first_us;
			}
			begins_us = cell->first_us;
		}
		if (cell->last_us > last_us)
			last_us = cell->last_us;
	}
}

/* ---- what there is to say -------------------------------------------------
 */

static void
say_side(struct findings *f, struct draft *d, const struct machine *m)
{
	if (m->servers.size > 1)
		say(f, d, LINE_WHY,
		    "It fails from %u front ends alike, so the fault is not in "
		    "one of them.",
		    (uint64_t)m->servers.size);
	else
		say(f, d, LINE_WHY,
		    "Only one front end sent requests that failed there: "
		    "whether it works from others these logs do not tell.");
	if (m->worked_during > 0)
		say(f, d, LINE_WHY,
		    "While it failed %u requests to it failed and %u worked.",
		    m->failed, m->worked_during);
	else
		say(f, d, LINE_WHY,
		    "While it failed not one Outlook Anywhere request to it "
		    "worked.");
}

/* Machines of the same kind that work: with them nothing else differs. */
static void
say_others(struct findings *f, struct draft *d, const struct machine *m)
{
	struct set working, failing;
	size_t said = 0;

	set_init(f, &working);
	set_init(f, &failing);
	for_cells (f, TABLE_FLOW, cell) {
		if (!cell->legacy || cell->target == m->target)
			continue;
		if (cell->class_id == C_KRB_INVALID_TOKEN)
			set_add(&failing, cell->target, cell->requests);
		else if (is_success(f, cell, cell->target) &&
			 cell->last_us >= m->first_us)
			set_add(&working, cell->target, cell->requests);
	}
	for (uint32_t name = 1; name < f->in->name_count && said < 3; name++) {
		if (!set_has(&working, name) || set_has(&failing, name))
			continue;
		said++;
		say(f, d, LINE_WHY,
		    "%S, also an Exchange 2010 or 2007 server, answered %u "
		    "Outlook Anywhere requests in that time and none failed "
		    "so: "
		    "compare the two machines.",
		    name, working.count[name]);
	}
	set_free(f, &working);
	set_free(f, &failing);
}

/* Users who get in elsewhere: their passwords are right. */
static void
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
		    "%u of the %u users got in to other servers with the same "
		    "account: wrong passwords are not the cause.",
		    both, (uint64_t)m->users.size);
}

static void
say_beginning(struct findings *f, struct draft *d, const struct machine *m)
{
	if (m->worked_before > 0)
		say(f, d, LINE_WHY,
		    "It began at %t: before that, from %t on, %u requests to "
		    "it "
		    "worked. A change of the server's machine password, which "
		    "Windows makes every 30 days, can set it off.",
		    m->first_us, m->worked_from_us, m->worked_before);
	else
		say(f, d, LINE_WHY,
		    "The first failure in these logs is at %t, and no request "
		    "to it worked before: it may have begun earlier.",
		    m->first_us);
	if (m->begins_us != INT64_MIN)
		say(f, d, LINE_WHY,
		    "It worked in between and began anew at %t and at %t, 30 "
		    "days apart: that is the rhythm in which Windows changes "
		    "machine passwords.",
		    m->begins_us, m->next_begins_us);
	say(f, d, LINE_WHY,
	    "This is how Windows Server 2008 R2 without update KB3140410 "
	    "(MS16-031) behaves. The log does not show which updates are "
	    "installed: the first step does.");
}

static void
say_steps(struct findings *f, struct draft *d, const struct machine *m)
{
	say(f, d, LINE_DO,
	    "Look whether update KB3140410 is installed on %S:", m->target);
	say(f, d, LINE_COMMAND, "Get-HotFix -Id KB3140410 -ComputerName %H",
	    m->target);
	say(f, d, LINE_DO,
	    "If it is missing (and no later rollup contains it): install it on "
	    "EVERY Exchange 2010 and 2007 Client Access server, and restart "
	    "each of them.");
	say(f, d, LINE_DO,
	    "Stop-gap until then, without a restart: on %S let the application "
	    "pool DefaultAppPool run as Network Service and recycle it. Users "
	    "do not notice that. First note the identity that it has now:",
	    m->target);
	say(f, d, LINE_COMMAND,
	    "%%windir%%\\system32\\inetsrv\\appcmd list apppool "
	    "\"DefaultAppPool\" /text:processModel.identityType");
	say(f, d, LINE_COMMAND,
	    "%%windir%%\\system32\\inetsrv\\appcmd set apppool "
	    "\"DefaultAppPool\" /processModel.identityType:NetworkService");
	say(f, d, LINE_COMMAND,
	    "%%windir%%\\system32\\inetsrv\\appcmd recycle apppool "
	    "\"DefaultAppPool\"");
	say(f, d, LINE_DO,
	    "If the update is there: see that the methods of /rpc contain "
	    "NTLM, "
	    "that no service principal name stands at two accounts, and that "
	    "an alternate service account, if there is one, has the same "
	    "password everywhere:");
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere -Server %H | Format-List "
	    "Server,IISAuthenticationMethods",
	    m->target);
	say(f, d, LINE_COMMAND, "setspn -X");
	say(f, d, LINE_UNDO,
	    "Once the update is in, give the application pool the identity "
	    "that "
	    "you noted, in place of IDENTITY:");
	say(f, d, LINE_UNDO_COMMAND,
	    "%%windir%%\\system32\\inetsrv\\appcmd set apppool "
	    "\"DefaultAppPool\" /processModel.identityType:IDENTITY");
	say(f, d, LINE_CHECK,
	    "An hour after the change this must name nobody (Outlook must have "
	    "tried meanwhile):");
	say_check(f, d,
		  "popups --class be_krb_invalid_token --target %H --since 1h",
		  m->target);
}

static void
say_fixed(struct findings *f, struct draft *d, const struct machine *m)
{
	say_sentence(f, d,
		     "Fixed since %t: %S refused the logons that newer servers "
		     "make for their users until %t, and %u requests to it "
		     "worked since.",
		     m->works_since_us, m->target, m->last_us, m->worked_after);
	if (m->found_down > 0)
		say(f, d, LINE_WHY,
		    "Around the change %u requests found the server away: it "
		    "was restarted, as the installation of the update needs.",
		    m->found_down);
	else
		say(f, d, LINE_WHY,
		    "No request found the server away around the change: it "
		    "was hardly restarted. That fits the stop-gap (application "
		    "pool as Network Service), not the update, which needs a "
		    "restart.");
	say(f, d, LINE_DO,
	    "Make sure that the update is installed, on %S and "
	    "on every other Exchange 2010 and 2007 Client Access server; with "
	    "the stop-gap alone it may come back:",
	    m->target);
	say(f, d, LINE_COMMAND, "Get-HotFix -Id KB3140410 -ComputerName %H",
	    m->target);
	say(f, d, LINE_CHECK, "This must go on naming nobody:");
	say_check(f, d,
		  "popups --class be_krb_invalid_token --target %H --since 1h",
		  m->target);
}

static void
say_broken(struct findings *f, struct draft *d, const struct machine *m)
{
	say_sentence(
		f, d,
		"%S, an Exchange 2010 or 2007 server, can't use the logons "
		"that newer servers pass on to it for their users. Outlook "
		"asks these users for a password, and no password helps.",
		m->target);
	say_users(f, d, &m->users);
	say_others(f, d, m);
	say_side(f, d, m);
	say_passwords(f, d, m);
	say_beginning(f, d, m);
	say_steps(f, d, m);
}

static void
describe(struct findings *f, struct machine *m)
{
	struct draft *d = draft_new(f, "legacy_unpatched",
				    "Exchange 2010/2007 server without update "
				    "KB3140410",
				    RPCLOG_CRITICAL, name_at(f, m->target));
	struct trend trend;

	if (!d)
		return;
	trend_init(f, &trend);
	add_failures(f, m, d, &trend);
	add_successes(f, m);
	d->face.users = m->users.size;
	d->face.trend = trend_of(&trend);
	look_for_rhythm(f, m);
	if (!m->fixed) {
		say_broken(f, d, m);
		return;
	}
	look_for_restart(f, m);
	d->face.severity = RPCLOG_INFO;
	d->face.trend = TREND_FIXED;
	d->face.fixed_us = m->works_since_us;
	say_fixed(f, d, m);
	say_users(f, d, &m->users);
}

void
find_legacy_unpatched(struct findings *f)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FAIL, cell) {
		if (is_failure(f, cell))
			set_add(&targets, cell->target, cell->requests);
	}
	for (uint32_t name = 1; name < f->in->name_count; name++) {
		struct machine m;

		if (!set_has(&targets, name))
			continue;
		memset(&m, 0, sizeof(m));
		m.target = name;
		set_init(f, &m.users);
		set_init(f, &m.servers);
		describe(f, &m);
		set_free(f, &m.users);
		set_free(f, &m.servers);
	}
	set_free(f, &targets);
}
