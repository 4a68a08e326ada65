/* SPDX-License-Identifier: MIT */
/* The column sets that the writer is known to use, by build. */

#include "schema.h"

#define HEAD "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion," \
	     "RevisionVersion,ClientRequestId,Protocol,"
#define REQUEST "UrlStem,ProtocolAction,AuthenticationType,IsAuthenticated," \
		"AuthenticatedUser,Organization,AnchorMailbox,UserAgent," \
		"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus," \
		"ErrorCode,Method,ProxyAction,TargetServer," \
		"TargetServerVersion,"
#define ROUTE "RoutingHint,BackEndCookie,ServerLocatorHost," \
	      "ServerLocatorLatency,RequestBytes,ResponseBytes," \
	      "TargetOutstandingRequests,AuthModulePerfContext," \
	      "HttpPipelineLatency,CalculateTargetBackEndLatency," \
	      "GlsLatencyBreakup,TotalGlsLatency," \
	      "AccountForestLatencyBreakup,TotalAccountForestLatency," \
	      "ResourceForestLatencyBreakup,TotalResourceForestLatency," \
	      "ADLatency,"
#define CACHE "SharedCacheLatencyBreakup,TotalSharedCacheLatency,"
#define STREAM "ActivityContextLifeTime,ModuleToHandlerSwitchingLatency," \
	       "ClientReqStreamLatency,BackendReqInitLatency," \
	       "BackendReqStreamLatency,BackendProcessingLatency," \
	       "BackendRespInitLatency,BackendRespStreamLatency," \
	       "ClientRespStreamLatency,"
#define KERBEROS "KerberosAuthHeaderLatency,HandlerCompletionLatency,"
#define TIMES "RequestHandlerLatency,HandlerToModuleSwitchingLatency," \
	      "ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead," \
	      "TotalRequestTime,"
#define REFRESH "RouteRefresherLatency,"
#define TEXTS "UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors"
#define LATER HEAD "UrlHost," REQUEST "RoutingType," ROUTE
#define V69 LATER CACHE STREAM KERBEROS TIMES REFRESH TEXTS

const struct column_set column_sets[] = {
	/* 2013 RTM */
	{ 53, HEAD REQUEST ROUTE
	      "ActivityContextLifeTime,ModuleToHandlerSwitching,"
	      "FirstResponseByteReceived,ProxyTime,RequestHandlerLatency,"
	      "HandlerToModuleSwitching,HttpProxyOverhead,TotalRequestTime,"
	      "UrlQuery,GenericInfo,GenericErrors" },
	/* 2013 CU3 */
	{ 64, LATER STREAM TIMES TEXTS },
	/* 2013 CU5 */
	{ 68, LATER CACHE STREAM KERBEROS TIMES TEXTS },
	/* 2013 CU7 to CU23, 2016 up to CU2 */
	{ 69, V69 },
	{ 70, V69 ",EdgeTraceId" },
	/* 2016 CU16 and later, 2019, SE */
	{ 74, V69 ",EdgeTraceId,DatabaseGuid,UserADObjectGuid,"
		  "PartitionEndpointLookupLatency,RoutingStatus" },
};

const size_t column_set_count = ARRAY_LEN(column_sets);

const struct column_set *
column_set_of(size_t count)
{
	for (size_t i = 0; i < column_set_count; i++) {
		if (column_sets[i].count == count)
			return &column_sets[i];
	}
	return NULL;
}

/* In the order of the newest set, then what only older ones have. */
static const char *const all_names[] = {
	"DateTime", "RequestId", "MajorVersion", "MinorVersion",
	"BuildVersion", "RevisionVersion", "ClientRequestId", "Protocol",
	"UrlHost", "UrlStem", "ProtocolAction", "AuthenticationType",
	"IsAuthenticated", "AuthenticatedUser", "Organization",
	"AnchorMailbox", "UserAgent", "ClientIpAddress", "ServerHostName",
	"HttpStatus", "BackEndStatus", "ErrorCode", "Method", "ProxyAction",
	"TargetServer", "TargetServerVersion", "RoutingType", "RoutingHint",
	"BackEndCookie", "ServerLocatorHost", "ServerLocatorLatency",
	"RequestBytes", "ResponseBytes", "TargetOutstandingRequests",
	"AuthModulePerfContext", "HttpPipelineLatency",
	"CalculateTargetBackEndLatency", "GlsLatencyBreakup",
	"TotalGlsLatency", "AccountForestLatencyBreakup",
	"TotalAccountForestLatency", "ResourceForestLatencyBreakup",
	"TotalResourceForestLatency", "ADLatency",
	"SharedCacheLatencyBreakup", "TotalSharedCacheLatency",
	"ActivityContextLifeTime", "ModuleToHandlerSwitchingLatency",
	"ClientReqStreamLatency", "BackendReqInitLatency",
	"BackendReqStreamLatency", "BackendProcessingLatency",
	"BackendRespInitLatency", "BackendRespStreamLatency",
	"ClientRespStreamLatency", "KerberosAuthHeaderLatency",
	"HandlerCompletionLatency", "RequestHandlerLatency",
	"HandlerToModuleSwitchingLatency", "ProxyTime", "CoreLatency",
	"RoutingLatency", "HttpProxyOverhead", "TotalRequestTime",
	"RouteRefresherLatency", "UrlQuery", "BackEndGenericInfo",
	"GenericInfo", "GenericErrors", "EdgeTraceId", "DatabaseGuid",
	"UserADObjectGuid", "PartitionEndpointLookupLatency",
	"RoutingStatus", "ModuleToHandlerSwitching",
	"FirstResponseByteReceived", "HandlerToModuleSwitching",
};

size_t
column_name_count(void)
{
	return ARRAY_LEN(all_names);
}

const char *
column_name_at(size_t i)
{
	return i < ARRAY_LEN(all_names) ? all_names[i] : NULL;
}

const char *
known_name(rpclog_known which)
{
	/* Places in 'all_names'. */
	static const uint8_t places[KNOWN_COUNT] = {
		[RPCLOG_DATE_TIME] = 0,
		[RPCLOG_REQUEST_ID] = 1,
		[RPCLOG_CLIENT_REQUEST_ID] = 6,
		[RPCLOG_PROTOCOL] = 7,
		[RPCLOG_URL_HOST] = 8,
		[RPCLOG_URL_STEM] = 9,
		[RPCLOG_URL_QUERY] = 65,
		[RPCLOG_AUTHENTICATION_TYPE] = 11,
		[RPCLOG_IS_AUTHENTICATED] = 12,
		[RPCLOG_AUTHENTICATED_USER] = 13,
		[RPCLOG_ANCHOR_MAILBOX] = 15,
		[RPCLOG_USER_AGENT] = 16,
		[RPCLOG_CLIENT_IP] = 17,
		[RPCLOG_SERVER] = 18,
		[RPCLOG_HTTP_STATUS] = 19,
		[RPCLOG_BACKEND_STATUS] = 20,
		[RPCLOG_ERROR_CODE] = 21,
		[RPCLOG_METHOD] = 22,
		[RPCLOG_PROXY_ACTION] = 23,
		[RPCLOG_TARGET_SERVER] = 24,
		[RPCLOG_TARGET_SERVER_VERSION] = 25,
		[RPCLOG_ROUTING_TYPE] = 26,
		[RPCLOG_ROUTING_HINT] = 27,
		[RPCLOG_REQUEST_BYTES] = 31,
		[RPCLOG_RESPONSE_BYTES] = 32,
		[RPCLOG_TOTAL_REQUEST_TIME] = 63,
		[RPCLOG_BACKEND_GENERIC_INFO] = 66,
		[RPCLOG_GENERIC_INFO] = 67,
		[RPCLOG_GENERIC_ERRORS] = 68,
	};

	return all_names[places[which]];
}
