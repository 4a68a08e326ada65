/* SPDX-License-Identifier: MIT */
/* What the columns with times and latencies mean; all in milliseconds. */

#include "explain.h"

#define LIST	"A list of single steps in milliseconds, separated by ;."

const struct explained explain_timing_columns[] = {
	{ .name = "ServerLocatorLatency",
	  .text = "Time to ask on which server the database is mounted (ms)." },
	{ .name = "AuthModulePerfContext",
	  .text = "Figures of the part that checks logons." },
	{ .name = "HttpPipelineLatency",
	  .text = "Time in IIS before the proxy got the request (ms)." },
	{ .name = "CalculateTargetBackEndLatency",
	  .text = "Time to find out which back end has the mailbox (ms). "
		  "High: a slow domain controller, or Active Manager." },
	{ .name = "GlsLatencyBreakup",
	  .text = "Asking the global locator service of hosted Exchange. "
		  LIST },
	{ .name = "TotalGlsLatency",
	  .text = "Asking the global locator service of hosted Exchange, in "
		  "all (ms)." },
	{ .name = "AccountForestLatencyBreakup",
	  .text = "Asking the directory of the forest that has the "
		  "accounts. " LIST },
	{ .name = "TotalAccountForestLatency",
	  .text = "Asking the directory of the forest that has the "
		  "accounts, in all (ms)." },
	{ .name = "ResourceForestLatencyBreakup",
	  .text = "Asking the directory of the forest that has the "
		  "mailboxes. " LIST },
	{ .name = "TotalResourceForestLatency",
	  .text = "Asking the directory of the forest that has the "
		  "mailboxes, in all (ms)." },
	{ .name = "ADLatency",
	  .text = "Asking Active Directory, in all (ms). High: a slow "
		  "domain controller." },
	{ .name = "SharedCacheLatencyBreakup",
	  .text = "Asking the cache of routes that the server's processes "
		  "share. " LIST },
	{ .name = "TotalSharedCacheLatency",
	  .text = "Asking the cache of routes that the server's processes "
		  "share, in all (ms)." },
	{ .name = "ActivityContextLifeTime",
	  .text = "How long the server kept the record of the request (ms); "
		  "about 300000 in rows of periodic statistics." },
	{ .name = "ModuleToHandlerSwitchingLatency",
	  .text = "Handing the request from the proxy's module to its "
		  "handler (ms)." },
	{ .name = "ModuleToHandlerSwitching",
	  .text = "Name of ModuleToHandlerSwitchingLatency in 2013 RTM." },
	{ .name = "FirstResponseByteReceived",
	  .text = "Until the back end's first byte (ms); 2013 RTM only." },
	{ .name = "ClientReqStreamLatency",
	  .text = "Reading the request from the client (ms)." },
	{ .name = "BackendReqInitLatency",
	  .text = "Opening the request to the back end (ms)." },
	{ .name = "BackendReqStreamLatency",
	  .text = "Sending the request to the back end (ms)." },
	{ .name = "BackendProcessingLatency",
	  .text = "Waiting for the back end's answer (ms). High: the back "
		  "end is slow." },
	{ .name = "BackendRespInitLatency",
	  .text = "Opening the back end's answer (ms)." },
	{ .name = "BackendRespStreamLatency",
	  .text = "Reading the back end's answer (ms)." },
	{ .name = "ClientRespStreamLatency",
	  .text = "Sending the answer to the client (ms). High: a slow "
		  "client or line." },
	{ .name = "KerberosAuthHeaderLatency",
	  .text = "Making the Kerberos ticket for the back end (ms)." },
	{ .name = "HandlerCompletionLatency",
	  .text = "Ending the work of the handler (ms)." },
	{ .name = "RequestHandlerLatency",
	  .text = "The handler, which does the proxying, in all (ms)." },
	{ .name = "HandlerToModuleSwitchingLatency",
	  .text = "Handing it back from the handler to the module (ms)." },
	{ .name = "HandlerToModuleSwitching",
	  .text = "Name of HandlerToModuleSwitchingLatency in 2013 RTM." },
	{ .name = "ProxyTime",
	  .text = "Time spent with the back end, in all (ms)." },
	{ .name = "CoreLatency",
	  .text = "The front end's own work (ms)." },
	{ .name = "RoutingLatency",
	  .text = "Finding the route to the back end (ms)." },
	{ .name = "HttpProxyOverhead",
	  .text = "What the front end added to the time of the back end "
		  "(ms)." },
	{ .name = "TotalRequestTime",
	  .text = "From start to end (ms); of an Outlook Anywhere channel "
		  "its whole life, hours." },
	{ .name = "RouteRefresherLatency",
	  .text = "Refreshing routes (ms)." },
	{ .name = "PartitionEndpointLookupLatency",
	  .text = "Looking up the address of a partition (ms); usually "
		  "empty." },
	{ .name = NULL }
};
