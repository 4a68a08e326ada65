/* SPDX-License-Identifier: MIT */
/* Why a logon failed, by the numbers in IIS logs: the server and its domain. */

#include "explain.h"

/* sc-win32-status. */
const struct explained explain_iis_server_statuses[] = {
	{ .name = "1311",
	  .also = "ERROR_NO_LOGON_SERVERS",
	  .title = "No domain controller could be reached",
	  .text = "Nobody was there to check the password with: the fault "
		  "is on the server's side, not the user's.",
	  .remedy = "On the front end: nltest /dsgetdc:DOMAIN. Check DNS, "
		  "the firewall, and the domain controllers." },
	{ .name = "1355",
	  .also = "ERROR_NO_SUCH_DOMAIN",
	  .title = "The domain is unknown, or could not be reached",
	  .text = "Either the user typed a domain that does not exist, or "
		  "none of its domain controllers was in reach.",
	  .remedy = "If it hits one user: the name of the domain. If many: "
		  "nltest /dsgetdc:DOMAIN on the front end, DNS, the "
		  "firewall." },
	{ .name = "1396",
	  .also = "ERROR_WRONG_TARGET_NAME",
	  .title = "The ticket was made for another account",
	  .text = "Two accounts hold the service principal name (SPN) that "
		  "the client asked for, or the alternate service account "
		  "has an old password on this server.",
	  .remedy = "setspn -X finds double names. "
		  "RollAlternateServiceAccountPassword.ps1 brings the "
		  "password to all servers." },
	{ .name = "1398",
	  .also = "ERROR_TIME_SKEW",
	  .title = "The clocks are too far apart",
	  .text = "The clocks differ by more than five minutes, and "
		  "Kerberos refuses that.",
	  .remedy = "Correct the clock that is wrong: w32tm /query /status "
		  "shows where a computer gets its time." },
	{ .name = "1722",
	  .also = "RPC_S_SERVER_UNAVAILABLE",
	  .title = "The domain controller did not answer",
	  .text = "The front end asked a domain controller to check the "
		  "password and got no answer. The user's password has "
		  "nothing to do with it.",
	  .remedy = "Check the domain controllers, and the firewall between "
		  "them and the front end." },
	{ .name = "1723",
	  .also = "RPC_S_SERVER_TOO_BUSY",
	  .title = "The domain controller was too busy",
	  .text = "Too many logons were to be checked at once.",
	  .remedy = "Look at the load of the domain controllers and at "
		  "MaxConcurrentApi (how many NTLM logons may be under way "
		  "at a time); Kerberos relieves them." },
	{ .name = "1726",
	  .also = "RPC_S_CALL_FAILED",
	  .title = "The call to the domain controller failed",
	  .text = "It broke off while the password was being checked.",
	  .remedy = "As with 1722." },
	{ .name = "1727",
	  .also = "RPC_S_CALL_FAILED_DNE",
	  .title = "The call to the domain controller failed",
	  .text = "It broke off before the password was checked.",
	  .remedy = "As with 1722." },
	{ .name = "1753",
	  .also = "EPT_S_NOT_REGISTERED",
	  .title = "The domain controller's service did not run",
	  .text = "The controller was there, but the service that checks "
		  "logons was not; as a rule it was just starting.",
	  .remedy = "If it lasts, look at the service Netlogon and the "
		  "event logs of the domain controller." },
	{ .name = "1786",
	  .also = "ERROR_NO_TRUST_LSA_SECRET",
	  .title = "The server has lost the trust of its domain",
	  .text = "The front end has no password for its machine account "
		  "any more, so that it can't check anyone's logon.",
	  .remedy = "On the front end: Test-ComputerSecureChannel -Repair." },
	{ .name = "1787",
	  .also = "ERROR_NO_TRUST_SAM_ACCOUNT",
	  .title = "The domain does not know the server's account",
	  .text = "The domain has no account, or none that works, for the "
		  "front end's machine.",
	  .remedy = "See in Active Directory whether the computer account "
		  "is there and enabled; then Test-ComputerSecureChannel "
		  "-Repair." },
	{ .name = "1788",
	  .also = "ERROR_TRUSTED_DOMAIN_FAILURE",
	  .title = "The trust between two domains failed",
	  .text = "The user belongs to another domain than the server, and "
		  "the trust between the two does not work.",
	  .remedy = "nltest /trusted_domains on the front end; check the "
		  "trust in Active Directory Domains and Trusts." },
	{ .name = "1789",
	  .also = "ERROR_TRUSTED_RELATIONSHIP_FAILURE",
	  .title = "The server has lost the trust of its domain",
	  .text = "The password of the front end's machine account is not "
		  "the one that the domain has, so that it can't check "
		  "anyone's logon.",
	  .remedy = "On the front end: Test-ComputerSecureChannel -Repair." },
	{ .name = "1790",
	  .also = "ERROR_TRUST_FAILURE",
	  .title = "The logon over the network failed",
	  .text = "The front end and the domain could not agree; most often "
		  "its secure channel is broken.",
	  .remedy = "On the front end: Test-ComputerSecureChannel." },
	{ .name = "1792",
	  .also = "ERROR_NETLOGON_NOT_STARTED",
	  .title = "The service Netlogon does not run",
	  .text = "Without it the front end can't check any password.",
	  .remedy = "Start the service Netlogon on the front end, and see "
		  "in the System log why it had stopped." },
	{ .name = "1908",
	  .also = "ERROR_DOMAIN_CONTROLLER_NOT_FOUND",
	  .title = "No domain controller was found",
	  .text = "The front end did not find one to check the logon with.",
	  .remedy = "On the front end: nltest /dsgetdc:DOMAIN. Check DNS, "
		  "the firewall, and the domain controllers." },
	{ .name = "1935",
	  .also = "ERROR_AUTHENTICATION_FIREWALL_FAILED",
	  .title = "The trust does not let this account in",
	  .text = "The trust with the user's domain is selective: it lets "
		  "in only accounts that were given the right for this "
		  "server.",
	  .remedy = "Give the users \"Allowed to Authenticate\" on the "
		  "computer account of the front end." },
	{ .name = "2148074244",
	  .also = "0x80090304 SEC_E_INTERNAL_ERROR",
	  .title = "The security code of Windows failed",
	  .text = "It failed on the server, whatever the password.",
	  .remedy = "See the System log of the front end for LSA and "
		  "Kerberos events of that minute." },
	{ .name = "2148074257",
	  .also = "0x80090311 SEC_E_NO_AUTHENTICATING_AUTHORITY",
	  .title = "No domain controller could be reached",
	  .text = "Nobody was there to check the logon with: the fault is "
		  "on the server's side, not the user's.",
	  .remedy = "On the front end: nltest /dsgetdc:DOMAIN. Check DNS, "
		  "the firewall, and the domain controllers." },
	{ .name = "2148074274",
	  .also = "0x80090322 SEC_E_WRONG_PRINCIPAL",
	  .title = "The ticket was made for another account",
	  .text = "Two accounts hold the service principal name (SPN) that "
		  "the client asked for, or the alternate service account "
		  "has an old password on this server.",
	  .remedy = "setspn -X finds double names. "
		  "RollAlternateServiceAccountPassword.ps1 brings the "
		  "password to all servers." },
	{ .name = "2148074276",
	  .also = "0x80090324 SEC_E_TIME_SKEW",
	  .title = "The clocks are too far apart",
	  .text = "The clock of the client and that of the server differ by "
		  "more than five minutes, and Kerberos refuses that.",
	  .remedy = "Correct the clock that is wrong: w32tm /query /status "
		  "shows where a computer gets its time." },
	{ .name = "2148074306",
	  .also = "0x80090342 SEC_E_KDC_UNKNOWN_ETYPE",
	  .title = "No kind of encryption in common",
	  .text = "Kerberos found none that both sides know (RC4 against "
		  "AES).",
	  .remedy = "Check msDS-SupportedEncryptionTypes of the account, "
		  "and set its password anew, which makes its AES keys." },
	{ .name = NULL }
};
