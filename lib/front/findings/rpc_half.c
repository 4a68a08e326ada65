/* SPDX-License-Identifier: MIT */
/* Outlook Anywhere: channels of which one half never comes. */

#include "bunch.h"

#define HALF_TIMEOUTS 3
#define HALF_CHANNELS 10

/* By client. */
struct halves {
	struct set timeouts;
	struct set ok[HALF_OUT + 1];  /* requests that worked, */
	struct set any[HALF_OUT + 1]; /* and all of them, by half */
};

static void
count_halves(struct findings *f, struct halves *h)
{
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->class_id == C_ESTABLISH_TIMEOUT)
			set_add(&h->timeouts, cell->client, cell->requests);
	}
	for_cells (f, TABLE_USE, cell) {
		if (cell->half == HALF_NONE)
			continue;
		set_add(&h->any[cell->half], cell->client, cell->requests);
		if (cell->class_id == C_OK)
			set_add(&h->ok[cell->half], cell->client,
				cell->requests);
	}
}

/* Only this half comes from there. */
static bool
is_alone(const struct halves *h, uint32_t client, enum half half)
{
	enum half other = half == HALF_IN ? HALF_OUT : HALF_IN;

	return h->ok[half].count &&
	       h->ok[half].count[client] >= HALF_CHANNELS &&
	       !set_has(&h->any[other], client);
}

static bool
is_timing_out(const struct halves *h, uint32_t client)
{
	return h->timeouts.count && h->timeouts.count[client] >= HALF_TIMEOUTS;
}

static void
say_why(struct findings *f, struct draft *d, const struct halves *h,
	uint32_t client)
{
	bool in = is_alone(h, client, HALF_IN);
	bool out = is_alone(h, client, HALF_OUT);

	if (is_timing_out(h, client))
		say(f, d, LINE_WHY,
		    "The front end gave up waiting for the other half %x "
		    "(RpcHttpConnectionEstablishmentTimeout).",
		    h->timeouts.count[client]);
	if (in || out)
		say(f, d, LINE_WHY,
		    "%u requests %s from this address are in these logs and "
		    "not one %s, though an RPC channel, a connection of "
		    "Outlook Anywhere, needs both.",
		    h->ok[in ? HALF_IN : HALF_OUT].count[client],
		    in ? "RPC_IN_DATA" : "RPC_OUT_DATA",
		    in ? "RPC_OUT_DATA" : "RPC_IN_DATA");
	say(f, d, LINE_WHY,
	    "If these are not the logs of all front ends, the other halves may "
	    "be in those of another one: then the load balancer parts them. A "
	    "half that is still open is not logged yet, either.");
	say(f, d, LINE_WHY,
	    "The half that came was let in, or at least not refused: passwords "
	    "are hardly the cause, though Outlook may ask for one.");
}

static void
say_steps(struct findings *f, struct draft *d, uint32_t client)
{
	say(f, d, LINE_DO,
	    "Look for a firewall or proxy between %S and the front ends that "
	    "lets only common HTTP verbs pass (GET, POST ..): it must let "
	    "RPC_IN_DATA and RPC_OUT_DATA through, too.",
	    client);
	say(f, d, LINE_DO,
	    "See that the load balancer sends all connections of a client to "
	    "the same front end (affinity, also called persistence), and not "
	    "each connection to the next server.");
	say(f, d, LINE_DO,
	    "See which front end got which half: they are two machines if "
	    "the load balancer parts them:");
	say(f, d, LINE_COMMAND,
	    "rpclog count --client %H --where 'Method ~ ^RPC_' --by "
	    "server,method,target,class%s%s",
	    client, f->paths[0] ? " " : "", f->paths);
	say(f, d, LINE_DO,
	    "Let Microsoft's test open a channel from outside: "
	    "https://testconnectivity.microsoft.com, Outlook Connectivity.");
	say(f, d, LINE_CHECK,
	    "An hour after the change both RPC_IN_DATA and RPC_OUT_DATA must "
	    "be there, about as often:");
	say_check(f, d,
		  "count --client %H --where 'Method ~ ^RPC_' --by "
		  "server,method,class --since 1h",
		  client);
}

static void
describe(struct findings *f, const struct halves *h, const struct bunch *bunch,
	 bool in_full)
{
	struct draft *d = bunch_draft(
		f, bunch, "rpc_half_open",
		"RPC channel of which one half is missing", RPCLOG_MEDIUM);
	struct best users;

	if (!d)
		return;
	best_users(f, &users, bunch);
	d->face.users = users.total;
	say_sentence(f, d,
		     "Outlook at %S opens channels (connections of Outlook "
		     "Anywhere, in two halves) of which one half does not "
		     "arrive: something on the way may drop it, or take it "
		     "to another server. Outlook can't connect then.",
		     bunch->name);
	say_names(f, d, users.name, users.count, users.total - users.count);
	if (!in_full)
		return;
	say_why(f, d, h, bunch->name);
	say_steps(f, d, bunch->name);
}

static void
take_clients(struct findings *f, const struct halves *h,
	     struct bunches *clients)
{
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->class_id == C_ESTABLISH_TIMEOUT &&
		    is_timing_out(h, cell->client))
			bunches_take(f, clients, cell->client, cell);
	}
	for_cells (f, TABLE_USE, cell) {
		/* Who has no address is not one client. */
		if (cell->half != HALF_NONE && cell->class_id == C_OK &&
		    name_at(f, cell->client).len > 0 &&
		    is_alone(h, cell->client, (enum half)cell->half))
			bunches_take(f, clients, cell->client, cell);
	}
	bunches_close(f, clients);
}

void
find_rpc_half_open(struct findings *f)
{
	struct halves h;
	struct bunches clients;

	bunches_init(&clients);
	set_init(f, &h.timeouts);
	for (size_t half = 0; half <= HALF_OUT; half++) {
		set_init(f, &h.ok[half]);
		set_init(f, &h.any[half]);
	}
	count_halves(f, &h);
	take_clients(f, &h, &clients);
	for (size_t i = 0; i < clients.count; i++)
		describe(f, &h, &clients.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &clients);
	set_free(f, &h.timeouts);
	for (size_t half = 0; half <= HALF_OUT; half++) {
		set_free(f, &h.ok[half]);
		set_free(f, &h.any[half]);
	}
}
