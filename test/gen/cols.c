/* SPDX-License-Identifier: MIT */
/* The column sets, by build, as the header lines spell them. */
#include "cols.h"

#include <string.h>

#include "buf.h"

#define LIST_V53 \
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion," \
	"RevisionVersion,ClientRequestId,Protocol,UrlStem," \
	"ProtocolAction,AuthenticationType,IsAuthenticated," \
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent," \
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus," \
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion," \
	"RoutingHint,BackEndCookie,ServerLocatorHost," \
	"ServerLocatorLatency,RequestBytes,ResponseBytes," \
	"TargetOutstandingRequests,AuthModulePerfContext," \
	"HttpPipelineLatency,CalculateTargetBackEndLatency," \
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup," \
	"TotalAccountForestLatency,ResourceForestLatencyBreakup," \
	"TotalResourceForestLatency,ADLatency,ActivityContextLifeTime," \
	"ModuleToHandlerSwitching,FirstResponseByteReceived,ProxyTime," \
	"RequestHandlerLatency,HandlerToModuleSwitching," \
	"HttpProxyOverhead,TotalRequestTime,UrlQuery,GenericInfo," \
	"GenericErrors"
#define LIST_V64 \
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion," \
	"RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem," \
	"ProtocolAction,AuthenticationType,IsAuthenticated," \
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent," \
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus," \
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion," \
	"RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost," \
	"ServerLocatorLatency,RequestBytes,ResponseBytes," \
	"TargetOutstandingRequests,AuthModulePerfContext," \
	"HttpPipelineLatency,CalculateTargetBackEndLatency," \
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup," \
	"TotalAccountForestLatency,ResourceForestLatencyBreakup," \
	"TotalResourceForestLatency,ADLatency,ActivityContextLifeTime," \
	"ModuleToHandlerSwitchingLatency,ClientReqStreamLatency," \
	"BackendReqInitLatency,BackendReqStreamLatency," \
	"BackendProcessingLatency,BackendRespInitLatency," \
	"BackendRespStreamLatency,ClientRespStreamLatency," \
	"RequestHandlerLatency,HandlerToModuleSwitchingLatency," \
	"ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead," \
	"TotalRequestTime,UrlQuery,BackEndGenericInfo,GenericInfo," \
	"GenericErrors"
#define LIST_V68_HEAD \
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion," \
	"RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem," \
	"ProtocolAction,AuthenticationType,IsAuthenticated," \
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent," \
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus," \
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion," \
	"RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost," \
	"ServerLocatorLatency,RequestBytes,ResponseBytes," \
	"TargetOutstandingRequests,AuthModulePerfContext," \
	"HttpPipelineLatency,CalculateTargetBackEndLatency," \
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup," \
	"TotalAccountForestLatency,ResourceForestLatencyBreakup," \
	"TotalResourceForestLatency,ADLatency," \
	"SharedCacheLatencyBreakup,TotalSharedCacheLatency," \
	"ActivityContextLifeTime,ModuleToHandlerSwitchingLatency," \
	"ClientReqStreamLatency,BackendReqInitLatency," \
	"BackendReqStreamLatency,BackendProcessingLatency," \
	"BackendRespInitLatency,BackendRespStreamLatency," \
	"ClientRespStreamLatency,KerberosAuthHeaderLatency," \
	"HandlerCompletionLatency,RequestHandlerLatency," \
	"HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency," \
	"RoutingLatency,HttpProxyOverhead,TotalRequestTime,"
#define LIST_TAIL \
	"UrlQuery,BackEndGenericInfo,GenericInfo,GenericErrors"
#define LIST_V69 LIST_V68_HEAD "RouteRefresherLatency," LIST_TAIL
#define LIST_V74_TAIL \
	"EdgeTraceId,DatabaseGuid,UserADObjectGuid," \
	"PartitionEndpointLookupLatency,RoutingStatus"

#define GEN_COL_NAME(name) #name,
static const char *const col_names[C_COUNT] = { GEN_COLUMNS(GEN_COL_NAME) };
#undef GEN_COL_NAME

static struct colset sets[SET_COUNT] = {
	[V53] = { .names = LIST_V53 },
	[V64] = { .names = LIST_V64 },
	[V68] = { .names = LIST_V68_HEAD LIST_TAIL },
	[V69] = { .names = LIST_V69 },
	[V70] = { .names = LIST_V69 ",EdgeTraceId" },
	[V74] = { .names = LIST_V69 "," LIST_V74_TAIL },
};

static enum col
col_find(const char *name, size_t len)
{
	for (int i = 0; i < C_COUNT; i++)
		if (strlen(col_names[i]) == len &&
		    !memcmp(col_names[i], name, len))
			return (enum col)i;
	die("no column \"%.*s\"", (int)len, name);
}

const struct colset *
colset_get(enum setid id)
{
	static const int counts[SET_COUNT] = { 53, 64, 68, 69, 70, 74 };
	struct colset *set = &sets[id];

	if (set->count)
		return set;
	for (const char *p = set->names; ; p++) {
		size_t len = strcspn(p, ",");

		set->col[set->count++] = col_find(p, len);
		p += len;
		if (!*p)
			break;
	}
	if (set->count != counts[id])
		die("column set %d holds %d names", (int)id, set->count);
	return set;
}
