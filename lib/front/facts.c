/* SPDX-License-Identifier: MIT */
/* Facts out of rows. */

#include "facts_inside.h"

/* Of one request: however many claim more, sums stay numbers. */
#define BYTES_MOST (INT64_C(1) << 40)

rpclog_status
facts_new(struct facts **out, const rpclog_rules *rules,
	  const rpclog_options *options)
{
	struct alloc alloc = alloc_from(options);
	struct facts *f = alloc_zero(&alloc, 1, sizeof(*f));
	rpclog_status status = RPCLOG_ERR_NOMEM;

	*out = NULL;
	if (!f)
		return status;
	f->alloc = alloc;
	dict_init(&f->names, &alloc);
	dict_init(&f->ids, &alloc);
	dict_init(&f->usage.keys, &alloc);
	dict_init(&f->habits.keys, &alloc);
	dict_init(&f->traffic, &alloc);
	dict_init(&f->slow.keys, &alloc);
	dict_init(&f->channels.keys, &alloc);
	f->last_server = f->last_target = f->last_protocol = DICT_NONE;
	f->traits = alloc_zero(&alloc, PARTS_SLOTS, sizeof(*f->traits));
	if (f->traits)
		status = rpclog_tracker_new(&f->tracker, rules, options);
	if (status != RPCLOG_OK) {
		facts_free(f);
		return status;
	}
	f->tracker->facts_only = true;
	*out = f;
	return RPCLOG_OK;
}

void
facts_free(struct facts *f)
{
	if (!f)
		return;

	struct alloc alloc = f->alloc;
	struct dict *dicts[] = {
		&f->names,	 &f->ids,     &f->usage.keys,
		&f->habits.keys, &f->traffic,
	};
	void *arrays[] = {
		f->traits,	f->legacy,	 f->events,
		f->usage.count, f->habits.count, f->traffic_sum,
		f->steps,	f->whos,	 f->usages,
		f->traffics,	f->bar,		 f->habit,
		f->successes,	f->servers,	 f->legacy_targets,
		f->odd_targets, f->odd,		 f->slows,
		f->channel,
	};

	for (size_t i = 0; i < ARRAY_LEN(dicts); i++)
		dict_free(dicts[i]);
	for (size_t i = 0; i < ARRAY_LEN(arrays); i++)
		alloc_free(&alloc, arrays[i]);
	spans_free(&f->slow, &alloc);
	spans_free(&f->channels, &alloc);
	rpclog_tracker_free(f->tracker);
	alloc_free(&alloc, f);
}

uint64_t
facts_rows(const struct facts *f)
{
	return f->rows;
}

uint32_t
facts_names(const struct facts *f)
{
	return f->names.count;
}

rpclog_slice
facts_name(const struct facts *f, uint32_t number)
{
	return dict_at(&f->names, number);
}

/* ---- names ----------------------------------------------------------------
 */

/* FACTS_NONE for the empty name. */
static bool
name_of(struct facts *f, rpclog_slice text, uint32_t *number)
{
	*number = FACTS_NONE;
	return text.len == 0 || dict_add(&f->names, text, number);
}

/* The same for what is often as in the row before. */
static bool
name_near(struct facts *f, rpclog_slice text, uint32_t *last, uint32_t *number)
{
	*number = FACTS_NONE;
	if (text.len == 0)
		return true;
	if (*last == DICT_NONE || !slice_eq(dict_at(&f->names, *last), text)) {
		if (!dict_add(&f->names, text, last))
			return false;
	}
	*number = *last;
	return true;
}

/*
 * Software and Windows, by memory if the client was met before: then the place
 * of what is known of it, else NULL; false if memory is out.
 */
static bool
trait_of(struct facts *f, const rpclog_row *row, struct fact_event *e,
	 struct trait **found)
{
	struct part who = row_part(row, PART_WHO);
	struct trait *trait = &f->traits[who.slot];

	*found = NULL;
	if (who.number == 0 || trait->part != who.number) {
		if (!name_of(f, row_derived(row, RPCLOG_D_SOFTWARE),
			     &e->software) ||
		    !name_of(f, row_derived(row, RPCLOG_D_WINDOWS),
			     &e->windows))
			return false;
		if (who.number == 0)
			return true;
		trait->part = who.number;
		trait->software = e->software;
		trait->windows = e->windows;
		trait->usage = NOBODY;
	}
	e->software = trait->software;
	e->windows = trait->windows;
	*found = trait;
	return true;
}

/* ---- rows -----------------------------------------------------------------
 */

bool
facts_is_event(uint32_t class_id)
{
	return class_id != CLASS_OK && class_id != CLASS_PROBE &&
	       class_id != CLASS_ANONYMOUS_CHALLENGE &&
	       class_id != CLASS_OAUTH_CHALLENGE && class_id != CLASS_HANDSHAKE;
}

/* What only an event tells. */
static bool
fill_event(struct facts *f, const rpclog_row *row, struct fact_event *e)
{
	uint32_t id;

	if (!dict_add(&f->ids, row_known(row, RPCLOG_REQUEST_ID), &id))
		return false;
	e->request_id = dict_at(&f->ids, id);
	e->line = row->line;
	return name_of(f, row_derived(row, RPCLOG_D_CLIENT), &e->client) &&
	       name_of(f, row_known(row, RPCLOG_METHOD), &e->method) &&
	       name_of(f, row_known(row, RPCLOG_HTTP_STATUS), &e->status) &&
	       name_of(f, row_known(row, RPCLOG_BACKEND_STATUS),
		       &e->backend_status) &&
	       name_of(f, row_known(row, RPCLOG_ERROR_CODE), &e->error_code) &&
	       name_of(f, row_derived(row, RPCLOG_D_SECURITY_STATUS),
		       &e->security_status) &&
	       name_of(f, row_known(row, RPCLOG_GENERIC_ERRORS), &e->errors);
}

static int64_t
count_of(rpclog_slice cell)
{
	int64_t value;

	if (!parse_int(cell, &value) || value < 0)
		return 0;
	return value < BYTES_MOST ? value : BYTES_MOST;
}

static bool
take_row(struct facts *f, const rpclog_row *row, const rpclog_verdict *verdict,
	 uint32_t log, uint64_t set)
{
	struct ref who = { f->tracker->row_user, f->tracker->row_key };
	bool leg = verdict->class_id == CLASS_FE_AUTH_LEG;
	struct fact_row r = {
		.row = row,
		.set = set,
		.kind = row_half(row) |
			(row_authenticated(row) ? FACT_GOT_IN : 0),
	};
	struct fact_event e = {
		.start_us = row_start(row),
		.end_us = row->end_us,
		.class_id = verdict->class_id,
		.popup = verdict->popup,
		.key = who.key,
		.session = leg ? who.key : NOBODY,
		.log = log,
	};

	if (who.user != NOBODY)
		who.key = NOBODY;
	r.who = who;
	if (!parse_latency(row_known(row, RPCLOG_TOTAL_REQUEST_TIME),
			   &e.latency_ms) ||
	    e.latency_ms < 0)
		e.latency_ms = -1;
	e.bytes_in = count_of(row_known(row, RPCLOG_REQUEST_BYTES));
	e.bytes_out = count_of(row_known(row, RPCLOG_RESPONSE_BYTES));
	if (!name_near(f, row_known(row, RPCLOG_SERVER), &f->last_server,
		       &e.server) ||
	    !name_near(f, row_known(row, RPCLOG_PROTOCOL), &f->last_protocol,
		       &e.protocol) ||
	    !name_near(f, row_derived(row, RPCLOG_D_TARGET), &f->last_target,
		       &e.target) ||
	    !trait_of(f, row, &e, &r.trait) || !facts_habits(f, row, &e, who) ||
	    !facts_signs(f, &e, &r))
		return false;
	/* A leg is summed up once its class is known. */
	if (!leg && !facts_sum(f, &e, &r))
		return false;
	if (!facts_is_event(e.class_id))
		return true;
	if (!fill_event(f, row, &e) ||
	    !alloc_grow(&f->alloc, &f->events, &f->event_room,
			f->event_count + 1, sizeof(*f->events)))
		return false;
	e.who = who.user;
	if (!leg)
		e.session = who.user == NOBODY ? who.key : NOBODY;
	e.rpc = slice_starts(row_known(row, RPCLOG_METHOD), SLICE("RPC_"));
	f->events[f->event_count++] = e;
	return true;
}

rpclog_status
facts_add(struct facts *f, const rpclog_row *row, const rpclog_verdict *verdict,
	  uint32_t log, uint64_t set)
{
	rpclog_status status;

	/* Seldom in the cache: fetched while the tracker is at work. */
	PREFETCH(&f->traits[row_part(row, PART_WHO).slot]);
	status = rpclog_tracker_add(f->tracker, row, verdict);
	if (status != RPCLOG_OK)
		return status;
	f->rows++;
	if (verdict->class_id == CLASS_ACTIVITY ||
	    take_row(f, row, verdict, log, set))
		return RPCLOG_OK;
	/* A key may lack its count by now: there is no close after this. */
	return f->tracker->broken = RPCLOG_ERR_NOMEM;
}
