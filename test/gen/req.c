/* SPDX-License-Identifier: MIT */
/* One proxied request, and how it becomes a row of its server's log. */
#include "req.h"

#include <inttypes.h>
#include <string.h>

#include "tree.h"

static bool
old_build(const struct server *s)
{
	return s->minor == 0 && s->build < 1044;
}

static void
stamp(struct buf *b, const char *key, int64_t ms)
{
	buf_fmt(b, "%s=", key);
	buf_time(b, ms);
	buf_char(b, ';');
}

/* When the back end's answer begins: RPC_IN_DATA only at the close. */
static int64_t
response_ms(const struct req *q)
{
	if (!strcmp(q->method, "RPC_IN_DATA"))
		return q->end - (q->end > q->start);
	int64_t wait = (q->end - q->start) / 2;
	return q->start + (wait < 31 ? wait : 31);
}

static void
info_proxied(const struct req *q, struct buf *b)
{
	const struct server *s = q->srv;
	int64_t body = q->start + (q->end - q->start > 2);
	int64_t answer = response_ms(q);
	int64_t be = version_int(15, s->minor, s->build);
	const bool down = q->to && q->to->legacy;

	if (down) {
		be = version_int(14, 3, 123);
		buf_fmt(b,
			"DownLevelTargetRandomHashing=0/2;"
			"ClientAccessServer=%s;ResolveCasLatency=0;",
			q->to->fqdn);
	}
	buf_fmt(b, "FEAuth=BEVersion-%" PRId64 ";", be);
	if (down)
		buf_str(b, "ProxyToDownLevel=True;");
	if (q->request_bytes > 0) {
		stamp(b, "BeginGetRequestStream", body);
		stamp(b, "OnRequestStreamReady", body);
	}
	stamp(b, "BeginGetResponse", body);
	if (!q->state || !strcmp(q->state, "ProxyResponseData")) {
		stamp(b, "OnResponseReady", answer);
		stamp(b, "EndGetResponse", answer);
	}
}

static void
info_text(const struct req *q, struct buf *b)
{
	const struct server *s = q->srv;

	if (s->set == V53) {
		buf_str(b, "OnBeginRequest=0;");
		return;
	}
	stamp(b, "BeginRequest", q->start);
	if (s->set != V64)
		buf_str(b, "CorrelationID=<empty>;");
	if (q->proxied && s->set != V64)
		buf_str(b, "ProxyState-Run=None;");
	if (q->proxied &&
	    !(q->state && !strcmp(q->state, "PrepareServerRequest") && !q->to))
		info_proxied(q, b);
	else if (q->proxied && s->set != V64)
		buf_fmt(b, "FEAuth=BEVersion-%" PRId64 ";",
			version_int(15, s->minor, s->build));
	if (s->set == V64)
		return;
	if (q->proxied)
		buf_fmt(b, "ProxyState-Complete=%s;",
			q->state ? q->state : "ProxyResponseData");
	if (s->minor > 0)
		buf_str(b, "SharedCacheGuard=0;");
	stamp(b, "EndRequest", q->end);
}

static void
fill_identity(const struct req *q, struct row *r)
{
	const struct server *s = q->srv;
	const bool upper = old_build(s) || s->set == V70;

	row_num(r, C_MajorVersion, 15);
	row_num(r, C_MinorVersion, s->minor);
	row_num(r, C_BuildVersion, s->build);
	row_num(r, C_RevisionVersion, s->revision);
	row_set(r, C_ClientRequestId, q->client_request);
	row_set(r, C_Protocol, q->proto);
	row_set(r, C_UrlHost, q->host ? q->host : "mail.contoso.com");
	row_set(r, C_UrlStem, q->stem);
	row_set(r, C_ProtocolAction, q->action);
	row_set(r, C_AuthenticationType, q->auth);
	row_set(r, C_IsAuthenticated,
		q->known ? upper ? "True" : "true"
		: upper	 ? "False"
			 : "false");
	row_set(r, C_AuthenticatedUser, q->user);
	row_set(r, C_Organization, q->org);
	row_set(r, C_AnchorMailbox, q->anchor);
	row_set(r, C_UserAgent, q->ua);
	row_set(r, C_ClientIpAddress, q->ip);
	row_set(r, C_ServerHostName, s->name);
	row_set(r, C_Method, q->method);
	row_set(r, C_UrlQuery, q->query);
}

static void
fill_result(struct gen *g, const struct req *q, struct row *r)
{
	const struct server *s = q->srv;

	if (q->status >= 0)
		row_num(r, C_HttpStatus, q->status);
	row_set(r, C_BackEndStatus, q->be);
	row_set(r, C_ErrorCode, q->error);
	if (q->request_bytes >= 0)
		row_num(r, C_RequestBytes, q->request_bytes);
	if (q->response_bytes >= 0)
		row_num(r, C_ResponseBytes, q->response_bytes);
	row_set(r, C_GenericErrors, q->errors);
	if (!q->proxied)
		return;
	row_set(r, C_ProxyAction, "Proxy");
	row_set(r, C_TargetServer, q->to ? q->to->fqdn : s->fqdn);
	row_set(r, C_TargetServerVersion,
		q->to ? q->to->version
		      : tmp(g, "15.%02d.%04d.000", s->minor, s->build));
	row_set(r, C_RoutingType, "IntraForest");
	row_set(r, C_RoutingHint, q->hint);
	row_set(r, C_BackEndCookie, q->cookie);
	row_set(r, C_RoutingStatus, "CafeV1");
	if (!q->to || !q->to->legacy)
		row_set(r, C_DatabaseGuid,
			tmp(g, "|RoutingDB:%s", g->database));
}

static void
fill_latency(struct gen *g, const struct req *q, struct row *r)
{
	static const enum col zero[] = {
		C_HttpPipelineLatency,
		C_TotalGlsLatency,
		C_TotalAccountForestLatency,
		C_TotalResourceForestLatency,
		C_ADLatency,
		C_TotalSharedCacheLatency,
		C_ClientReqStreamLatency,
		C_BackendReqInitLatency,
		C_BackendReqStreamLatency,
		C_BackendRespInitLatency,
		C_ClientRespStreamLatency,
		C_HandlerCompletionLatency,
		C_HandlerToModuleSwitchingLatency,
		C_HandlerToModuleSwitching,
	};
	int64_t total = q->end - q->start;
	const bool decimal = old_build(q->srv);

	row_set(r, C_ActivityContextLifeTime,
		decimal ? tmp(g, "%" PRId64 ".%04d", total,
			      (int)rng_below(&g->rng, 10000))
			: tmp(g, "%" PRId64, total));
	row_num(r, C_TotalRequestTime, total);
	row_num(r, C_HttpProxyOverhead, total < 3 ? total : 3);
	row_num(r, C_CoreLatency, total < 2 ? total : 2);
	if (!q->proxied) {
		row_num(r, C_HttpPipelineLatency, 0);
		return;
	}
	for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++)
		row_num(r, zero[i], 0);
	row_num(r, C_CalculateTargetBackEndLatency, rng_below(&g->rng, 3));
	row_num(r, C_ModuleToHandlerSwitchingLatency, 0);
	row_num(r, C_ModuleToHandlerSwitching, 0);
	row_num(r, C_FirstResponseByteReceived, total);
	row_num(r, C_BackendProcessingLatency, total);
	row_num(r, C_BackendRespStreamLatency, 0);
	row_num(r, C_RequestHandlerLatency, total);
	row_num(r, C_ProxyTime, total);
	row_num(r, C_RoutingLatency, 1);
	if (q->srv->minor == 0)
		row_num(r, C_TargetOutstandingRequests, 1);
	if (rng_one_in(&g->rng, 9)) {
		row_set(r, C_ResourceForestLatencyBreakup, "2;");
		row_num(r, C_TotalResourceForestLatency, 2);
	}
}

static const char *
new_id(struct gen *g, const struct server *s)
{
	char id[GUID_LEN + 1];
	char *to = id;

	rng_guid(&g->rng, id);
	if (s->set == V53) {
		for (const char *p = id; *p; p++)
			if (*p != '-')
				*to++ = *p;
		*to = '\0';
	}
	return tmp(g, "%s", id);
}

const char *
req_fill(struct gen *g, const struct req *q, struct row *r)
{
	struct buf info = { 0 };
	char when[25];
	const char *id = q->id ? q->id : new_id(g, q->srv);

	row_clear(r);
	time_text(when, q->end);
	row_set(r, C_DateTime, when);
	row_set(r, C_RequestId, id);
	fill_identity(q, r);
	fill_latency(g, q, r);
	fill_result(g, q, r);
	if (q->info)
		buf_str(&info, q->info);
	else
		info_text(q, &info);
	pairs_clip(&info);
	if (q->stats)
		buf_str(&info, q->stats);
	row_set(r, C_GenericInfo, info.data);
	buf_free(&info);
	return id;
}

static void
remember(struct gen *g, const struct req *q, const char *id)
{
	if (g->opt.expect)
		buf_fmt(&g->expect, "%s\t%s\t%s\n", id,
			q->expect ? q->expect : "-", q->note ? q->note : "");
}

void
req_format(struct gen *g, const struct req *q, struct buf *out)
{
	struct row r = { .bytes = { 0 } };

	remember(g, q, req_fill(g, q, &r));
	row_write(&r, server_set(q->srv, q->end), out);
	row_free(&r);
}

void
row_emit(struct gen *g, const struct req *q, struct row *r)
{
	row_write(r, server_set(q->srv, q->end),
		  tree_row(g->tree, q->srv, q->proto, q->end));
}

void
req_emit(struct gen *g, const struct req *q)
{
	req_format(g, q, tree_row(g->tree, q->srv, q->proto, q->end));
}
