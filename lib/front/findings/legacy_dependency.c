/* SPDX-License-Identifier: MIT */
/* Who still needs an Exchange 2010 or 2007 server: can it be switched off? */

#include "machine.h"

/* What goes to one such server. */
struct need {
	uint32_t target;
	uint64_t worked, unnamed;
	struct set users, mailboxes, protocols;
};

static void
take(struct findings *f, struct need *n, struct draft *d)
{
	struct trend trend;

	trend_init(f, &trend);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->target != n->target)
			continue;
		draft_count(d, cell);
		trend_add(&trend, cell);
		set_add(&n->protocols, cell->protocol, cell->requests);
		if (cell->class_id == C_OK)
			n->worked += cell->requests;
	}
	for_cells (f, TABLE_USE, cell) {
		if (cell->target != n->target || is_source(f, cell->actor))
			continue;
		set_add(&n->users, cell->actor, cell->requests);
		if (cell->mailbox != 0)
			set_add(&n->mailboxes, cell->mailbox, cell->requests);
		else
			n->unnamed += cell->requests;
	}
	d->face.users = n->users.size;
	d->face.trend = trend_of(&trend);
}

static void
say_need(struct findings *f, struct draft *d, const struct need *n)
{
	say_sentence(f, d,
		     "%S, an Exchange 2010 or 2007 server, is still in use: "
		     "newer servers passed %u %s of %u known %s on to it.",
		     n->target, d->face.requests,
		     plural(d->face.requests, "request", "requests"),
		     (uint64_t)n->users.size,
		     plural(n->users.size, "user", "users"));
	say_users(f, d, &n->users);
	for (uint32_t name = 0; name < f->in->name_count; name++) {
		if (set_has(&n->protocols, name))
			say(f, d, LINE_WHY, "%n came by %s.",
			    n->protocols.count[name],
			    protocol_words(f, name, "another protocol"));
	}
	if (n->worked == d->face.requests)
		say(f, d, LINE_WHY,
		    "All of them worked. The last request was at %t.",
		    d->face.last_us);
	else if (n->worked > 0)
		say(f, d, LINE_WHY,
		    "%u of them worked. The last request was at %t.", n->worked,
		    d->face.last_us);
	else
		say(f, d, LINE_WHY,
		    "None of them worked. The last request was at %t.",
		    d->face.last_us);
	if (n->mailboxes.size > 0)
		say(f, d, LINE_WHY,
		    "They were for %u %s. Whether these are the users' own, "
		    "or others that they open too, the log does not tell.",
		    (uint64_t)n->mailboxes.size,
		    plural(n->mailboxes.size, "mailbox", "mailboxes"));
	if (n->unnamed > 0)
		say(f, d, LINE_WHY, "%u %s the server alone, not the mailbox.",
		    n->unnamed,
		    plural(n->unnamed, "request names", "requests name"));
	say(f, d, LINE_WHY,
	    "Users whose Outlook talks to the old server directly write "
	    "nothing into the logs of the newer ones: there may be more.");
}

static void
say_steps(struct findings *f, struct draft *d, const struct need *n)
{
	say_remedy(f, d,
		   "Before %S is switched off, move the mailboxes that are "
		   "still reached through it to newer servers.",
		   n->target);
	say(f, d, LINE_DO,
	    "List the mailboxes that are still on Exchange 2010 or 2007 (in "
	    "the Exchange Management Shell of the newer server):");
	say(f, d, LINE_COMMAND,
	    "Get-Mailbox -ResultSize Unlimited | Where-Object { "
	    "$_.AdminDisplayVersion -match 'Version (14|8)' } | Format-Table "
	    "Name,RecipientTypeDetails,Database");
	say(f, d, LINE_DO,
	    "Move them, each together with the mailboxes that its users have "
	    "access to. Write the names in place of MAILBOX and DATABASE:");
	say(f, d, LINE_COMMAND,
	    "New-MoveRequest -Identity MAILBOX -TargetDatabase DATABASE");
	say(f, d, LINE_DO,
	    "Look for public folders and other services of %S, too, before it "
	    "is switched off.",
	    n->target);
	say(f, d, LINE_CHECK,
	    "A day after the last move this must count nothing any more:");
	say_check(f, d,
		  "count --by user,mailbox,protocol --target %H --since 1d",
		  n->target);
}

static void
describe(struct findings *f, struct need *n)
{
	struct draft *d = draft_new(f, "legacy_dependency",
				    "Exchange 2010/2007 server still in use",
				    RPCLOG_INFO, name_at(f, n->target));

	if (!d)
		return;
	take(f, n, d);
	say_need(f, d, n);
	say_steps(f, d, n);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	struct need n;

	(void)ctx;
	memset(&n, 0, sizeof(n));
	n.target = target;
	set_init(f, &n.users);
	set_init(f, &n.mailboxes);
	set_init(f, &n.protocols);
	describe(f, &n);
	set_free(f, &n.users);
	set_free(f, &n.mailboxes);
	set_free(f, &n.protocols);
}

void
find_legacy_dependency(struct findings *f)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FLOW, cell) {
		if (cell->legacy)
			set_add(&targets, cell->target, cell->requests);
	}
	each_busiest(f, &targets, look_at, NULL);
	set_free(f, &targets);
}
