/* SPDX-License-Identifier: MIT */
/* Cells by subject: see bunch.h. */

#include "bunch.h"

#include "../../sort.h"

void
bunches_init(struct bunches *b)
{
	memset(b, 0, sizeof(*b));
}

void
bunches_take(struct findings *f, struct bunches *b, uint32_t name,
	     const struct cell *cell)
{
	if (f->broken || !alloc_grow(&f->alloc, &b->items, &b->item_room,
				     b->item_count + 1, sizeof(*b->items))) {
		f->broken = true;
		return;
	}
	b->items[b->item_count++] = (struct bunch_item){ name, cell };
}

static int
item_order(const void *a, const void *b, const void *ctx)
{
	const struct bunch_item *x = a, *y = b;

	(void)ctx;
	return (x->name > y->name) - (x->name < y->name);
}

static int
bunch_order(const void *a, const void *b, const void *ctx)
{
	const struct bunch *x = a, *y = b;

	(void)ctx;
	if (x->requests != y->requests)
		return x->requests > y->requests ? -1 : 1;
	return (x->name > y->name) - (x->name < y->name);
}

static bool
list_bunches(struct findings *f, struct bunches *b)
{
	if (!sort_by(b->items, b->item_count, sizeof(*b->items), item_order,
		     NULL, &f->alloc))
		return false;
	for (size_t i = 0; i < b->item_count; i++) {
		const struct bunch_item *item = &b->items[i];

		if (b->count == 0 || b->list[b->count - 1].name != item->name) {
			if (!alloc_grow(&f->alloc, &b->list, &b->room,
					b->count + 1, sizeof(*b->list)))
				return false;
			b->list[b->count++] =
				(struct bunch){ item->name, 0, item, 0 };
		}
		b->list[b->count - 1].count++;
		b->list[b->count - 1].requests += item->cell->requests;
	}
	return sort_by(b->list, b->count, sizeof(*b->list), bunch_order, NULL,
		       &f->alloc);
}

void
bunches_close(struct findings *f, struct bunches *b)
{
	if (b->item_count == 0 || f->broken || list_bunches(f, b))
		return;
	f->broken = true;
	b->count = 0;
}

void
bunches_free(struct findings *f, struct bunches *b)
{
	alloc_free(&f->alloc, b->items);
	alloc_free(&f->alloc, b->list);
	bunches_init(b);
}

struct draft *
bunch_draft(struct findings *f, const struct bunch *bunch, const char *id,
	    const char *title, uint8_t severity)
{
	struct draft *d =
		draft_new(f, id, title, severity, name_at(f, bunch->name));
	struct trend trend;

	if (!d)
		return NULL;
	trend_init(f, &trend);
	for (size_t i = 0; i < bunch->count; i++) {
		draft_count(d, bunch->items[i].cell);
		trend_add(&trend, bunch->items[i].cell);
	}
	d->face.trend = trend_of(&trend);
	return d;
}

bool
bunch_is_basic(const struct bunch *bunch)
{
	for (size_t i = 0; i < bunch->count; i++) {
		if (bunch->items[i].cell->class_id == C_BASIC_REJECTED)
			return true;
	}
	return false;
}

/* ---- names with most requests ----------------------------------------------
 */

void
best_add(struct best *best, uint32_t name, uint64_t requests)
{
	size_t at = best->count < USERS_SHOWN ? best->count : USERS_SHOWN;

	best->total++;
	while (at > 0 && (requests > best->requests[at - 1] ||
			  (requests == best->requests[at - 1] &&
			   name < best->name[at - 1]))) {
		if (at < USERS_SHOWN) {
			best->name[at] = best->name[at - 1];
			best->requests[at] = best->requests[at - 1];
		}
		at--;
	}
	if (at == USERS_SHOWN)
		return;
	best->name[at] = name;
	best->requests[at] = requests;
	best->count += best->count < USERS_SHOWN;
}

/* By a sort of its items: what it costs hangs on the bunch alone. */
static void
best_of(struct findings *f, struct best *best, const struct bunch *bunch,
	bool clients)
{
	struct bunches by;

	memset(best, 0, sizeof(*best));
	bunches_init(&by);
	for (size_t i = 0; i < bunch->count; i++) {
		const struct cell *cell = bunch->items[i].cell;

		if (clients || !is_source(f, cell->actor))
			bunches_take(f, &by,
				     clients ? cell->client : cell->actor,
				     cell);
	}
	bunches_close(f, &by);
	for (size_t i = 0; i < by.count; i++)
		best_add(best, by.list[i].name, by.list[i].requests);
	bunches_free(f, &by);
}

void
best_clients(struct findings *f, struct best *best, const struct bunch *bunch)
{
	best_of(f, best, bunch, true);
}

void
best_users(struct findings *f, struct best *best, const struct bunch *bunch)
{
	best_of(f, best, bunch, false);
}

void
say_clients(struct findings *f, struct draft *d, const struct best *best)
{
	const uint32_t *name = best->name;
	const uint64_t *n = best->requests;

	/* An address that the log leaves out is no address to name. */
	if (best->total == 0 || (best->count == 1 && name[0] == 0))
		return;
	if (best->total == 1)
		say(f, d, LINE_WHY, "All of them came from %S.", name[0]);
	else if (best->total == 2)
		say(f, d, LINE_WHY, "They came from %S (%u) and %S (%u).",
		    name[0], n[0], name[1], n[1]);
	else if (best->total == 3)
		say(f, d, LINE_WHY,
		    "They came from %S (%u), %S (%u) and %S (%u).", name[0],
		    n[0], name[1], n[1], name[2], n[2]);
	else
		say(f, d, LINE_WHY,
		    "They came from %S (%u), %S (%u), %S (%u) and %u more.",
		    name[0], n[0], name[1], n[1], name[2], n[2],
		    best->total - 3);
}
