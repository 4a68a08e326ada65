/* SPDX-License-Identifier: MIT */
/* Exchange 2010 or 2007 that offers newer front ends no logon they can use. */

#include "machine.h"

static bool
is_outlook_anywhere(const struct findings *f, const struct machine *m)
{
	return slice_eq(name_at(f, m->protocol), SLICE("RpcHttp"));
}

static void
say_rpc_steps(struct findings *f, struct draft *d, const struct machine *m)
{
	say(f, d, LINE_DO,
	    "In the Exchange Management Shell see which logon methods "
	    "(authentication methods of IIS, the web server) the directory "
	    "/rpc of %S takes, and note them:",
	    m->target);
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere -Server %H | Format-List "
	    "Identity,IISAuthenticationMethods",
	    m->target);
	say(f, d, LINE_DO,
	    "If NTLM is not among them, add it, and restart IIS on %S, which "
	    "interrupts the users of that server for a minute:",
	    m->target);
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere -Server %H | Set-OutlookAnywhere "
	    "-IISAuthenticationMethods Basic,NTLM",
	    m->target);
	say(f, d, LINE_COMMAND, "iisreset %H", m->target);
	say(f, d, LINE_DO,
	    "If NTLM is there already: see in IIS Manager on %S that Windows "
	    "Authentication of the directory Rpc is enabled and that its "
	    "providers name NTLM.",
	    m->target);
}

static void
say_other_steps(struct findings *f, struct draft *d, const struct machine *m)
{
	say(f, d, LINE_DO,
	    "On %S compare the authentication settings of the web directories "
	    "with those of an Exchange 2010 or 2007 server that works: Windows "
	    "Authentication (NTLM or Negotiate) must be enabled.",
	    m->target);
	say(f, d, LINE_COMMAND,
	    "Get-WebServicesVirtualDirectory -Server %H | Format-List "
	    "*Authentication*",
	    m->target);
	say(f, d, LINE_COMMAND,
	    "Get-AutodiscoverVirtualDirectory -Server %H | Format-List "
	    "*Authentication*",
	    m->target);
}

static void
say_broken(struct findings *f, struct draft *d, const struct machine *m)
{
	bool rpc = is_outlook_anywhere(f, m);

	say_sentence(f, d,
		     "%S, an Exchange 2010 or 2007 server, %s answers 401 "
		     "(not logged on) to newer servers that pass requests of "
		     "their users on to it. Outlook asks these users for a "
		     "password, and no password helps.",
		     m->target, m->worked_during > 0 ? "at times" : "always");
	say_users(f, d, &m->users);
	say(f, d, LINE_WHY,
	    "The newer server had accepted the users before it passed their "
	    "requests on: it was the old server that refused.");
	say(f, d, LINE_WHY,
	    "The rows name no Kerberos fault, as they would without update "
	    "KB3140410. So most likely the old server offers no way to log on "
	    "that a newer one can use: as a rule NTLM is missing from %s. What "
	    "it offers the log does not show.",
	    rpc ? "the methods of its /rpc directory"
		: "the methods of the directory that was asked for");
	say_others(f, d, m);
	say_side(f, d, m);
	say_passwords(f, d, m);
	say_beginning(f, d, m);
	if (rpc)
		say_remedy(f, d,
			   "Let the directory /rpc of %S take NTLM besides "
			   "Basic (Set-OutlookAnywhere "
			   "-IISAuthenticationMethods Basic,NTLM), and restart "
			   "IIS there.",
			   m->target);
	if (rpc)
		say_rpc_steps(f, d, m);
	else
		say_other_steps(f, d, m);
}

static void
say_fixed(struct findings *f, struct draft *d, const struct machine *m)
{
	machine_is_fixed(d, m);
	say_sentence(f, d,
		     "Fixed since %t: until %t %S refused the logons of newer "
		     "servers; %n to it worked since.",
		     m->works_since_us, m->last_us, m->target, m->worked_after);
	say_users(f, d, &m->users);
	say(f, d, LINE_DO,
	    "Make sure that every other Exchange 2010 and 2007 server has NTLM "
	    "among its methods, too:");
	say(f, d, LINE_COMMAND,
	    "Get-OutlookAnywhere | Format-List "
	    "Server,IISAuthenticationMethods");
}

static void
describe(struct findings *f, struct machine *m)
{
	struct draft *d = draft_new(
		f, "legacy_no_ntlm",
		"Exchange 2010/2007 server that offers no usable logon",
		RPCLOG_HIGH, name_at(f, m->target));

	if (!d)
		return;
	machine_take_prompts(f, m, d);
	if (m->fixed)
		say_fixed(f, d, m);
	else
		say_broken(f, d, m);
	say_check_lead(f, d,
		       "An hour after the change this must name nobody "
		       "(Outlook must have tried meanwhile):");
	say_check(f, d,
		  "popups --class be_auth_401_legacy --target %H --since 1h",
		  m->target);
}

static void
look_at(struct findings *f, uint32_t target, const void *ctx)
{
	struct machine m;

	(void)ctx;
	machine_init(f, &m, target, C_AUTH_401_LEGACY, C_AUTH_401_LEGACY);
	describe(f, &m);
	machine_clear(f, &m);
}

void
find_legacy_no_ntlm(struct findings *f)
{
	struct set targets;

	set_init(f, &targets);
	for_cells (f, TABLE_FAIL, cell) {
		if (cell->class_id == C_AUTH_401_LEGACY)
			set_add(&targets, cell->target, cell->requests);
	}
	each_busiest(f, &targets, look_at, NULL);
	set_free(f, &targets);
}
