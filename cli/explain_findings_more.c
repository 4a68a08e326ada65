/* SPDX-License-Identifier: MIT */
/* What the findings of diagnose about users and clients mean. */

#include "explain.h"

const struct explained explain_client_findings[] = {
	{ .name = "credentials_rejected",
	  .title = "A user's credentials were rejected",
	  .text = "The front end refused what this user logged on with, "
		  "several times in a row and without a success between. "
		  "Outlook asks for the password again.",
	  .evidence = "Rows of class fe_credentials_rejected, "
		  "fe_credentials_suspected or fe_basic_rejected of one "
		  "user, who is no part of a password spray, a brute force "
		  "attack or a front end that refuses everybody. If an IIS "
		  "log was read too, it gives the reason.",
	  .limits = "Without the IIS log nobody can tell a wrong password "
		  "from a locked, expired or disabled account. "
		  "\"Suspected\" means that a success may still follow, "
		  "since a channel is logged when it closes.",
	  .remedy = "See whether the account is locked or its password has "
		  "expired (Get-ADUser NAME -Properties "
		  "LockedOut,PasswordExpired). Then let the user sign in "
		  "anew, delete the old password in Credential Manager, and "
		  "look for other devices that still have it. Try the other "
		  "form of the name: user@domain against DOMAIN\\user.",
	  .reference = "KB4051374" },
	{ .name = "frontend_logon",
	  .title = "One front end refuses many users at once",
	  .text = "Within an hour this front end refused the credentials of "
		  "many users, and the other front ends did not. Many "
		  "people do not forget their passwords at the same time: "
		  "look at the server.",
	  .evidence = "In one hour at least ten users from at least five "
		  "clients were rejected at this front end, which is at "
		  "least half of the users that it heard of in that hour; "
		  "other front ends were not concerned.",
	  .limits = "If all users come through one front end, there is none "
		  "to compare it with.",
	  .remedy = "On that server run Test-ComputerSecureChannel and "
		  "nltest /dsgetdc:DOMAIN, check its clock, and compare the "
		  "logon settings of its virtual directories with a server "
		  "that works. Take it out of the load balancer until it "
		  "does." },
	{ .name = "password_spray",
	  .title = "One client tries passwords on many accounts",
	  .text = "One address tried to log on with many names, or without "
		  "an end, and hardly ever got in. That is how stolen or "
		  "guessed passwords are tried out.",
	  .evidence = "One client with at least ten refused logons for at "
		  "least five accounts, and more accounts that were refused "
		  "than got in. Or, where no names are logged: a public "
		  "address with at least 50 refused logons, from which "
		  "nobody ever got in.",
	  .limits = "Behind one address there may be a whole office, or a "
		  "load balancer that hides the real ones: then "
		  "ClientIpAddress of many users is the same. The address "
		  "is what the client or a device on the way claims.",
	  .remedy = "Block the address at the firewall. See whether anyone "
		  "got in from it:\n"
		  "\trpclog grep '' --client ADDRESS --class ok PATH\n"
		  "and set new passwords for those who did. Switch Basic "
		  "authentication off where nobody needs it." },
	{ .name = "brute_force",
	  .title = "One account is tried over and over",
	  .text = "Many attempts to log on to one account failed, from many "
		  "places or very fast.",
	  .evidence = "At least 50 refused logons of one account from at "
		  "least eight clients, or at least 300 in an hour.",
	  .limits = "A device or service with an old password can try that "
		  "often too; it mostly comes from one address of your own.",
	  .remedy = "If the addresses are strange, treat it as an attack: "
		  "block them, and set a new password if the account got in "
		  "from one of them. If it is one of yours, find the device "
		  "or service and give it the new password." },
	{ .name = "odd_anchor",
	  .title = "Requests that look like the ProxyLogon attack",
	  .text = "Someone sent requests made to lead the server astray "
		  "(CVE-2021-26855, ProxyLogon): the name of the server "
		  "that they ask for holds characters that no host name has.",
	  .evidence = "AnchorMailbox begins with ServerInfo~ or "
		  "TargetServer is set, and what stands there can't be a "
		  "host name; or a POST without a logon to a file below "
		  "/ecp/ such as a script or a picture.",
	  .limits = "The log shows the attempt, not whether it worked. "
		  "Attempts against servers that have the update fail, and "
		  "go on all the same.",
	  .remedy = "If the server may lack the update of March 2021, take "
		  "it off the internet now. Check it with Microsoft's "
		  "script Test-ProxyLogon.ps1, look for files that do not "
		  "belong in the web directories, and keep the logs. Block "
		  "the address.",
	  .reference = "CVE-2021-26855" },
	{ .name = "tls_old_clients",
	  .title = "Clients that a change of TLS would cut off",
	  .text = "These clients run Windows 7 or Server 2008 R2, Outlook "
		  "2010 or Outlook 2013. As they are set up by default, "
		  "some of them can't use TLS 1.2; they would lose their "
		  "connection if the servers stopped taking older versions.",
	  .evidence = "What the clients say of themselves in UserAgent "
		  "(Windows NT 6.1; Microsoft Outlook 14 or 15). Rows of "
		  "Outlook Anywhere say only MSRPC, so they are joined by "
		  "user and address.",
	  .limits = "A client that fails to agree on TLS leaves no row at "
		  "all. The log can't show which TLS version a connection "
		  "used, nor whether a client has been set up for TLS 1.2.",
	  .remedy = "Before you switch TLS 1.0 and 1.1 off: install "
		  "KB3140245 on these clients and set the registry values "
		  "that rpclog explain tls gives. rpclog diagnose --reg "
		  "FILE writes them to a file.",
	  .reference = "KB3140245; rpclog explain tls" },
	{ .name = "rpc_reconnect_storm",
	  .title = "Outlook opens connections over and over",
	  .text = "An Outlook of this user opened many Outlook Anywhere "
		  "connections that lasted less than a minute each. Normal "
		  "ones last for hours. Each new one is a chance for a "
		  "password dialog.",
	  .evidence = "At least 20 RPC_OUT_DATA channels of one user, "
		  "client and target in an hour, each shorter than a minute.",
	  .limits = "The log does not say which side closed a channel. A "
		  "laptop on a bad network and a device that cuts "
		  "connections look alike.",
	  .remedy = "See whether others from the same network or to the "
		  "same target have it. If so, look for a firewall, proxy "
		  "or load balancer that ends long connections early; if "
		  "not, at that computer: its network, add-ins of Outlook, "
		  "its profile." },
	{ .name = "rpc_half_open",
	  .title = "Only half of Outlook Anywhere gets through",
	  .text = "Outlook Anywhere needs two channels, RPC_IN_DATA and "
		  "RPC_OUT_DATA. From this client only one of them arrives, "
		  "or the other one came too late.",
	  .evidence = "At least three rows of class rpc_establish_timeout, "
		  "or at least ten channels of a client that are all of one "
		  "kind.",
	  .limits = "A channel is logged when it ends, so one that is still "
		  "open is missing in the log. If the two go to different "
		  "front ends, the logs of both are needed.",
	  .remedy = "Let firewalls and proxies pass RPC_IN_DATA and "
		  "RPC_OUT_DATA unchanged, and let the load balancer keep a "
		  "client at one server. Read the logs of all front ends "
		  "together to be sure.",
	  .reference = "MS-RPCH" },
	{ .name = "prompting_failure",
	  .title = "Another failure that can raise a password dialog",
	  .text = "Rows of a class that can put a password dialog on a "
		  "screen, and that no other finding explains. The class "
		  "stands beside it.",
	  .evidence = "Any other class with popup yes or likely: tokens "
		  "(oauth_*), identities (fe_identity_rejected), overload "
		  "of logons (auth_overload), mailboxes that are not found "
		  "(routing_*), or a rule of your own.",
	  .limits = "As the class says. A log can't see a dialog: "
		  "\"likely\" stays likely.",
	  .remedy = "Look the class up with rpclog explain CLASS." },
	{ .name = NULL }
};
