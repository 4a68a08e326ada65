/* SPDX-License-Identifier: MIT */
/* Everything in the order in which it is told; all orders are complete. */

#include <stdlib.h>

#include "inside.h"

#define MORE_FIRST(x, y)                                                       \
	do {                                                                   \
		if ((x) != (y))                                                \
			return (x) > (y) ? -1 : 1;                             \
	} while (0)

static int
class_order(const void *a, const void *b)
{
	const struct report_class *x = a, *y = b;

	MORE_FIRST(x->prompts, y->prompts);
	for (int span = SPAN_NOW; span < SPANS; span++)
		MORE_FIRST(x->requests[span], y->requests[span]);
	return slice_order(x->name, y->name);
}

static int
machine_order(const void *a, const void *b)
{
	const struct report_machine *x = a, *y = b;

	for (int span = SPAN_NOW; span < SPANS; span++) {
		MORE_FIRST(x->users[span], y->users[span]);
		MORE_FIRST(x->failures[span], y->failures[span]);
	}
	MORE_FIRST(x->worked[SPAN_NOW], y->worked[SPAN_NOW]);
	return slice_order(x->name, y->name);
}

static int
user_order(const void *a, const void *b)
{
	const struct report_user *x = a, *y = b;

	MORE_FIRST(x->hours, y->hours);
	MORE_FIRST(x->prompts, y->prompts);
	MORE_FIRST(x->failures, y->failures);
	return slice_order(x->name, y->name);
}

static int
news_order(const void *a, const void *b)
{
	const struct report_news *x = a, *y = b;

	MORE_FIRST(y->gone, x->gone);
	MORE_FIRST(y->kind, x->kind);
	MORE_FIRST(x->is_first, y->is_first);
	MORE_FIRST(x->failures, y->failures);
	return slice_order(x->name, y->name);
}

static int
first_order(const void *a, const void *b)
{
	const struct report_first *x = a, *y = b;
	int order;

	MORE_FIRST(y->us, x->us);
	order = slice_order(x->class_name, y->class_name);
	return order ? order : slice_order(x->target, y->target);
}

static void
rank(void *items, size_t count, size_t size,
     int (*order)(const void *, const void *))
{
	if (count)
		qsort(items, count, size, order);
}

void
rank_all(struct report_inside *in)
{
	struct report *r = in->report;

	rank(r->classes, r->class_count, sizeof(*r->classes), class_order);
	rank(r->targets, r->target_count, sizeof(*r->targets), machine_order);
	rank(r->servers, r->server_count, sizeof(*r->servers), machine_order);
	rank(r->users, r->user_count, sizeof(*r->users), user_order);
	rank(r->news, r->news_count, sizeof(*r->news), news_order);
	rank(r->firsts, r->first_count, sizeof(*r->firsts), first_order);
}
