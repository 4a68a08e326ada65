/* SPDX-License-Identifier: MIT */
/* What the columns about the request and its client mean. */

#include "explain.h"

const struct explained explain_request_columns[] = {
	{ .name = "DateTime",
	  .text = "When the row was logged: the END of the request, UTC. "
		  "Its start is BeginRequest= in GenericInfo. An Outlook "
		  "Anywhere channel may have begun hours before." },
	{ .name = "RequestId",
	  .text = "A number (GUID) that no other request has. The IIS log "
		  "of the same server repeats it as cafeReqId=." },
	{ .name = "MajorVersion",
	  .text = "Version of the server that wrote the log: 15." },
	{ .name = "MinorVersion",
	  .text = "0: Exchange 2013, 1: 2016, 2: 2019 and Subscription "
		  "Edition." },
	{ .name = "BuildVersion",
	  .text = "Build of the server that wrote the log." },
	{ .name = "RevisionVersion",
	  .text = "Revision of that build." },
	{ .name = "ClientRequestId",
	  .text = "An id that the client gave; Mapi: request, type and "
		  "connection ids of Outlook. Empty for RpcHttp." },
	{ .name = "Protocol",
	  .text = "The part of the front end that took the request: RpcHttp "
		  "(Outlook Anywhere), Mapi, Ews, Autodiscover, Oab, Eas, "
		  "Owa, Ecp, PowerShell, .." },
	{ .name = "UrlHost",
	  .text = "Host name in the URL, without the port." },
	{ .name = "UrlStem",
	  .text = "Path of the URL, such as /rpc/rpcproxy.dll." },
	{ .name = "UrlQuery",
	  .text = "Query of the URL. RpcHttp: mailbox GUID @ domain : port "
		  "(6001 mailbox, 6002 referral, 6004 address book)." },
	{ .name = "ProtocolAction",
	  .text = "What was asked for, where a protocol says so; empty for "
		  "RpcHttp." },
	{ .name = "AuthenticationType",
	  .text = "How the user was authenticated. If IsAuthenticated is "
		  "false: the first word of the client's Authorization "
		  "header, whatever the client put there." },
	{ .name = "IsAuthenticated",
	  .text = "true if the front end accepted the credentials. A false "
		  "with 401 is nearly always the first leg of a logon." },
	{ .name = "AuthenticatedUser",
	  .text = "Who was authenticated: DOMAIN\\user, user@domain or a "
		  "SID; empty before authentication." },
	{ .name = "Organization",
	  .text = "Domain or tenant that the mailbox belongs to; often "
		  "empty." },
	{ .name = "AnchorMailbox",
	  .text = "By what the front end looked the mailbox up: source ~ "
		  "value. Url~ means a legacy (2010 or 2007) target." },
	{ .name = "UserAgent",
	  .text = "What the client calls itself; any text. Outlook Anywhere "
		  "says MSRPC." },
	{ .name = "ClientIpAddress",
	  .text = "X-Forwarded-For if the client or a load balancer sent "
		  "one (then any text), else the address that the "
		  "connection came from. Do not trust it blindly." },
	{ .name = "ServerHostName",
	  .text = "The server that wrote the row." },
	{ .name = "HttpStatus",
	  .text = "HTTP status that the client got. A password prompt that "
		  "comes of a Kerberos failure behind the front end is a "
		  "500 here, not a 401." },
	{ .name = "Method",
	  .text = "HTTP verb; RPC_IN_DATA and RPC_OUT_DATA are the two "
		  "halves of an Outlook Anywhere connection." },
	{ .name = "RequestBytes",
	  .text = "Content-Length that the client announced; 1073741824 for "
		  "RPC_IN_DATA says nothing of real traffic." },
	{ .name = "ResponseBytes",
	  .text = "Bytes of the answer that were passed on." },
	{ .name = "EdgeTraceId",
	  .text = "Id of the cloud's edge; empty on-premises." },
	{ .name = "UserADObjectGuid",
	  .text = "Object GUID of the user, where it is logged." },
	{ .name = "GenericInfo",
	  .text = "Steps of the request as key=value; with times, and "
		  "statistics at the end." },
	{ .name = "GenericErrors",
	  .text = "Exceptions as key=value; texts are in the server's "
		  "language. Not empty does not mean failed: a normal RPC "
		  "channel may end with an IOException." },
	{ .name = NULL }
};

const struct explained explain_proxy_columns[] = {
	{ .name = "BackEndStatus",
	  .text = "Status that the back end answered, or a "
		  "WebExceptionStatus word if it gave no answer; empty if "
		  "it was not asked." },
	{ .name = "ErrorCode",
	  .text = "Why the front end could not do it, in one word, which is "
		  "explained here too. Empty on success, and on most errors "
		  "of the back end that are just passed on." },
	{ .name = "ProxyAction",
	  .text = "Proxy if the request went to a back end." },
	{ .name = "TargetServer",
	  .text = "The back end that the request went to: for legacy "
		  "mailboxes the 2010 Client Access server. With Kerberos "
		  "failures this is the machine to look at." },
	{ .name = "TargetServerVersion",
	  .text = "Version of the target: 14. is Exchange 2010, 08. is 2007." },
	{ .name = "RoutingType",
	  .text = "Where the back end is: IntraForest (in the same Active "
		  "Directory forest), CrossForest, .." },
	{ .name = "RoutingHint",
	  .text = "By what the front end chose the back end. "
		  "RpcHttpProxyRules: Outlook Anywhere to an Exchange 2010 "
		  "or 2007 server." },
	{ .name = "BackEndCookie",
	  .text = "Routing cookie: database or server, with the time until "
		  "which it holds. RpcHttp has none." },
	{ .name = "ServerLocatorHost",
	  .text = "Servers that were asked where the database is." },
	{ .name = "TargetOutstandingRequests",
	  .text = "Requests that were waiting for the target." },
	{ .name = "DatabaseGuid",
	  .text = "Databases that routing looked up." },
	{ .name = "RoutingStatus",
	  .text = "CafeV1 if the request went to a back end." },
	{ .name = "BackEndGenericInfo",
	  .text = "What the back end added about the request." },
	{ .name = NULL }
};
