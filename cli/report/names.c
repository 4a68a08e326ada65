/* SPDX-License-Identifier: MIT */
/* Texts of a report, and places in it by the numbers of the database. */

#include <stdlib.h>
#include <string.h>

#include "inside.h"

uint32_t
place_of(struct places *places, int64_t id)
{
	const rpclog_slice key = { (const char *)&id, sizeof(id) };

	if (!places->ids)
		places->ids = tuples_new(1);
	return tuples_add(places->ids, &key);
}

int64_t
place_id(const struct places *places, uint32_t place)
{
	int64_t id;

	memcpy(&id, groups_value(places->ids, place, 0).ptr, sizeof(id));
	return id;
}

rpclog_slice
keep(struct report_inside *in, rpclog_slice text)
{
	char *copy = xstrndup(text.len ? text.ptr : "", text.len);

	in->kept = xgrow(in->kept, in->kept_count, &in->kept_room,
			 sizeof(*in->kept));
	in->kept[in->kept_count++] = copy;
	return (rpclog_slice){ copy, text.len };
}

rpclog_slice
name_of(struct report_inside *in, int64_t id)
{
	const uint32_t place = place_of(&in->names, id);

	if (place < in->text_count)
		return in->texts[place];
	in->texts = xgrow(in->texts, place, &in->text_room, sizeof(*in->texts));
	if (!in->name)
		in->name = db_prepare(in->db,
				      "SELECT coalesce(raw, text) FROM name "
				      "WHERE id = ?");
	bind_int(in->name, 1, id);
	in->texts[place] =
		keep(in, statement_step(in->name) ? column_blob(in->name, 0)
						  : (rpclog_slice){ "", 0 });
	statement_reset(in->name);
	in->text_count = place + 1;
	return in->texts[place];
}

int
slice_order(rpclog_slice a, rpclog_slice b)
{
	const size_t len = a.len < b.len ? a.len : b.len;
	const int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* ---- items ------------------------------------------------------------------
 */

/* Of a remedy, its first sentence. */
static rpclog_slice
first_sentence(rpclog_slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ') {
			text.len = i + 1;
			break;
		}
	return text;
}

static void
fill_class(struct report_inside *in, struct report_class *c, int64_t id)
{
	static const char *const severities[] = { "info", "low", "medium",
						  "high", "critical" };
	struct statement *st =
		db_prepare(in->db, "SELECT name, title, remedy, popup, "
				   "severity FROM class WHERE id = ?");

	c->severity = severities[0];
	c->popup = "no";
	bind_int(st, 1, id);
	if (statement_step(st)) {
		rpclog_slice severity = column_text(st, 4);
		rpclog_slice popup = column_text(st, 3);

		c->name = keep(in, column_text(st, 0));
		c->title = keep(in, column_text(st, 1));
		c->remedy = keep(in, first_sentence(column_text(st, 2)));
		c->popup = keep(in, popup).ptr;
		c->prompts = popup.len == 3 && !memcmp(popup.ptr, "yes", 3);
		for (size_t i = 0; i < 5; i++)
			if (strlen(severities[i]) == severity.len &&
			    !memcmp(severities[i], severity.ptr, severity.len))
				c->severity = severities[i];
	}
	statement_free(st);
	c->by_bucket = xcalloc(in->report->bucket_count, sizeof(*c->by_bucket));
	c->first_us = c->ever_us = INT64_MAX;
	c->before_last_us = INT64_MIN;
}

struct report_class *
class_at(struct report_inside *in, int64_t id)
{
	struct report *r = in->report;
	const uint32_t place = place_of(&in->classes, id);

	if (place == r->class_count) {
		r->classes = xgrow(r->classes, place, &in->class_room,
				   sizeof(*r->classes));
		r->class_count++;
		memset(&r->classes[place], 0, sizeof(r->classes[place]));
		fill_class(in, &r->classes[place], id);
	}
	return &r->classes[place];
}

static struct report_machine *
machine_at(struct report_inside *in, struct places *places, int64_t id,
	   struct report_machine **list, size_t *count, size_t *room)
{
	const uint32_t place = place_of(places, id);
	const size_t buckets = in->report->bucket_count;

	if (place == *count) {
		struct report_machine *m;

		*list = xgrow(*list, place, room, sizeof(**list));
		m = &(*list)[(*count)++];
		memset(m, 0, sizeof(*m));
		m->name = name_of(in, id);
		m->failures_by = xcalloc(buckets, sizeof(*m->failures_by));
		m->worked_by = xcalloc(buckets, sizeof(*m->worked_by));
		m->first_us = m->ever_us = INT64_MAX;
		m->before_last_us = INT64_MIN;
	}
	return &(*list)[place];
}

struct report_machine *
target_at(struct report_inside *in, int64_t id)
{
	struct report *r = in->report;

	return machine_at(in, &in->targets, id, &r->targets, &r->target_count,
			  &in->target_room);
}

struct report_machine *
server_at(struct report_inside *in, int64_t id)
{
	struct report *r = in->report;

	return machine_at(in, &in->servers, id, &r->servers, &r->server_count,
			  &in->server_room);
}

struct report_user *
user_at(struct report_inside *in, int64_t actor)
{
	struct report *r = in->report;
	const uint32_t place = place_of(&in->users, actor);

	if (place == r->user_count) {
		struct report_user *u;

		r->users = xgrow(r->users, place, &in->user_room,
				 sizeof(*r->users));
		u = &r->users[r->user_count++];
		memset(u, 0, sizeof(*u));
		u->name = name_of(in, actor);
		u->by_bucket = xcalloc(r->bucket_count, sizeof(*u->by_bucket));
		u->first_us = INT64_MAX;
		u->last_us = INT64_MIN;
	}
	return &r->users[place];
}
