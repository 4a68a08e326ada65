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

/* A target as one front end sees it, and as all others do. */
struct view {
	struct span span; /* first > last: nothing failed */
	struct side mine, others;
};

/*
 * All targets at once: anybody can make up names of targets, so none of them
 * may cost a look at the whole table.  Both sides count in the hours in which
 * this front end failed with the target.
 */
static void
compare(const struct findings *f, uint32_t server, struct view *views)
{
	for (uint32_t name = 0; name < f->in->name_count; name++)
		views[name] = (struct view){ .span = { INT64_MAX, INT64_MIN } };
	for_cells (f, TABLE_ROUTE, cell) {
		struct span *span = &views[cell->target].span;

		if (cell->server != server || !is_kerberos(cell->class_id))
			continue;
		if (cell->at_us < span->first_us)
			span->first_us = cell->at_us;
		if (cell->at_us > span->last_us)
			span->last_us = cell->at_us;
	}
	for_cells (f, TABLE_ROUTE, cell) {
		struct view *view = &views[cell->target];

		if (cell->at_us >= view->span.first_us &&
		    cell->at_us <= view->span.last_us)
			side_add(cell->server == server ? &view->mine
							: &view->others,
				 cell);
	}
}

/* Have others asked often enough to tell? */
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
	uint64_t asked = others->failed + others->worked;
	uint64_t expected =
		mine->failed * asked / (mine->failed + mine->worked);

	return others->worked >= 3 && expected >= 3 &&
	       others->failed * 10 <= expected;
}

/* It fails, and no target that it fails with does so with others. */
static bool
is_at_fault(const struct findings *f, uint32_t server, struct view *views)
{
	bool fails = false;

	compare(f, server, views);
	for (uint32_t name = 0; name < f->in->name_count; name++) {
		const struct view *view = &views[name];

		if (view->mine.failed == 0 || !is_known(&view->others))
			continue;
		if (!is_better(&view->others, &view->mine))
			return false;
		fails = true;
	}
	return fails;
}

void
sides_judge(struct findings *f)
{
	struct view *views =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*views));
	struct set judged;

	f->at_fault =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*f->at_fault));
	set_init(f, &judged);
	f->broken |= !views || !f->at_fault;
	if (!f->broken) {
		for_cells (f, TABLE_ROUTE, cell) {
			if (is_kerberos(cell->class_id) &&
			    set_add(&judged, cell->server, 1))
				f->at_fault[cell->server] =
					is_at_fault(f, cell->server, views);
		}
	}
	set_free(f, &judged);
	alloc_free(&f->alloc, views);
}
