/* SPDX-License-Identifier: MIT */
/* Two machines take part in a failed logon: which of them is at fault? */

#include "inside.h"

/* Hours in which a front end failed with a target. */
struct span {
	int64_t first_us, last_us;
};

struct side {
	uint64_t failed, worked;
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

/* Both sides in the hours in which this front end failed with the target. */
static void
compare(const struct findings *f, uint32_t server, uint32_t target,
	struct side *mine, struct side *others)
{
	struct span span = span_of(f, server, target);

	*mine = *others = (struct side){ 0, 0 };
	for_cells (f, TABLE_ROUTE, cell) {
		if (cell->target == target && cell->at_us >= span.first_us &&
		    cell->at_us <= span.last_us)
			side_add(cell->server == server ? mine : others, cell);
	}
}

/* Has the target been asked by others often enough to tell? */
static bool
is_known(const struct side *others)
{
	return others->worked + others->failed >= 3;
}

/*
 * Others get through while this one does not: at its rate they would have
 * failed three times at least, and they did a tenth as often at most.
 */
static bool
is_better(const struct side *others, const struct side *mine)
{
	uint64_t total = mine->failed + mine->worked;
	uint64_t asked = others->failed + others->worked;
	uint64_t expected = mine->failed * asked / total;

	return others->worked >= 3 && expected >= 3 &&
	       others->failed * 10 <= expected;
}

/* It fails, and each target that it fails with works from others. */
static bool
is_at_fault(struct findings *f, uint32_t server, struct set *targets)
{
	struct side mine, others;
	bool fails = false;

	set_clear(f, targets);
	for_cells (f, TABLE_ROUTE, cell) {
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
