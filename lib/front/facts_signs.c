/* SPDX-License-Identifier: MIT */
/* What findings ask of rows beyond sums: phases, short channels, odd rows. */

#include "facts_inside.h"

static bool
spans_add(struct spans *s, const struct alloc *a, const void *key, size_t len,
	  int64_t start_us)
{
	uint32_t known = s->keys.count;
	struct span *span;
	uint32_t id;

	if (!dict_add(&s->keys, slice_of(key, len), &id) ||
	    !alloc_grow(a, &s->span, &s->room, (size_t)id + 1,
			sizeof(*s->span)))
		return false;
	span = &s->span[id];
	if (id == known)
		*span = (struct span){ 0, start_us, start_us };
	span->requests++;
	if (start_us < span->first_us)
		span->first_us = start_us;
	if (start_us > span->last_us)
		span->last_us = start_us;
	return true;
}

void
spans_free(struct spans *s, const struct alloc *a)
{
	dict_free(&s->keys);
	alloc_free(a, s->span);
}

/* ---- phases ---------------------------------------------------------------
 */

bool
facts_slow(struct facts *f, const struct fact_event *e,
	   const struct fact_row *r, uint64_t *ordinary)
{
	struct slow_key key = {
		.quarter = quarter_of(e->start_us),
		.target = e->target,
		.protocol = e->protocol,
	};
	unsigned slow;

	if (!r->row || e->class_id != CLASS_OK || e->target == FACTS_NONE ||
	    !is_prompt(row_known(r->row, RPCLOG_PROTOCOL)) ||
	    !row_phases(r->row, &f->columns, r->set, &slow))
		return true;
	*ordinary = 1;
	if (!slow)
		return true;
	/* And once more, whichever it was. */
	slow |= 1u << PHASE_COUNT;
	for (key.phase = 0; key.phase <= PHASE_COUNT; key.phase++) {
		if (slow >> key.phase & 1 &&
		    !spans_add(&f->slow, &f->alloc, &key, sizeof(key),
			       e->start_us))
			return false;
	}
	return true;
}

/* ---- channels -------------------------------------------------------------
 */

static bool
name_client(struct facts *f, struct fact_event *e, const rpclog_row *row)
{
	rpclog_slice client = row_derived(row, RPCLOG_D_CLIENT);

	e->client = FACTS_NONE;
	return client.len == 0 || dict_add(&f->names, client, &e->client);
}

static bool
take_channel(struct facts *f, struct fact_event *e, const struct fact_row *r)
{
	struct channel_key key = {
		.hour = hour_of(e->start_us),
		.who = r->who,
		.target = e->target,
	};

	if (e->class_id != CLASS_OK || (r->kind & ~FACT_GOT_IN) != HALF_OUT ||
	    !row_is_brief(r->row))
		return true;
	key.end = row_channel_end(r->row);
	if (!name_client(f, e, r->row))
		return false;
	key.client = e->client;
	return spans_add(&f->channels, &f->alloc, &key, sizeof(key),
			 e->start_us);
}

/* ---- odd rows -------------------------------------------------------------
 */

/* Looked at once. */
static bool
target_is_odd(struct facts *f, uint32_t target, bool *odd)
{
	size_t known = f->odd_target_room;

	*odd = false;
	if (target == FACTS_NONE)
		return true;
	if (!alloc_grow(&f->alloc, &f->odd_targets, &f->odd_target_room,
			(size_t)target + 1, sizeof(*f->odd_targets)))
		return false;
	if (f->odd_target_room > known)
		memset(f->odd_targets + known, 0, f->odd_target_room - known);
	if (!f->odd_targets[target])
		f->odd_targets[target] =
			is_odd_target(dict_at(&f->names, target)) ? 1 : 2;
	*odd = f->odd_targets[target] == 1;
	return true;
}

/* Anybody can call himself a probe; no probe names a host that can't be. */
static int
odd_kind_of(const struct fact_event *e, const rpclog_row *row, bool odd_target)
{
	bool ecp;

	if (e->class_id == CLASS_PROBE)
		return is_odd_anchor(row) ? ODD_ANCHOR : 0;
	ecp = slice_eq(row_known(row, RPCLOG_PROTOCOL), SLICE("Ecp"));
	if (odd_target)
		return ODD_TARGET;
	return row_may_be_odd(row, ecp) ? row_odd_kind(row, ecp) : 0;
}

static bool
take_odd(struct facts *f, struct fact_event *e, const struct fact_row *r)
{
	bool odd_target;
	int kind;

	if (!target_is_odd(f, e->target, &odd_target))
		return false;
	kind = odd_kind_of(e, r->row, odd_target);
	if (kind == 0)
		return true;
	if (!name_client(f, e, r->row) ||
	    !alloc_grow(&f->alloc, &f->odd, &f->odd_room, f->odd_count + 1,
			sizeof(*f->odd)))
		return false;
	f->odd[f->odd_count++] = (struct fact_odd){
		.start_us = e->start_us,
		.line = r->row->line,
		.client = e->client,
		.kind = (uint32_t)kind,
		.log = e->log,
	};
	return true;
}

bool
facts_signs(struct facts *f, struct fact_event *e, const struct fact_row *r)
{
	return take_channel(f, e, r) && take_odd(f, e, r);
}
