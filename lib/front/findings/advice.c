/* SPDX-License-Identifier: MIT */
/* What a class means and what to do: its texts, and commands beside them. */

#include "machine.h"

/* Commands that show or repair what the class's remedy speaks of. */
static const struct advice {
	uint32_t class_id;
	const char *step;
	const char *commands[2];
} advices[] = {
	{ 20,
	  "See that no service principal name (the name under which a server "
	  "is known to Kerberos) stands at two accounts, and that the "
	  "alternate service account, if there is one, has the same password "
	  "everywhere:",
	  { "setspn -X",
	    "Get-ClientAccessService "
	    "-IncludeAlternateServiceAccountCredentialStatus | Format-List "
	    "Name,AlternateServiceAccountConfiguration" } },
	{ 21,
	  "On the front end test the connection of its machine account to the "
	  "domain (the secure channel); the second command repairs it:",
	  { "Test-ComputerSecureChannel -Verbose",
	    "Test-ComputerSecureChannel -Repair -Credential "
	    "(Get-Credential)" } },
	{ 22,
	  "See whether the name is in DNS, and which account holds its service "
	  "principal name (the name under which it is known to Kerberos):",
	  { "Resolve-DnsName %H", "setspn -Q HTTP/%H" } },
	{ 23,
	  "Look for a service principal name at two accounts, and whether the "
	  "alternate service account has the same password everywhere "
	  "(RollAlternateServiceAccountPassword.ps1 brings it to servers):",
	  { "setspn -X",
	    "Get-ClientAccessService "
	    "-IncludeAlternateServiceAccountCredentialStatus | Format-List "
	    "Name,AlternateServiceAccountConfiguration" } },
	{ 24,
	  "On the front end compare its clock with the other's. The server "
	  "that "
	  "is off must ask its source anew (the second command, there):",
	  { "w32tm /stripchart /computer:%H /samples:3 /dataonly",
	    "w32tm /resync /rediscover" } },
	{ 25,
	  "On the front end see under which identity the application pools of "
	  "Exchange run (LocalSystem is right):",
	  { "Import-Module WebAdministration; Get-ChildItem IIS:\\AppPools | "
	    "Format-Table Name,State,@{n='Identity';e={"
	    "$_.processModel.identityType}}",
	    NULL } },
	{ 26,
	  "On the front end see which domain controller it finds, and whether "
	  "its secure channel works, in place of DOMAIN:",
	  { "nltest /dsgetdc:DOMAIN /force", "nltest /sc_verify:DOMAIN" } },
	{ 27,
	  "Find the account that holds the server's service principal name, "
	  "and see which encryption types it allows (8 and 16 are AES), in "
	  "place of ACCOUNT:",
	  { "setspn -Q HTTP/%H",
	    "Get-ADObject -LDAPFilter '(sAMAccountName=ACCOUNT)' -Properties "
	    "msDS-SupportedEncryptionTypes" } },
	{ 28,
	  "See how Extended Protection is set on all servers (the script is "
	  "from Microsoft's CSS-Exchange):",
	  { ".\\ExchangeExtendedProtectionManagement.ps1 "
	    "-ShowExtendedProtection",
	    NULL } },
	{ 29,
	  "Read what the front end itself says about it, in its System log:",
	  { "Get-WinEvent -MaxEvents 20 -FilterHashtable "
	    "@{LogName='System';ProviderName='Microsoft-Windows-Security-"
	    "Kerberos'}",
	    NULL } },
	{ 30,
	  "On the target test the connection of its machine account to the "
	  "domain (the secure channel), then look for a service principal "
	  "name (the name under which a server is known to Kerberos) that "
	  "stands at two accounts:",
	  { "Test-ComputerSecureChannel -Verbose", "setspn -X" } },
	{ 50,
	  "On the target compare the certificate of port 444 and the logon "
	  "settings with those of a server that works:",
	  { "netsh http show sslcert ipport=0.0.0.0:444",
	    "Get-MapiVirtualDirectory -Server %H | Format-List "
	    "*Authentication*" } },
};

void
say_class(struct findings *f, struct draft *d, const rpclog_class *info,
	  uint32_t host)
{
	say(f, d, LINE_WHY, "What that means: %s", info->cause);
	say(f, d, LINE_DO, "%s", info->remedy);
	for (size_t i = 0; i < ARRAY_LEN(advices); i++) {
		const struct advice *advice = &advices[i];

		if (advice->class_id != info->id)
			continue;
		say(f, d, LINE_DO, advice->step);
		for (size_t k = 0; k < 2 && advice->commands[k]; k++)
			say(f, d, LINE_COMMAND, advice->commands[k], host);
	}
}
