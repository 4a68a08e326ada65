/* SPDX-License-Identifier: MIT */
/*
 * Users whose own mailbox is on a newer server and who have access to one on
 * Exchange 2010 or 2007: Outlook opens that one by Outlook Anywhere, and it is
 * there that they are asked for a password.
 */

#include "machine.h"

struct sharing {
	struct machine machine;
	uint32_t *own; /* by mailbox: 1 + the last actor who has it by Mapi */
	struct set users, others; /* others: mailboxes that they fail for */
	uint64_t unnamed;	  /* requests that name no mailbox */
	uint64_t newer_only, older_only; /* users of one system, not asked */
};

static bool
is_protocol(const struct findings *f, const struct cell *cell, const char *name)
{
	return slice_eq(name_at(f, cell->protocol), slice_str(name));
}

/* Marks the mailboxes that the actor of these cells reaches by Mapi. */
static bool
mark_own(const struct findings *f, struct sharing *s, const struct cell *from,
	 const struct cell *to)
{
	bool any = false;

	for (const struct cell *cell = from; cell < to; cell++) {
		if (cell->class_id != C_OK || cell->mailbox == 0 ||
		    !is_protocol(f, cell, "Mapi"))
			continue;
		s->own[cell->mailbox] = cell->actor + 1;
		any = true;
	}
	return any;
}

/* All cells of one actor. */
static void
take_actor(const struct findings *f, struct sharing *s, const struct cell *from,
	   const struct cell *to)
{
	bool newer = mark_own(f, s, from, to), older = false, failed = false;

	for (const struct cell *cell = from; cell < to; cell++) {
		if (!cell->legacy || !is_protocol(f, cell, "RpcHttp"))
			continue;
		older = true;
		if (!machine_fails(f, &s->machine, cell)) {
			failed |= cell->class_id != C_OK;
			continue;
		}
		failed = true;
		if (!newer || s->own[cell->mailbox] == cell->actor + 1)
			continue;
		set_add(&s->users, cell->actor, cell->requests);
		if (cell->mailbox != 0)
			set_add(&s->others, cell->mailbox, cell->requests);
		else
			s->unnamed += cell->requests;
	}
	s->newer_only += newer && !older;
	s->older_only += older && !newer && !failed;
}

static void
take_actors(const struct findings *f, struct sharing *s)
{
	const struct cells *use = &f->in->table[TABLE_USE];
	const struct cell *end = use->cells + use->count;

	/* Cells are in order of actors. */
	for (const struct cell *from = use->cells, *to; from < end; from = to) {
		for (to = from; to < end && to->actor == from->actor;)
			to++;
		if (!is_source(f, from->actor))
			take_actor(f, s, from, to);
	}
}

static void
say_why(struct findings *f, struct draft *d, const struct sharing *s)
{
	say(f, d, LINE_WHY,
	    "Their own mailboxes they reach by MAPI over HTTP, Outlook's way "
	    "to newer servers, and that works: the passwords are right.");
	if (s->others.size > 0)
		say(f, d, LINE_WHY,
		    "The requests that fail go by Outlook Anywhere to %S, for "
		    "%u %s other than those.",
		    s->machine.target, (uint64_t)s->others.size,
		    plural(s->others.size, "mailbox", "mailboxes"));
	if (s->unnamed > 0)
		say(f, d, LINE_WHY,
		    "%u of the requests that fail name the server alone: the "
		    "log does not tell for which mailbox these were.",
		    s->unnamed);
	if (s->newer_only > 0)
		say(f, d, LINE_WHY,
		    "%u %s newer servers alone, and never failed so.",
		    s->newer_only,
		    plural(s->newer_only, "other user uses",
			   "other users use"));
	if (s->older_only > 0)
		say(f, d, LINE_WHY,
		    "%u %s Exchange 2010 or 2007 alone, without a failure "
		    "there.",
		    s->older_only,
		    plural(s->older_only, "other user uses",
			   "other users use"));
	say(f, d, LINE_WHY,
	    "This is what Full Access to a mailbox on Exchange 2010 looks "
	    "like: Outlook adds such a mailbox to the profile by itself "
	    "(automapping), and asks for a password when it can't open it. Who "
	    "has access to what the log does not show.");
}

static void
say_steps(struct findings *f, struct draft *d, const struct sharing *s)
{
	say(f, d, LINE_DO,
	    "Repair %S: the findings legacy_unpatched and legacy_no_ntlm say "
	    "how. That ends it for all users at once.",
	    s->machine.target);
	say(f, d, LINE_DO,
	    "Or move the mailboxes that are shared to the newer servers, so "
	    "that all users of one are on one system. Write the names in place "
	    "of MAILBOX and DATABASE:");
	say(f, d, LINE_COMMAND,
	    "New-MoveRequest -Identity MAILBOX -TargetDatabase DATABASE");
	say(f, d, LINE_DO,
	    "Stop-gap until then: take automapping off, so that Outlook does "
	    "not open the other mailbox by itself; the user keeps the access. "
	    "In the Exchange Management Shell, with the names in place of "
	    "MAILBOX and USER. Outlook may need an hour and a restart to "
	    "follow. First note what the user may do:");
	say(f, d, LINE_COMMAND,
	    "Get-MailboxPermission -Identity MAILBOX -User USER | Format-List "
	    "AccessRights");
	say(f, d, LINE_COMMAND,
	    "Remove-MailboxPermission -Identity MAILBOX -User USER "
	    "-AccessRights FullAccess -Confirm:$false");
	say(f, d, LINE_COMMAND,
	    "Add-MailboxPermission -Identity MAILBOX -User USER -AccessRights "
	    "FullAccess -AutoMapping $false");
	say(f, d, LINE_UNDO, "To have automapping back:");
	say(f, d, LINE_UNDO_COMMAND,
	    "Remove-MailboxPermission -Identity MAILBOX -User USER "
	    "-AccessRights FullAccess -Confirm:$false");
	say(f, d, LINE_UNDO_COMMAND,
	    "Add-MailboxPermission -Identity MAILBOX -User USER -AccessRights "
	    "FullAccess -AutoMapping $true");
}

/* Of the machine's failures those of these users. */
static void
count_failures(const struct findings *f, const struct sharing *s,
	       struct draft *d)
{
	struct trend trend;

	trend_init(f, &trend);
	for_cells (f, TABLE_FAIL, cell) {
		if (!machine_fails(f, &s->machine, cell) ||
		    !set_has(&s->users, cell->actor) ||
		    !is_protocol(f, cell, "RpcHttp"))
			continue;
		draft_count(d, cell);
		trend_add(&trend, cell);
	}
	d->face.users = s->users.size;
	d->face.trend = trend_of(&trend);
}

static void
describe(struct findings *f, const struct sharing *s)
{
	const struct machine *m = &s->machine;
	uint64_t users = s->users.size;
	struct draft *d =
		draft_new(f, "secondary_mailbox",
			  "users with access to an Exchange 2010/2007 mailbox",
			  RPCLOG_HIGH, name_at(f, m->target));

	if (!d)
		return;
	count_failures(f, s, d);
	if (m->fixed) {
		machine_is_fixed(d, m);
		say_sentence(f, d,
			     "Over since %t: until %t %u %s own mailbox is on "
			     "a newer server could not open another one on "
			     "%S.",
			     m->works_since_us, m->last_us, users,
			     plural(users, "user whose", "users whose"),
			     m->target);
	} else {
		say_sentence(
			f, d,
			"%u %s own mailbox is on a newer server and works "
			"can't "
			"open another one on %S, an Exchange 2010 or 2007 "
			"server. Outlook asks for a password because of that "
			"other mailbox.",
			users, plural(users, "user whose", "users whose"),
			m->target);
	}
	say_users(f, d, &s->users);
	say_why(f, d, s);
	if (m->fixed)
		say(f, d, LINE_DO,
		    "Nothing to do now. Whether %S stays so, the findings "
		    "legacy_unpatched and legacy_no_ntlm about it say.",
		    m->target);
	else
		say_steps(f, d, s);
	say_check_lead(f, d, "An hour after the change this must name nobody:");
	say_check(f, d,
		  "popups --class be_krb_invalid_token,be_auth_401_legacy "
		  "--protocol RpcHttp --target %H --since 1h",
		  m->target);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	struct sharing s;

	(void)ctx;
	memset(&s, 0, sizeof(s));
	s.own = alloc_zero(&f->alloc, f->in->name_count, sizeof(*s.own));
	f->broken |= !s.own;
	machine_init(f, &s.machine, target, C_KRB_INVALID_TOKEN,
		     C_AUTH_401_LEGACY);
	set_init(f, &s.users);
	set_init(f, &s.others);
	machine_take_prompts(f, &s.machine, NULL);
	if (s.machine.failed > 0 && s.own)
		take_actors(f, &s);
	if (s.users.size > 0)
		describe(f, &s);
	machine_clear(f, &s.machine);
	set_free(f, &s.users);
	set_free(f, &s.others);
	alloc_free(&f->alloc, s.own);
}

void
find_secondary_mailbox(struct findings *f)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->legacy && (cell->class_id == C_KRB_INVALID_TOKEN ||
				     cell->class_id == C_AUTH_401_LEGACY))
			set_add(&targets, cell->target, cell->requests);
	}
	each_busiest(f, &targets, look_at, NULL);
	set_free(f, &targets);
}
