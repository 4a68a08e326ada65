/* SPDX-License-Identifier: MIT */
/* A front end that refuses the logons of most of its users. */

#include "bunch.h"
#include "logons.h"

static uint64_t
most_beside(const struct findings *f, const struct logons *l,
	    const struct bunch *bunch)
{
	uint32_t most = 0;

	for (size_t i = 0; i < bunch->count; i++) {
		size_t at = (size_t)(bunch->items[i].cell -
				     f->in->table[TABLE_FAIL].cells);

		if (l->beside[at] > most)
			most = l->beside[at];
	}
	return most;
}

/* Those who got in somewhere have a password that works. */
static uint64_t
got_in_elsewhere(const struct logons *l, const struct set *users,
		 uint32_t name_count)
{
	uint64_t count = 0;

	for (uint32_t name = 1; name < name_count; name++)
		count += set_has(users, name) && l->got_in[name].requests > 0;
	return count;
}

/* Front ends besides this one that users got in at meanwhile. */
static void
say_others(struct findings *f, struct draft *d, uint32_t server)
{
	struct set others;
	size_t said = 0;

	set_init(f, &others);
	for_cells (f, TABLE_PULSE, cell) {
		if (cell->server != server &&
		    cell->last_us >= d->face.first_us &&
		    cell->first_us <= d->face.last_us)
			set_add(&others, cell->server, cell->requests);
	}
	for (uint32_t name = 1; name < f->in->name_count && said < 3; name++) {
		if (!set_has(&others, name))
			continue;
		said++;
		say(f, d, LINE_WHY,
		    "At the front end %S users got in meanwhile (%n), so the "
		    "domain as a whole works: compare the two.",
		    name, others.count[name]);
	}
	if (said == 0)
		say(f, d, LINE_WHY,
		    "No other front end is in these logs for that time. If "
		    "there are others and they refuse users, too, look at the "
		    "domain controllers first.");
	set_free(f, &others);
}

static void
say_why(struct findings *f, struct draft *d, const struct logons *l,
	const struct bunch *bunch, const struct set *users)
{
	uint64_t known = got_in_elsewhere(l, users, f->in->name_count);
	struct best clients;

	best_clients(f, &clients, bunch);
	say(f, d, LINE_WHY,
	    "Up to %u users or devices were refused in one hour: at least half "
	    "of all that came to it. So many do not forget their passwords at "
	    "once, and they came from %u addresses.",
	    most_beside(f, l, bunch), clients.total);
	say_others(f, d, bunch->name);
	if (known > 0)
		say(f, d, LINE_WHY,
		    "%P got in at another time or at another front end: wrong "
		    "passwords are hardly the cause.",
		    known, (uint64_t)users->size);
	if (reasons_of(l, SIDE_SERVER, bunch->name))
		say_reasons(f, d, reasons_of(l, SIDE_SERVER, bunch->name));
	else
		say(f, d, LINE_WHY,
		    "Why it refused them this log does not say. The logs of "
		    "IIS do: copy the folder W3SVC1 of the front end "
		    "(inetpub\\logs\\LogFiles) beside these logs and run "
		    "diagnose again.");
}

static void
say_steps(struct findings *f, struct draft *d, const struct logons *l,
	  uint32_t server)
{
	const struct reasons *reasons = reasons_of(l, SIDE_SERVER, server);

	say(f, d, LINE_DO,
	    "Stop-gap, as long as it refuses them: take %S out of the load "
	    "balancer, so that users come in by the others.",
	    server);
	say(f, d, LINE_DO,
	    "On %S, see whether its own tie to the domain holds (the first "
	    "command must print True), which domain controller it talks to, "
	    "and whether its clock is right (Kerberos allows 5 minutes):",
	    server);
	say(f, d, LINE_COMMAND, "Test-ComputerSecureChannel -Verbose");
	say(f, d, LINE_COMMAND, "nltest /sc_query:$env:USERDNSDOMAIN");
	say(f, d, LINE_COMMAND, "w32tm /query /status");
	say(f, d, LINE_DO,
	    "Look into its System log for events of NETLOGON, Kerberos and "
	    "LsaSrv (the parts of Windows that check logons) from the time "
	    "that it began.");
	say(f, d, LINE_DO,
	    "Compare its logon methods and Extended Protection (which ties a "
	    "logon to the TLS connection) with a front end that works:");
	say(f, d, LINE_COMMAND,
	    "Get-MapiVirtualDirectory | Format-List "
	    "Server,*AuthenticationMethods,ExtendedProtection*");
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere | Format-List "
	    "Server,*AuthenticationMethod*,ExtendedProtection*");
	if (reasons && reasons->requests[LOGON_EXTENDED_PROTECTION] > 0)
		say(f, d, LINE_DO,
		    "IIS says Extended Protection failed: the load balancer or "
		    "proxy before this front end must let TLS pass through, or "
		    "use the same certificate.");
	say(f, d, LINE_DO, "If none of this shows a cause, restart %S.",
	    server);
	say(f, d, LINE_UNDO,
	    "Put %S back into the load balancer once it takes logons again.",
	    server);
	say(f, d, LINE_CHECK,
	    "An hour later few users, or none, must be named here:");
	say_check(f, d,
		  "popups --likely --by user,class --server %H --class "
		  "'fe_credentials_*,fe_basic_rejected' --since 1h",
		  server);
}

static void
describe(struct findings *f, const struct logons *l, const struct bunch *bunch)
{
	struct draft *d = bunch_draft(
		f, bunch, "frontend_logon",
		"front end that refuses most of its users", RPCLOG_HIGH);
	struct set users;

	if (!d)
		return;
	set_init(f, &users);
	for (size_t i = 0; i < bunch->count; i++) {
		const struct cell *cell = bunch->items[i].cell;

		if (!is_source(f, cell->actor))
			set_add(&users, cell->actor, cell->requests);
	}
	d->face.users = users.size;
	say_sentence(f, d,
		     "The front end %S (a server that users connect to) "
		     "refused most of the users that came to it %B. That "
		     "points to a fault of this server, or of its tie to the "
		     "domain, and not to passwords.",
		     bunch->name, d->face.first_us, d->face.last_us);
	say_users(f, d, &users);
	say_why(f, d, l, bunch, &users);
	say_steps(f, d, l, bunch->name);
	set_free(f, &users);
}

void
find_frontend_logon(struct findings *f)
{
	const struct logons *l = logons_of(f);
	struct bunches servers;

	if (!l)
		return;
	bunches_init(&servers);
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_SERVER)
			bunches_take(f, &servers, cell->server, cell);
	}
	bunches_close(f, &servers);
	for (size_t i = 0; i < servers.count; i++)
		describe(f, l, &servers.list[i]);
	bunches_free(f, &servers);
}
