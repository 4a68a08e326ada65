/* SPDX-License-Identifier: MIT */
/* What one has to know about prompts, updates and TLS besides the log. */

#include "explain.h"

#define SETTINGS "Microsoft\\Windows\\CurrentVersion\\Internet Settings"

const struct explained explain_topics[] = {
	{ .name = "popup",
	  .also = "popups dialog",
	  .title = "Can a row have put a password dialog on a screen?",
	  .text = "No log can see a dialog. Each class says how likely its "
		  "rows are to raise one: yes, likely, maybe (other rows of "
		  "the same client decide) or no. rpclog popups counts the "
		  "classes that say yes, with --likely also those that say "
		  "likely. A dialog that a user's own computer raises "
		  "without asking the server leaves no row at all." },
	{ .name = "prompt",
	  .also = "prompts incident",
	  .title = "How rows are joined to prompts",
	  .text = "Rows of one user and client that can raise a dialog are "
		  "one prompt as long as each starts at most 120 seconds "
		  "after the one before (--gap); Outlook sends many "
		  "requests for one dialog. Prompts of a user at most 30 "
		  "minutes apart are one incident. Prompts depend on the "
		  "gap; user-hours do not: an hour of the clock in which a "
		  "user had at least one such row. So compare user-hours." },
	{ .name = "front_end",
	  .also = "back_end target",
	  .title = "Who is who",
	  .text = "The front end is the Exchange server that a client talks "
		  "to; it writes these logs (ServerHostName). It checks who "
		  "the user is, and passes the request on to the back end "
		  "(TargetServer), the server that has the mailbox, with a "
		  "logon of its own in the user's name. Classes fe_* are "
		  "about the first of these logons, be_* about the second." },
	{ .name = "legacy",
	  .title = "Which targets count as legacy",
	  .text = "A target that is an Exchange 2010 or 2007 server. The "
		  "log gives it away by RoutingHint (RpcHttpProxyRules), "
		  "AnchorMailbox (Url~), TargetServerVersion (14. or 8.) or "
		  "ProxyToDownLevel=True in GenericInfo. Targets that can't "
		  "be told by these are named with --legacy HOST,..." },
	{ .name = "coexistence",
	  .title = "Exchange 2010 beside a newer version",
	  .text = "A mailbox on Exchange 2016 uses MAPI over HTTP (Mapi), "
		  "one on Exchange 2010 Outlook Anywhere (RpcHttp), which "
		  "the front end passes on to a 2010 server. Who has a "
		  "mailbox on 2016 and Full Access to one on 2010 uses "
		  "both. If the 2010 server can't take the logon of the "
		  "front end, these users see a password dialog. Who has a "
		  "mailbox on 2016 alone never goes there, and who has one "
		  "on 2010 alone notices nothing as long as Outlook reaches "
		  "the 2010 server directly. In the logs such a user works "
		  "on Mapi and fails on RpcHttp with another mailbox. The "
		  "server to repair is the 2010 server (the target), not "
		  "the one that wrote the log. MAPI over HTTP is on by "
		  "default once Exchange 2016 is installed, unless the "
		  "organisation had Exchange 2013 servers: "
		  "Get-OrganizationConfig shows MapiHttpEnabled.",
	  .reference = "rpclog explain secondary_mailbox legacy_unpatched" },
	{ .name = "KB3140410",
	  .also = "MS16-031",
	  .title = "The update that Exchange 2010 and 2007 servers need",
	  .text = "A security update of March 2016 for Windows. On Windows "
		  "Server 2008 R2 it also repairs a fault that breaks "
		  "Outlook Anywhere through Exchange 2013 or 2016: once an "
		  "Exchange 2010 or 2007 server has changed its machine "
		  "password, front ends can't log on to it for their users "
		  "any more, and Outlook keeps asking for the password. In "
		  "the log: status InvalidToken, class be_krb_invalid_token.",
	  .remedy = "Install it on every Exchange 2010 and 2007 Client "
		  "Access server with Windows Server 2008 R2, and restart "
		  "each; it is not in effect before. It belongs on the "
		  "server that is the target, not on the one that wrote the "
		  "log. Until then, as a stop-gap: note the identity of "
		  "DefaultAppPool on the legacy server, change it to "
		  "Network Service and recycle the pool. Recycling does not "
		  "disturb users; the update needs the restart. Give the "
		  "old identity back afterwards.",
	  .reference = "KB3140410 (MS16-031); Microsoft \"Outlook Anywhere "
		  "users prompted for credentials when they try to connect "
		  "to Exchange Server 2013 or 2016\"" },
	{ .name = "tls",
	  .also = "KB3140245 DefaultSecureProtocols SecureProtocols",
	  .title = "Windows 7 and Server 2008 R2 with TLS 1.2",
	  .text = "Outlook on these uses TLS 1.0 unless it is told "
		  "otherwise. If the servers stop taking TLS 1.0, it can't "
		  "connect any more. Such a failure leaves no row in any of "
		  "these logs: the tool can only list the clients at risk.",
	  .remedy = "Install KB3140245, then set as a DWORD "
		  "DefaultSecureProtocols = 0xA00 (TLS 1.1 and 1.2) in both "
		  "of these, the second on 64-bit Windows only:\n"
		  "\tHKLM\\SOFTWARE\\" SETTINGS "\\WinHttp\n"
		  "\tHKLM\\SOFTWARE\\Wow6432Node\\" SETTINGS "\\WinHttp\n"
		  "and SecureProtocols = 0xA80 (TLS 1.0, 1.1 and 1.2) in "
		  "both of these:\n"
		  "\tHKCU\\SOFTWARE\\" SETTINGS "\n"
		  "\tHKLM\\SOFTWARE\\" SETTINGS "\n"
		  "The values are sums: TLS 1.0 is 0x80, TLS 1.1 is 0x200, "
		  "TLS 1.2 is 0x800. Other values that are handed around "
		  "switch SSL on, which is not safe any more. rpclog "
		  "diagnose --reg FILE writes these to a file for regedit. "
		  "On Windows 7 see also that TLS 1.2 is enabled for "
		  "clients in Schannel, as the page of KB3140245 says.",
	  .reference = "KB3140245" },
	{ .name = "wildcard_certificate",
	  .also = "wildcard msstd CertPrincipalName",
	  .title = "Outlook Anywhere with a certificate for *.domain.com",
	  .text = "Outlook compares the name in the certificate with the "
		  "one that Autodiscover gave it (msstd:), which is the "
		  "name of the server if nobody sets it. With a certificate "
		  "for *.domain.com the two differ; Outlook then does not "
		  "connect, or asks for a password. That happens on the "
		  "client and leaves no row: diagnose can only remind you "
		  "of it, which is why it is a note and no finding.",
	  .remedy = "Give Outlook the name that is in the certificate, with "
		  "the dot behind the star:\n"
		  "\tSet-OutlookProvider EXPR -CertPrincipalName "
		  "\"msstd:*.domain.com\"\n"
		  "Clients learn it when they next ask Autodiscover. "
		  "Get-OutlookProvider shows what is set. If the "
		  "certificate has the server's own name, leave it alone.",
	  .reference = "Microsoft Set-OutlookProvider" },
	{ .name = NULL }
};
