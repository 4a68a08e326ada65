/* SPDX-License-Identifier: MIT */
/* What the columns about the request and its client mean. */

#include "explain.h"

const struct explained explain_request_columns[] = {
	{ "DateTime", "When the row was logged: the END of the request, UTC. "
	  "Its start is BeginRequest= in GenericInfo. An Outlook Anywhere "
	  "channel may have begun hours before.", NULL },
	{ "RequestId", "A GUID for this request. IIS logs repeat it as "
	  "cafeReqId=.", NULL },
	{ "MajorVersion", "Version of the server that wrote the log: 15.",
	  NULL },
	{ "MinorVersion", "0: Exchange 2013, 1: 2016, 2: 2019 and "
	  "Subscription Edition.", NULL },
	{ "BuildVersion", "Build of the server that wrote the log.", NULL },
	{ "RevisionVersion", "Revision of that build.", NULL },
	{ "ClientRequestId", "An id that the client gave; Mapi: request, type "
	  "and connection ids of Outlook. Empty for RpcHttp.", NULL },
	{ "Protocol", "The part of the front end: RpcHttp (Outlook Anywhere), "
	  "Mapi, Ews, Autodiscover, Oab, Eas, Owa, Ecp, PowerShell, ..",
	  NULL },
	{ "UrlHost", "Host name in the URL, without the port.", NULL },
	{ "UrlStem", "Path of the URL, such as /rpc/rpcproxy.dll.", NULL },
	{ "UrlQuery", "Query of the URL. RpcHttp: mailbox GUID @ domain : "
	  "port (6001 mailbox, 6002 referral, 6004 address book).", NULL },
	{ "ProtocolAction", "What was asked for, where a protocol says so; "
	  "empty for RpcHttp.", NULL },
	{ "AuthenticationType", "How the user was authenticated. If "
	  "IsAuthenticated is false: the first word of the client's "
	  "Authorization header, whatever the client put there.", NULL },
	{ "IsAuthenticated", "true if the front end accepted the credentials. "
	  "A false with 401 is nearly always the first leg of a logon.",
	  NULL },
	{ "AuthenticatedUser", "Who was authenticated: DOMAIN\\user, "
	  "user@domain or a SID; empty before authentication.", NULL },
	{ "Organization", "Accepted domain or tenant of the mailbox.", NULL },
	{ "AnchorMailbox", "By what the front end looked the mailbox up: "
	  "source ~ value. Url~ means a legacy (2010 or 2007) target.",
	  NULL },
	{ "UserAgent", "What the client calls itself; any text. Outlook "
	  "Anywhere says MSRPC.", NULL },
	{ "ClientIpAddress", "X-Forwarded-For if the client or a load "
	  "balancer sent one (then any text), else the peer's address.",
	  NULL },
	{ "ServerHostName", "The server that wrote the row.", NULL },
	{ "HttpStatus", "Status that the client got. A password prompt by a "
	  "Kerberos failure is a 500 here, not a 401.", NULL },
	{ "Method", "HTTP verb; RPC_IN_DATA and RPC_OUT_DATA are the two "
	  "halves of an Outlook Anywhere connection.", NULL },
	{ "RequestBytes", "Content-Length that the client announced; "
	  "1073741824 for RPC_IN_DATA says nothing of real traffic.", NULL },
	{ "ResponseBytes", "Bytes of the answer that were passed on.", NULL },
	{ "EdgeTraceId", "Id of the cloud's edge; empty on-premises.", NULL },
	{ "UserADObjectGuid", "Object GUID of the user, where it is logged.",
	  NULL },
	{ "GenericInfo", "Steps of the request as key=value; with times, and "
	  "statistics at the end.", NULL },
	{ "GenericErrors", "Exceptions as key=value; texts are in the "
	  "server's language. Not empty does not mean failed: a normal RPC "
	  "channel may end with an IOException.", NULL },
	{ NULL, NULL, NULL }
};

const struct explained explain_proxy_columns[] = {
	{ "BackEndStatus", "Status that the back end answered, or a "
	  "WebExceptionStatus word if it gave no answer; empty if it was not "
	  "asked.", NULL },
	{ "ErrorCode", "HttpProxySubErrorCode or a WebExceptionStatus word; "
	  "empty on success and on most errors that are passed on.", NULL },
	{ "ProxyAction", "Proxy if the request went to a back end.", NULL },
	{ "TargetServer", "The back end that the request went to: for legacy "
	  "mailboxes the 2010 Client Access server. With Kerberos failures "
	  "this is the machine to look at.", NULL },
	{ "TargetServerVersion", "Version of the target: 14. is Exchange "
	  "2010, 08. is 2007.", NULL },
	{ "RoutingType", "IntraForest, CrossForest, ..", NULL },
	{ "RoutingHint", "What decided the route. RpcHttpProxyRules: Outlook "
	  "Anywhere to a legacy target.", NULL },
	{ "BackEndCookie", "Routing cookie: database or server, with the time "
	  "until which it holds. RpcHttp has none.", NULL },
	{ "ServerLocatorHost", "Servers that were asked where the database "
	  "is.", NULL },
	{ "TargetOutstandingRequests", "Requests that were waiting for the "
	  "target.", NULL },
	{ "DatabaseGuid", "Databases that routing looked up.", NULL },
	{ "RoutingStatus", "CafeV1 if the request went to a back end.",
	  NULL },
	{ "BackEndGenericInfo", "What the back end added about the request.",
	  NULL },
	{ NULL, NULL, NULL }
};
