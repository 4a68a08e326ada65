/* SPDX-License-Identifier: MIT */
/* One account that is tried over and over. */

#include "bunch.h"
#include "logons.h"

/* Addresses that the user was refused at, and those that somebody got in from
 * with this account. */
static void
say_addresses(struct findings *f, struct draft *d, const struct logons *l,
	      uint32_t actor, const struct best *clients,
	      const struct bunch *bunch)
{
	uint64_t own = 0, within = 0;

	say_clients(f, d, clients);
	for (size_t i = 0; i < bunch->count; i++) {
		const struct cell *cell = bunch->items[i].cell;
		const struct pair *pair = pair_of(l, cell->client, actor);

		own += pair && pair->got_in > 0 ? cell->requests : 0;
		within += is_private(name_at(f, cell->client)) ? cell->requests
							       : 0;
	}
	if (own > 0)
		say(f, d, LINE_WHY,
		    "%u of them came from addresses that the account also got "
		    "in from: those may be a device of the user with an old "
		    "password, or a guess that hit.",
		    own);
	else
		say(f, d, LINE_WHY,
		    clients->total == 1
			    ? "The account never got in from there, as far as "
			      "these logs tell."
			    : "The account never got in from any of these, as "
			      "far as these logs tell.");
	if (within > 0)
		say(f, d, LINE_WHY,
		    "%u of them came from within your own network: a service "
		    "or a device with an old password is likelier there than "
		    "an attack.",
		    within);
	if (clients->total > 1)
		say(f, d, LINE_WHY,
		    "A telephone that moves from network to network shows many "
		    "addresses, too; but it is rarely refused so often.");
}

/* Made-up ones look like many. */
static void
say_no_addresses(struct findings *f, struct draft *d, const struct bunch *bunch)
{
	uint64_t none = 0;

	for (size_t i = 0; i < bunch->count; i++) {
		const struct cell *cell = bunch->items[i].cell;

		none += is_address(name_at(f, cell->client)) ? 0
							     : cell->requests;
	}
	if (none > 0)
		say(f, d, LINE_WHY,
		    "%n came with no address, or with something else in its "
		    "place: the real one is in the log of IIS (c-ip) or of the "
		    "load balancer.",
		    none);
}

static void
say_steps(struct findings *f, struct draft *d, const struct logons *l,
	  const struct bunch *bunch)
{
	say(f, d, LINE_DO,
	    "See which addresses the account got in from (class ok), and ask "
	    "the user whether they are known; if one is not, set a new "
	    "password at once:");
	say(f, d, LINE_COMMAND, "rpclog count --user %H --by client,class%s%s",
	    bunch->name, f->paths[0] ? " " : "", f->paths);
	say(f, d, LINE_DO,
	    "If it is the account of a service, see that nobody can use it "
	    "from the internet.");
	say(f, d, LINE_DO,
	    "If they are few and not yours, block them at the firewall to the "
	    "internet. If they are many, let only a VPN or modern "
	    "authentication in from the internet.");
	if (bunch_is_basic(bunch)) {
		say(f, d, LINE_DO,
		    "They try Basic authentication, which sends name and "
		    "password with each request. Switch it off where nobody "
		    "needs it, for example for Exchange Web Services; devices "
		    "that know nothing else stop working there:");
		say(f, d, LINE_COMMAND,
		    "Get-WebServicesVirtualDirectory | "
		    "Set-WebServicesVirtualDirectory -BasicAuthentication "
		    "$false");
		say(f, d, LINE_UNDO,
		    "Basic comes back with $true in place of $false.");
	}
	say_logon_steps(
		f, d,
		&(struct logon_steps){
			.actor = bunch->name,
			.server = bunch->items[0].cell->server,
			.mailbox = slice_starts(name_at(f, bunch->name),
						SLICE("mailbox:")),
			.desktop = true,
			.reasons = reasons_of(l, SIDE_BRUTE, bunch->name),
		});
}

static void
describe(struct findings *f, const struct logons *l, const struct bunch *bunch,
	 bool in_full)
{
	struct draft *d =
		bunch_draft(f, bunch, "brute_force",
			    "account that is tried over and over", RPCLOG_HIGH);
	struct best clients;

	if (!d)
		return;
	best_clients(f, &clients, bunch);
	d->face.users = 1;
	say_remedy(f, d,
		   "See which addresses the account got in from; set a new "
		   "password if one is unknown, and block those that are not "
		   "yours.");
	say_sentence(f, d,
		     "Logons of %S were refused %x, from %u %s: either "
		     "somebody guesses the password, or a program repeats an "
		     "old one without a pause.",
		     bunch->name, bunch->requests, clients.total,
		     clients.total == 1 ? "address" : "addresses");
	if (!in_full)
		return;
	say_names(f, d, &bunch->name, 1, 0);
	say_addresses(f, d, l, bunch->name, &clients, bunch);
	if (reasons_of(l, SIDE_BRUTE, bunch->name))
		say_reasons(f, d, reasons_of(l, SIDE_BRUTE, bunch->name));
	say(f, d, LINE_WHY,
	    "Addresses are what the front end knows: behind a load balancer "
	    "they may come from the header X-Forwarded-For, and that can be "
	    "forged.");
	say_no_addresses(f, d, bunch);
	say_steps(f, d, l, bunch);
}

void
find_brute_force(struct findings *f)
{
	const struct logons *l = logons_of(f);
	struct bunches actors;

	if (!l)
		return;
	bunches_init(&actors);
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_BRUTE)
			bunches_take(f, &actors, cell->actor, cell);
	}
	bunches_close(f, &actors);
	for (size_t i = 0; i < actors.count; i++)
		describe(f, l, &actors.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &actors);
}
