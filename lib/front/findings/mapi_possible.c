/* SPDX-License-Identifier: MIT */
/* Mailboxes that Outlook reaches by Outlook Anywhere alone, where MAPI over
 * HTTP works for others. */

#include "machine.h"

struct ways {
	struct set by_mapi, mapi_works; /* mailboxes; requests */
	struct set users, mailboxes;
};

/* A working RPC channel to a mailbox on a newer server. */
static bool
is_channel(const struct findings *f, const struct cell *cell)
{
	return cell->class_id == C_OK && cell->half != HALF_NONE &&
	       !cell->legacy && cell->mailbox != 0 &&
	       !is_source(f, cell->actor) &&
	       slice_eq(name_at(f, cell->protocol), SLICE("RpcHttp"));
}

static void
look_for_mapi(const struct findings *f, struct ways *w)
{
	for_cells (f, TABLE_USE, cell) {
		if (cell->mailbox == 0 ||
		    !slice_eq(name_at(f, cell->protocol), SLICE("Mapi")))
			continue;
		set_add(&w->by_mapi, cell->mailbox, cell->requests);
		if (cell->class_id == C_OK)
			set_add(&w->mapi_works, cell->mailbox, cell->requests);
	}
}

static void
take_channels(const struct findings *f, struct ways *w, struct draft *d)
{
	for_cells (f, TABLE_USE, cell) {
		if (!is_channel(f, cell) || set_has(&w->by_mapi, cell->mailbox))
			continue;
		draft_count(d, cell);
		set_add(&w->users, cell->actor, cell->requests);
		set_add(&w->mailboxes, cell->mailbox, cell->requests);
	}
	d->face.users = w->users.size;
}

static void
say_steps(struct findings *f, struct draft *d)
{
	say(f, d, LINE_DO,
	    "See whether MAPI over HTTP is on for the organisation (True), and "
	    "switch it on if it is not. The servers need some minutes to learn "
	    "of it:");
	say(f, d, LINE_COMMAND,
	    "Get-OrganizationConfig | Format-List MapiHttpEnabled");
	say(f, d, LINE_COMMAND,
	    "Set-OrganizationConfig -MapiHttpEnabled $true");
	say(f, d, LINE_DO,
	    "See whether it is off for single mailboxes (False), and let those "
	    "follow the organisation. Write the name in place of MAILBOX:");
	say(f, d, LINE_COMMAND,
	    "Get-CASMailbox -ResultSize Unlimited | Format-Table "
	    "Name,MapiHttpEnabled");
	say(f, d, LINE_COMMAND,
	    "Set-CASMailbox -Identity MAILBOX -MapiHttpEnabled $null");
	say(f, d, LINE_DO,
	    "On the computers of these users, see whether the value "
	    "MapiHttpDisabled is there: 1 keeps Outlook from MAPI over HTTP. "
	    "Delete it then:");
	say(f, d, LINE_COMMAND,
	    "reg query \"HKCU\\Software\\Microsoft\\Exchange\" /v "
	    "MapiHttpDisabled");
	say(f, d, LINE_COMMAND,
	    "reg delete \"HKCU\\Software\\Microsoft\\Exchange\" /v "
	    "MapiHttpDisabled /f");
	say(f, d, LINE_DO,
	    "Outlook must know it: 2016 and later do, 2013 needs Service Pack "
	    "1, 2010 needs Service Pack 2 and update KB2956191.");
	say(f, d, LINE_DO,
	    "Then Outlook must be restarted: it learns of the "
	    "new way from Autodiscover first, so a second restart may be "
	    "needed.");
	say(f, d, LINE_UNDO,
	    "If clients that can't do it cause trouble, the organisation goes "
	    "back to Outlook Anywhere by:");
	say(f, d, LINE_UNDO_COMMAND,
	    "Set-OrganizationConfig -MapiHttpEnabled $false");
}

static void
describe(struct findings *f, struct ways *w)
{
	struct draft *d = draft_new(f, "mapi_possible",
				    "MAPI over HTTP possible but not used",
				    RPCLOG_LOW, SLICE("Outlook Anywhere"));

	if (!d)
		return;
	take_channels(f, w, d);
	say_sentence(f, d,
		     "Outlook reaches %u %s on newer servers by Outlook "
		     "Anywhere (RPC over HTTP, the old way) alone, although "
		     "MAPI over HTTP, the new way, works here for %u %s.",
		     (uint64_t)w->mailboxes.size,
		     plural(w->mailboxes.size, "mailbox", "mailboxes"),
		     (uint64_t)w->mapi_works.size,
		     plural(w->mapi_works.size, "other", "others"));
	say_remedy(f, d,
		   "See whether MAPI over HTTP is off for these mailboxes "
		   "(Get-CASMailbox), for the organisation "
		   "(Get-OrganizationConfig) or on the computers, and let "
		   "Outlook use it.");
	say_users(f, d, &w->users);
	say(f, d, LINE_WHY,
	    "%n by Outlook Anywhere to these mailboxes worked, and there is "
	    "not one by MAPI over HTTP for any of them, though the servers "
	    "offer it to the others.",
	    d->face.requests);
	say(f, d, LINE_WHY,
	    "The log does not show why Outlook does not use it: it may be off "
	    "for the mailbox or on the computer, or this Outlook is too old.");
	say_steps(f, d);
	say(f, d, LINE_CHECK,
	    "A day after the change this must tell of fewer mailboxes:");
	say_check(f, d, "diagnose --finding mapi_possible --since 1d");
}

void
find_mapi_possible(struct findings *f)
{
	struct ways w;
	bool found = false;

	memset(&w, 0, sizeof(w));
	set_init(f, &w.by_mapi);
	set_init(f, &w.mapi_works);
	set_init(f, &w.users);
	set_init(f, &w.mailboxes);
	look_for_mapi(f, &w);
	for_cells (f, TABLE_USE, cell) {
		found = found || (is_channel(f, cell) &&
				  !set_has(&w.by_mapi, cell->mailbox));
	}
	if (found && w.mapi_works.size > 0)
		describe(f, &w);
	set_free(f, &w.by_mapi);
	set_free(f, &w.mapi_works);
	set_free(f, &w.users);
	set_free(f, &w.mailboxes);
}
