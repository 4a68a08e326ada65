/* SPDX-License-Identifier: MIT */
/* Outlook Anywhere: connections that are opened again and again. */

#include "bunch.h"

/* Short channels of one user, client and target in an hour. */
#define STORM_CHANNELS 20

/* The same trouble elsewhere: how many users have it, by target and client. */
struct storms {
	struct bunches actors;
	struct set targets, clients;
};

/* Each actor once for a name, however many cells it has. */
static void
count_users(struct findings *f, struct storms *s, bool clients)
{
	size_t *met = alloc_zero(&f->alloc, f->in->name_count, sizeof(*met));

	f->broken |= !met;
	for (size_t i = 0; met && i < s->actors.count; i++) {
		const struct bunch *bunch = &s->actors.list[i];

		for (size_t k = 0; k < bunch->count; k++) {
			const struct cell *cell = bunch->items[k].cell;
			uint32_t name = clients ? cell->client : cell->target;

			if (met[name] != i + 1)
				set_add(clients ? &s->clients : &s->targets,
					name, 1);
			met[name] = i + 1;
		}
	}
	alloc_free(&f->alloc, met);
}

static const struct cell *
worst_cell(const struct bunch *bunch)
{
	const struct cell *worst = bunch->items[0].cell;

	for (size_t i = 1; i < bunch->count; i++) {
		if (bunch->items[i].cell->requests > worst->requests)
			worst = bunch->items[i].cell;
	}
	return worst;
}

static void
say_elsewhere(struct findings *f, struct draft *d, const struct storms *s,
	      const struct cell *worst)
{
	uint64_t users = s->targets.count ? s->targets.count[worst->target] : 0;
	uint64_t near = s->clients.count ? s->clients.count[worst->client] : 0;

	if (users > 1)
		say(f, d, LINE_WHY,
		    "%u users have this at %S: it is that server or the way to "
		    "it (firewall, load balancer), hardly one PC.",
		    users, worst->target);
	else
		say(f, d, LINE_WHY,
		    "Nobody else has this at %S: look at this PC and its own "
		    "network (VPN, wireless, security software) first.",
		    worst->target);
	if (near > 1)
		say(f, d, LINE_WHY,
		    "%u users have it at the address %S, so what stands there "
		    "(a router, a firewall) may be the cause.",
		    near, worst->client);
}

/* Who ended them: whose side is to be looked at. */
static void
say_ends(struct findings *f, struct draft *d, uint32_t actor, uint32_t target)
{
	uint64_t ended[END_COUNT] = { 0 }, all = 0;

	for_cells (f, TABLE_END, cell) {
		if (cell->actor != actor || cell->target != target)
			continue;
		ended[cell->kind] += cell->requests;
		all += cell->requests;
	}
	if (ended[END_UNKNOWN] == all) {
		say(f, d, LINE_WHY,
		    "Who ended them the log does not tell: their rows have no "
		    "more than PossibleException, as those of healthy channels "
		    "have, too.");
		return;
	}
	say(f, d, LINE_WHY,
	    "How the %u short channels of this user to %S ended: %u were "
	    "broken off on the client's side, %u on the back end's, %u were "
	    "closed in order, and of %u the log does not tell.",
	    all, target, ended[END_CLIENT], ended[END_BACKEND],
	    ended[END_CLOSED], ended[END_UNKNOWN]);
}

static void
say_storm_steps(struct findings *f, struct draft *d, uint32_t actor)
{
	say(f, d, LINE_DO,
	    "See how long connections may be silent at every firewall and load "
	    "balancer between these clients and the front ends (idle "
	    "timeout), and raise that time to 15 minutes or more. Windows "
	    "sends a sign of life over a silent connection only now and then, "
	    "and a device that does not wait for it cuts the connection.");
	say(f, d, LINE_DO,
	    "See that the load balancer sends all connections of a client to "
	    "the same front end (affinity, also called persistence): the two "
	    "halves of a channel, RPC_IN_DATA and RPC_OUT_DATA, belong "
	    "together.");
	say(f, d, LINE_DO,
	    "Stop-gap, if a device can't be changed: let Windows send the sign "
	    "of life every 120 seconds. On each front end see what is set, set "
	    "it, and restart the server:");
	say(f, d, LINE_COMMAND,
	    "reg query \"HKLM\\Software\\Policies\\Microsoft\\Windows "
	    "NT\\RPC\" "
	    "/v MinimumConnectionTimeout");
	say(f, d, LINE_COMMAND,
	    "reg add \"HKLM\\Software\\Policies\\Microsoft\\Windows NT\\RPC\" "
	    "/v MinimumConnectionTimeout /t REG_DWORD /d 120");
	say(f, d, LINE_DO,
	    "At the PC, see in Outlook's connection status (Ctrl and a right "
	    "click on the Outlook icon near the clock) whether connections "
	    "come and go, and whether they do in another network, too.");
	say(f, d, LINE_UNDO,
	    "If there was no value before, delete it (else set the one that "
	    "you noted), and restart the server:");
	say(f, d, LINE_UNDO_COMMAND,
	    "reg delete \"HKLM\\Software\\Policies\\Microsoft\\Windows "
	    "NT\\RPC\" /v MinimumConnectionTimeout /f");
	say(f, d, LINE_CHECK,
	    "An hour later there must be few channels, and half of them "
	    "longer than 60000 (milliseconds):");
	say_check(f, d,
		  "count --user %H --class ok --where 'Method = RPC_OUT_DATA' "
		  "--by hour,client,target --stat p50:TotalRequestTime --since "
		  "1h",
		  actor);
}

static void
describe_storm(struct findings *f, const struct storms *s,
	       const struct bunch *bunch, bool in_full)
{
	struct draft *d = bunch_draft(f, bunch, "rpc_reconnect_storm",
				      "Outlook that connects again and again",
				      RPCLOG_MEDIUM);
	const struct cell *worst = worst_cell(bunch);
	struct best clients;

	if (!d)
		return;
	d->face.users = is_source(f, bunch->name) ? 0 : 1;
	say_remedy(f, d,
		   "Raise the time that firewalls and load balancers let "
		   "connections be silent (idle timeout), and let the load "
		   "balancer keep each client at one front end.");
	say_sentence(f, d,
		     "Outlook of %S opened %u channels to %S in one hour (from "
		     "%t), and each was closed within a minute. The user may "
		     "see Outlook disconnect, or ask for a password.",
		     bunch->name, worst->requests, worst->target, worst->at_us);
	if (!in_full)
		return;
	if (d->face.users > 0)
		say_names(f, d, &bunch->name, 1, 0);
	say(f, d, LINE_WHY,
	    "Only channels for what a server sends to Outlook (RPC_OUT_DATA) "
	    "are counted. A healthy one stays open for many minutes or hours.");
	say(f, d, LINE_WHY,
	    "The logon worked each time: passwords are not the cause.");
	best_clients(f, &clients, bunch);
	say_clients(f, d, &clients);
	say_ends(f, d, bunch->name, worst->target);
	say_elsewhere(f, d, s, worst);
	say_storm_steps(f, d, bunch->name);
}

void
find_rpc_reconnect_storm(struct findings *f)
{
	struct storms s;

	bunches_init(&s.actors);
	set_init(f, &s.targets);
	set_init(f, &s.clients);
	for_cells (f, TABLE_SHORT, cell) {
		if (cell->requests >= STORM_CHANNELS && cell->actor != 0)
			bunches_take(f, &s.actors, cell->actor, cell);
	}
	bunches_close(f, &s.actors);
	count_users(f, &s, false);
	count_users(f, &s, true);
	for (size_t i = 0; i < s.actors.count; i++)
		describe_storm(f, &s, &s.actors.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &s.actors);
	set_free(f, &s.targets);
	set_free(f, &s.clients);
}
