/* SPDX-License-Identifier: MIT */
/* Guessed passwords: one address at many accounts. */

#include "bunch.h"
#include "logons.h"

/* ---- steps against it ------------------------------------------------
 */

static void
say_names_tried(struct findings *f, struct draft *d, uint32_t server)
{
	say(f, d, LINE_DO,
	    "Learn which names were tried: the front end writes an event 4625 "
	    "(logon failed) into its Security log for each, if failed logons "
	    "are audited:");
	say(f, d, LINE_COMMAND,
	    "Get-WinEvent -ComputerName %H -FilterHashtable "
	    "@{LogName='Security';Id=4625} -MaxEvents 500 | Format-List "
	    "TimeCreated,Message",
	    server);
}

static void
say_basic(struct findings *f, struct draft *d)
{
	say(f, d, LINE_DO,
	    "It tries Basic authentication, which sends name and password with "
	    "each request. See who needs it; what is listed here stops working "
	    "without it:");
	say(f, d, LINE_COMMAND,
	    "rpclog count --where 'AuthenticationType = Basic' --where "
	    "'HttpStatus = 200' --by protocol,user,software%s%s",
	    f->paths[0] ? " " : "", f->paths);
	say(f, d, LINE_DO,
	    "Switch it off where nobody does, for example for Exchange Web "
	    "Services and Autodiscover (ActiveSync telephones mostly need "
	    "it):");
	say(f, d, LINE_COMMAND,
	    "Get-WebServicesVirtualDirectory | "
	    "Set-WebServicesVirtualDirectory -BasicAuthentication $false");
	say(f, d, LINE_COMMAND,
	    "Get-AutodiscoverVirtualDirectory | "
	    "Set-AutodiscoverVirtualDirectory -BasicAuthentication $false");
	say(f, d, LINE_UNDO,
	    "Basic comes back with $true in place of $false, in both "
	    "commands.");
}

static void
say_lockout(struct findings *f, struct draft *d)
{
	say(f, d, LINE_DO,
	    "See how many wrong passwords the domain allows before it locks "
	    "an account (LockoutThreshold; 0 means any number). With a low "
	    "number an attack locks your users out; ten is usual:");
	say(f, d, LINE_COMMAND, "Get-ADDefaultDomainPasswordPolicy");
}

/* ---- one address, many accounts -------------------------------------------
 */

/* Who got in from there after a refusal there: a guess may have hit. */
static void
say_hits(struct findings *f, struct draft *d, const struct logons *l,
	 uint32_t client)
{
	size_t count;
	const struct pair *pair = client_pairs(l, client, &count);
	struct best hit;
	uint64_t got_in = 0;

	memset(&hit, 0, sizeof(hit));
	for (size_t i = 0; i < count; i++) {
		got_in += pair[i].got_in > 0;
		if (pair[i].got_in > 0 && pair[i].refused > 0 &&
		    pair[i].last_in_us > pair[i].first_refused_us)
			best_add(&hit, pair[i].actor, pair[i].got_in);
	}
	if (got_in == 0) {
		say(f, d, LINE_WHY, "Nobody got in from there.");
		return;
	}
	if (got_in == 1)
		say(f, d, LINE_WHY, "One user got in from there.");
	else
		say(f, d, LINE_WHY, "%u users got in from there.", got_in);
	if (hit.total > 0) {
		say(f, d, LINE_WHY,
		    hit.total == 1
			    ? "%S got in after refusals there: that password "
			      "may have been guessed."
			    : "%S, and %u more, got in after refusals there: "
			      "those passwords may have been guessed.",
		    hit.name[0], hit.total - 1);
		say(f, d, LINE_DO,
		    "Ask %S, and whoever else got in from there, whether it "
		    "was them. If not, set a new password at once, and see "
		    "what was done in the mailbox.",
		    hit.name[0]);
	}
}

static void
say_block(struct findings *f, struct draft *d, uint32_t client)
{
	if (is_address(name_at(f, client)))
		say(f, d, LINE_DO,
		    "See whom it tried and who got in from there: a row with "
		    "class ok and a user is somebody who got in:");
	else
		say(f, d, LINE_DO,
		    "See whom it tried and who got in under that word: a row "
		    "with class ok and a user is somebody who got in:");
	say(f, d, LINE_COMMAND, "rpclog count --client %H --by user,class%s%s",
	    client, f->paths[0] ? " " : "", f->paths);
	if (!is_address(name_at(f, client))) {
		say(f, d, LINE_DO,
		    "Learn the real address from the log of IIS (c-ip) or of "
		    "the load balancer, and block that one at the firewall to "
		    "the internet if it is not yours. Let the load balancer "
		    "set X-Forwarded-For itself, in place of what clients "
		    "send.");
		return;
	}
	say(f, d, LINE_DO,
	    "If it is no address of yours, block it at the firewall to the "
	    "internet; or, until that is done, on each front end:");
	say(f, d, LINE_COMMAND,
	    "New-NetFirewallRule -DisplayName 'Block guessed passwords' "
	    "-Direction Inbound -Action Block -RemoteAddress %H",
	    client);
	say(f, d, LINE_UNDO, "Take the firewall rule out again:");
	say(f, d, LINE_UNDO_COMMAND,
	    "Remove-NetFirewallRule -DisplayName 'Block guessed passwords'");
}

static void
say_named(struct findings *f, struct draft *d, const struct logons *l,
	  const struct bunch *bunch, const struct best *users)
{
	if (users->total > 0)
		say_sentence(f, d,
			     "Logons to the accounts of %u users were refused "
			     "%x from %s%S: it looks as if somebody there "
			     "guesses passwords.",
			     users->total, bunch->requests,
			     is_address(name_at(f, bunch->name))
				     ? ""
				     : "one client that is known by no address "
				       "but by ",
			     bunch->name);
	else
		say_sentence(f, d,
			     "All %u logons from %S, an address of the "
			     "internet, were refused: it looks as if somebody "
			     "there guesses passwords.",
			     bunch->requests, bunch->name);
	say_names(f, d, users->name, users->count, users->total - users->count);
	say_hits(f, d, l, bunch->name);
}

static void
describe_spray(struct findings *f, const struct logons *l,
	       const struct bunch *bunch, bool in_full)
{
	struct draft *d = bunch_draft(f, bunch, "password_spray",
				      "address that seems to guess passwords",
				      RPCLOG_HIGH);
	struct best users;

	if (!d)
		return;
	best_users(f, &users, bunch);
	d->face.users = users.total;
	if (is_address(name_at(f, bunch->name)))
		say_remedy(f, d,
			   "Block the address unless it is yours, and see who "
			   "got in from it.");
	else
		say_remedy(f, d,
			   "Learn the real address from the log of IIS or of "
			   "the load balancer, block it unless it is yours, "
			   "and see who got in.");
	say_named(f, d, l, bunch, &users);
	if (!in_full)
		return;
	if (users.total > 0)
		say(f, d, LINE_WHY,
		    "More users were refused from there than got in: with "
		    "users behind one router it is as a rule the other way "
		    "round.");
	else
		say(f, d, LINE_WHY,
		    "The log does not say which names were tried: a refused "
		    "logon mostly leaves none. One forgotten device with an "
		    "old password would look the same; its events (see below) "
		    "show one name, those of an attack many.");
	if (reasons_of(l, SIDE_SPRAY, bunch->name))
		say_reasons(f, d, reasons_of(l, SIDE_SPRAY, bunch->name));
	if (is_address(name_at(f, bunch->name)))
		say(f, d, LINE_WHY,
		    "The address is what the front end knows. Behind a load "
		    "balancer it may be the balancer's own, or what the client "
		    "wrote into the header X-Forwarded-For, and that can be "
		    "forged.");
	say_no_address(f, d, bunch->name);
	say_block(f, d, bunch->name);
	say_names_tried(f, d, bunch->items[0].cell->server);
	if (bunch_is_basic(bunch))
		say_basic(f, d);
	say_lockout(f, d);
	say(f, d, LINE_CHECK,
	    "An hour after the block there must be nothing from there:");
	say_check(f, d, "count --client %H --by hour,class --since 1h",
		  bunch->name);
}

void
find_password_spray(struct findings *f)
{
	const struct logons *l = logons_of(f);
	struct bunches clients;

	if (!l)
		return;
	bunches_init(&clients);
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_SPRAY)
			bunches_take(f, &clients, cell->client, cell);
	}
	bunches_close(f, &clients);
	for (size_t i = 0; i < clients.count; i++)
		describe_spray(f, l, &clients.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &clients);
}
