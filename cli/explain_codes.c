/* SPDX-License-Identifier: MIT */
/* What the words in the ErrorCode column mean (HttpProxySubErrorCode). */

#include "explain.h"

const struct explained explain_error_codes[] = {
	{ "BackEndRequestTimedOut",
	  "The back end did not answer in time. Look for a slow store, a "
	  "saturated disk or a hanging application pool on the target.",
	  "be_timeout" },
	{ "BadSamlToken",
	  "The SAML token that the client presented could not be used. Check "
	  "clocks and the federation trust.", "fe_identity_rejected" },
	{ "CacheDeserializationError",
	  "An entry of the shared routing cache could not be read. It is "
	  "looked up anew; only a lasting stream of these deserves attention.",
	  NULL },
	{ "CannotReplayRequest",
	  "The request had to be sent a second time, but its body was already "
	  "gone. The client repeats it by itself.", NULL },
	{ "ClientDisconnect",
	  "The client closed its connection before the answer was complete. "
	  "Normal for laptops that sleep and phones that change networks.",
	  "client_disconnect" },
	{ "DatabaseGuidNotFound",
	  "No mailbox database has this GUID: a stale routing cookie or a "
	  "removed database.", "routing_server_or_db_not_found" },
	{ "DatabaseNameNotFound",
	  "No mailbox database has this name: a stale routing hint or a "
	  "removed database.", "routing_server_or_db_not_found" },
	{ "DirectoryOperationError",
	  "A query to Active Directory failed. Check the domain controllers "
	  "of the site and the network between.", "directory_error" },
	{ "DomainNotFound",
	  "The domain part of the address is no accepted domain here.",
	  "routing_server_or_db_not_found" },
	{ "EndpointNotFound",
	  "No healthy server can serve the request; with Outlook Anywhere to "
	  "Exchange 2010 or 2007: no Client Access server of that version "
	  "has Outlook Anywhere enabled and running.",
	  "routing_endpoint_not_found" },
	{ "InternalServerError",
	  "The front end met an exception that it has no better word for. The "
	  "GenericErrors column holds it; with NegotiateSecurityContext in it "
	  "the row is a Kerberos failure towards the back end.", NULL },
	{ "InvalidOAuthToken",
	  "The OAuth token was refused: wrong audience, expired, or signed "
	  "by an authority that the servers do not trust (any more).",
	  "oauth_token_rejected" },
	{ "MServOperationError",
	  "The directory of hosted mailboxes (MServ) could not be asked. Does "
	  "not occur in an organisation of one's own.",
	  "routing_server_or_db_not_found" },
	{ "MailboxExternalDirectoryObjectIdNotFound",
	  "No mailbox has this cloud directory id: removed, or not "
	  "synchronised.", "routing_mailbox_not_found" },
	{ "MailboxGuidWithDomainNotFound",
	  "No mailbox has this GUID in this domain: a stale Outlook profile, "
	  "an automapped mailbox that is gone, or the name of a retired "
	  "server in place of a GUID.", "routing_mailbox_not_found" },
	{ "OrganizationMailboxNotFound",
	  "The arbitration mailbox that serves organisation-wide requests was "
	  "not found. Check Get-Mailbox -Arbitration.",
	  "routing_server_or_db_not_found" },
	{ "ProtocolError",
	  "The back end answered with an HTTP error that the front end did "
	  "not pass on; BackEndStatus has its number.", NULL },
	{ "RoutingError",
	  "The front end could not find out where to send the request. The "
	  "GenericErrors column tells at which step.", NULL },
	{ "RpcHttpConnectionEstablishmentTimeout",
	  "One half of an Outlook Anywhere connection waited for the other in "
	  "vain. Look for a firewall that drops RPC_IN_DATA or RPC_OUT_DATA, "
	  "or a load balancer that sends the halves to different places.",
	  "rpc_establish_timeout" },
	{ "ServerDiscoveryError",
	  "Looking up servers in the directory failed.",
	  "routing_server_or_db_not_found" },
	{ "ServerKerberosAuthenticationFailure",
	  "The back end refused the front end's Kerberos ticket, also on the "
	  "second try. With a 401 from the back end this shows to users as a "
	  "password prompt: secure channel, duplicate SPN, clock.",
	  "be_krb_rejected" },
	{ "ServerLocatorError",
	  "Asking where a database is mounted (Active Manager) failed.",
	  "routing_server_or_db_not_found" },
	{ "ServerNotFound",
	  "The server that the request names does not exist in the directory.",
	  "routing_server_or_db_not_found" },
	{ "ServerVersionNotFound",
	  "No server of the wanted version is there to take the request.",
	  "routing_server_or_db_not_found" },
	{ "TooManyOutstandingAuthenticationRequests",
	  "Too many logons wait for a domain controller. Check its load and "
	  "MaxConcurrentApi; Kerberos in place of NTLM relieves it.",
	  "auth_overload" },
	{ "TooManyOutstandingProxyRequests",
	  "Too many requests wait for one back end: it is slow or hangs.",
	  "proxy_overload" },
	{ "TooManyOutstandingProxyRequestsToDag",
	  "Too many requests wait for the servers of one availability group.",
	  "proxy_overload" },
	{ "TooManyOutstandingProxyRequestsToForest",
	  "Too many requests wait for the servers of one forest. With a 401 "
	  "of the back end it is the numeric twin of a Kerberos failure.",
	  "proxy_overload" },
	{ "UnauthenticatedRequest",
	  "The request reached a place that needs a user, and had none.",
	  "fe_identity_rejected" },
	{ "UserNotFound",
	  "The user was authenticated but has no mailbox or mail user here.",
	  "routing_mailbox_not_found" },
	{ NULL, NULL, NULL }
};
