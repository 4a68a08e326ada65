/* SPDX-License-Identifier: MIT */
/* The column set in force: names, and where the known columns stand. */

#include "schema.h"

size_t
rpclog_schema_count(const rpclog_schema *schema)
{
	return schema ? schema->count : 0;
}

rpclog_slice
rpclog_schema_name(const rpclog_schema *schema, size_t column)
{
	if (!schema || column >= schema->count)
		return slice_of("", 0);
	return schema->names[column];
}

size_t
rpclog_schema_find(const rpclog_schema *schema, const char *name)
{
	if (!schema || !name)
		return RPCLOG_NO_COLUMN;

	rpclog_slice wanted = slice_str(name);

	for (size_t i = 0; i < schema->count; i++) {
		if (slice_eq(schema->names[i], wanted))
			return i;
	}
	return RPCLOG_NO_COLUMN;
}

static size_t
find_nocase(const rpclog_slice *names, size_t count, rpclog_slice wanted)
{
	for (size_t i = 0; i < count; i++) {
		if (slice_eq_nocase(slice_trim(names[i]), wanted))
			return i;
	}
	return RPCLOG_NO_COLUMN;
}

size_t
rpclog_schema_find_nocase(const rpclog_schema *schema, const char *name)
{
	if (!schema || !name)
		return RPCLOG_NO_COLUMN;
	return find_nocase(schema->names, schema->count, slice_str(name));
}

bool
names_are_httpproxy(const rpclog_slice *names, size_t count)
{
	static const rpclog_known needed[] = {
		RPCLOG_DATE_TIME,   RPCLOG_PROTOCOL,	   RPCLOG_URL_STEM,
		RPCLOG_HTTP_STATUS, RPCLOG_BACKEND_STATUS, RPCLOG_METHOD,
	};

	for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
		if (find_nocase(names, count,
				slice_str(known_name(needed[i]))) ==
		    RPCLOG_NO_COLUMN)
			return false;
	}
	return true;
}

static bool
heads_set(const struct column_set *set, const rpclog_slice *names, size_t count)
{
	rpclog_slice rest = slice_str(set->line);

	for (size_t i = 0; i < count; i++) {
		rpclog_slice name = slice_trim(names[i]);
		const char *comma = memchr(rest.ptr, ',', rest.len);
		size_t len = comma ? (size_t)(comma - rest.ptr) : rest.len;
		rpclog_slice known = slice_cut(rest, 0, len);

		if (i + 1 == count)
			return slice_starts_nocase(known, name);
		if (!comma || !slice_eq_nocase(known, name))
			return false;
		rest = slice_cut(rest, len + 1, rest.len);
	}
	return false;
}

bool
names_are_torn(const rpclog_slice *names, size_t count)
{
	for (size_t i = 0; i < column_set_count; i++) {
		if (heads_set(&column_sets[i], names, count))
			return true;
	}
	return false;
}

bool
schema_has_names(const struct rpclog_schema *schema, const rpclog_slice *names,
		 size_t count)
{
	if (schema->count != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!slice_eq_nocase(schema->names[i], slice_trim(names[i])))
			return false;
	}
	return true;
}

/* One block: the schema, its names, and the text they point into. */
rpclog_status
schema_new(struct rpclog_schema **out, const struct alloc *a,
	   const rpclog_slice *names, size_t count)
{
	size_t text_len = 0;

	*out = NULL;
	for (size_t i = 0; i < count; i++)
		text_len += slice_trim(names[i]).len;

	struct rpclog_schema *schema = alloc_zero(a, 1, sizeof(*schema));

	if (!schema)
		return RPCLOG_ERR_NOMEM;
	schema->names = alloc_get(a, count, sizeof(*schema->names));
	schema->text = alloc_get(a, text_len, 1);
	if (!schema->names || !schema->text) {
		schema_free(schema, a);
		return RPCLOG_ERR_NOMEM;
	}
	schema->count = (uint32_t)count;

	char *text = schema->text;

	for (size_t i = 0; i < count; i++) {
		rpclog_slice name = slice_trim(names[i]);

		if (name.len)
			memcpy(text, name.ptr, name.len);
		schema->names[i] = slice_of(text, name.len);
		text += name.len;
	}
	for (int which = 0; which < KNOWN_COUNT; which++) {
		size_t column =
			find_nocase(schema->names, count,
				    slice_str(known_name((rpclog_known)which)));

		schema->known[which] = column == RPCLOG_NO_COLUMN
					       ? UINT32_MAX
					       : (uint32_t)column;
	}
	*out = schema;
	return RPCLOG_OK;
}

void
schema_free(struct rpclog_schema *schema, const struct alloc *a)
{
	if (!schema)
		return;
	alloc_free(a, schema->names);
	alloc_free(a, schema->text);
	alloc_free(a, schema);
}
