/* SPDX-License-Identifier: MIT */
/* Two machines take part in a failed logon: which of them is at fault? */

#include "inside.h"

#include "../../sort.h"

/* Quarters in which a front end failed with a target. */
struct span {
	int64_t first_us, last_us;
};

struct side {
	uint64_t failed, worked;
	uint64_t then; /* worked, in the quarters of the failures */
};

static void
side_add(struct side *side, const struct cell *cell)
{
	if (cell->class_id == C_OK)
		side->worked += cell->requests;
	else if (is_kerberos(cell->class_id))
		side->failed += cell->requests;
}

/* Cells of one target, and among them those of one of its front ends. */
struct routes {
	const struct cell *const *cells, *const *end;
	const struct cell *const *mine, *const *mine_end;
};

static struct span
span_of(const struct routes *r)
{
	struct span span = { INT64_MAX, INT64_MIN };

	for (const struct cell *const *c = r->mine; c < r->mine_end; c++) {
		if (!is_kerberos((*c)->class_id))
			continue;
		if ((*c)->at_us < span.first_us)
			span.first_us = (*c)->at_us;
		if ((*c)->at_us > span.last_us)
			span.last_us = (*c)->at_us;
	}
	return span;
}

/* In the hours of 'span', in which this front end failed with the target: what
 * came of it, here and from the others? */
static void
compare(const struct routes *r, struct span span, struct side *mine,
	struct side *others)
{
	int64_t from = hour_of(span.first_us) * US_PER_HOUR;
	int64_t to = (hour_of(span.last_us) + 1) * US_PER_HOUR;

	memset(mine, 0, sizeof(*mine));
	memset(others, 0, sizeof(*others));
	for (const struct cell *const *c = r->cells; c < r->end; c++) {
		const struct cell *cell = *c;
		struct side *side =
			c >= r->mine && c < r->mine_end ? mine : others;

		if (cell->at_us < from || cell->at_us >= to)
			continue;
		side_add(side, cell);
		if (cell->class_id == C_OK && cell->at_us >= span.first_us &&
		    cell->at_us <= span.last_us)
			side->then += cell->requests;
	}
}

/* Have others asked often enough to tell?  A target that works from them before
 * and afterwards only may have been broken for all. */
static bool
is_known(const struct side *others)
{
	return others->worked + others->failed >= 3 &&
	       (others->then > 0 || others->failed > 0);
}

/*
 * Others get through while this one does not: at its rate they would have
 * failed three times at least, and they did a tenth as often at most.
 */
static bool
is_better(const struct side *others, const struct side *mine)
{
	uint64_t asked = others->failed + others->worked;
	uint64_t expected =
		mine->failed * asked / (mine->failed + mine->worked);

	return others->worked >= 3 && expected >= 3 &&
	       others->failed * 10 <= expected;
}

/* What targets say of a front end. */
enum { SAID_AT_FAULT = 1, SAID_NOT_AT_FAULT = 2 };

static void
judge_target(struct routes *r, uint8_t *said)
{
	for (r->mine = r->cells; r->mine < r->end; r->mine = r->mine_end) {
		uint32_t server = (*r->mine)->server;
		struct side mine, others;
		struct span span;

		for (r->mine_end = r->mine;
		     r->mine_end < r->end && (*r->mine_end)->server == server;)
			r->mine_end++;
		span = span_of(r);
		if (span.first_us > span.last_us)
			continue;
		compare(r, span, &mine, &others);
		if (is_known(&others))
			said[server] |= is_better(&others, &mine)
						? SAID_AT_FAULT
						: SAID_NOT_AT_FAULT;
	}
}

static int
route_order(const void *a, const void *b, const void *ctx)
{
	const struct cell *x = *(const struct cell *const *)a;
	const struct cell *y = *(const struct cell *const *)b;

	(void)ctx;
	if (x->target != y->target)
		return x->target < y->target ? -1 : 1;
	return (x->server > y->server) - (x->server < y->server);
}

/* Cells of targets that a logon failed with, by target and server. */
static size_t
list_routes(struct findings *f, const struct cell **cells)
{
	struct set failing;
	size_t count = 0;

	set_init(f, &failing);
	for_cells (f, TABLE_ROUTE, cell) {
		if (is_kerberos(cell->class_id))
			set_add(&failing, cell->target, 1);
	}
	for_cells (f, TABLE_ROUTE, cell) {
		if (set_has(&failing, cell->target))
			cells[count++] = cell;
	}
	set_free(f, &failing);
	if (!sort_by(cells, count, sizeof(*cells), route_order, NULL,
		     &f->alloc))
		f->broken = true;
	return f->broken ? 0 : count;
}

static void
judge_targets(struct findings *f, const struct cell **cells, uint8_t *said)
{
	const struct cell **end = cells + list_routes(f, cells);
	struct routes r;

	for (r.cells = cells; r.cells < end; r.cells = r.end) {
		for (r.end = r.cells;
		     r.end < end && (*r.end)->target == (*r.cells)->target;)
			r.end++;
		judge_target(&r, said);
	}
}

/* At fault is who fails with targets that work from others, and with none that
 * does not. */
void
sides_judge(struct findings *f)
{
	size_t names = f->in->name_count;
	size_t count = f->in->table[TABLE_ROUTE].count;
	const struct cell **cells =
		alloc_get(&f->alloc, count + 1, sizeof(*cells));
	uint8_t *said = alloc_zero(&f->alloc, names, sizeof(*said));

	f->at_fault = alloc_zero(&f->alloc, names, sizeof(*f->at_fault));
	f->broken |= !cells || !said || !f->at_fault;
	if (!f->broken)
		judge_targets(f, cells, said);
	for (size_t name = 0; !f->broken && name < names; name++)
		f->at_fault[name] = said[name] == SAID_AT_FAULT;
	alloc_free(&f->alloc, cells);
	alloc_free(&f->alloc, said);
}
