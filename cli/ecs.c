/* SPDX-License-Identifier: MIT */
/* Rows as documents of the Elastic Common Schema: which member is what. */

#include "ecs.h"

#include <stdlib.h>
#include <string.h>

#include "ecs_values.h"

enum form {
	FORM_TEXT,
	FORM_LIST, /* of one text */
	FORM_PLAIN /* JSON as it stands */
};

struct ecs_member {
	const char *path; /* objects are nested: those of one stand together */
	const char *column; /* NULL: of none */
	ecs_value *value;   /* NULL: always 'constant' */
	enum form form;
	const char *constant;
	int whole; /* only if the whole row is wanted */
};

#define CONSTANT(text) NULL, NULL, FORM_PLAIN, text, 0
#define TEXT(column)   column, ecs_cell, FORM_TEXT, NULL, 0
#define WHOLE(column)  column, ecs_cell, FORM_TEXT, NULL, 1
#define LOWER(column)  column, ecs_lowered, FORM_TEXT, NULL, 0
#define LONG(column)   column, ecs_integer, FORM_PLAIN, NULL, 0

static const struct ecs_member members[] = {
	{ "@timestamp", NULL, ecs_end, FORM_TEXT, NULL, 0 },
	{ "client.ip", NULL, ecs_address, FORM_TEXT, NULL, 0 },
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
	{ "event.duration", NULL, ecs_duration, FORM_PLAIN, NULL, 0 },
	{ "event.kind", CONSTANT("\"event\"") },
	{ "event.module", CONSTANT("\"exchange\"") },
	{ "event.outcome", "HttpStatus", ecs_outcome, FORM_TEXT, NULL, 0 },
	{ "event.type", "HttpStatus", ecs_types, FORM_PLAIN, NULL, 0 },
	{ "host.name", LOWER("ServerHostName") },
	{ "http.request.body.bytes", LONG("RequestBytes") },
	{ "http.request.id", TEXT("RequestId") },
	{ "http.request.method", TEXT("Method") },
	{ "http.response.body.bytes", LONG("ResponseBytes") },
	{ "http.response.status_code", LONG("HttpStatus") },
	{ "log.file.path", NULL, ecs_path, FORM_TEXT, NULL, 0 },
	{ "log.offset", NULL, ecs_offset, FORM_PLAIN, NULL, 0 },
	{ "network.application", LOWER("Protocol") },
	{ "network.protocol", CONSTANT("\"http\"") },
	{ "organization.name", TEXT("Organization") },
	{ "related.ip", NULL, ecs_address, FORM_LIST, NULL, 0 },
	{ "related.user", "AuthenticatedUser", ecs_user_name, FORM_LIST, NULL,
	  0 },
	{ "server.address", LOWER("ServerHostName") },
	{ "service.version", NULL, ecs_version, FORM_TEXT, NULL, 0 },
	{ "source.address", "ClientIpAddress", ecs_no_address, FORM_TEXT, NULL,
	  0 },
	{ "source.ip", NULL, ecs_address, FORM_TEXT, NULL, 0 },
	{ "trace.id", "EdgeTraceId", ecs_trace, FORM_TEXT, NULL, 0 },
	{ "url.domain", TEXT("UrlHost") },
	{ "url.path", TEXT("UrlStem") },
	{ "url.query", "UrlQuery", ecs_query, FORM_TEXT, NULL, 1 },
	{ "user.domain", "AuthenticatedUser", ecs_user_domain, FORM_TEXT, NULL,
	  0 },
	{ "user.email", "AuthenticatedUser", ecs_user_email, FORM_TEXT, NULL,
	  0 },
	{ "user.name", "AuthenticatedUser", ecs_user_name, FORM_TEXT, NULL, 0 },
	{ "user.target.email", "AnchorMailbox", ecs_anchor_email, FORM_TEXT,
	  NULL, 0 },
	{ "user.target.id", "AnchorMailbox", ecs_anchor_id, FORM_TEXT, NULL,
	  0 },
	{ "user_agent.original", TEXT("UserAgent") },
	/* What the schema has no place for.  Latencies follow: add_latencies().
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
	{ "exchange.is_authenticated", "IsAuthenticated", ecs_truth, FORM_PLAIN,
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

#define MEMBERS (sizeof(members) / sizeof(members[0]))

static int
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* TotalGlsLatency is exchange.latency.total_gls_ms; ADLatency is ad_ms. */
static void
latency_path(struct out *out, const char *column, size_t len)
{
	out_str(out, "exchange.latency.");
	for (size_t i = 0; i < len; i++) {
		const char c = column[i];

		if (i > 0 && is_upper(c) && !is_upper(column[i - 1]))
			out_char(out, '_');
		out_char(out, is_upper(c) ? (char)(c - 'A' + 'a') : c);
	}
	out_bytes(out, "_ms", sizeof("_ms"));
}

/* All columns of all sets whose name ends so: the last members. */
static void
add_latencies(struct ecs *ecs)
{
	static const char end[] = "Latency";
	const size_t end_len = sizeof(end) - 1;
	struct out names;
	size_t from = 0;

	out_memory(&names);
	for (uint32_t name = NAME_COLUMN; name < name_count(); name++) {
		const char *column = name_text(name);
		const size_t len = strlen(column);

		if (len <= end_len || strcmp(column + len - end_len, end) != 0)
			continue;
		latency_path(&names, column, len - end_len);
		ecs->members[ecs->count++] = (struct ecs_member){
			.column = column,
			.value = ecs_number,
			.form = FORM_PLAIN,
		};
	}
	ecs->names = names.data;
	for (size_t i = 0; i < ecs->count; i++) {
		struct ecs_member *member = &ecs->members[i];

		if (member->path)
			continue;
		member->path = ecs->names + from;
		from += strlen(member->path) + 1;
	}
}

/* The columns of the members; any will do for one that needs none. */
static void
choose_columns(struct ecs *ecs, const struct options *options)
{
	static const char *const version[ECS_VERSION_PARTS] = {
		"MajorVersion", "MinorVersion", "BuildVersion",
		"RevisionVersion"
	};
	struct text_list list = { NULL, 0 };

	list.items =
		xcalloc(ecs->count + ECS_VERSION_PARTS, sizeof(*list.items));
	for (size_t i = 0; i < ecs->count; i++) {
		const char *column = ecs->members[i].column;

		list.items[list.count++] = column ? column : "DateTime";
	}
	for (size_t i = 0; i < ECS_VERSION_PARTS; i++)
		list.items[list.count++] = version[i];
	if (fields_read(&ecs->fields, options, &list) != EXIT_DONE)
		abort(); /* not a name that names.c knows */
	free(list.items);
}

void
ecs_init(struct ecs *ecs, const struct options *options, int whole)
{
	memset(ecs, 0, sizeof(*ecs));
	ecs->members = xcalloc(MEMBERS + name_count(), sizeof(*ecs->members));
	for (size_t i = 0; i < MEMBERS; i++) {
		if (whole || !members[i].whole)
			ecs->members[ecs->count++] = members[i];
	}
	add_latencies(ecs);
	choose_columns(ecs, options);
}

void
ecs_clear(struct ecs *ecs)
{
	fields_clear(&ecs->fields);
	free(ecs->members);
	free(ecs->names);
	memset(ecs, 0, sizeof(*ecs));
}

void
ecs_rows_init(struct ecs_rows *rows, const struct ecs *ecs)
{
	rows->ecs = ecs;
	fields_rows_init(&rows->rows, &ecs->fields);
	out_memory(&rows->room);
}

void
ecs_rows_clear(struct ecs_rows *rows)
{
	fields_rows_clear(&rows->rows);
	out_free(&rows->room);
}

/*
 * From the member that was written last ("": none) to the next one: ends the
 * objects that it is not in, begins those that it is.
 */
static void
put_key(struct out *out, const char *last, const char *path)
{
	size_t shared = 0;
	const char *dot;

	for (size_t i = 0; last[i] && last[i] == path[i]; i++) {
		if (last[i] == '.')
			shared = i + 1;
	}
	for (dot = last + shared; (dot = strchr(dot, '.')) != NULL; dot++)
		out_char(out, '}');
	out_char(out, last[0] ? ',' : '{');
	for (path += shared; (dot = strchr(path, '.')) != NULL;
	     path = dot + 1) {
		out_char(out, '"');
		out_bytes(out, path, (size_t)(dot - path));
		out_str(out, "\":{");
	}
	out_char(out, '"');
	out_str(out, path);
	out_str(out, "\":");
}

static void
put_value(struct out *out, enum form form, rpclog_slice value)
{
	switch (form) {
	case FORM_TEXT: out_json(out, value); break;
	case FORM_LIST:
		out_char(out, '[');
		out_json(out, value);
		out_char(out, ']');
		break;
	case FORM_PLAIN: out_bytes(out, value.ptr, value.len); break;
	}
}

static rpclog_slice
value_of(struct ecs_rows *rows, size_t i, const struct run_row *row)
{
	const struct ecs_member *member = &rows->ecs->members[i];
	rpclog_slice cell = { "", 0 };

	if (!member->value)
		return (rpclog_slice){ member->constant,
				       strlen(member->constant) };
	if (member->column)
		cell = fields_rows_column(&rows->rows, i, row);
	return member->value(rows, row, cell);
}

void
ecs_rows_add(struct ecs_rows *rows, struct out *out, const struct run_row *row)
{
	const char *last = "";

	for (size_t i = 0; i < rows->ecs->count; i++) {
		const struct ecs_member *member = &rows->ecs->members[i];
		const rpclog_slice value = value_of(rows, i, row);

		if (value.len == 0)
			continue;
		put_key(out, last, member->path);
		put_value(out, member->form, value);
		last = member->path;
	}
	while ((last = strchr(last, '.')) != NULL) {
		out_char(out, '}');
		last++;
	}
	out_str(out, "}\n");
}
