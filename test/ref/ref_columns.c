/* SPDX-License-Identifier: MIT */
/* Columns by name: the known sets, and header lines. */
#include "ref.h"

static const char *const v53 =
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
	"RevisionVersion,ClientRequestId,Protocol,UrlStem,"
	"ProtocolAction,AuthenticationType,IsAuthenticated,"
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent,"
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,"
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,"
	"RoutingHint,BackEndCookie,ServerLocatorHost,"
	"ServerLocatorLatency,RequestBytes,ResponseBytes,"
	"TargetOutstandingRequests,AuthModulePerfContext,"
	"HttpPipelineLatency,CalculateTargetBackEndLatency,"
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,"
	"TotalAccountForestLatency,ResourceForestLatencyBreakup,"
	"TotalResourceForestLatency,ADLatency,ActivityContextLifeTime,"
	"ModuleToHandlerSwitching,FirstResponseByteReceived,ProxyTime,"
	"RequestHandlerLatency,HandlerToModuleSwitching,"
	"HttpProxyOverhead,TotalRequestTime,UrlQuery,GenericInfo,"
	"GenericErrors";

static const char *const v64 =
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
	"RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,"
	"ProtocolAction,AuthenticationType,IsAuthenticated,"
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent,"
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,"
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,"
	"RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,"
	"ServerLocatorLatency,RequestBytes,ResponseBytes,"
	"TargetOutstandingRequests,AuthModulePerfContext,"
	"HttpPipelineLatency,CalculateTargetBackEndLatency,"
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,"
	"TotalAccountForestLatency,ResourceForestLatencyBreakup,"
	"TotalResourceForestLatency,ADLatency,ActivityContextLifeTime,"
	"ModuleToHandlerSwitchingLatency,ClientReqStreamLatency,"
	"BackendReqInitLatency,BackendReqStreamLatency,"
	"BackendProcessingLatency,BackendRespInitLatency,"
	"BackendRespStreamLatency,ClientRespStreamLatency,"
	"RequestHandlerLatency,HandlerToModuleSwitchingLatency,"
	"ProxyTime,CoreLatency,RoutingLatency,HttpProxyOverhead,"
	"TotalRequestTime,UrlQuery,BackEndGenericInfo,GenericInfo,"
	"GenericErrors";

static const char *const v69 =
	"DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
	"RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,"
	"ProtocolAction,AuthenticationType,IsAuthenticated,"
	"AuthenticatedUser,Organization,AnchorMailbox,UserAgent,"
	"ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,"
	"ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,"
	"RoutingType,RoutingHint,BackEndCookie,ServerLocatorHost,"
	"ServerLocatorLatency,RequestBytes,ResponseBytes,"
	"TargetOutstandingRequests,AuthModulePerfContext,"
	"HttpPipelineLatency,CalculateTargetBackEndLatency,"
	"GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,"
	"TotalAccountForestLatency,ResourceForestLatencyBreakup,"
	"TotalResourceForestLatency,ADLatency,"
	"SharedCacheLatencyBreakup,TotalSharedCacheLatency,"
	"ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,"
	"ClientReqStreamLatency,BackendReqInitLatency,"
	"BackendReqStreamLatency,BackendProcessingLatency,"
	"BackendRespInitLatency,BackendRespStreamLatency,"
	"ClientRespStreamLatency,KerberosAuthHeaderLatency,"
	"HandlerCompletionLatency,RequestHandlerLatency,"
	"HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,"
	"RoutingLatency,HttpProxyOverhead,TotalRequestTime,"
	"RouteRefresherLatency,UrlQuery,BackEndGenericInfo,GenericInfo,"
	"GenericErrors";

static const struct columns *known[6];

/* The text without a blank before or after it. */
static struct text
trim(struct text t)
{
	while (t.len && (t.ptr[0] == ' ' || t.ptr[0] == '\t'))
		t = text_cut(t, 1, t.len);
	while (t.len && (t.ptr[t.len - 1] == ' ' || t.ptr[t.len - 1] == '\t'))
		t.len--;
	return t;
}

/* The first place of a name in any case, count if it is not there. */
static size_t
find_name(const struct columns *set, const char *name)
{
	for (size_t i = 0; i < set->count; i++)
		if (text_is_nocase(set->names[i], name))
			return i;
	return set->count;
}

/* A log is an HttpProxy log if it has these six columns, in any case. */
static const struct columns *
columns_new(struct text *names, size_t count)
{
	static const char *const needed[] = { "DateTime",      "Protocol",
					      "UrlStem",       "HttpStatus",
					      "BackEndStatus", "Method" };
	struct columns *set = ref_alloc(sizeof *set);

	set->names = names;
	set->count = count;
	for (size_t i = 0; i < count; i++)
		names[i] = trim(names[i]);
	set->method = find_name(set, "Method");
	for (size_t i = 0; i < 6; i++)
		if (find_name(set, needed[i]) == count)
			set->foreign = true;
	return set;
}

static const struct columns *
known_set(const char *base, const char *without, const char *more)
{
	struct text *names, *kept;
	size_t count, left = 0;

	split_cells(text_join(base, text_of(more)), &names, &count);
	kept = ref_alloc(count * sizeof *kept);
	for (size_t i = 0; i < count; i++)
		if (!text_is(names[i], without))
			kept[left++] = names[i];
	return columns_new(kept, left);
}

/* The known set with so many cells, NULL if there is none. */
const struct columns *
columns_known(size_t cells)
{
	if (!known[0]) {
		known[0] = known_set(v53, "", "");
		known[1] = known_set(v64, "", "");
		known[2] = known_set(v69, "RouteRefresherLatency", "");
		known[3] = known_set(v69, "", "");
		known[4] = known_set(v69, "", ",EdgeTraceId");
		known[5] = known_set(
			v69, "",
			",EdgeTraceId,DatabaseGuid,"
			"UserADObjectGuid,PartitionEndpointLookupLatency,"
			"RoutingStatus");
	}
	for (size_t i = 0; i < 6; i++)
		if (known[i]->count == cells)
			return known[i];
	return NULL;
}

/* Any column of any known set in any case: its name as the newest has it. */
const char *
column_name(const char *name)
{
	static const size_t newest_first[] = { 74, 70, 69, 68, 64, 53 };

	for (size_t i = 0; i < 6; i++) {
		const struct columns *set = columns_known(newest_first[i]);
		const size_t at = find_name(set, name);

		if (at < set->count)
			return text_copy(set->names[at].ptr, set->names[at].len)
				.ptr;
	}
	return NULL;
}

/*
 * A header line starts with # or "#, or its first cell is DateTime in any
 * case.
 */
bool
line_is_header(struct text line)
{
	struct text first;

	if (text_starts(line, "#") || text_starts(line, "\"#"))
		return true;
	first = text_cut(line, 0, text_find(line, ",", 0));
	return text_is_nocase(first, "DateTime") ||
	       text_is_nocase(first, "\"DateTime\"");
}

/*
 * The columns that a header line sets: #Fields and the bare column row do,
 * the others give NULL.
 */
const struct columns *
columns_of_header(struct text line)
{
	struct text *names;
	size_t count;

	if (!split_cells(line, &names, &count))
		return NULL;
	if (text_starts_nocase(names[0], "#Fields:"))
		names[0] = text_cut(names[0], 8, names[0].len);
	else if (!text_is_nocase(names[0], "DateTime"))
		return NULL;
	return columns_new(names, count);
}

/* The cell of this column, empty if the row or its columns lack it. */
struct text
row_cell(const struct row *row, const char *name)
{
	const size_t at = find_name(row->columns, name);

	if (at >= row->columns->count || at >= row->cell_count)
		return text_of("");
	return row->cells[at];
}
