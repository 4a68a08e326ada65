/* SPDX-License-Identifier: MIT */
/* The columns of HttpProxy logs and the sets that builds write. */
#ifndef GEN_COLS_H
#define GEN_COLS_H

#define GEN_COLUMNS(X) \
	X(DateTime) X(RequestId) X(MajorVersion) X(MinorVersion) \
	X(BuildVersion) X(RevisionVersion) X(ClientRequestId) X(Protocol) \
	X(UrlHost) X(UrlStem) X(ProtocolAction) X(AuthenticationType) \
	X(IsAuthenticated) X(AuthenticatedUser) X(Organization) \
	X(AnchorMailbox) X(UserAgent) X(ClientIpAddress) X(ServerHostName) \
	X(HttpStatus) X(BackEndStatus) X(ErrorCode) X(Method) \
	X(ProxyAction) X(TargetServer) X(TargetServerVersion) \
	X(RoutingType) X(RoutingHint) X(BackEndCookie) \
	X(ServerLocatorHost) X(ServerLocatorLatency) X(RequestBytes) \
	X(ResponseBytes) X(TargetOutstandingRequests) \
	X(AuthModulePerfContext) X(HttpPipelineLatency) \
	X(CalculateTargetBackEndLatency) X(GlsLatencyBreakup) \
	X(TotalGlsLatency) X(AccountForestLatencyBreakup) \
	X(TotalAccountForestLatency) X(ResourceForestLatencyBreakup) \
	X(TotalResourceForestLatency) X(ADLatency) \
	X(SharedCacheLatencyBreakup) X(TotalSharedCacheLatency) \
	X(ActivityContextLifeTime) X(ModuleToHandlerSwitchingLatency) \
	X(ClientReqStreamLatency) X(BackendReqInitLatency) \
	X(BackendReqStreamLatency) X(BackendProcessingLatency) \
	X(BackendRespInitLatency) X(BackendRespStreamLatency) \
	X(ClientRespStreamLatency) X(KerberosAuthHeaderLatency) \
	X(HandlerCompletionLatency) X(RequestHandlerLatency) \
	X(HandlerToModuleSwitchingLatency) X(ProxyTime) X(CoreLatency) \
	X(RoutingLatency) X(HttpProxyOverhead) X(TotalRequestTime) \
	X(RouteRefresherLatency) X(UrlQuery) X(BackEndGenericInfo) \
	X(GenericInfo) X(GenericErrors) X(EdgeTraceId) X(DatabaseGuid) \
	X(UserADObjectGuid) X(PartitionEndpointLookupLatency) \
	X(RoutingStatus) X(ModuleToHandlerSwitching) \
	X(FirstResponseByteReceived) X(HandlerToModuleSwitching)

#define GEN_COL_ENUM(name) C_##name,
enum col { GEN_COLUMNS(GEN_COL_ENUM) C_COUNT };
#undef GEN_COL_ENUM

enum setid { V53, V64, V68, V69, V70, V74, SET_COUNT };

struct colset {
	const char *names;  /* as in the header line, joined by commas */
	int count;
	enum col col[C_COUNT];
};

/* The set of a build generation; never NULL. */
const struct colset *colset_get(enum setid id);

#endif
