/* SPDX-License-Identifier: MIT */
/* The members of a document: the table. */

#include "ecs_members.h"

#define CONSTANT(text) NULL, NULL, ECS_PLAIN, text, 0
#define TEXT(column)   column, ecs_cell, ECS_TEXT, NULL, 0
#define WHOLE(column)  column, ecs_cell, ECS_TEXT, NULL, 1
#define LOWER(column)  column, ecs_lowered, ECS_TEXT, NULL, 0
#define LONG(column)   column, ecs_integer, ECS_PLAIN, NULL, 0

const struct ecs_member ecs_members[] = {
	{ "@timestamp", NULL, ecs_end, ECS_TEXT, NULL, 0 },
	{ "client.ip", NULL, ecs_address, ECS_TEXT, NULL, 0 },
	{ "data_stream.dataset", CONSTANT("\"exchange.httpproxy\"") },
	{ "data_stream.namespace", CONSTANT("\"default\"") },
	{ "data_stream.type", CONSTANT("\"logs\"") },
	{ "destination.address", TEXT("TargetServer") },
	{ "destination.domain", TEXT("TargetServer") },
	{ "ecs.version", CONSTANT("\"8.17\"") },
	{ "error.code", TEXT("ErrorCode") },
	{ "error.message", TEXT("GenericErrors") },
	{ "event.action", TEXT("ProtocolAction") },
	{ "event.category", CONSTANT("[\"web\"]") },
	{ "event.dataset", CONSTANT("\"exchange.httpproxy\"") },
	{ "event.duration", NULL, ecs_duration, ECS_PLAIN, NULL, 0 },
	{ "event.kind", CONSTANT("\"event\"") },
	{ "event.module", CONSTANT("\"exchange\"") },
	{ "event.outcome", "HttpStatus", ecs_outcome, ECS_TEXT, NULL, 0 },
	{ "event.type", "HttpStatus", ecs_types, ECS_PLAIN, NULL, 0 },
	{ "host.name", LOWER("ServerHostName") },
	{ "http.request.body.bytes", LONG("RequestBytes") },
	{ "http.request.id", TEXT("RequestId") },
	{ "http.request.method", TEXT("Method") },
	{ "http.response.body.bytes", LONG("ResponseBytes") },
	{ "http.response.status_code", LONG("HttpStatus") },
	{ "log.file.path", NULL, ecs_path, ECS_TEXT, NULL, 0 },
	{ "log.offset", NULL, ecs_offset, ECS_PLAIN, NULL, 0 },
	{ "network.application", LOWER("Protocol") },
	{ "network.protocol", CONSTANT("\"http\"") },
	{ "organization.name", TEXT("Organization") },
	{ "related.ip", NULL, ecs_address, ECS_LIST, NULL, 0 },
	{ "related.user", "AuthenticatedUser", ecs_user_name, ECS_LIST, NULL,
	  0 },
	{ "server.address", LOWER("ServerHostName") },
	{ "service.version", NULL, ecs_version, ECS_TEXT, NULL, 0 },
	{ "source.address", "ClientIpAddress", ecs_no_address, ECS_TEXT, NULL,
	  0 },
	{ "source.ip", NULL, ecs_address, ECS_TEXT, NULL, 0 },
	{ "trace.id", "EdgeTraceId", ecs_trace, ECS_TEXT, NULL, 0 },
	{ "url.domain", TEXT("UrlHost") },
	{ "url.path", TEXT("UrlStem") },
	{ "url.query", "UrlQuery", ecs_query, ECS_TEXT, NULL, 1 },
	{ "user.domain", "AuthenticatedUser", ecs_user_domain, ECS_TEXT, NULL,
	  0 },
	{ "user.email", "AuthenticatedUser", ecs_user_email, ECS_TEXT, NULL,
	  0 },
	{ "user.name", "AuthenticatedUser", ecs_user_name, ECS_TEXT, NULL, 0 },
	{ "user.target.email", "AnchorMailbox", ecs_anchor_email, ECS_TEXT,
	  NULL, 0 },
	{ "user.target.id", "AnchorMailbox", ecs_anchor_id, ECS_TEXT, NULL, 0 },
	{ "user_agent.original", TEXT("UserAgent") },
	/* What the schema has no place for.  Latencies follow: see ecs.c.
	 */
	{ "exchange.anchor_mailbox", TEXT("AnchorMailbox") },
	{ "exchange.auth_module_perf_context", WHOLE("AuthModulePerfContext") },
	{ "exchange.authentication_type", TEXT("AuthenticationType") },
	{ "exchange.back_end_generic_info", WHOLE("BackEndGenericInfo") },
	{ "exchange.backend.status_code", LONG("BackEndStatus") },
	{ "exchange.client_request_id", TEXT("ClientRequestId") },
	{ "exchange.database_guid", TEXT("DatabaseGuid") },
	{ "exchange.edge_trace_id", TEXT("EdgeTraceId") },
	{ "exchange.generic_info", WHOLE("GenericInfo") },
	{ "exchange.is_authenticated", "IsAuthenticated", ecs_truth, ECS_PLAIN,
	  NULL, 0 },
	{ "exchange.proxy_action", TEXT("ProxyAction") },
	{ "exchange.request_bytes", LONG("RequestBytes") },
	{ "exchange.response_bytes", LONG("ResponseBytes") },
	{ "exchange.routing.hint", TEXT("RoutingHint") },
	{ "exchange.routing.status", TEXT("RoutingStatus") },
	{ "exchange.routing.type", TEXT("RoutingType") },
	{ "exchange.server_locator.host", TEXT("ServerLocatorHost") },
	{ "exchange.target.version", TEXT("TargetServerVersion") },
	{ "exchange.user_ad_object_guid", TEXT("UserADObjectGuid") },
};

const size_t ecs_member_count = sizeof(ecs_members) / sizeof(ecs_members[0]);
