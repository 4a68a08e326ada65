/* SPDX-License-Identifier: MIT */
/* popups for people: by hour, then by reason and back end, then by user. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "popups.h"
#include "when.h"

#define WIDTH 100
/* Columns for a user. */
#define USER_LEAST 24
#define USER_MOST  40

static void
pad(struct out *out, size_t have, size_t want)
{
	for (; have < want; have++)
		out_char(out, ' ');
}

/* "13:05:09.123" of "2026-11-20T13:05:09.123Z" */
static void
print_clock(struct out *out, int64_t us)
{
	char text[WHEN_SIZE];

	if (when_time(text, us) > 23)
		out_bytes(out, text + 11, 12);
}

/* "2026-11-20 13:00Z" of "2026-11-20T13:00:00Z" */
static void
print_hour(struct out *out, int64_t hour_us)
{
	char text[WHEN_SIZE];
	size_t len = when_hour(text, hour_us);

	out_bytes(out, text, 10);
	out_char(out, ' ');
	out_bytes(out, text + 11, 5);
	out_bytes(out, text + 19, len - 19);
}

/* Where: the back end, or the front end itself if nothing was proxied. */
static void
print_place(struct out *out, rpclog_slice target)
{
	if (target.len > 0)
		out_safe(out, target);
	else
		out_str(out, "front end");
}

/* Where and why: the back end, the class, and its words. */
static void
print_reason(const struct popups *p, struct out *out, rpclog_slice class_name,
	     rpclog_slice target)
{
	char name[128] = "";
	rpclog_class info;
	size_t column = 2 + (target.len ? out_width(target) : 9) + 2;

	if (class_name.len < sizeof(name))
		memcpy(name, class_name.ptr, class_name.len);
	if (!rpclog_rules_find(p->rules, name, &info))
		return;
	out_str(out, "  ");
	print_place(out, target);
	out_str(out, "  ");
	out_color(out, info.severity >= RPCLOG_HIGH ? COLOR_RED : COLOR_YELLOW);
	out_str(out, name);
	out_color(out, COLOR_OFF);
	/* Beside them if there is room. */
	column += strlen(name) + 2;
	out_str(out, column + strlen(info.title) > WIDTH ? "\n  " : ": ");
	out_str(out, info.title);
	out_char(out, '\n');
}

static void
print_user(struct out *out, rpclog_slice user, const struct popup_group *group,
	   size_t user_width)
{
	char text[WHEN_SIZE];
	size_t len;

	out_str(out, "    ");
	out_safe(out, user);
	/* A name too long for its column has a line to itself. */
	if (out_width(user) > user_width) {
		out_str(out, "\n    ");
		pad(out, 0, user_width);
	} else {
		pad(out, out_width(user), user_width);
	}
	len = (size_t)snprintf(text, sizeof(text), "%9llu%10llu",
			       (unsigned long long)group->prompts,
			       (unsigned long long)group->requests);
	out_bytes(out, text, len);
	out_str(out, "   ");
	print_clock(out, group->first_us);
	out_str(out, "  ");
	print_clock(out, group->last_us);
	out_char(out, '\n');
}

/* hour, class, target, user: what the text form is sorted by. */
#define TEXT_WIDTH 4

struct listing {
	struct groups *groups;
	uint32_t *order; /* sorted */
	uint32_t *from;	 /* number in p->groups */
	size_t user_width;
};

/* p->groups is by hour, user, class, target: the same, in another order. */
static void
list(const struct popups *p, struct listing *l)
{
	uint32_t count = groups_count(p->groups);

	l->groups = tuples_new(TEXT_WIDTH);
	l->from = xmalloc((count + (size_t)1) * sizeof(*l->from));
	l->user_width = USER_LEAST;
	for (uint32_t i = 0; i < count; i++) {
		rpclog_slice values[TEXT_WIDTH] = {
			groups_value(p->groups, i, 0),
			groups_value(p->groups, i, 2),
			groups_value(p->groups, i, 3),
			groups_value(p->groups, i, 1),
		};
		size_t width = out_width(values[3]);

		l->from[tuples_add(l->groups, values)] = i;
		if (width > l->user_width && width <= USER_MOST)
			l->user_width = width;
	}
	l->order = tuples_sorted(l->groups, TEXT_WIDTH);
}

static int
same_value(const struct listing *l, uint32_t i, size_t value)
{
	return tuples_same(groups_value(l->groups, l->order[i - 1], value),
			   groups_value(l->groups, l->order[i], value));
}

void
popups_print_hours(const struct popups *p, struct out *out)
{
	struct listing l;
	uint32_t count = groups_count(p->groups);

	list(p, &l);
	for (uint32_t i = 0; i < count; i++) {
		const struct groups *g = l.groups;
		uint32_t at = l.order[i];
		int new_hour = i == 0 || !same_value(&l, i, 0);

		if (new_hour) {
			out_color(out, COLOR_BOLD);
			print_hour(out, groups_get_int(groups_value(g, at, 0)));
			out_color(out, COLOR_OFF);
			pad(out, 17, 4 + l.user_width + 2);
			out_str(out,
				"prompts  requests   first         last\n");
		}
		if (new_hour || !same_value(&l, i, 1) || !same_value(&l, i, 2))
			print_reason(p, out, groups_value(g, at, 1),
				     groups_value(g, at, 2));
		print_user(out, groups_value(g, at, 3), &p->group[l.from[at]],
			   l.user_width);
	}
	if (count > 0)
		out_char(out, '\n');
	groups_free(l.groups);
	free(l.order);
	free(l.from);
}
