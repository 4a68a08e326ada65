/* SPDX-License-Identifier: MIT */
/* Rows as documents of the Elastic Common Schema: putting them together. */

#include "ecs.h"

#include <stdlib.h>
#include <string.h>

#include "ecs_members.h"

#define DEPTH 4 /* objects within objects, at most */

/* A member, and what is written before its value. */
struct ecs_entry {
	const char *column;
	ecs_value *value;
	enum ecs_form form;
	rpclog_slice constant;
	size_t depth;  /* objects that it is in */
	size_t shared; /* of these, those that the entry before is in, too */
	/*
	 * Its key in ecs->keys: with the beginnings of the objects from the
	 * i'th on it starts at from[i].
	 */
	size_t from[DEPTH + 1], to;
};

/* Objects that two paths are in, both. */
static size_t
shared_depth(const char *a, const char *b)
{
	size_t depth = 0;

	for (; *a && *a == *b; a++, b++)
		depth += *a == '.';
	return depth;
}

/* 'before': the path of the entry before, or "". */
static void
add_entry(struct ecs *ecs, const struct ecs_member *member, const char *before)
{
	struct ecs_entry *entry = &ecs->entries[ecs->count++];
	const char *path = member->path;
	const char *dot;

	entry->column = member->column;
	entry->value = member->value;
	entry->form = member->form;
	if (member->constant)
		entry->constant = (rpclog_slice){ member->constant,
						  strlen(member->constant) };
	entry->shared = shared_depth(before, path);
	for (; (dot = strchr(path, '.')) != NULL; path = dot + 1) {
		entry->from[entry->depth++] = ecs->keys.len;
		out_char(&ecs->keys, '"');
		out_bytes(&ecs->keys, path, (size_t)(dot - path));
		out_str(&ecs->keys, "\":{");
	}
	entry->from[entry->depth] = ecs->keys.len;
	out_char(&ecs->keys, '"');
	out_str(&ecs->keys, path);
	out_str(&ecs->keys, "\":");
	entry->to = ecs->keys.len;
}

static void
add_members(struct ecs *ecs, int whole)
{
	const char *before = "";

	for (size_t i = 0; i < ecs_member_count; i++) {
		const struct ecs_member *member = &ecs_members[i];

		if (member->whole && !whole)
			continue;
		add_entry(ecs, member, before);
		before = member->path;
	}
}

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
	out_bytes(out, "_ms", sizeof("_ms")); /* and a NUL */
}

/* All columns of all sets whose name ends so.  The members before them are of
 * exchange, but of no latency. */
static void
add_latencies(struct ecs *ecs)
{
	static const char end[] = "Latency";
	const size_t end_len = sizeof(end) - 1;
	const char *before = "exchange.";
	struct out path;

	out_memory(&path);
	for (uint32_t name = NAME_COLUMN; name < name_count(); name++) {
		const char *column = name_text(name);
		const size_t len = strlen(column);
		struct ecs_member member = {
			.column = column,
			.value = ecs_number,
			.form = ECS_PLAIN,
		};

		if (len <= end_len || strcmp(column + len - end_len, end) != 0)
			continue;
		path.len = 0;
		latency_path(&path, column, len - end_len);
		member.path = path.data;
		add_entry(ecs, &member, before);
		before = "exchange.latency.";
	}
	out_free(&path);
}

/* The columns of the entries; any will do for one that needs none. */
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
		const char *column = ecs->entries[i].column;

		list.items[list.count++] = column ? column : "DateTime";
	}
	for (size_t i = 0; i < ECS_VERSION_PARTS; i++)
		list.items[list.count++] = version[i];
	if (fields_read(&ecs->fields, options, &list) != EXIT_DONE)
		abort(); /* our own table names what is no column */
	free(list.items);
}

void
ecs_init(struct ecs *ecs, const struct options *options, int whole)
{
	memset(ecs, 0, sizeof(*ecs));
	out_memory(&ecs->keys);
	ecs->entries =
		xcalloc(ecs_member_count + name_count(), sizeof(*ecs->entries));
	add_members(ecs, whole);
	add_latencies(ecs);
	choose_columns(ecs, options);
}

void
ecs_clear(struct ecs *ecs)
{
	fields_clear(&ecs->fields);
	out_free(&ecs->keys);
	free(ecs->entries);
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

static rpclog_slice
value_of(struct ecs_rows *rows, size_t i, const struct run_row *row)
{
	const struct ecs_entry *entry = &rows->ecs->entries[i];
	rpclog_slice cell = { "", 0 };

	if (!entry->value)
		return entry->constant;
	if (entry->column)
		cell = fields_rows_column(&rows->rows, i, row);
	return entry->value(rows, row, cell);
}

static void
put_value(struct out *out, enum ecs_form form, rpclog_slice value)
{
	switch (form) {
	case ECS_TEXT: out_json(out, value); break;
	case ECS_LIST:
		out_char(out, '[');
		out_json(out, value);
		out_char(out, ']');
		break;
	case ECS_PLAIN: out_bytes(out, value.ptr, value.len); break;
	}
}

void
ecs_rows_add(struct ecs_rows *rows, struct out *out, const struct run_row *row)
{
	static const char ends[DEPTH + 2] = "}}}}}";
	const struct ecs *ecs = rows->ecs;
	size_t open = 0;   /* objects that the last member is in */
	size_t shared = 0; /* and those of them that this one is in, too */
	char divider = '{';

	for (size_t i = 0; i < ecs->count; i++) {
		const struct ecs_entry *entry = &ecs->entries[i];
		const rpclog_slice value = value_of(rows, i, row);
		size_t from;

		if (shared > entry->shared)
			shared = entry->shared;
		if (value.len == 0)
			continue;
		from = entry->from[shared];
		out_bytes(out, ends, open - shared);
		out_char(out, divider);
		out_bytes(out, ecs->keys.data + from, entry->to - from);
		put_value(out, entry->form, value);
		open = shared = entry->depth;
		divider = ',';
	}
	out_bytes(out, ends, open + 1);
	out_char(out, '\n');
}
