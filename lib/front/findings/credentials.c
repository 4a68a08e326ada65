/* SPDX-License-Identifier: MIT */
/* One user, or one device, whose logons are refused. */

#include "bunch.h"
#include "logons.h"

/* From so many in an hour on it may be the server after all. */
#define CROWD_BESIDE 10

/* What is known of one of them. */
struct refused {
	const struct bunch *bunch;
	const struct reasons *reasons;
	uint32_t actor;
	bool source;   /* an address, no user */
	bool mailbox;  /* of which nobody is known to be the owner */
	bool by_phone; /* ActiveSync */
	bool by_desktop;
	bool judged;	 /* there are refusals that HttpProxy logged */
	bool certain;	 /* and not all of them are only suspected */
	uint32_t beside; /* at most so many users in an hour */
	int64_t first_us, last_us;
};

static bool
is_protocol(const struct findings *f, const struct cell *cell, const char *name)
{
	return slice_eq_nocase(name_at(f, cell->protocol), slice_str(name));
}

static void
look_at(const struct findings *f, const struct logons *l,
	const struct cell *cell, struct refused *r)
{
	const struct cells *fails = &f->in->table[TABLE_FAIL];

	r->by_phone |= is_protocol(f, cell, "Eas");
	r->by_desktop |= !is_protocol(f, cell, "Eas");
	if (cell->first_us < r->first_us)
		r->first_us = cell->first_us;
	if (cell->last_us > r->last_us)
		r->last_us = cell->last_us;
	/* A cell of TABLE_REASON: IIS has judged. */
	if (cell < fails->cells || cell >= fails->cells + fails->count) {
		r->certain = true;
		return;
	}
	r->judged = true;
	r->certain |= cell->class_id != C_SUSPECTED;
	if (l->beside[cell - fails->cells] > r->beside)
		r->beside = l->beside[cell - fails->cells];
}

static void
say_what(struct findings *f, struct draft *d, const struct refused *r)
{
	uint64_t requests = r->bunch->requests;
	uint32_t client = r->bunch->items[0].cell->client;
	const char *at = "at ";
	char text[REASONS_SIZE];

	if (!is_address(name_at(f, client))) {
		at = "whose address is not in the log";
		client = 0;
	}

	if (r->reasons)
		reasons_text(text, sizeof(text), r->reasons);
	if (r->reasons && r->source)
		say_sentence(f, d,
			     "Somebody %s%S was refused %x. IIS, the web "
			     "server of the front end, says why: %s. Who it "
			     "was the log does not say.",
			     at, client, requests, text);
	else if (r->reasons)
		say_sentence(f, d,
			     "Logons of %S were refused %x by the front end. "
			     "IIS, its web server, says why: %s.",
			     r->actor, requests, text);
	else if (r->source)
		say_sentence(f, d,
			     "Somebody %s%S was refused %x. The log "
			     "does not say who: a logon that fails often "
			     "leaves no name. As a rule a device or program "
			     "has a wrong or old password, or somebody tries "
			     "out passwords.",
			     at, client, requests);
	else if (!r->certain)
		say_sentence(f, d,
			     "Logons for %S were probably refused, %x: "
			     "Outlook tried again and again to open a "
			     "channel, and no success is in the log.",
			     r->actor, requests);
	else if (r->mailbox)
		say_sentence(f, d,
			     "Logons for a mailbox were refused %x, "
			     "before any mailbox server was asked. The log "
			     "does not say who tried, nor whose mailbox it "
			     "is: %S.",
			     requests, r->actor);
	else
		say_sentence(f, d,
			     "Logons of %S were refused %x by the front "
			     "end, before any mailbox server was asked: as a "
			     "rule a wrong or old password, or an account "
			     "that may not log on.",
			     r->actor, requests);
}

/* ---- why ------------------------------------------------------------------
 */

static void
say_account(struct findings *f, struct draft *d, const struct logons *l,
	    const struct refused *r)
{
	const struct got_in *in = &l->got_in[r->actor];

	if (r->source) {
		say_no_address(f, d, r->bunch->items[0].cell->client);
		if (l->home[r->bunch->items[0].cell->client])
			say(f, d, LINE_WHY,
			    "Others got in from the same address: it is hardly "
			    "an attacker's. They may share it, as users behind "
			    "one router do.");
		return;
	}
	/* Several may have got in to a mailbox without an owner. */
	if (r->mailbox)
		return;
	if (in->requests == 0)
		say(f, d, LINE_WHY,
		    "No logon of this user that worked is in these logs.");
	else if (in->last_us > r->first_us)
		say(f, d, LINE_WHY,
		    "The same user got in, too: %n, the last at %t, after the "
		    "refusals began at %t.%s",
		    in->requests, in->last_us, r->first_us,
		    r->reasons ? ""
			       : " So the account works, or works again, and "
				 "most likely one program or device has an "
				 "old password.");
	else
		say(f, d, LINE_WHY,
		    "The user got in until %t (%n), and not once since the "
		    "refusals began at %t.%s",
		    in->last_us, in->requests, r->first_us,
		    r->reasons ? ""
			       : " A password that was changed or has expired, "
				 "or a locked account, would do that.");
}

static void
say_server(struct findings *f, struct draft *d, const struct refused *r)
{
	if (r->beside == 1)
		say(f, d, LINE_WHY,
		    "Nobody else was refused at the same front end in those "
		    "hours: the server is hardly the cause.");
	else if (r->beside >= CROWD_BESIDE)
		say(f, d, LINE_WHY,
		    "In one of those hours %u users or addresses were refused "
		    "at the same front end. If that is more than on other "
		    "days, look at the server and its domain controller "
		    "first.",
		    (uint64_t)r->beside);
	else if (r->beside > 1)
		say(f, d, LINE_WHY,
		    "In none of those hours were more than %u users or "
		    "addresses refused at the same front end: few, so the "
		    "server is hardly the cause.",
		    (uint64_t)r->beside);
}

static void
say_why(struct findings *f, struct draft *d, const struct logons *l,
	const struct refused *r)
{
	struct best clients;

	if (!r->source) {
		best_clients(f, &clients, r->bunch);
		say_clients(f, d, &clients);
	}
	say_account(f, d, l, r);
	/* Else the sentence has them. */
	if (!r->reasons)
		say_reasons(f, d, NULL);
	if (!r->certain && !r->reasons)
		say(f, d, LINE_WHY,
		    "A channel is logged when it closes, which may be hours "
		    "later: a success may still come. So this is suspected, "
		    "not certain.");
	say_server(f, d, r);
}

/* ---- all of them ----------------------------------------------------------
 */

static void
describe(struct findings *f, const struct logons *l, const struct bunch *bunch,
	 bool in_full)
{
	struct draft *d = bunch_draft(f, bunch, "credentials_rejected",
				      "logons that are refused", RPCLOG_MEDIUM);
	struct refused r = {
		.bunch = bunch,
		.actor = bunch->name,
		.reasons = reasons_of(l, SIDE_USER, bunch->name),
		.first_us = INT64_MAX,
		.last_us = INT64_MIN,
	};

	if (!d)
		return;
	r.source = is_source(f, r.actor);
	r.mailbox = slice_starts(name_at(f, r.actor), SLICE("mailbox:"));
	for (size_t i = 0; i < bunch->count; i++)
		look_at(f, l, bunch->items[i].cell, &r);
	d->face.users = r.source ? 0 : 1;
	say_what(f, d, &r);
	if (in_full) {
		if (!r.source)
			say_names(f, d, &r.actor, 1, 0);
		say_why(f, d, l, &r);
	}
	say_logon_steps(
		f, d,
		&(struct logon_steps){
			.actor = r.actor,
			.server = bunch->items[0].cell->server,
			.client = name_at(f, bunch->items[0].cell->client),
			.source = r.source,
			.mailbox = r.mailbox,
			.phone = r.by_phone,
			.desktop = r.by_desktop,
			.reasons = r.reasons,
			.brief = !in_full,
		});
}

void
find_credentials_rejected(struct findings *f)
{
	const struct logons *l = logons_of(f);
	struct bunches actors;

	if (!l)
		return;
	bunches_init(&actors);
	for_cells (f, TABLE_FAIL, cell) {
		if (logon_side_of(f, l, cell) == SIDE_USER)
			bunches_take(f, &actors, cell->actor, cell);
	}
	/* Too few legs for a verdict by the proxy's log alone. */
	for_cells (f, TABLE_REASON, cell) {
		if (reason_side_of(l, cell) == SIDE_USER &&
		    !l->alone[cell->actor])
			bunches_take(f, &actors, cell->actor, cell);
	}
	bunches_close(f, &actors);
	for (size_t i = 0; i < actors.count; i++)
		describe(f, l, &actors.list[i], i < BUNCHES_IN_FULL);
	bunches_free(f, &actors);
}
