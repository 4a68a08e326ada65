/* SPDX-License-Identifier: MIT */
/* What to do about a logon that is refused, by what is known of it. */

#include "logons.h"

/* A command for the account of a user, by the form of the name. */
static void
say_account(struct findings *f, struct draft *d, uint32_t actor,
	    const char *rest)
{
	rpclog_slice name = name_at(f, actor);

	if (slice_find(name, SLICE("\\")) == SIZE_MAX &&
	    slice_find(name, SLICE("@")) != SIZE_MAX)
		say(f, d, LINE_COMMAND,
		    "Get-ADUser -Filter {UserPrincipalName -eq %H}%s", actor,
		    rest);
	else
		say(f, d, LINE_COMMAND, "Get-ADUser -Identity %A%s", actor,
		    rest);
}

static void
say_who(struct findings *f, struct draft *d, const struct logon_steps *s)
{
	if (s->source) {
		say(f, d, LINE_DO,
		    "Learn the name that was tried: the front end writes an "
		    "event 4625 (logon failed) into its Security log, with "
		    "name and address, if failed logons are audited:");
		say(f, d, LINE_COMMAND,
		    "Get-WinEvent -ComputerName %H -FilterHashtable "
		    "@{LogName='Security';Id=4625} -MaxEvents 200 | "
		    "Format-List TimeCreated,Message",
		    s->server);
		say(f, d, LINE_DO,
		    is_address(s->client)
			    ? "Find the device at that address (a telephone, a "
			      "scanner, a program with a mailbox of its own) "
			      "and enter the password there anew. If the "
			      "address is that of a load balancer, its own log "
			      "has the real one."
			    : "Find the device (a telephone, a scanner, a "
			      "program with a mailbox of its own) by the "
			      "address in the event, and enter the password "
			      "there anew.");
		return;
	}
	if (s->mailbox) {
		say(f, d, LINE_DO,
		    "Learn whose mailbox it is. GUID is what stands between "
		    "\"mailbox:\" and the @:");
		say(f, d, LINE_COMMAND,
		    "Get-Mailbox GUID | Format-List "
		    "DisplayName,UserPrincipalName");
		return;
	}
	say(f, d, LINE_DO, "Look at the account:");
	say_account(f, d, s->actor,
		    " -Properties LockedOut,Enabled,PasswordExpired,"
		    "PasswordLastSet");
}

/* Each reason has a step of its own. */
static void
say_by_reason(struct findings *f, struct draft *d, const struct logon_steps *s)
{
	const uint64_t *n = s->reasons->requests;
	bool named = !s->source && !s->mailbox;

	if (n[LOGON_LOCKED] > 0) {
		say(f, d, LINE_DO,
		    "Unlock the account once the device or program that sends "
		    "the wrong passwords is found (the event 4740 of the "
		    "domain controllers names a computer); before that it "
		    "locks again:");
		if (named)
			say_account(f, d, s->actor, " | Unlock-ADAccount");
		else
			say(f, d, LINE_COMMAND,
			    "Unlock-ADAccount -Identity NAME");
	}
	if (n[LOGON_PASSWORD_EXPIRED] > 0)
		say(f, d, LINE_DO,
		    "The password has expired: the user changes it at a PC of "
		    "the domain (Ctrl+Alt+Del), or you set a new one.");
	if (n[LOGON_MUST_CHANGE] > 0)
		say(f, d, LINE_DO,
		    "The user must change the password before anything else: "
		    "at a PC of the domain. Outlook and telephones can't do "
		    "that.");
	if (n[LOGON_DISABLED] > 0)
		say(f, d, LINE_DO,
		    "The account is disabled or has expired. If that is right, "
		    "take the mailbox out of the device or profile that still "
		    "asks; if not, enable it (Enable-ADAccount) or give it a "
		    "later end (Set-ADAccountExpiration).");
	if (n[LOGON_RESTRICTED] > 0)
		say(f, d, LINE_DO,
		    "The account may log on only at certain hours, from "
		    "certain PCs or in certain ways: see its properties in "
		    "Active Directory (logon hours, \"Log On To\").");
	if (n[LOGON_SERVER_TROUBLE] > 0)
		say(f, d, LINE_DO,
		    "The front end could not ask a domain controller. No "
		    "password helps; look on the front end:");
	if (n[LOGON_SERVER_TROUBLE] > 0)
		say(f, d, LINE_COMMAND, "Test-ComputerSecureChannel -Verbose");
	if (n[LOGON_EXTENDED_PROTECTION] == 0)
		return;
	say(f, d, LINE_DO,
	    "Extended Protection ties a logon to the TLS connection that it "
	    "comes by. It fails if a load balancer or proxy ends TLS and "
	    "begins it anew with another certificate (a TLS bridge). Either "
	    "let TLS pass through, or use the same certificate on both sides; "
	    "and have the same setting on all front ends:");
	say(f, d, LINE_COMMAND,
	    "Get-MapiVirtualDirectory | Format-List "
	    "Server,ExtendedProtection*");
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere | Format-List "
	    "Server,ExtendedProtection*,SSLOffloading");
}

/* Is it about a password?  Unless IIS says that it is something else. */
static bool
may_be_password(const struct reasons *reasons)
{
	return !reasons || reasons->requests[LOGON_PASSWORD_WRONG] > 0 ||
	       reasons->requests[LOGON_LOCKED] > 0 ||
	       reasons->requests[LOGON_PASSWORD_EXPIRED] > 0 ||
	       reasons->requests[LOGON_MUST_CHANGE] > 0;
}

/* Or about the way that the logon took? */
static bool
is_about_account(const struct reasons *reasons)
{
	return may_be_password(reasons) ||
	       reasons->requests[LOGON_DISABLED] > 0 ||
	       reasons->requests[LOGON_RESTRICTED] > 0 ||
	       reasons->requests[LOGON_OTHER] > 0;
}

static void
say_devices(struct findings *f, struct draft *d, const struct logon_steps *s)
{
	if (!s->source && s->desktop) {
		say(f, d, LINE_DO,
		    "At the user's PC, close Outlook and delete the stored "
		    "password of these servers in Credential Manager (the "
		    "place where Windows keeps passwords):");
		say(f, d, LINE_COMMAND, "control keymgr.dll");
		say(f, d, LINE_DO,
		    "Start Outlook, and enter the name in full, as "
		    "DOMAIN\\user or as user@domain: if one form is refused, "
		    "try the other.");
	}
	if (!s->source)
		say(f, d, LINE_DO,
		    s->phone ? "It comes by ActiveSync: enter the new password "
			       "in the telephones and tablets of the user."
			     : "Look at the user's other devices, too: a "
			       "telephone goes on trying the old password for "
			       "weeks.");
}

void
say_logon_steps(struct findings *f, struct draft *d,
		const struct logon_steps *s)
{
	size_t lines = d ? d->face.line_count : 0;

	if (s->reasons)
		say_by_reason(f, d, s);
	if (may_be_password(s->reasons) && d && d->face.line_count == lines)
		say_remedy(
			f, d,
			s->source ? "Learn which name was tried (event 4625 of "
				    "the front end), find the device, and "
				    "enter the password there anew."
			: s->reasons
				? "Delete the stored password at the PC "
				  "(control keymgr.dll) and enter it anew "
				  "in every device, the name as "
				  "DOMAIN\\user or as user@domain."
				: "See whether the account is locked or its "
				  "password expired; then delete the stored "
				  "password at the PC (control keymgr.dll) "
				  "and enter it anew in every device.");
	if (s->brief)
		return;
	if (!s->reasons || is_about_account(s->reasons))
		say_who(f, d, s);
	if (may_be_password(s->reasons))
		say_devices(f, d, s);
	say(f, d, LINE_CHECK,
	    s->source ? "An hour later there must be nothing from that address:"
		      : "An hour later this must name nobody (the devices must "
			"have tried meanwhile):");
	say_check(f, d, "popups --likely --user %H --since 1h", s->actor);
}
