/* SPDX-License-Identifier: MIT */
/* The end of popups' text: totals, where it fails, and what to do next. */

#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "popups.h"
#include "when.h"

static const unsigned gaps_s[4] = { 30, 120, 300, 900 };

/* Users and, apart from them, sources that gave no user name. */
struct headline {
	uint64_t actors, actor_hours, prompts, requests, prompts_at[4];
};

struct totals {
	struct headline users, sources;
	struct groups *actors;	   /* actor */
	struct groups *hours;	   /* actor, hour */
	struct groups *places;	   /* actor, target */
	struct groups *classes[2]; /* class, actor, hour: of users, of
				    * sources */
};

static void
add(struct totals *t, const struct popups *p, const rpclog_tally *tally)
{
	struct headline *h =
		actor_is_source(tally->actor) ? &t->sources : &t->users;
	char hour_room[GROUPS_INT_LEN], room[GROUPS_INT_LEN];
	rpclog_slice hour = by_value(p, BY_HOUR, tally, hour_room);
	rpclog_slice actor_hour[2] = { tally->actor, hour };
	rpclog_slice place[2] = { tally->actor, tally->target };
	rpclog_slice class_hour[3] = { by_value(p, BY_CLASS, tally, room),
				       tally->actor, hour };
	uint32_t known = groups_count(t->actors);

	h->actors += tuples_add(t->actors, &tally->actor) == known;
	known = groups_count(t->hours);
	h->actor_hours += tuples_add(t->hours, actor_hour) == known;
	h->prompts += tally->prompts;
	h->requests += tally->requests;
	for (size_t i = 0; i < 4; i++)
		h->prompts_at[i] += tally->prompts_at[i];
	if (h == &t->users)
		tuples_add(t->places, place);
	tuples_add(t->classes[h == &t->sources], class_hour);
}

/* "1 user", "2 users" */
static void
print_count(struct out *out, uint64_t count, const char *one, const char *many)
{
	out_unsigned(out, count);
	out_char(out, ' ');
	out_str(out, count == 1 ? one : many);
}

static void
print_headline(const struct totals *t, const struct popups *p, struct out *out)
{
	const struct headline *h = &t->users;

	out_color(out, COLOR_BOLD);
	print_count(out, h->actors, "user", "users");
	out_str(out, " in ");
	print_count(out, h->actor_hours, "user-hour", "user-hours");
	out_str(out, ": ");
	print_count(out, h->prompts, "prompt", "prompts");
	out_str(out, ", ");
	print_count(out, h->requests, "request", "requests");
	out_color(out, COLOR_OFF);
	out_str(out,
		p->options->likely ? " (popup=yes and popup=likely)\n" : "\n");
	out_format(out,
		   "A prompt is a run of failures with gaps of at most "
		   "%llu s. Prompts by gap:\n ",
		   (unsigned long long)p->gap_s);
	for (size_t i = 0; i < 4; i++)
		out_format(out, "  %u s: %llu", gaps_s[i],
			   (unsigned long long)h->prompts_at[i]);
	out_char(out, '\n');
	if (t->sources.actors == 0)
		return;
	h = &t->sources;
	out_str(out, "Apart from these: ");
	print_count(out, h->actors, "source", "sources");
	out_str(out, " without a user name (a scanner or a spray), ");
	print_count(out, h->prompts, "prompt", "prompts");
	out_str(out, ", ");
	print_count(out, h->requests, "request", "requests");
	out_str(out, ".\n");
}

/* Does the run of equal actors in 'places' at order[i] hold one target? */
static size_t
actor_run(const struct groups *places, const uint32_t *order, uint32_t i)
{
	uint32_t count = groups_count(places);
	size_t len = 1;

	while (i + len < count &&
	       tuples_same(groups_value(places, order[i], 0),
			   groups_value(places, order[i + len], 0)))
		len++;
	return len;
}

/* "31 of 37 users fail on cas10-02 only": of the target with most of them. */
static void
print_where(const struct totals *t, struct out *out)
{
	uint32_t count = groups_count(t->places);
	uint32_t *order = tuples_sorted(t->places, 2);
	struct groups *targets = tuples_new(1);
	uint64_t *only = xcalloc(count + (size_t)1, sizeof(*only));
	uint32_t best = GROUPS_NONE;

	for (uint32_t i = 0; i < count;) {
		size_t len = actor_run(t->places, order, i);
		rpclog_slice target = groups_value(t->places, order[i], 1);

		if (len == 1)
			only[tuples_add(targets, &target)]++;
		i += (uint32_t)len;
	}
	for (uint32_t i = 0; i < groups_count(targets); i++) {
		/* Targets were met in the order of user names: of equals
		 * the same one always. */
		if (best == GROUPS_NONE || only[i] > only[best])
			best = i;
	}
	/* Of less than half of them it says nothing. */
	if (best != GROUPS_NONE && 2 * only[best] > t->users.actors) {
		rpclog_slice target = groups_value(targets, best, 0);

		out_unsigned(out, only[best]);
		out_str(out, " of ");
		print_count(out, t->users.actors, "user fails", "users fail");
		out_str(out, target.len ? " on " : " at the front end");
		out_safe(out, target);
		out_str(out, " only.\n");
	}
	groups_free(targets);
	free(only);
	free(order);
}

/* The class with most user-hours: what to read first. */
static void
print_next(const struct totals *t, struct out *out)
{
	/* What sources do matters only if no user fails. */
	const struct groups *classes =
		t->classes[groups_count(t->classes[0]) == 0];
	uint32_t count = groups_count(classes);
	uint32_t *order = tuples_sorted(classes, 1);
	uint32_t best = 0, best_len = 0;

	for (uint32_t i = 0, len; i < count; i += len) {
		len = 1;
		while (i + len < count &&
		       tuples_same(groups_value(classes, order[i], 0),
				   groups_value(classes, order[i + len], 0)))
			len++;
		if (len > best_len) {
			best = order[i];
			best_len = len;
		}
	}
	if (best_len > 0) {
		out_str(out, "Next: rpclog explain ");
		out_safe(out, groups_value(classes, best, 0));
		out_char(out, '\n');
	}
	free(order);
}

static void
print_too_recent(const struct popups *p, struct out *out)
{
	if (p->too_recent == 0)
		return;
	print_count(out, p->too_recent,
		    "unanswered logon is too recent to judge: its",
		    "unanswered logons are too recent to judge: their");
	out_str(out, " success may not be logged yet\n"
		     "(--settle and --settle-rpc say how long to wait).\n");
}

void
popups_print_totals(const struct popups *p, struct out *out)
{
	struct totals t;

	if (p->tally_count == 0) {
		if (p->logs > 0) {
			out_str(out, "No password popups in ");
			print_count(out, p->logs, "log", "logs");
			out_str(out, ".\n");
		}
		print_too_recent(p, out);
		return;
	}
	memset(&t, 0, sizeof(t));
	t.actors = tuples_new(1);
	t.hours = tuples_new(2);
	t.places = tuples_new(2);
	t.classes[0] = tuples_new(3);
	t.classes[1] = tuples_new(3);
	for (size_t i = 0; i < p->tally_count; i++)
		add(&t, p, &p->tallies[i]);
	print_headline(&t, p, out);
	print_where(&t, out);
	print_too_recent(p, out);
	print_next(&t, out);
	groups_free(t.actors);
	groups_free(t.hours);
	groups_free(t.places);
	groups_free(t.classes[0]);
	groups_free(t.classes[1]);
}
