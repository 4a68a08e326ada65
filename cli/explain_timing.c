/* SPDX-License-Identifier: MIT */
/* What the columns with times and latencies mean; all in milliseconds. */

#include "explain.h"

#define LIST	"A list of single steps in milliseconds, separated by ;."

const struct explained explain_timing_columns[] = {
	{ "ServerLocatorLatency", "Asking where the database is (ms).", NULL },
	{ "AuthModulePerfContext", "Figures of the authentication module.",
	  NULL },
	{ "HttpPipelineLatency", "In the pipeline of IIS before the proxy "
	  "(ms).", NULL },
	{ "CalculateTargetBackEndLatency", "Finding the back end (ms).",
	  NULL },
	{ "GlsLatencyBreakup", "Global locator service. " LIST, NULL },
	{ "TotalGlsLatency", "Global locator service, sum (ms).", NULL },
	{ "AccountForestLatencyBreakup", "Directory of the account forest. "
	  LIST, NULL },
	{ "TotalAccountForestLatency", "Directory of the account forest, sum "
	  "(ms).", NULL },
	{ "ResourceForestLatencyBreakup", "Directory of the resource forest. "
	  LIST, NULL },
	{ "TotalResourceForestLatency", "Directory of the resource forest, "
	  "sum (ms).", NULL },
	{ "ADLatency", "Active Directory in all (ms).", NULL },
	{ "SharedCacheLatencyBreakup", "Shared routing cache. " LIST, NULL },
	{ "TotalSharedCacheLatency", "Shared routing cache, sum (ms).",
	  NULL },
	{ "ActivityContextLifeTime", "Life of the request's record (ms); "
	  "about 300000 in rows of periodic statistics.", NULL },
	{ "ModuleToHandlerSwitchingLatency", "From the proxy module to its "
	  "handler (ms).", NULL },
	{ "ModuleToHandlerSwitching", "Name of ModuleToHandlerSwitchingLatency "
	  "in 2013 RTM.", NULL },
	{ "FirstResponseByteReceived", "Until the back end's first byte (ms); "
	  "2013 RTM only.", NULL },
	{ "ClientReqStreamLatency", "Reading the request from the client "
	  "(ms).", NULL },
	{ "BackendReqInitLatency", "Opening the request to the back end (ms).",
	  NULL },
	{ "BackendReqStreamLatency", "Sending the request to the back end "
	  "(ms).", NULL },
	{ "BackendProcessingLatency", "Waiting for the back end's answer (ms). "
	  "High: the back end is slow.", NULL },
	{ "BackendRespInitLatency", "Opening the back end's answer (ms).",
	  NULL },
	{ "BackendRespStreamLatency", "Reading the back end's answer (ms).",
	  NULL },
	{ "ClientRespStreamLatency", "Sending the answer to the client (ms). "
	  "High: a slow client or line.", NULL },
	{ "KerberosAuthHeaderLatency", "Making the Kerberos ticket for the "
	  "back end (ms).", NULL },
	{ "HandlerCompletionLatency", "Ending the handler (ms).", NULL },
	{ "RequestHandlerLatency", "In the handler in all (ms).", NULL },
	{ "HandlerToModuleSwitchingLatency", "From the handler back to the "
	  "module (ms).", NULL },
	{ "HandlerToModuleSwitching", "Name of HandlerToModuleSwitchingLatency "
	  "in 2013 RTM.", NULL },
	{ "ProxyTime", "With the back end in all (ms).", NULL },
	{ "CoreLatency", "The front end's own work (ms).", NULL },
	{ "RoutingLatency", "Finding the route (ms).", NULL },
	{ "HttpProxyOverhead", "What the front end added (ms).", NULL },
	{ "TotalRequestTime", "From start to end (ms); of an Outlook Anywhere "
	  "channel its whole life, hours.", NULL },
	{ "RouteRefresherLatency", "Refreshing routes (ms).", NULL },
	{ "PartitionEndpointLookupLatency", "Looking up the partition (ms).",
	  NULL },
	{ NULL, NULL, NULL }
};
