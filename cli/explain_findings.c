/* SPDX-License-Identifier: MIT */
/* What the findings of diagnose about servers and mailboxes mean. */

#include "explain.h"

const struct explained explain_server_findings[] = {
	{ .name = "legacy_unpatched",
	  .title = "A 2010 or 2007 server that may lack update KB3140410",
	  .text = "The front ends could not log on for their users to this "
		  "Exchange 2010 or 2007 server: what it sent back in the "
		  "Kerberos logon was unusable (InvalidToken). Users see a "
		  "password dialog that comes back whatever they type. The "
		  "best known cause is Windows Server 2008 R2 without "
		  "update KB3140410; it then shows after the server has "
		  "changed its machine password, as Windows does every 30 "
		  "days.",
	  .evidence = "At least one row of class be_krb_invalid_token that "
		  "went to a legacy (2010 or 2007) server. Rows of other "
		  "legacy servers are set against it: one that fails beside "
		  "others that work is the machine to look at. The finding "
		  "says since when, and which front ends were concerned.",
	  .limits = "The log does not say which updates a server has. The "
		  "same rows come from an /rpc directory without NTLM, an "
		  "old password of the alternate service account, and a "
		  "service principal name (SPN) that two accounts hold. "
		  "\"Fixed\" only says that rows worked after the last "
		  "failure. A restart seen between the two fits the update; "
		  "none fits the stop-gap, which does not last.",
	  .remedy = "Install KB3140410 on every 2010 and 2007 Client Access "
		  "server with Windows Server 2008 R2, and restart each: "
		  "the update is not in effect before. If that must wait, "
		  "use the stop-gap on the server that fails: note the "
		  "identity of its application pool DefaultAppPool, change "
		  "it to Network Service and recycle the pool, which does "
		  "not disturb users; give the old identity back after the "
		  "update. If the update is there, see that "
		  "IISAuthenticationMethods of Get-OutlookAnywhere has "
		  "NTLM, and look for double names with setspn -X.",
	  .reference = "KB3140410 (MS16-031); rpclog explain KB3140410" },
	{ .name = "secondary_mailbox",
	  .title = "Users of a second mailbox on a 2010 or 2007 server",
	  .text = "These users are logged on to their own mailbox by Mapi "
		  "and fail at another mailbox on a legacy (2010 or 2007) "
		  "server, which Outlook opens by Outlook Anywhere. Outlook "
		  "shows them a password dialog, though their password is "
		  "right and their own mailbox works.",
	  .evidence = "The same user has successful Mapi rows, and at the "
		  "legacy server RpcHttp rows of class be_krb_invalid_token "
		  "or be_auth_401_legacy with another mailbox than that of "
		  "the Mapi rows.",
	  .limits = "The log shows that the second mailbox is asked for, "
		  "not why: Full Access with automapping, a profile that "
		  "holds it, or delegates look alike. Users who ignore the "
		  "dialog may not complain.",
	  .remedy = "Repair the legacy server first: the finding "
		  "legacy_unpatched or legacy_no_ntlm about the same server "
		  "says how. To help these users sooner, move the second "
		  "mailbox to the new servers, or take it out of their "
		  "Outlook: Add-MailboxPermission with -AutoMapping $false "
		  "gives access without opening it.",
	  .reference = "rpclog explain coexistence" },
	{ .name = "legacy_no_ntlm",
	  .title = "A 2010 or 2007 server offers no usable logon",
	  .text = "The legacy (2010 or 2007) server answered 401 to front "
		  "ends that had already accepted the user. Its /rpc "
		  "directory offers no kind of logon that a front end can "
		  "use; most often NTLM is missing there.",
	  .evidence = "Rows of class be_auth_401_legacy: a 401 from a "
		  "legacy target, with a user who was logged on at the "
		  "front end.",
	  .limits = "The log does not show what the server offers. If other "
		  "users get through to the same server in the same "
		  "minutes, the setting is hardly the reason.",
	  .remedy = "Look with Get-OutlookAnywhere at "
		  "IISAuthenticationMethods of that server. If NTLM is "
		  "missing:\n"
		  "\tSet-OutlookAnywhere \"SERVER\\Rpc (Default Web Site)\" "
		  "-IISAuthenticationMethods Basic,NTLM\n"
		  "and run iisreset on it, which interrupts its users for a "
		  "moment.",
	  .reference = "Microsoft Set-OutlookAnywhere" },
	{ .name = "legacy_dependency",
	  .title = "Who still depends on a 2010 or 2007 server",
	  .text = "Requests still go to this legacy server. Nothing is "
		  "wrong with that; it answers the question whether the "
		  "server can be switched off.",
	  .evidence = "Every row to a legacy target that is no health "
		  "probe, successful or not.",
	  .limits = "Only what came through the logs that were read. Users "
		  "on holiday, jobs that run once a month, mail flow and "
		  "clients that talk to the server directly do not show.",
	  .remedy = "Move the mailboxes and shared mailboxes that are still "
		  "used, wait for some weeks of logs without rows to this "
		  "server, and switch it off for a trial before you remove "
		  "it." },
	{ .name = "frontend_kerberos",
	  .title = "One front end fails where the others get through",
	  .text = "This front end can't log on to back ends that other "
		  "front ends reach at the same time. So the fault lies "
		  "with the front end and not with the back ends.",
	  .evidence = "Rows of classes be_krb_* or be_krb_rejected from one "
		  "front end, while at least one other front end works with "
		  "the same targets.",
	  .limits = "The log of the server that works must have been read "
		  "too. A device between this front end and the back ends "
		  "looks the same.",
	  .remedy = "On that front end run Test-ComputerSecureChannel and "
		  "repair the channel if it is broken. Check its clock "
		  "(w32tm /query /status) and that its application pools "
		  "run as LocalSystem; then restart it. If a load balancer "
		  "is in front, take the server out until it works." },
	{ .name = "backend_auth",
	  .title = "A back end refuses the logon of the front ends",
	  .text = "The front end accepted the user, but the back end "
		  "refused the logon that the front end made for that user. "
		  "Some users see a password dialog, others an error.",
	  .evidence = "Rows of classes be_auth_401, be_krb_rejected or "
		  "be_krb_* that belong to no finding about a legacy server "
		  "or a single front end.",
	  .limits = "Why Windows refused is seldom in the log. The class of "
		  "the rows narrows it down.",
	  .remedy = "Look the class up: rpclog explain CLASS. If it does "
		  "not settle the matter: on the target, check the secure "
		  "channel (Test-ComputerSecureChannel), the clock, and "
		  "double names (setspn -X); compare the logon settings of "
		  "its Exchange Back End site with those of a server that "
		  "works." },
	{ .name = "backend_down",
	  .title = "A back end can't be reached",
	  .text = "Front ends could not connect to this server, or DNS does "
		  "not know its name. Users lose their connection; this "
		  "alone asks nobody for a password.",
	  .evidence = "At least three rows of class be_connect_failure or "
		  "be_dns_failure.",
	  .limits = "A restart, planned work or a failover looks the same: "
		  "mind the first and last time. The log can't tell a "
		  "server that is down from a firewall that closes its port.",
	  .remedy = "If it lasts: check that the server runs, that its "
		  "World Wide Web service and application pools are "
		  "started, and that port 444 (443 on Exchange 2010 and "
		  "2007) is open from the front end: Test-NetConnection "
		  "SERVER -Port 444. For DNS: Resolve-DnsName SERVER." },
	{ .name = "backend_tls",
	  .title = "TLS between front end and back end fails",
	  .text = "The front end reached this server, but could not make a "
		  "secure connection to it: the two could not agree on TLS, "
		  "or the front end does not trust its certificate.",
	  .evidence = "Rows of class be_tls_failure or be_cert_untrusted. "
		  "One is enough: between servers that are set up rightly "
		  "there are none.",
	  .limits = "The log does not show the certificate or the TLS "
		  "versions.",
	  .remedy = "On the target check that a valid certificate is bound "
		  "to port 444 of the site Exchange Back End (443 of the "
		  "default site on a legacy server), and that front end and "
		  "target allow the same TLS versions. After a change of "
		  "certificates, look for one that was removed while still "
		  "bound." },
	{ .name = "backend_slow",
	  .title = "A back end answers slowly or not in time",
	  .text = "Requests to this server took too long or were given up.",
	  .evidence = "At least three rows of class be_timeout; or, of at "
		  "least 50 ordinary requests, one in ten spent over two "
		  "seconds in one step that is the server's. Requests that "
		  "are meant to wait (NotificationWait, PING, RPC channels) "
		  "and waiting for the client do not count.",
	  .limits = "The log shows that the server was slow, not what it "
		  "was busy with.",
	  .remedy = "Look at processor, disks and the store of that server "
		  "at these times. rpclog count --by target --stat "
		  "p50,p95,p99:TotalRequestTime compares servers." },
	{ .name = "mapi_possible",
	  .title = "Outlook Anywhere where Mapi would do",
	  .text = "These mailboxes are on servers that can serve MAPI over "
		  "HTTP, and still use Outlook Anywhere (RpcHttp). It "
		  "works; MAPI over HTTP reconnects faster and is what "
		  "newer versions are made for.",
	  .evidence = "Successful RpcHttp rows to servers that are not "
		  "legacy, no Mapi row of the same mailbox, and Mapi rows "
		  "of others in the same logs.",
	  .limits = "An Outlook that can't do Mapi looks the same as one "
		  "that is told not to. Outlook 2013 needs Service Pack 1 "
		  "for it, Outlook 2010 Service Pack 2 and updates.",
	  .remedy = "See that MapiHttpEnabled of Get-OrganizationConfig is "
		  "true and that Get-CASMailbox does not switch it off for "
		  "the mailbox; then update and restart Outlook." },
	{ .name = NULL }
};
