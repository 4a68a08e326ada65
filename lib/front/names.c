/* SPDX-License-Identifier: MIT */
/* From a name as users write it to the value of a row, by tables. */

#include "names.h"

#include "diag.h"
#include "nearest.h"
#include "row.h"

/* Where a derived name finds its value. */
enum origin {
	FROM_KNOWN,   /* rpclog_known 'which' */
	FROM_DERIVED, /* rpclog_derived 'which' */
	FROM_LATENCY,
	FROM_CLASS,
	FROM_ACTOR,    /* settled */
	FROM_ELSEWHERE /* times, file, line, offset */
};

struct derived_name {
	const char *text;
	uint8_t kind;	/* an enum name_kind */
	uint8_t origin; /* an enum origin */
	uint8_t which;
};

static const struct derived_name derived_names[NAME_COLUMN] = {
	[NAME_START] = { "start", NAME_IS_TIME, FROM_ELSEWHERE, 0 },
	[NAME_END] = { "end", NAME_IS_TIME, FROM_ELSEWHERE, 0 },
	[NAME_HOUR] = { "hour", NAME_IS_HOUR, FROM_ELSEWHERE, 0 },
	[NAME_DAY] = { "day", NAME_IS_DAY, FROM_ELSEWHERE, 0 },
	[NAME_FILE] = { "file", NAME_IS_TEXT, FROM_ELSEWHERE, 0 },
	[NAME_LINE] = { "line", NAME_IS_INT, FROM_ELSEWHERE, 0 },
	[NAME_OFFSET] = { "offset", NAME_IS_INT, FROM_ELSEWHERE, 0 },
	[NAME_USER] = { "user", NAME_IS_TEXT, FROM_ACTOR, 0 },
	[NAME_ACCOUNT] = { "account", NAME_IS_TEXT, FROM_ACTOR, 0 },
	[NAME_MAILBOX] = { "mailbox", NAME_IS_TEXT, FROM_DERIVED,
			   RPCLOG_D_MAILBOX },
	[NAME_CLIENT] = { "client", NAME_IS_TEXT, FROM_DERIVED,
			  RPCLOG_D_CLIENT },
	[NAME_TARGET] = { "target", NAME_IS_TEXT, FROM_DERIVED,
			  RPCLOG_D_TARGET },
	[NAME_SERVER] = { "server", NAME_IS_TEXT, FROM_KNOWN, RPCLOG_SERVER },
	[NAME_PROTOCOL] = { "protocol", NAME_IS_TEXT, FROM_KNOWN,
			    RPCLOG_PROTOCOL },
	[NAME_STATUS] = { "status", NAME_IS_TEXT, FROM_KNOWN,
			  RPCLOG_HTTP_STATUS },
	[NAME_BACKEND_STATUS] = { "backend_status", NAME_IS_TEXT, FROM_KNOWN,
				  RPCLOG_BACKEND_STATUS },
	[NAME_ERROR_CODE] = { "error_code", NAME_IS_TEXT, FROM_KNOWN,
			      RPCLOG_ERROR_CODE },
	[NAME_METHOD] = { "method", NAME_IS_TEXT, FROM_KNOWN, RPCLOG_METHOD },
	[NAME_CLASS] = { "class", NAME_IS_TEXT, FROM_CLASS, 0 },
	[NAME_POPUP] = { "popup", NAME_IS_TEXT, FROM_CLASS, 0 },
	[NAME_SEVERITY] = { "severity", NAME_IS_TEXT, FROM_CLASS, 0 },
	[NAME_LEGACY] = { "legacy", NAME_IS_TEXT, FROM_DERIVED,
			  RPCLOG_D_LEGACY },
	[NAME_RESPONSE_STATUS] = { "response_status", NAME_IS_TEXT,
				   FROM_DERIVED, RPCLOG_D_RESPONSE_STATUS },
	[NAME_WEB_STATUS] = { "web_status", NAME_IS_TEXT, FROM_DERIVED,
			      RPCLOG_D_WEB_STATUS },
	[NAME_SECURITY_STATUS] = { "security_status", NAME_IS_TEXT,
				   FROM_DERIVED, RPCLOG_D_SECURITY_STATUS },
	[NAME_SOFTWARE] = { "software", NAME_IS_TEXT, FROM_DERIVED,
			    RPCLOG_D_SOFTWARE },
	[NAME_WINDOWS] = { "windows", NAME_IS_TEXT, FROM_DERIVED,
			   RPCLOG_D_WINDOWS },
	[NAME_LATENCY_MS] = { "latency_ms", NAME_IS_INT, FROM_LATENCY, 0 },
	[NAME_RPC_HALF] = { "rpc_half", NAME_IS_TEXT, FROM_DERIVED,
			    RPCLOG_D_RPC_HALF },
	[NAME_RPC_LIFE] = { "rpc_life", NAME_IS_TEXT, FROM_DERIVED,
			    RPCLOG_D_RPC_LIFE },
	[NAME_RPC_END] = { "rpc_end", NAME_IS_TEXT, FROM_DERIVED,
			   RPCLOG_D_RPC_END },
};

uint32_t
name_count(void)
{
	return (uint32_t)(NAME_COLUMN + column_name_count());
}

const char *
name_text(uint32_t name)
{
	if (name < NAME_COLUMN)
		return derived_names[name].text;
	return column_name_at(name - NAME_COLUMN);
}

enum name_kind
name_kind(uint32_t name)
{
	if (name < NAME_COLUMN)
		return (enum name_kind)derived_names[name].kind;
	return NAME_IS_TEXT;
}

int
name_is_settled(uint32_t name)
{
	return name < NAME_COLUMN &&
	       (derived_names[name].origin == FROM_CLASS ||
		derived_names[name].origin == FROM_ACTOR);
}

int
name_is_of_class(uint32_t name)
{
	return name < NAME_COLUMN && derived_names[name].origin == FROM_CLASS;
}

int
name_is_verbatim(uint32_t name)
{
	if (name >= NAME_COLUMN)
		return 1;
	switch (name) {
	case NAME_RESPONSE_STATUS:
	case NAME_WEB_STATUS:
	case NAME_SECURITY_STATUS:
	case NAME_SOFTWARE:
	case NAME_WINDOWS: return 1;
	default: return derived_names[name].origin == FROM_KNOWN;
	}
}

static rpclog_status
unknown(rpclog_slice text, rpclog_diag *diag)
{
	struct nearest nearest;
	char quoted[64];

	nearest_init(&nearest, text);
	for (uint32_t name = 0; name < name_count(); name++)
		nearest_offer(&nearest, name_text(name));
	return diag_set(diag, RPCLOG_ERR_USAGE,
			"unknown name \"%s\": did you mean %s?",
			diag_quote(text, quoted, sizeof(quoted)), nearest.word);
}

rpclog_status
name_find(rpclog_slice text, uint32_t *name, rpclog_diag *diag)
{
	uint32_t count = name_count();

	*name = 0;
	for (uint32_t i = NAME_COLUMN; i < count; i++) {
		if (slice_eq(slice_str(name_text(i)), text)) {
			*name = i;
			return RPCLOG_OK;
		}
	}
	for (uint32_t i = 0; i < count; i++) {
		if (slice_eq_nocase(slice_str(name_text(i)), text)) {
			*name = i;
			return RPCLOG_OK;
		}
	}
	return unknown(text, diag);
}

static rpclog_slice
column_near(const char *text, const rpclog_row *row, size_t *hint)
{
	rpclog_slice wanted = slice_str(text);
	const rpclog_schema *schema = row->schema;

	if (*hint < schema->count &&
	    slice_eq_nocase(schema->names[*hint], wanted))
		return row_cell(row, *hint);
	for (size_t i = 0; i < schema->count; i++) {
		if (slice_eq_nocase(schema->names[i], wanted)) {
			*hint = i;
			return row_cell(row, i);
		}
	}
	return slice_of("", 0);
}

/* TotalRequestTime, its decimals cut off. */
static rpclog_slice
latency_digits(const rpclog_row *row)
{
	rpclog_slice cell = row_known(row, RPCLOG_TOTAL_REQUEST_TIME);
	int64_t ms;

	if (!parse_latency(cell, &ms))
		return slice_of("", 0);

	size_t point = slice_find(cell, SLICE("."));

	return point == SIZE_MAX ? cell : slice_cut(cell, 0, point);
}

rpclog_slice
name_value_near(uint32_t name, const rpclog_row *row, size_t *hint)
{
	if (name >= NAME_COLUMN)
		return column_near(name_text(name), row, hint);

	const struct derived_name *d = &derived_names[name];

	switch ((enum origin)d->origin) {
	case FROM_KNOWN: return row_known(row, (rpclog_known)d->which);
	case FROM_DERIVED: return row_derived(row, (rpclog_derived)d->which);
	case FROM_LATENCY: return latency_digits(row);
	case FROM_CLASS:
	case FROM_ACTOR:
	case FROM_ELSEWHERE: break;
	}
	return slice_of("", 0);
}

rpclog_slice
name_value(uint32_t name, const rpclog_row *row)
{
	size_t hint = SIZE_MAX;

	return name_value_near(name, row, &hint);
}

int
name_integer(uint32_t name, const rpclog_row *row, int64_t *value)
{
	*value = 0;
	switch (name) {
	case NAME_START: *value = row_start(row); return 1;
	case NAME_END: *value = row->end_us; return 1;
	case NAME_LINE: *value = (int64_t)row->line; return 1;
	case NAME_OFFSET: *value = (int64_t)row->offset; return 1;
	case NAME_LATENCY_MS:
		return parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME),
				     value);
	}
	return 0;
}

const char *
popup_text(uint8_t popup)
{
	static const char *const texts[] = { "no", "maybe", "likely", "yes" };

	return popup < ARRAY_LEN(texts) ? texts[popup] : "";
}

const char *
severity_text(uint8_t severity)
{
	static const char *const texts[] = { "info", "low", "medium", "high",
					     "critical" };

	return severity < ARRAY_LEN(texts) ? texts[severity] : "";
}

rpclog_slice
user_account(rpclog_slice user)
{
	return account_of(user);
}

rpclog_slice
name_settled(uint32_t name, const rpclog_settled *settled)
{
	switch (name) {
	case NAME_USER: return settled->actor;
	case NAME_ACCOUNT: return user_account(settled->actor);
	case NAME_CLASS:
		return slice_str(settled->class_name ? settled->class_name
						     : "");
	case NAME_POPUP: return slice_str(popup_text(settled->popup));
	case NAME_SEVERITY: return slice_str(severity_text(settled->severity));
	}
	return slice_of("", 0);
}

int
actor_is_source(rpclog_slice actor)
{
	return slice_starts(actor, SLICE("client:"));
}
