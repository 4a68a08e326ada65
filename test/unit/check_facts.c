/* SPDX-License-Identifier: MIT */
/* Facts of rows, as text; see check_facts.h. */

#include "check_facts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "class.h"

/* 2026-03-02T10:00:00Z */
#define BASE_US INT64_C(1772445600000000)

rpclog_status
check_facts_rows(struct facts *facts, const struct check_rows *r, size_t from,
		 size_t to, uint32_t log)
{
	for (size_t i = from; i < to; i++) {
		rpclog_status status = facts_add(facts, r->row[i].row,
						 &r->row[i].verdict, log, 1);

		if (status != RPCLOG_OK)
			return status;
	}
	return RPCLOG_OK;
}

void
check_facts_of(struct check_facts *f, struct check_rows *r, const char *text,
	       const rpclog_options *options)
{
	check_rows_clear(r);
	check_rows_add(r, text);
	CHECK_STATUS(facts_new(&f->facts, r->rules, options), RPCLOG_OK);
	CHECK_STATUS(check_facts_rows(f->facts, r, 0, r->count, 0), RPCLOG_OK);
	CHECK_INT(facts_rows(f->facts), r->count);
	CHECK_STATUS(facts_close(f->facts, &f->sets), RPCLOG_OK);
	CHECK_INT(f->sets.rows, r->count);
}

void
check_facts_free(struct check_facts *f)
{
	facts_free(f->facts);
	memset(f, 0, sizeof(*f));
}

/* ---- text -------------------------------------------------------------------
 */

void
check_fact_name(struct check_text *out, const struct facts *facts,
		uint32_t number)
{
	if (number == FACTS_NONE) {
		check_text_add(out, "-");
		return;
	}
	CHECK(number < facts_names(facts));
	check_text_escaped(out, facts_name(facts, number));
}

void
check_fact_who(struct check_text *out, const struct check_facts *f,
	       uint32_t number)
{
	const struct fact_who *who = &f->sets.whos[number];

	if (who->user != FACTS_NONE) {
		CHECK(who->mailbox == FACTS_NONE && who->client == FACTS_NONE);
		check_fact_name(out, f->facts, who->user);
		return;
	}
	if (who->mailbox != FACTS_NONE) {
		rpclog_slice mailbox = facts_name(f->facts, who->mailbox);

		check_text_add(out, "%c", mailbox.ptr[35]);
	} else {
		check_text_add(out, "-");
	}
	check_text_add(out, "/");
	check_fact_name(out, f->facts, who->client);
	check_text_add(out, "/");
	check_fact_name(out, f->facts, who->agent);
}

/* Items of a set, to be sorted. */
struct items {
	struct check_text item[512];
	size_t count;
};

static struct check_text *
item_new(struct items *items)
{
	if (items->count == ARRAY_LEN(items->item))
		abort();
	items->item[items->count] = (struct check_text){ 0 };
	return &items->item[items->count++];
}

static int
by_text(const void *a, const void *b)
{
	const struct check_text *x = a, *y = b;

	return strcmp(x->ptr, y->ptr);
}

static void
items_end(struct items *items, struct check_text *out)
{
	if (items->count)
		qsort(items->item, items->count, sizeof(items->item[0]),
		      by_text);
	check_text_add(out, "%s", "");
	for (size_t i = 0; i < items->count; i++) {
		check_text_add(out, "%s%s", i ? "; " : "", items->item[i].ptr);
		check_text_free(&items->item[i]);
	}
}

/* "12" or "12.345", after 10:00. */
static void
add_time(struct check_text *out, int64_t us)
{
	int64_t ms = (us - BASE_US) / 1000;

	check_text_add(out, "%s%" PRId64, ms < 0 ? "-" : "",
		       (ms < 0 ? -ms : ms) / 1000);
	if (ms % 1000)
		check_text_add(out, ".%03d", abs((int)(ms % 1000)));
}

void
check_fact_events(struct check_text *out, const struct check_facts *f)
{
	check_text_add(out, "%s", "");
	for (size_t i = 0; i < f->sets.event_count; i++) {
		const struct fact_event *e = &f->sets.events[i];

		check_text_add(out, "%s", i ? "; " : "");
		add_time(out, e->start_us);
		check_text_add(out, " %u ", (unsigned)e->class_id);
		check_fact_who(out, f, e->who);
		if (e->session != FACTS_NONE) {
			check_text_add(out, " of ");
			check_fact_who(out, f, e->session);
		}
		check_text_add(out, "%s", e->rpc ? " rpc" : "");
	}
}

void
check_fact_usage(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.usage_count; i++) {
		const struct fact_usage *u = &f->sets.usage[i];
		struct check_text *item = item_new(&items);

		check_fact_who(item, f, u->who);
		check_text_add(item, " %u %" PRIu64, (unsigned)u->class_id,
			       u->requests);
	}
	items_end(&items, out);
}

void
check_fact_owners(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.who_count; i++) {
		const struct fact_who *who = &f->sets.whos[i];
		struct check_text *item;

		if (who->user != FACTS_NONE)
			continue;
		item = item_new(&items);
		check_fact_who(item, f, (uint32_t)i);
		check_text_add(item, " ");
		if (who->owner == FACTS_SEVERAL)
			check_text_add(item, "several");
		else if (who->owner == FACTS_NONE)
			check_text_add(item, "none");
		else
			check_fact_who(item, f, who->owner);
	}
	items_end(&items, out);
}

void
check_fact_users(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.who_count; i++) {
		const struct fact_who *who = &f->sets.whos[i];
		struct check_text *item;

		if (who->user == FACTS_NONE)
			continue;
		item = item_new(&items);
		check_fact_name(item, f->facts, who->user);
		check_text_add(item, " ");
		check_fact_name(item, f->facts, who->spelling);
		check_text_add(item, " ");
		add_time(item, who->start_us);
		check_text_add(item, " ");
		add_time(item, who->end_us);
		check_text_add(item, " ");
		check_text_escaped(item, who->request_id);
		CHECK_INT(who->owner, FACTS_NONE);
	}
	items_end(&items, out);
}

void
check_fact_successes(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.success_count; i++) {
		const struct fact_success *s = &f->sets.successes[i];
		struct check_text *item = item_new(&items);

		check_fact_who(item, f, s->who);
		check_text_add(item, " ");
		add_time(item, s->first_us);
		check_text_add(item, "..");
		add_time(item, s->last_us);
	}
	items_end(&items, out);
}

void
check_fact_servers(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.server_count; i++) {
		struct check_text *item = item_new(&items);

		check_fact_name(item, f->facts, f->sets.servers[i].name);
		check_text_add(item, " ");
		add_time(item, f->sets.servers[i].newest_us);
	}
	items_end(&items, out);
}

void
check_fact_legacy(struct check_text *out, const struct check_facts *f)
{
	struct items items = { .count = 0 };

	for (size_t i = 0; i < f->sets.legacy_count; i++)
		check_fact_name(item_new(&items), f->facts, f->sets.legacy[i]);
	items_end(&items, out);
}

/* ---- back into a tracker ----------------------------------------------------
 */

static rpclog_slice
text_of(const struct check_facts *f, uint32_t number)
{
	const rpclog_slice none = { "", 0 };

	return number == FACTS_NONE ? none : facts_name(f->facts, number);
}

static void
key_of(const struct check_facts *f, uint32_t who, struct fact_key *key)
{
	key->mailbox = text_of(f, f->sets.whos[who].mailbox);
	key->client = text_of(f, f->sets.whos[who].client);
	key->agent = text_of(f, f->sets.whos[who].agent);
}

static rpclog_status
put_owner(rpclog_tracker *tracker, const struct check_facts *f, uint32_t who)
{
	uint32_t owner = f->sets.whos[who].owner;
	rpclog_slice user = { "", 0 };
	struct fact_key key;

	key_of(f, who, &key);
	if (owner == FACTS_NONE)
		return facts_put_owner(tracker, &key, NULL);
	if (owner != FACTS_SEVERAL)
		user = text_of(f, f->sets.whos[owner].user);
	return facts_put_owner(tracker, &key, &user);
}

rpclog_status
check_facts_back(rpclog_tracker *tracker, const struct check_facts *f)
{
	rpclog_status status = RPCLOG_OK;
	struct fact_key key;

	for (size_t i = 0; !status && i < f->sets.event_count; i++) {
		const struct fact_event *e = &f->sets.events[i];

		if (e->class_id != CLASS_FE_AUTH_LEG)
			continue;
		key_of(f, e->session, &key);
		status = facts_put_leg(tracker, &key, text_of(f, e->server),
				       e->start_us, e->rpc);
	}
	for (size_t i = 0; !status && i < f->sets.server_count; i++)
		status = facts_put_server(tracker,
					  text_of(f, f->sets.servers[i].name),
					  f->sets.servers[i].newest_us);
	for (size_t i = 0; !status && i < f->sets.success_count; i++) {
		const struct fact_success *s = &f->sets.successes[i];

		key_of(f, s->who, &key);
		status = facts_put_success(tracker, &key, s->first_us,
					   s->last_us);
	}
	for (size_t i = 0; !status && i < f->sets.who_count; i++) {
		if (f->sets.whos[i].user == FACTS_NONE)
			status = put_owner(tracker, f, (uint32_t)i);
	}
	return status;
}
