/* SPDX-License-Identifier: MIT */
/* Fields by name: any log column, derived values, values of 'define'. */

#include "rules_field.h"

#define LONGEST_NAME ((size_t)64)

struct derived_name {
	const char *name;
	uint16_t field, base;
};

static const struct derived_name derived_names[] = {
	{ "client", FIELD_DERIVED + RPCLOG_D_CLIENT, RPCLOG_CLIENT_IP },
	{ "mailbox", FIELD_DERIVED + RPCLOG_D_MAILBOX, RPCLOG_URL_QUERY },
	{ "target", FIELD_DERIVED + RPCLOG_D_TARGET, RPCLOG_TARGET_SERVER },
	{ "legacy", FIELD_DERIVED + RPCLOG_D_LEGACY, RPCLOG_TARGET_SERVER },
	{ "account", FIELD_DERIVED + RPCLOG_D_ACCOUNT,
	  RPCLOG_AUTHENTICATED_USER },
	{ "scheme", FIELD_DERIVED + RPCLOG_D_SCHEME,
	  RPCLOG_AUTHENTICATION_TYPE },
	{ "response_status", FIELD_DERIVED + RPCLOG_D_RESPONSE_STATUS,
	  RPCLOG_GENERIC_ERRORS },
	{ "web_status", FIELD_DERIVED + RPCLOG_D_WEB_STATUS,
	  RPCLOG_GENERIC_ERRORS },
	{ "security_status", FIELD_DERIVED + RPCLOG_D_SECURITY_STATUS,
	  RPCLOG_GENERIC_ERRORS },
	{ "software", FIELD_DERIVED + RPCLOG_D_SOFTWARE, RPCLOG_USER_AGENT },
	{ "windows", FIELD_DERIVED + RPCLOG_D_WINDOWS, RPCLOG_USER_AGENT },
	{ "client_scope", FIELD_DERIVED + RPCLOG_D_CLIENT_SCOPE,
	  RPCLOG_CLIENT_IP },
	{ "rpc_half", FIELD_DERIVED + RPCLOG_D_RPC_HALF, RPCLOG_METHOD },
	{ "rpc_life", FIELD_DERIVED + RPCLOG_D_RPC_LIFE,
	  RPCLOG_TOTAL_REQUEST_TIME },
	{ "rpc_end", FIELD_DERIVED + RPCLOG_D_RPC_END, RPCLOG_GENERIC_ERRORS },
	{ "authenticated", FIELD_AUTHENTICATED, RPCLOG_IS_AUTHENTICATED },
	{ "client_single", FIELD_CLIENT_SINGLE, RPCLOG_CLIENT_IP },
};

static unsigned
column_find(rpclog_slice name)
{
	for (unsigned known = 0; known < KNOWN_COUNT; known++) {
		if (slice_eq_nocase(name, slice_str(known_name(known))))
			return known;
	}
	for (size_t i = 0; i < column_name_count(); i++) {
		if (slice_eq_nocase(name, slice_str(column_name_at(i))))
			return FIELD_COLUMN + (unsigned)i;
	}
	return FIELD_NONE;
}

unsigned
field_find(const struct rpclog_rules *rules, rpclog_slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(derived_names); i++) {
		if (slice_eq_nocase(name, slice_str(derived_names[i].name)))
			return derived_names[i].field;
	}
	for (size_t i = 0; i < rules->define_count; i++) {
		if (slice_eq_nocase(name, slice_str(rules->defines[i].name)))
			return FIELD_DEFINE + (unsigned)i;
	}
	return column_find(name);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add or leave out, in any case; names that fit only. */
static size_t
distance(rpclog_slice a, rpclog_slice b)
{
	size_t row[LONGEST_NAME + 1];

	if (a.len > LONGEST_NAME || b.len > LONGEST_NAME)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];
		unsigned char c = ascii_lower((unsigned char)a.ptr[i - 1]);

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			unsigned char d =
				ascii_lower((unsigned char)b.ptr[j - 1]);
			size_t above = row[j];

			row[j] = least(least(above, row[j - 1]) + 1,
				       diagonal + (c != d));
			diagonal = above;
		}
	}
	return row[b.len];
}

struct nearest {
	rpclog_slice wanted;
	const char *best;
	size_t distance;
};

static void
offer(struct nearest *n, const char *name)
{
	size_t d = distance(n->wanted, slice_str(name));

	if (d < n->distance) {
		n->distance = d;
		n->best = name;
	}
}

static void
offer_columns(struct nearest *n)
{
	for (size_t i = 0; i < column_name_count(); i++)
		offer(n, column_name_at(i));
}

/* More than a third of the letters wrong is no slip. */
static struct nearest
nearest_init(rpclog_slice name)
{
	struct nearest n = { name, NULL, 2 + name.len / 3 };

	return n;
}

const char *
column_nearest(rpclog_slice name)
{
	struct nearest n = nearest_init(name);

	offer_columns(&n);
	return n.best;
}

const char *
field_nearest(const struct rpclog_rules *rules, rpclog_slice name)
{
	struct nearest n = nearest_init(name);

	offer_columns(&n);
	for (size_t i = 0; i < ARRAY_LEN(derived_names); i++)
		offer(&n, derived_names[i].name);
	for (size_t i = 0; i < rules->define_count; i++)
		offer(&n, rules->defines[i].name);
	return n.best;
}

unsigned
field_base(unsigned field)
{
	if (field < KNOWN_COUNT)
		return field;
	for (size_t i = 0; i < ARRAY_LEN(derived_names); i++) {
		if (derived_names[i].field == field)
			return derived_names[i].base;
	}
	return FIELD_NONE;
}
