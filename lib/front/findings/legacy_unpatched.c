/* SPDX-License-Identifier: MIT */
/*
 * Exchange 2010 or 2007 on Windows Server 2008 R2 without KB3140410: it answers
 * InvalidToken to the logons that newer front ends make for their users.
 */

#include "machine.h"

#define DAY_US (24 * US_PER_HOUR)
/* Machine accounts get a new password every 30 days. */
#define RHYTHM_US (30 * DAY_US)
/* Without a request for longer: nobody would have met a restart. */
#define SILENCE_US (30 * US_PER_MINUTE)

/* When it began anew, 30 days apart; INT64_MIN: it did not. */
struct rhythm {
	int64_t begins_us, next_begins_us;
};

static bool
is_failure(const struct findings *f, const struct cell *cell)
{
	return cell->class_id == C_KRB_INVALID_TOKEN && cell->legacy &&
	       !is_front_end_fault(f, cell->server);
}

static bool
is_down(uint32_t class_id)
{
	return class_id >= C_CONNECT_FAILURE && class_id <= C_CONN_DROPPED &&
	       class_id != C_DNS_FAILURE && class_id != C_REQUEST_CANCELED;
}

/* Requests that found the machine away between the last failure and the first
 * success. */
static uint64_t
found_down(const struct findings *f, const struct machine *m)
{
	int64_t from = m->last_us - 10 * US_PER_MINUTE;
	int64_t to = m->works_since_us + 10 * US_PER_MINUTE;
	uint64_t requests = 0;

	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target == m->target && is_down(cell->class_id) &&
		    cell->first_us <= to && cell->last_us >= from)
			requests += cell->requests;
	}
	return requests;
}

static bool
was_silent(const struct findings *f, const struct machine *m)
{
	if (m->works_since_us - m->last_us <= SILENCE_US)
		return false;
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target == m->target &&
		    ((cell->first_us > m->last_us &&
		      cell->first_us < m->works_since_us) ||
		     (cell->last_us > m->last_us &&
		      cell->last_us < m->works_since_us)))
			return false;
	}
	return true;
}

static bool
worked_between(const struct findings *f, const struct machine *m, int64_t from,
	       int64_t to)
{
	for_cells (f, TABLE_FLOW, cell) {
		if (machine_works(f, m, cell, m->target) &&
		    cell->first_us > from && cell->last_us < to)
			return true;
	}
	return false;
}

static struct rhythm
look_for_rhythm(const struct findings *f, const struct machine *m)
{
	struct rhythm rhythm = { INT64_MIN, INT64_MIN };
	int64_t last_us = INT64_MIN, begins_us = INT64_MIN;

	for_cells (f, TABLE_FAIL, cell) {
		int64_t apart;

		if (!machine_fails(f, m, cell))
			continue;
		if (last_us == INT64_MIN) {
			begins_us = cell->first_us;
		} else if (cell->first_us - last_us >= DAY_US &&
			   worked_between(f, m, last_us, cell->first_us)) {
			apart = cell->first_us - begins_us;
			if (apart >= RHYTHM_US - DAY_US &&
			    apart <= RHYTHM_US + DAY_US) {
				rhythm.begins_us = begins_us;
				rhythm.next_begins_us = cell->first_us;
			}
			begins_us = cell->first_us;
		}
		if (cell->last_us > last_us)
			last_us = cell->last_us;
	}
	return rhythm;
}

/* ---- what there is to say -------------------------------------------------
 */

static void
say_cause(struct findings *f, struct draft *d, const struct machine *m)
{
	struct rhythm rhythm = look_for_rhythm(f, m);

	if (m->worked_before > 0)
		say(f, d, LINE_WHY,
		    "A change of the server's machine password, which Windows "
		    "makes every 30 days, can set it off.");
	if (rhythm.begins_us != INT64_MIN)
		say(f, d, LINE_WHY,
		    "It worked in between and began anew at %t and at %t, 30 "
		    "days apart: that is the rhythm in which Windows changes "
		    "machine passwords.",
		    rhythm.begins_us, rhythm.next_begins_us);
	say(f, d, LINE_WHY,
	    "This is how Windows Server 2008 R2 without update KB3140410 "
	    "(MS16-031) behaves. The log does not show which updates are "
	    "installed: the first step does. Other causes would "
	    "look the same; the steps name them.");
}

static void
say_steps(struct findings *f, struct draft *d, const struct machine *m)
{
	say_remedy(f, d,
		   "Install update KB3140410 on EVERY Exchange 2010 and 2007 "
		   "Client Access server that lacks it, %S first, and restart "
		   "each of them.",
		   m->target);
	say(f, d, LINE_DO,
	    "Look whether update KB3140410 is installed on %S (an error says "
	    "that it is not):",
	    m->target);
	say(f, d, LINE_COMMAND, "Get-HotFix -Id KB3140410 -ComputerName %H",
	    m->target);
	say(f, d, LINE_DO,
	    "If it is missing (and no later rollup contains it), install it on "
	    "EVERY Exchange 2010 and 2007 Client Access server, and restart "
	    "each of them: it does not work before the restart.");
	say(f, d, LINE_DO,
	    "Stop-gap until then, without a restart: on %S let the application "
	    "pool DefaultAppPool (the process of the web server that takes "
	    "these requests) run as Network Service, and recycle it, which "
	    "does not disturb users. It is not permanent: the update is still "
	    "needed. First note the identity that it has now:",
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
	    "If the update is there: see that the logon methods of its "
	    "directory /rpc contain NTLM; that no service principal name (the "
	    "name under which Kerberos knows a server) stands at two accounts; "
	    "and that the alternate service account, an account that several "
	    "servers share for Kerberos, has the same password on all of them, "
	    "if there is one:");
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
	uint64_t down = found_down(f, m);

	say_sentence(f, d,
		     "Fixed since %t: until %t %S could not use the logons "
		     "that newer servers make for their users; %n to it "
		     "worked since.",
		     m->works_since_us, m->last_us, m->target, m->worked_after);
	if (down > 0)
		say(f, d, LINE_WHY,
		    "Around the change %n found the server away: that fits a "
		    "restart, which the update needs.",
		    down);
	else if (was_silent(f, m))
		say(f, d, LINE_WHY,
		    "In the %D between the last failure and the first success "
		    "there was no other request to it: the log does not show "
		    "whether there was a restart, as the update needs it.",
		    m->works_since_us - m->last_us);
	else
		say(f, d, LINE_WHY,
		    "No request found the server away around the change: it "
		    "was hardly restarted. That fits the stop-gap (application "
		    "pool as Network Service), which is not permanent, and not "
		    "the update, which needs a restart.");
	say(f, d, LINE_DO,
	    "Make sure that update KB3140410 is installed on %S, and on EVERY "
	    "other Exchange 2010 and 2007 Client Access server; with the "
	    "stop-gap alone it may come back:",
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
		"%S, an Exchange 2010 or 2007 server, %s use the logons that "
		"newer servers make there for their users. Outlook asks these "
		"users for a password, and no password helps.",
		m->target, m->worked_during > 0 ? "at times can't" : "can't");
	say_users(f, d, &m->users);
	say_others(f, d, m);
	say_side(f, d, m);
	say_passwords(f, d, m);
	say_beginning(f, d, m);
	say_cause(f, d, m);
	say_steps(f, d, m);
}

static void
describe(struct findings *f, struct machine *m)
{
	struct draft *d = draft_new(f, "legacy_unpatched",
				    "Exchange 2010/2007 server that may lack "
				    "update KB3140410",
				    RPCLOG_CRITICAL, name_at(f, m->target));

	if (!d)
		return;
	machine_take_prompts(f, m, d);
	if (!m->fixed) {
		say_broken(f, d, m);
		return;
	}
	machine_is_fixed(d, m);
	d->face.title = "Exchange 2010/2007 server that failed as without "
			"update KB3140410";
	say_fixed(f, d, m);
	say_users(f, d, &m->users);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	struct machine m;

	(void)ctx;
	machine_init(f, &m, target, C_KRB_INVALID_TOKEN, C_KRB_INVALID_TOKEN);
	describe(f, &m);
	machine_clear(f, &m);
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
	each_busiest(f, &targets, look_at, NULL);
	set_free(f, &targets);
}
