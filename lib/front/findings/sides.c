/* SPDX-License-Identifier: MIT */
/* Two machines take part in a failed logon: which of them is at fault? */

#include "inside.h"

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

static struct span
span_of(const struct findings *f, uint32_t server, uint32_t target)
{
	struct span span = { INT64_MAX, INT64_MIN };

	for_cells (f, TABLE_ROUTE, cell) {
		if (cell->server != server || cell->target != target ||
		    !is_kerberos(cell->class_id))
			continue;
		if (cell->at_us < span.first_us)
			span.first_us = cell->at_us;
		if (cell->at_us > span.last_us)
			span.last_us = cell->at_us;
	}
	return span;
}

static int64_t
hour_of(int64_t us)
{
	int64_t rest = us % US_PER_HOUR;

	return us - rest - (rest < 0 ? US_PER_HOUR : 0);
}

/* In the hours in which this front end failed with the target: what came of
 * it, here and from the others? */
static void
compare(const struct findings *f, uint32_t server, uint32_t target,
	struct side *mine, struct side *others)
{
	struct span span = span_of(f, server, target);
	int64_t from = hour_of(span.first_us);
	int64_t to = hour_of(span.last_us) + US_PER_HOUR;

	memset(mine, 0, sizeof(*mine));
	memset(others, 0, sizeof(*others));
	for_cells (f, TABLE_ROUTE, cell) {
		struct side *side = cell->server == server ? mine : others;

		if (cell->target != target || cell->at_us < from ||
		    cell->at_us >= to)
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

/* It fails, and no target that it fails with does so with others. */
static bool
is_at_fault(struct findings *f, uint32_t server, struct set *targets)
{
	bool fails = false;

	set_clear(f, targets);
	for_cells (f, TABLE_ROUTE, cell) {
		struct side mine, others;

		if (cell->server != server || !is_kerberos(cell->class_id) ||
		    !set_add(targets, cell->target, 1))
			continue;
		compare(f, server, cell->target, &mine, &others);
		if (!is_known(&others))
			continue;
		if (!is_better(&others, &mine))
			return false;
		fails = true;
	}
	return fails;
}

void
sides_judge(struct findings *f)
{
	struct set judged, targets;

	f->at_fault =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*f->at_fault));
	if (!f->at_fault) {
		f->broken = true;
		return;
	}
	set_init(f, &judged);
	set_init(f, &targets);
	for_cells (f, TABLE_ROUTE, cell) {
		if (is_kerberos(cell->class_id) &&
		    set_add(&judged, cell->server, 1))
			f->at_fault[cell->server] =
				is_at_fault(f, cell->server, &targets);
	}
	set_free(f, &judged);
	set_free(f, &targets);
}
