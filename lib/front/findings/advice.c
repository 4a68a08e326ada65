/* SPDX-License-Identifier: MIT */
/* What a class of logons between servers means and what to do about it. */

#include "machine.h"

#define SPN                                                                    \
	"service principal name (the name under which Kerberos knows a "       \
	"server)"
#define SECURE_CHANNEL "Test-ComputerSecureChannel -Verbose"
#define REPAIR_CHANNEL                                                         \
	"Test-ComputerSecureChannel -Repair -Credential (Get-Credential)"
#define ASA_STATUS                                                             \
	"Get-ClientAccessService "                                             \
	"-IncludeAlternateServiceAccountCredentialStatus | Format-List "       \
	"Name,AlternateServiceAccountConfiguration"
#define CLOCK "w32tm /stripchart /computer:%H /samples:3 /dataonly"
#define POOLS                                                                  \
	"Import-Module WebAdministration; Get-ChildItem IIS:\\AppPools | "     \
	"Format-Table Name,State,@{n='Identity';e={"                           \
	"$_.processModel.identityType}}"
#define PROTECTION                                                             \
	".\\ExchangeExtendedProtectionManagement.ps1 -ShowExtendedProtection"

struct step {
	const char *words;
	const char *commands[2];
};

/* ---- the fault is at the target, or between the two -------------------------
 */

static const struct advice {
	uint32_t class_id;
	struct step steps[3];
} advices[] = {
	{ 20,
	  { { "See that no " SPN " stands at two accounts:", { "setspn -X" } },
	    { "See that the alternate service account, an account that several "
	      "servers share for Kerberos, has the same password on all of "
	      "them, if there is one "
	      "(RollAlternateServiceAccountPassword.ps1 brings it there):",
	      { ASA_STATUS } } } },
	{ 21,
	  { { "On the front ends test the tie of the machine account to the "
	      "domain (the secure channel): Test-ComputerSecureChannel must "
	      "print True, and repairs it with "
	      "-Repair:",
	      { SECURE_CHANNEL, REPAIR_CHANNEL } },
	    { "See that the machine accounts of the front ends are members of "
	      "the group Exchange Servers, which may act for users there:",
	      { "Get-ADGroupMember -Identity 'Exchange Servers'" } },
	    { "If the mailboxes of few users alone fail, see whether these "
	      "were moved, for example to the cloud.",
	      { NULL } } } },
	{ 22,
	  { { "Is %S the name of a server of yours? If not, let somebody look "
	      "into it who handles security: attackers make such names up "
	      "(CVE-2021-26855). If it is, see whether the name is in DNS, and "
	      "which account holds its " SPN ":",
	      { "Resolve-DnsName %H", "setspn -Q 'HTTP/%W'" } },
	    { "If the server is new or was renamed: see that the domain "
	      "controllers know it already (that they replicate):",
	      { "repadmin /replsummary" } } } },
	{ 23,
	  { { "Look for a " SPN " that stands at two accounts:",
	      { "setspn -X" } },
	    { "See that the alternate service account, an account that several "
	      "servers share for Kerberos, has the same password on all of "
	      "them, if there is one "
	      "(RollAlternateServiceAccountPassword.ps1 brings it there):",
	      { ASA_STATUS } },
	    { "See that DNS gives the address of that server and of no other:",
	      { "Resolve-DnsName %H" } } } },
	{ 24,
	  { { "On the front end compare its clock with that of the server "
	      "(Kerberos allows 5 minutes), and see where each takes its time "
	      "from:",
	      { CLOCK, "w32tm /query /status" } },
	    { "On the one that is off, let Windows ask its source anew. A "
	      "virtual machine should take the time from the domain, not from "
	      "its host:",
	      { "w32tm /resync /rediscover" } } } },
	{ 25,
	  { { "On the front end see under which identity the application pools "
	      "of Exchange run (LocalSystem is right), restore it if it is "
	      "another, and restart the server:",
	      { POOLS } } } },
	{ 26,
	  { { "On the front end see which domain controller it finds, and "
	      "whether its tie to the domain works, in place of DOMAIN:",
	      { "nltest /dsgetdc:DOMAIN /force", "nltest /sc_verify:DOMAIN" } },
	    { "If it finds none: see that its DNS servers are those of the "
	      "domain and that no firewall is between.",
	      { NULL } } } },
	{ 27,
	  { { "Find the account that holds the " SPN " of the server, and see "
	      "which encryption types it allows (8 and 16 are AES, 4 is RC4), "
	      "in place of ACCOUNT:",
	      { "setspn -Q 'HTTP/%W'",
		"Get-ADObject -LDAPFilter '(sAMAccountName=ACCOUNT)' "
		"-Properties msDS-SupportedEncryptionTypes" } },
	    { "If it lacks AES: allow it, and give the account a new password, "
	      "or it has no key for AES.",
	      { NULL } } } },
	{ 28,
	  { { "See how Extended Protection, which ties a logon to the TLS "
	      "connection that it comes by, is set on all servers: it must be "
	      "alike (the script is from Microsoft's CSS-Exchange):",
	      { PROTECTION } },
	    { "See that nothing between the servers, as a load balancer, ends "
	      "TLS and begins it anew, and that no other certificate is used "
	      "there.",
	      { NULL } } } },
	{ 29,
	  { { "Read what the front end itself says about it, in its System "
	      "log:",
	      { "Get-WinEvent -MaxEvents 20 -FilterHashtable "
		"@{LogName='System';ProviderName='Microsoft-Windows-Security-"
		"Kerberos'}" } } } },
	{ 30,
	  { { "On %S test the tie of its machine account to the domain (the "
	      "secure channel): Test-ComputerSecureChannel must print True, "
	      "and repairs it with "
	      "-Repair:",
	      { SECURE_CHANNEL, REPAIR_CHANNEL } },
	    { "Look for a " SPN " that stands at two accounts:",
	      { "setspn -X" } },
	    { "On a front end compare the clocks (Kerberos allows 5 minutes):",
	      { CLOCK } } } },
	{ 50,
	  { { "See which logons the back end of %S offers for MAPI over HTTP, "
	      "and whether a server that works offers the same (Extended "
	      "Protection, too):",
	      { "Get-MapiVirtualDirectory -Server %H "
		"-ShowMailboxVirtualDirectories | Format-List "
		"Name,*Authentication*,ExtendedProtection*" } },
	    { "On %S see that a certificate is bound to port 444, the back "
	      "end's, as on a server that works:",
	      { "netsh http show sslcert ipport=0.0.0.0:444" } },
	    { "On a front end compare the clocks (Kerberos allows 5 minutes):",
	      { CLOCK } } } },
};

static void
say_step(struct findings *f, struct draft *d, const struct step *step,
	 uint32_t host)
{
	say(f, d, LINE_DO, step->words, host);
	for (size_t i = 0; i < 2 && step->commands[i]; i++)
		say(f, d, LINE_COMMAND, step->commands[i], host);
}

void
say_class(struct findings *f, struct draft *d, const rpclog_class *info,
	  uint32_t host)
{
	say(f, d, LINE_WHY, "What that means: %w", info->cause);
	for (size_t i = 0; i < ARRAY_LEN(advices); i++) {
		if (advices[i].class_id != info->id)
			continue;
		for (size_t k = 0; k < 3 && advices[i].steps[k].words; k++)
			say_step(f, d, &advices[i].steps[k], host);
	}
}

/* ---- the fault is at one front end ------------------------------------------
 */

/* By class from be_krb_invalid_token on: what it could not do, and the step of
 * its own beside those that are for all. */
static const struct {
	const char *what;
	struct step step;
} front_ends[C_KRB_REJECTED - C_KRB_INVALID_TOKEN + 1] = {
	{ "it could not use what the servers sent back",
	  { "See that the alternate service account, an account that several "
	    "servers share for Kerberos, has the same password at this front "
	    "end as at the others, if there is one "
	    "(RollAlternateServiceAccountPassword.ps1 brings it there):",
	    { ASA_STATUS } } },
	{ "its own account was denied",
	  { "See that its machine account is a member of the group Exchange "
	    "Servers, which may act for users on other servers:",
	    { "Get-ADGroupMember -Identity 'Exchange Servers'" } } },
	{ "its domain controller did not know the server's name",
	  { "On it see whether DNS gives the same address of the server as on "
	    "the other front ends:",
	    { "Resolve-DnsName %H" } } },
	{ "its ticket was for another account",
	  { "On it see whether DNS gives the same address of the server as on "
	    "the other front ends, and look for a " SPN " that stands at two "
	    "accounts:",
	    { "Resolve-DnsName %H", "setspn -X" } } },
	{ "the clocks were too far apart for Kerberos", { NULL, { NULL } } },
	{ "it had no identity to log on with",
	  { "On it see under which identity the application pools of Exchange "
	    "run (LocalSystem is right), and restore it if it is another:",
	    { POOLS } } },
	{ "it found no domain controller",
	  { "On it see which domain controller it finds, in place of DOMAIN; "
	    "if none, see that its DNS servers are those of the domain:",
	    { "nltest /dsgetdc:DOMAIN /force" } } },
	{ "it had no encryption type of Kerberos in common with the servers",
	  { "Compare the encryption types that Windows allows there with those "
	    "of a front end that works (the policy \"Configure encryption "
	    "types allowed for Kerberos\"):",
	    { "reg query \"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
	      "Policies\\System\\Kerberos\\Parameters\" /v "
	      "SupportedEncryptionTypes" } } },
	{ "Extended Protection, which ties a logon to the TLS connection that "
	  "it comes by, failed",
	  { "See that it is set there as on the other servers (the script is "
	    "from Microsoft's CSS-Exchange):",
	    { PROTECTION } } },
	{ "the logon failed with another status",
	  { "Read what it says about it itself, in its System log:",
	    { "Get-WinEvent -MaxEvents 20 -FilterHashtable "
	      "@{LogName='System';ProviderName='Microsoft-Windows-Security-"
	      "Kerberos'}" } } },
	{ "the servers refused its logon twice", { NULL, { NULL } } },
};

void
say_front_end_class(struct findings *f, struct draft *d, uint32_t class_id,
		    uint64_t requests)
{
	rpclog_class info;

	if (rpclog_rules_by_id(f->rules, class_id, &info))
		say(f, d, LINE_WHY, "%n failed because %s (%s).", requests,
		    front_ends[class_id - C_KRB_INVALID_TOKEN].what, info.name);
}

void
say_front_end_steps(struct findings *f, struct draft *d, uint32_t class_id,
		    uint32_t server, uint32_t host)
{
	const struct step *own =
		&front_ends[class_id - C_KRB_INVALID_TOKEN].step;
	static const struct step tie = {
		"On %S test the tie of its machine account to the domain (the "
		"secure channel): Test-ComputerSecureChannel must print True, "
		"and repairs it with "
		"-Repair:",
		{ SECURE_CHANNEL, REPAIR_CHANNEL }
	};

	/* The clock first if it is known to be the cause. */
	if (class_id != C_KRB_TIME_SKEW)
		say_step(f, d, &tie, server);
	if (own->words)
		say_step(f, d, own, host);
	say(f, d, LINE_DO,
	    "On %S compare its clock with that of a server (Kerberos allows 5 "
	    "minutes). If it is off, the second command lets Windows ask its "
	    "source anew:",
	    server);
	say(f, d, LINE_COMMAND, CLOCK, host);
	say(f, d, LINE_COMMAND, "w32tm /resync /rediscover");
	if (class_id == C_KRB_TIME_SKEW)
		say_step(f, d, &tie, server);
	say(f, d, LINE_DO, "If none of this shows a cause, restart %S.",
	    server);
}
