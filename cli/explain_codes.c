/* SPDX-License-Identifier: MIT */
/* What the words in the ErrorCode column mean (HttpProxySubErrorCode). */

#include "explain.h"

const struct explained explain_error_codes[] = {
	{ .name = "ServerKerberosAuthenticationFailure",
	  .class = "be_krb_rejected",
	  .text = "The back end refused the front end's Kerberos logon, "
		  "also on the second try. With a 401 from the back end "
		  "users see a password prompt. Check the secure channel, "
		  "double service principal names and the clocks. It shares "
		  "its number with TooManyOutstandingProxyRequestsToForest: "
		  "without a 401 from the back end the row counts as "
		  "overload." },
	{ .name = "InvalidOAuthToken",
	  .class = "oauth_token_rejected",
	  .text = "The OAuth token (modern authentication) was refused: "
		  "issued for another service, out of date, or signed by an "
		  "authority that the servers do not trust, or no longer." },
	{ .name = "BadSamlToken",
	  .class = "fe_identity_rejected",
	  .text = "The SAML token (a signed statement of who the user is) "
		  "could not be used. Check the clocks and the trust with "
		  "the service that issued it." },
	{ .name = "UnauthenticatedRequest",
	  .class = "fe_identity_rejected",
	  .text = "The request reached a place that needs a user, and had "
		  "none." },
	{ .name = "UserNotFound",
	  .class = "routing_mailbox_not_found",
	  .text = "The user has no mailbox or mail user here. With status "
		  "401 no identity could be made of the logon, class "
		  "fe_identity_rejected." },
	{ .name = "TooManyOutstandingAuthenticationRequests",
	  .class = "auth_overload",
	  .text = "Too many logons wait for a domain controller. Check its "
		  "load, and MaxConcurrentApi (how many NTLM logons may be "
		  "under way at a time); Kerberos in place of NTLM relieves "
		  "it." },
	{ .name = "TooManyOutstandingProxyRequests",
	  .class = "proxy_overload",
	  .text = "Too many requests wait for one back end: it is slow or "
		  "hangs." },
	{ .name = "TooManyOutstandingProxyRequestsToForest",
	  .class = "proxy_overload",
	  .text = "Too many requests wait for the servers of one forest. It "
		  "shares its number with "
		  "ServerKerberosAuthenticationFailure: with a 401 from the "
		  "back end the row is a refused Kerberos logon, class "
		  "be_krb_rejected." },
	{ .name = "TooManyOutstandingProxyRequestsToDag",
	  .class = "proxy_overload",
	  .text = "Too many requests wait for the servers of one "
		  "availability group (DAG)." },
	{ .name = "RpcHttpConnectionEstablishmentTimeout",
	  .class = "rpc_establish_timeout",
	  .text = "The OUT half of an Outlook Anywhere connection waited in "
		  "vain for the other one. Look for a firewall that drops "
		  "RPC_IN_DATA or RPC_OUT_DATA, or a load balancer that "
		  "sends the halves to different places. Exchange 2013 "
		  "watches for this only if "
		  "RpcHttpOutConnectingTimeoutInSeconds is set in "
		  "web.config, so that none of these does not mean that all "
		  "is well." },
	{ .name = "BackEndRequestTimedOut",
	  .class = "be_timeout",
	  .text = "The back end did not answer in time. Look for a slow "
		  "store, a saturated disk or a hanging application pool on "
		  "the target." },
	{ .name = "MailboxGuidWithDomainNotFound",
	  .class = "routing_mailbox_not_found",
	  .text = "No mailbox has this GUID in this domain: an old Outlook "
		  "profile, a shared mailbox that Outlook still opens but "
		  "that is gone, or the name of a retired server in place "
		  "of a GUID." },
	{ .name = "MailboxExternalDirectoryObjectIdNotFound",
	  .class = "routing_mailbox_not_found",
	  .text = "No mailbox has this id of the cloud's directory: "
		  "removed, or not synchronised." },
	{ .name = "OrganizationMailboxNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "The system mailbox that serves requests of the whole "
		  "organisation was not found. Check Get-Mailbox "
		  "-Arbitration." },
	{ .name = "EndpointNotFound",
	  .class = "routing_endpoint_not_found",
	  .text = "No server in working order can take the request. With "
		  "Outlook Anywhere to Exchange 2010 or 2007: no Client "
		  "Access server of that version has Outlook Anywhere "
		  "enabled and running." },
	{ .name = "ServerNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "The directory has no server of the name that the request "
		  "asks for." },
	{ .name = "ServerVersionNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "There is no server of the wanted version to take the "
		  "request." },
	{ .name = "DatabaseNameNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "No mailbox database has this name: the client still asks "
		  "by an old name, or the database was removed." },
	{ .name = "DatabaseGuidNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "No mailbox database has this GUID: the client still "
		  "holds an old routing cookie, or the database was removed." },
	{ .name = "DomainNotFound",
	  .class = "routing_server_or_db_not_found",
	  .text = "The domain part of the address belongs to no "
		  "organisation that this server knows." },
	{ .name = "ServerLocatorError",
	  .class = "routing_server_or_db_not_found",
	  .text = "Asking on which server a database is mounted (Active "
		  "Manager) failed." },
	{ .name = "ServerDiscoveryError",
	  .class = "routing_server_or_db_not_found",
	  .text = "Looking servers up in the directory failed." },
	{ .name = "MServOperationError",
	  .class = "routing_server_or_db_not_found",
	  .text = "The directory of hosted mailboxes (MServ) could not be "
		  "asked. It belongs to hosted Exchange; an organisation "
		  "with servers of its own has none." },
	{ .name = "DirectoryOperationError",
	  .class = "directory_error",
	  .text = "A query to Active Directory failed. Check the domain "
		  "controllers of the site and the network to them." },
	{ .name = "RoutingError",
	  .text = "The front end could not find out where to send the "
		  "request. The GenericErrors column tells at which step." },
	{ .name = "ClientDisconnect",
	  .class = "client_disconnect",
	  .text = "The client closed its connection before the answer was "
		  "complete. Normal for laptops that sleep and phones that "
		  "change networks." },
	{ .name = "CannotReplayRequest",
	  .text = "The request had to be sent to the back end a second "
		  "time, but its body was already gone. The client repeats "
		  "it by itself." },
	{ .name = "CacheDeserializationError",
	  .text = "An entry of the shared routing cache could not be read. "
		  "It is looked up anew; only a lasting stream of these "
		  "deserves attention." },
	{ .name = "InternalServerError",
	  .text = "The front end met an error that it has no better word "
		  "for. The GenericErrors column holds it; with "
		  "NegotiateSecurityContext in it the row is a failed "
		  "Kerberos logon to the back end." },
	{ .name = "ProtocolError",
	  .text = "The back end answered with an HTTP error that the front "
		  "end did not pass on as it was; BackEndStatus has its "
		  "number." },
	{ .name = NULL }
};
