/* SPDX-License-Identifier: MIT */
/* Two machines take part in a failed logon: which of them is at fault? */

#include "inside.h"

struct side {
	uint64_t failed, worked;
	int64_t first_failed_us, last_worked_us;
};

static void
side_add(struct side *side, const struct cell *cell)
{
	if (cell->class_id == C_OK) {
		side->worked += cell->requests;
		if (cell->last_us > side->last_worked_us)
			side->last_worked_us = cell->last_us;
	} else if (is_kerberos(cell->class_id)) {
		side->failed += cell->requests;
		if (cell->first_us < side->first_failed_us)
			side->first_failed_us = cell->first_us;
	}
}

/* The target as this front end sees it, and as all others do. */
static void
compare(const struct findings *f, uint32_t server, uint32_t target,
	struct side *mine, struct side *others)
{
	*mine = *others = (struct side){ 0, 0, INT64_MAX, INT64_MIN };
	for_cells (f, TABLE_ROUTE, cell) {
		if (cell->target == target)
			side_add(cell->server == server ? mine : others, cell);
	}
}

static bool
is_at_fault(const struct findings *f, uint32_t server)
{
	bool fails = false;

	for_cells (f, TABLE_ROUTE, cell) {
		struct side mine, others;

		if (cell->server != server || !is_kerberos(cell->class_id))
			continue;
		compare(f, server, cell->target, &mine, &others);
		/* Others get through while this one does not. */
		if (others.worked < 3 || others.failed * 10 > others.worked ||
		    others.last_worked_us < mine.first_failed_us ||
		    mine.failed < mine.worked)
			return false;
		fails = true;
	}
	return fails;
}

void
sides_judge(struct findings *f)
{
	struct set judged;

	f->at_fault =
		alloc_zero(&f->alloc, f->in->name_count, sizeof(*f->at_fault));
	if (!f->at_fault) {
		f->broken = true;
		return;
	}
	set_init(f, &judged);
	for_cells (f, TABLE_ROUTE, cell) {
		if (is_kerberos(cell->class_id) &&
		    set_add(&judged, cell->server, 1))
			f->at_fault[cell->server] =
				is_at_fault(f, cell->server);
	}
	set_free(f, &judged);
}
